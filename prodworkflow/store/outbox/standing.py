"""Standing of the outbox: what waits, what failed, what is over."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from prodworkflow.domain.text import Message

# What was given up is told so long; µs.
KEPT = 30 * 86400 * 10**6


@dataclass(frozen=True)
class WaitingEvents:
    """What a receiver has not got: events that wait, and given up ones.

    `failing` are those that wait and were tried; `oldest` is when the oldest
    that waits happened (µs UTC), 0 if none does; `error` is the last one.
    """

    receiver: int
    waiting: int
    failing: int
    given_up: int
    oldest: int
    error: str


def standings(env: Any) -> list[WaitingEvents]:
    """What each receiver has not got, those that lack nothing left out.

    One statement.
    """
    return [WaitingEvents(int(receiver), int(waiting), int(failing),
                          int(given_up), int(oldest), _message(error))
            for receiver, waiting, failing, given_up, oldest, error
            in env.db_query("""
        SELECT d.webhook,
               SUM(CASE WHEN d.given_up=0 THEN 1 ELSE 0 END),
               SUM(CASE WHEN d.given_up=0 AND d.tries>0 THEN 1 ELSE 0 END),
               SUM(CASE WHEN d.given_up=0 THEN 0 ELSE 1 END),
               COALESCE(MIN(CASE WHEN d.given_up=0 THEN e.time END), 0),
               MAX(d.error)
        FROM prodworkflow_delivery AS d
        JOIN prodworkflow_event AS e ON e.id=d.event
        GROUP BY d.webhook ORDER BY d.webhook""")]


def prune(env: Any, now: int) -> None:
    """Forget what was given up long ago, and events that nobody awaits.

    Those are also the ones of a receiver that was removed meanwhile.
    """
    old = env.db_query("""
        SELECT d.webhook, d.event FROM prodworkflow_delivery AS d
        LEFT JOIN prodworkflow_webhook AS w ON w.id=d.webhook
        WHERE (d.given_up>0 AND d.given_up<%s) OR w.id IS NULL""",
                       (now - KEPT,))
    if old:
        with env.db_transaction as db:
            db.executemany("""DELETE FROM prodworkflow_delivery
                              WHERE webhook=%s AND event=%s""", list(old))
    # Read first: who saves a ticket never waits for this.
    idle = env.db_query("""
        SELECT e.id FROM prodworkflow_event AS e
        LEFT JOIN prodworkflow_delivery AS d ON d.event=e.id
        WHERE d.event IS NULL""")
    if idle:
        with env.db_transaction as db:
            db.executemany('DELETE FROM prodworkflow_event WHERE id=%s',
                           list(idle))


def _message(text: str | None) -> str:
    """The sentence that was kept of a failure; '' where none was."""
    return Message.of(json.loads(text)) if text else ''
