"""Ticket statuses: for progress bars, and when a ticket was reopened."""

from __future__ import annotations

from typing import Any, NamedTuple


class Reopening(NamedTuple):
    """A change of a ticket from closed to open; `time` is in µs UTC."""

    author: str
    time: int
    comment: str


def reopening_since(env: Any, ticket: int | None,
                    time: int) -> Reopening | None:
    """The latest reopening of a ticket after a time (µs UTC), if any."""
    for author, when, comment in env.db_query("""
            SELECT s.author, s.time, c.newvalue FROM ticket_change AS s
            LEFT JOIN ticket_change AS c
              ON c.ticket=s.ticket AND c.time=s.time AND c.field='comment'
            WHERE s.ticket=%s AND s.field='status' AND s.oldvalue='closed'
              AND s.newvalue<>'closed' AND s.time>%s
            ORDER BY s.time DESC LIMIT 1""", (ticket, time)):
        return Reopening(author or '', int(when), comment or '')
    return None


def statuses_on_roadmap(env: Any, completed: bool) -> dict[int, str | None]:
    """The status of each ticket in an open milestone, by id.

    With `completed`, in any milestone.
    """
    where = ("milestone<>''" if completed else
             'milestone IN (SELECT name FROM milestone '
             'WHERE COALESCE(completed, 0)=0)')
    return dict(env.db_query(f'SELECT id, status FROM ticket WHERE {where}'))


def statuses_beside(env: Any, ticket: int) -> dict[int, str | None]:
    """The status of each ticket in the milestone of this one, by id."""
    return dict(env.db_query("""
        SELECT id, status FROM ticket
        WHERE milestone=(SELECT milestone FROM ticket WHERE id=%s)
        """, (ticket,)))
