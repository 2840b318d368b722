"""Ticket statuses for progress bars: all of a page in one statement."""

from __future__ import annotations

from typing import Any


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
