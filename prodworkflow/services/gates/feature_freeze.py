"""Keeps everything but urgent defects out of a frozen campaign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from trac.resource import ResourceNotFound
from trac.ticket.model import Priority, Ticket

from prodworkflow import store
from prodworkflow.domain.dates import day_of
from prodworkflow.domain.model.campaign import Freeze
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.model.vocabulary import Phase
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.eligibility import signers_of
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.text import joined
from prodworkflow.gateways.clock import now
from prodworkflow.services.gates.verification import verified_decision


@dataclass(frozen=True)
class TicketKind:
    """What matters of a ticket that wants to enter."""

    type: str
    priority: str

    @classmethod
    def of(cls, ticket: Ticket, old: Mapping[str, Any] | None = None
           ) -> TicketKind:
        """The ticket as it is or, with the former values, as it was."""
        old = old or {}
        return cls(old.get('type', ticket['type']) or '',
                   old.get('priority', ticket['priority']) or '')


@dataclass(frozen=True)
class TicketPosition:
    """Where a ticket is, in what state, and of what kind."""

    status: str
    milestone: str
    candidate: TicketKind

    @classmethod
    def of(cls, ticket: Ticket, old: Mapping[str, Any] | None = None
           ) -> TicketPosition:
        """The ticket as it is or, with the former values, as it was."""
        old = old or {}
        return cls(old.get('status', ticket['status']) or '',
                   old.get('milestone', ticket['milestone']) or '',
                   TicketKind.of(ticket, old))

    def open_in(self, milestone: str) -> bool:
        return self.status != 'closed' and self.milestone == milestone


def refused_entry(env: Any, snapshot: Snapshot, before: TicketPosition | None,
                  after: TicketPosition, what: str) -> str | None:
    """Why a change of a ticket lets it enter a frozen campaign wrongly.

    It enters when it comes to be open in one of its milestones, or becomes
    another kind of ticket there.
    """
    milestones = {s.milestone for s in snapshot.state.stages}
    if not any(after.open_in(m) for m in milestones):
        return None
    inside = before and any(before.open_in(m) for m in milestones)
    if inside and before and before.candidate == after.candidate:
        return None
    words = barred(env, snapshot, after.candidate, what)
    if words and inside and before and barred(env, snapshot,
                                              before.candidate, what):
        return None  # it was there before the freeze
    return words


def vet_entry(env: Any, number: int | None, before: TicketPosition | None,
              after: TicketPosition) -> list[tuple[str, bool]]:
    """What speaks against a change: (words, whether it is blocked)."""
    found = []
    concerns = store.owners_of(env, number, (after.milestone,))
    own = {c.campaign for c in concerns if c.requirement}
    for campaign in sorted({c.campaign for c in concerns} - own):
        snapshot = store.snapshot(env, campaign)
        if snapshot:
            words = refused_entry(env, snapshot, before, after,
                                  f'#{number}' if number else 'this ticket')
            if words:
                found.append((words, snapshot.state.campaign.blocks))
    return found


def vet_move(env: Any, milestone: str,
             target: str) -> list[tuple[str, bool]]:
    """What speaks against moving a milestone's open tickets to another."""
    if not store.owners_of(env, None, (target,)):
        return []
    found = []
    for number in store.open_tickets(env, milestone):
        before = TicketPosition.of(Ticket(env, number))
        found += vet_entry(env, number, before,
                           replace(before, milestone=target))
    return found


def frozen(decision: Decision) -> Freeze | None:
    """The freeze that is in force: signed, and the campaign not at its end."""
    campaign = decision.snapshot.state.campaign
    if campaign.freeze is None or campaign.ended:
        return None
    try:
        signed = decision.answer(campaign.freeze.requirement)
    except KeyError:
        return None
    return campaign.freeze if signed.reason is None else None


def barred(env: Any, snapshot: Snapshot, candidate: TicketKind,
           what: str) -> str | None:
    """Why a ticket may not enter a campaign now, and whom to ask.

    `what` is how to call the ticket, in words.
    """
    decision = decide(snapshot, now())
    freeze = frozen(decision)
    if freeze is None or fits(env, freeze, candidate):
        return None
    state = snapshot.state
    requirement = state.requirement(freeze.requirement)
    return (f'{state.campaign.name} is frozen ("{requirement.title}" is '
            f'signed): only {joined(freeze.types, "or")} tickets of priority '
            f'{freeze.priority} or higher may enter its milestones, and '
            f'{what} is {candidate.type or "of no type"}, '
            f'{candidate.priority or "without priority"}. Ask '
            f'{signers_of(requirement, day_of(now()))}')


def fits(env: Any, freeze: Freeze, candidate: TicketKind) -> bool:
    """Whether a ticket is of the kind that may enter a frozen campaign.

    A priority that the site does not know is never urgent enough.
    """
    ranks = {p.name: int(float(p.value or 0)) for p in Priority.select(env)}
    return (candidate.type in freeze.types
            and candidate.priority in ranks
            and freeze.priority in ranks
            and ranks[candidate.priority] <= ranks[freeze.priority])


def admits(env: Any, campaign: int, tickets: list[str]) -> list[str]:
    """What speaks against changes that refer to these tickets; [] if nothing.

    The rule that a frozen branch of the software follows, too.
    """
    found = store.snapshot(env, campaign)
    if found is None or found.state.campaign.phase == Phase.REMOVED.value:
        return ['the campaign is gone']
    decision = verified_decision(env, found)
    if decision.snapshot.doubts:
        return list(decision.snapshot.doubts)
    if frozen(decision) is None:
        return []
    if not tickets:
        return [f'{found.state.campaign.name} is frozen: name the ticket '
                'that this is for, as in "#12"']
    return [words for number in tickets
            for words in [_against(env, found, number)] if words]


def _against(env: Any, snapshot: Snapshot, number: str) -> str | None:
    try:
        ticket = Ticket(env, int(number))
    except (ValueError, ResourceNotFound):
        return f'there is no ticket #{number[:20]}'
    if ticket['status'] == 'closed':
        return f'#{ticket.id} is closed; reopen it or name another one'
    return barred(env, snapshot, TicketKind.of(ticket), f'#{ticket.id}')
