"""Known issues: tolerate an open ticket at the launch, or no more."""

from __future__ import annotations

from typing import Any

from trac.resource import ResourceNotFound
from trac.ticket.model import Ticket

from prodworkflow import store
from prodworkflow.domain.dates import day_of
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.rules.launch.requests import (
    check_end,
    KnownIssueRequest,
    TicketPlace,
    tolerated_until,
    toleration_refusal,
)
from prodworkflow.domain.text import Message
from prodworkflow.gateways.clock import now
from prodworkflow.services.gates.reconciliation import reconcile
from prodworkflow.services.opening import opened_running, UNCHANGED
from prodworkflow.services.refusals import GateShut
from prodworkflow.services.revisions import FormRevision, require_unchanged


def tolerate(env: Any, campaign: int, person: Person,
             wish: KnownIssueRequest, visible: bool = True,
             revision: FormRevision | None = None) -> None:
    """Tolerate a ticket until a day, or, as the wish says, no more.

    GateShut if the person may not; InvalidRequest names all that is wrong.
    A ticket that is not `visible` to them is none to them.
    """
    with opened_running(env, campaign) as book:
        refusal = toleration_refusal(person)
        if refusal:
            raise GateShut(UNCHANGED, [Message(
                '%(person)s may not; %(refusal)s',
                person=person.name, refusal=refusal)])
        require_unchanged(book, revision,
                          {f'known-issue:{wish.number}': None})
        reason = wish.reason.strip()
        if wish.end:
            check_end(wish, book.state)
            book.record(now(), person.name, 'toleration-ended',
                        ticket=wish.number, reason=reason)
        else:
            place = _place(env, wish.number) if visible else None
            until = tolerated_until(wish, book.state, place, day_of(now()))
            stage = book.state.for_milestone(
                place.milestone if place else None)
            book.record(now(), person.name, 'tolerated', ticket=wish.number,
                        until=until.isoformat(), reason=reason,
                        stage=stage.key if stage else '')
        reconcile(book, person.name, Message(
            'the known issues were changed by %(person)s',
            person=person.name))


def _place(env: Any, number: int) -> TicketPlace | None:
    try:
        ticket = Ticket(env, number)
    except ResourceNotFound:
        return None
    return TicketPlace(ticket['milestone'] or '',
                       ticket['status'] not in store.done_statuses(env))
