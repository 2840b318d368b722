"""Deliveries: which event is to go to whom next, and who sends it.

Of the events of one campaign a receiver gets one after the other: only the
first that waits may go.  Whoever sends it claims it for a while, so that of
several nodes one does; a claim that nobody ended is void after CLAIM.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

CLAIM = 120 * 10**6  # µs; longer than sending takes at the most


# The first event that waits, for each receiver and campaign.
FIRST = """
    FROM prodworkflow_delivery AS d
    JOIN (SELECT webhook, campaign, MIN(event) AS event
          FROM prodworkflow_delivery WHERE given_up=0
          GROUP BY webhook, campaign) AS f
      ON f.webhook=d.webhook AND f.event=d.event
    """


@dataclass(frozen=True)
class Head:
    """The event that a receiver is to get next of a campaign.

    `claimed` is when somebody took it up last, 0 for never.
    """

    receiver: int
    event: int
    campaign: int
    tries: int
    claimed: int


@dataclass(frozen=True)
class Claim:
    """A claimed event; `time` is when it happened, `taken` since when."""

    head: Head
    taken: int
    uid: str
    type: str
    time: int
    body: str


def heads(env: Any, now: int, receiver: int = 0) -> list[Head]:
    """What may be sent now, of all receivers or one; the oldest first."""
    return [Head(*map(int, row)) for row in env.db_query(f"""
        SELECT d.webhook, d.event, d.campaign, d.tries, d.claimed {FIRST}
        WHERE d.due<=%s AND d.claimed<%s AND (d.webhook=%s OR %s=0)
        ORDER BY d.event, d.webhook""", (now, now - CLAIM, receiver,
                                         receiver))]


def next_due(env: Any, now: int,
             served: Collection[int] = ()) -> int | None:
    """When the next event may be sent, in µs UTC; None if none waits.

    Those of receivers that are served already are not asked for.
    """
    times = [max(int(due), int(claimed) + CLAIM if claimed else 0)
             for receiver, due, claimed in env.db_query(
                 f'SELECT d.webhook, d.due, d.claimed {FIRST}')
             if receiver not in served]
    return max(min(times), now) if times else None


def end_pauses(env: Any, now: int) -> None:
    """Have all that waits for the end of a pause due now."""
    env.db_transaction("""
        UPDATE prodworkflow_delivery SET due=%s
        WHERE due>%s AND given_up=0""", (now, now))


def claim(env: Any, head: Head, now: int) -> Claim | None:
    """Take up what may be sent; None where another one was first."""
    with env.db_transaction as db:
        cursor = db.cursor()
        cursor.execute("""
            UPDATE prodworkflow_delivery SET claimed=%s
            WHERE webhook=%s AND event=%s AND claimed=%s AND tries=%s
              AND given_up=0""", (now, head.receiver, head.event,
                                  head.claimed, head.tries))
        if cursor.rowcount != 1:
            return None
        for uid, type_, time, body in db("""
                SELECT uid, type, time, body FROM prodworkflow_event
                WHERE id=%s""", (head.event,)):
            return Claim(head, now, uid, type_, int(time), body)
        return None


def delivered(env: Any, claim: Claim) -> None:
    """Forget what has arrived, and the event when all have it."""
    event = claim.head.event
    with env.db_transaction as db:
        db("""DELETE FROM prodworkflow_delivery WHERE webhook=%s AND event=%s
              AND claimed=%s""", (claim.head.receiver, event, claim.taken))
        if not db("""SELECT webhook FROM prodworkflow_delivery
                     WHERE event=%s""", (event,)):
            db("""DELETE FROM prodworkflow_event WHERE id=%s""", (event,))


def failed(env: Any, claim: Claim, error: str, due: int,
           given_up: int) -> None:
    """Keep that an event has not arrived, and when it is tried again.

    `error` is a `Message` as JSON; `given_up` is when it is given up for
    good, 0 if it is not.
    """
    env.db_transaction("""
        UPDATE prodworkflow_delivery
        SET tries=tries+1, due=%s, claimed=0, given_up=%s, error=%s
        WHERE webhook=%s AND event=%s AND claimed=%s""", (
        due, given_up, error, claim.head.receiver, claim.head.event,
        claim.taken))
