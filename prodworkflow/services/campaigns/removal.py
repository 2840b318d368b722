"""Remove a campaign: set its tickets free, or delete them if unsigned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from trac.resource import ResourceNotFound
from trac.ticket.model import Milestone, Ticket
from trac.util.datefmt import to_utimestamp

from prodworkflow import store
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.permissions import ADMIN
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.vocabulary import Verdict
from prodworkflow.domain.rules.lifecycle_actions import removal_refusal
from prodworkflow.domain.text import Message, word_problems
from prodworkflow.gateways.clock import now
from prodworkflow.services.opening import opened
from prodworkflow.services.refusals import GateShut
from prodworkflow.services.revisions import FormRevision, require_unchanged

VERDICTS = {v.value for v in Verdict}


@dataclass(frozen=True)
class RemovalRequest:
    """A removal as asked for; the reason may be ''."""

    reason: str = ''
    revision: FormRevision | None = None


def remove(env: Any, campaign: int, actor: str, wish: RemovalRequest) -> None:
    """Remove a campaign: milestones and tickets stay as ordinary ones.

    The ledger stays, too, and ends with the removal; the name is free again.
    No error if the campaign is gone.
    """
    _check_reason(wish)
    with store.open_campaign(env, campaign) as book:
        if book is not None:
            require_unchanged(book, wish.revision, {'phase': None})
            book.record(now(), actor, 'removed', reason=wish.reason)


def remove_with_tickets(env: Any, campaign: int, person: Person,
                        wish: RemovalRequest) -> None:
    """Remove a campaign, and delete its milestones and tickets.

    GateShut if somebody has signed one, or the person may not.
    """
    _check_reason(wish)
    with opened(env, campaign) as book:
        if not person.may(ADMIN):
            raise GateShut(Message('Nothing was removed'), [
                Message(
                    '%(person)s may not; only a holder of '
                    '%(permission)s may',
                    person=person.name, permission=ADMIN)])
        require_unchanged(book, wish.revision, {'phase': None})
        refusal = removal_refusal(book.state, _said(book))
        if refusal:
            raise GateShut(Message('Nothing was removed'), [refusal])
        _remove_all(book, person.name, wish.reason)


def _check_reason(wish: RemovalRequest) -> None:
    problems = word_problems('reason', wish.reason)
    if problems:
        raise InvalidRequest(problems)


def _said(book: store.Book) -> int:
    """How many verdicts there are, also of items that dropped out."""
    return sum(entry.verb in VERDICTS
               for entry in store.entries(book.env, book.campaign))


def _remove_all(book: store.Book, actor: str, reason: str) -> None:
    """Remove it and delete what was made; the entry says what that was."""
    env, state = book.env, book.state
    tickets = _tickets(env, state)
    milestones = _milestones(env, state)
    book.record(now(), actor, 'removed', reason=reason,
                tickets=[t.id for t in tickets],
                milestones=[m.name for m in milestones])
    for ticket in tickets:
        ticket.delete()
    for milestone in milestones:
        milestone.move_tickets('', actor, f'The campaign {state.campaign.name}'
                               ' was removed, and its milestones with it.')
        milestone.delete()


def _tickets(env: Any, state: State) -> list[Ticket]:
    found = (_ticket(env, r) for r in (*state.requirements, *state.dropped))
    return [ticket for ticket in found if ticket is not None]


def _ticket(env: Any, requirement: Requirement) -> Ticket | None:
    """The ticket that was made for a requirement; None if it is gone."""
    try:
        ticket = Ticket(env, requirement.ticket)
    except ResourceNotFound:
        return None
    made = to_utimestamp(ticket['time']) == requirement.ticket_time
    return ticket if ticket.exists and made else None


def _milestones(env: Any, state: State) -> list[Milestone]:
    found = []
    for stage in state.stages:
        try:
            found.append(Milestone(env, stage.milestone))
        except ResourceNotFound:
            continue
    return found
