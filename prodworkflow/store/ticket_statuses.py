"""Ticket statuses: which count as done, for progress bars, and reopenings.

Which count as done is read here, for our SQL needs it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from trac.ticket.api import TicketSystem
from trac.ticket.default_workflow import ConfigurableTicketWorkflow
from trac.util import as_bool

from prodworkflow.domain.rules.ticket_statuses import (
    done_statuses as _done_statuses,
)
from prodworkflow.domain.rules.ticket_statuses import FieldChange, StatusGroup

GROUPS = 'milestone-groups'


class Reopening(NamedTuple):
    """A change of a ticket from closed to open; `time` is in µs UTC."""

    author: str
    time: int
    comment: str


def done_statuses(env: Any) -> frozenset[str]:
    """The ticket statuses that count as done on this site.

    Those of `[prodworkflow] done_statuses`, or of `[milestone-groups]`. The
    one place that says which tickets are open.
    """
    return _done_statuses(
        env.config.getlist('prodworkflow', 'done_statuses'), _groups(env),
        TicketSystem(env).get_all_status(), {
            action['newstate']
            for action in ConfigurableTicketWorkflow(env).actions.values()
            if None in action['oldstates']})


def _groups(env: Any) -> list[StatusGroup]:
    """The groups of statuses, read as Trac reads them."""
    found: dict[str, dict[str, str]] = {}
    for option, text in env.config.options(GROUPS):
        name, _, attribute = option.partition('.')
        found.setdefault(name, {})[attribute] = text
    return [StatusGroup(
        tuple(s.strip() for s in group.get('', '').split(',')),
        as_bool(group.get('overall_completion', '')))
        for group in found.values()]


def reopening_since(env: Any, ticket: int | None,
                    time: int) -> Reopening | None:
    """The latest reopening of a ticket after a time (µs UTC), if any."""
    done = sorted(done_statuses(env))
    places = ','.join(['%s'] * len(done))
    for author, when, comment in env.db_query(f"""
            SELECT s.author, s.time, c.newvalue FROM ticket_change AS s
            LEFT JOIN ticket_change AS c
              ON c.ticket=s.ticket AND c.time=s.time AND c.field='comment'
            WHERE s.ticket=%s AND s.field='status' AND s.oldvalue IN ({places})
              AND s.newvalue NOT IN ({places}) AND s.time>%s
            ORDER BY s.time DESC LIMIT 1""", (ticket, *done, *done, time)):
        return Reopening(author or '', int(when), comment or '')
    return None


def status_changes_since(env: Any, ticket: int | None,
                         time: int) -> list[FieldChange]:
    """How status and resolution of a ticket changed after a time (µs UTC)."""
    return [FieldChange(field, old or '', new or '')
            for field, old, new in env.db_query("""
                SELECT field, oldvalue, newvalue FROM ticket_change
                WHERE ticket=%s AND field IN ('status', 'resolution')
                  AND time>%s ORDER BY time""", (ticket, time))]


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
