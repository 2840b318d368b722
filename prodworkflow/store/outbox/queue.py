"""Queue of events: written in the transaction that they are about.

Under the campaign's lock, so that the order of their numbers is that in which
things happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class NewEvent:
    """An event for some receivers; `time` in µs UTC, `body` is JSON."""

    uid: str
    type: str
    subject: str
    time: int
    body: str
    receivers: tuple[int, ...]


def queue_events(env: Any, campaign: int, events: Iterable[NewEvent]) -> None:
    """Queue events of a campaign, each for its receivers, due at once."""
    with env.db_transaction as db:
        for event in events:
            cursor = db.cursor()
            cursor.execute("""
                INSERT INTO prodworkflow_event
                    (uid, campaign, type, subject, time, body)
                VALUES (%s, %s, %s, %s, %s, %s)""", (
                event.uid, campaign, event.type, event.subject, event.time,
                event.body))
            number = db.get_last_id(cursor, 'prodworkflow_event')
            db.executemany("""
                INSERT INTO prodworkflow_delivery
                    (webhook, event, campaign, tries, due, claimed, given_up,
                     error)
                VALUES (%s, %s, %s, 0, %s, 0, 0, '')""", [
                (receiver, number, campaign, event.time)
                for receiver in event.receivers])


def told_gates(env: Any, campaign: int) -> dict[str, bool]:
    """What was told of the gates last, by stage; '' is the launch."""
    return {stage or '': bool(is_open) for stage, is_open in env.db_query("""
        SELECT stage, is_open FROM prodworkflow_told_gate
        WHERE campaign=%s""", (campaign,))}


def forget_gates(env: Any, campaign: int) -> None:
    """Forget what was told of the gates of a campaign that is no more."""
    env.db_transaction("""DELETE FROM prodworkflow_told_gate
                          WHERE campaign=%s""", (campaign,))


def keep_gates(env: Any, campaign: int, was: Mapping[str, bool],
               now: Mapping[str, bool]) -> None:
    """Keep what is told of the gates from now on; `was` is what was kept."""
    changed = [(int(now[stage]), campaign, stage) for stage in now
               if stage in was and was[stage] is not now[stage]]
    new = [(int(now[stage]), campaign, stage) for stage in now
           if stage not in was]
    with env.db_transaction as db:
        if changed:
            db.executemany("""
                UPDATE prodworkflow_told_gate SET is_open=%s
                WHERE campaign=%s AND stage=%s""", changed)
        if new:
            db.executemany("""
                INSERT INTO prodworkflow_told_gate (is_open, campaign, stage)
                VALUES (%s, %s, %s)""", new)
