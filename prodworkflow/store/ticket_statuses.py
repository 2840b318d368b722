"""Reads the statuses of all tickets of a page at one go."""

from __future__ import annotations

from typing import Any


def statuses_on_roadmap(env: Any, completed: bool) -> dict[int, str | None]:
    """The status of each ticket in a milestone; with `completed`, in any."""
    where = ("milestone<>''" if completed else
             'milestone IN (SELECT name FROM milestone '
             'WHERE COALESCE(completed, 0)=0)')
    return dict(env.db_query(f'SELECT id, status FROM ticket WHERE {where}'))


def statuses_beside(env: Any, ticket: int) -> dict[int, str | None]:
    """The status of each ticket in the milestone that this ticket is in."""
    return dict(env.db_query("""
        SELECT id, status FROM ticket
        WHERE milestone=(SELECT milestone FROM ticket WHERE id=%s)
        """, (ticket,)))
