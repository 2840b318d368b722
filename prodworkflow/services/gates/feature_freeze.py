"""Feature freeze: keeps all but urgent defects out of a frozen campaign.

The rule is `domain.rules.freeze`; this looks up what it needs in Trac.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from trac.resource import ResourceNotFound
from trac.ticket.model import Priority, Ticket

from prodworkflow import store
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.model.vocabulary import Phase
from prodworkflow.domain.rules.answers import IN_DOUBT
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.freeze import (
    enters,
    entry_refusal,
    freeze_in_force,
    kind_refusal,
    TicketKind,
    TicketPosition,
)
from prodworkflow.domain.text import Message
from prodworkflow.gateways.site_words import options
from prodworkflow.services.gates.verification import verified_decision


@dataclass(frozen=True)
class Admission:
    """What a freeze has against changes, and whether they pass all the same.
    """

    against: tuple[str, ...]
    passes: bool


def refused_entry(env: Any, snapshot: Snapshot, before: TicketPosition | None,
                  after: TicketPosition, what: str) -> str | None:
    """Why a change of a ticket lets it enter a frozen campaign wrongly.

    None if it does not; `what` is how to call the ticket. Trac's priorities
    are read only if there is a freeze that the change meets.
    """
    if not enters(snapshot.state, before, after):
        return None
    decision = verified_decision(env, snapshot)
    if freeze_in_force(decision) is None:
        return None
    return entry_refusal(decision, before, after, _priority_ranks(env), what,
                         options(env, 'type'))


def entry_objections(env: Any, number: int | None,
                     before: TicketPosition | None,
                     after: TicketPosition) -> list[tuple[str, bool]]:
    """Objections to a ticket's entry: (words, whether it is blocked).

    One for each campaign whose milestone it enters, but not for a sign-off
    ticket's own.
    """
    found = []
    concerns = store.owners_of(env, number, (after.milestone,))
    own = {c.campaign for c in concerns if c.requirement}
    for campaign in sorted({c.campaign for c in concerns} - own):
        snapshot = store.present_snapshot(env, campaign)
        if snapshot:
            words = refused_entry(env, snapshot, before, after,
                                  f'#{number}' if number else Message(
                                      'this ticket'))
            if words:
                found.append((words, snapshot.state.campaign.blocks))
    return found


def move_objections(env: Any, milestone: str,
                    target: str) -> list[tuple[str, bool]]:
    """Objections to moving a milestone's open tickets to another one."""
    if not store.owners_of(env, None, (target,)):
        return []
    found = []
    done = store.done_statuses(env)
    for number in store.retargeted_tickets(env, milestone):
        before = TicketPosition.of(Ticket(env, number), done)
        found += entry_objections(env, number, before,
                                  replace(before, milestone=target))
    return found


def commit_admission(env: Any, campaign: int,
                     tickets: list[str]) -> Admission:
    """Whether commits may enter that refer to these tickets.

    For the hook of a frozen branch, which obeys the same rule as the
    milestones. In doubt they may not, however firmly gates hold.
    """
    found = store.snapshot(env, campaign)
    if found is None or found.state.campaign.phase == Phase.REMOVED.value:
        return Admission((Message('the campaign is gone'),), False)
    decision = verified_decision(env, found)
    doubts = tuple(o.words for o in decision.launch.obstacles
                   if o.kind == IN_DOUBT)
    if doubts:
        return Admission(doubts, False)
    against = _commit_objections(env, decision, tickets)
    return Admission(against, not (against and found.state.campaign.blocks))


def _commit_objections(env: Any, decision: Decision,
                       tickets: list[str]) -> tuple[str, ...]:
    if freeze_in_force(decision) is None:
        return ()
    if not tickets:
        name = decision.snapshot.state.campaign.name
        return (Message(
            '%(name)s is frozen: name the ticket that this is for, as '
            'in "#12"',
            name=name),)
    return tuple(words for number in tickets for words in [
        _ticket_objection(env, decision, number)] if words)


def _ticket_objection(env: Any, decision: Decision, number: str) -> str | None:
    try:
        ticket = Ticket(env, int(number))
    except (ValueError, ResourceNotFound):
        return Message('there is no ticket #%(number)s', number=number[:20])
    if ticket['status'] in store.done_statuses(env):
        return Message(
            '#%(ticket)s is closed; reopen it or name another one',
            ticket=ticket.id)
    return kind_refusal(decision, TicketKind.of(ticket), _priority_ranks(env),
                        f'#{ticket.id}', options(env, 'type'))


def _priority_ranks(env: Any) -> dict[str, int]:
    """Trac's priorities in their order, 1 the most urgent."""
    return {p.name: int(float(p.value or 0)) for p in Priority.select(env)}
