"""Feature freeze: which tickets may still enter a campaign's milestones.

A freeze is in force once its requirement is signed; only urgent tickets of
certain types may enter from then on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.logins import joined_logins, quoted_login
from prodworkflow.domain.model.campaign import ANY, Freeze
from prodworkflow.domain.model.snapshot import CLOSED
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.vocabulary import Reason
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.eligibility import signers_of
from prodworkflow.domain.rules.words.options import no_word, Options
from prodworkflow.domain.text import joined, Message

FROZEN = Message(
    '%(campaign)s is frozen ("%(title)s" is signed): only %(types)s tickets '
    'of priority %(least)s or higher may enter its milestones, and %(ticket)s '
    'is %(type)s, %(priority)s. Ask %(signers)s')



# Where the freeze lets any type, or any priority, in.
FROZEN_KINDS = Message(
    '%(campaign)s is frozen ("%(title)s" is signed): only %(kinds)s may enter '
    'its milestones, and %(ticket)s is %(type)s, %(priority)s. Ask '
    '%(signers)s')
# Where it names only what the site has renamed or removed.
FROZEN_LACKING = Message(
    '%(campaign)s is frozen ("%(title)s" is signed), and nothing may enter '
    'its milestones as long as its freeze names words that Trac lacks: '
    '%(lacking)s. A holder of CAMPAIGN_ADMIN can choose others; ask '
    '%(signers)s')


@dataclass(frozen=True)
class TicketKind:
    """Type and priority of a ticket that would enter a milestone."""

    type: str
    priority: str

    @classmethod
    def of(cls, ticket: Any, old: Mapping[str, Any] | None = None
           ) -> TicketKind:
        """The kind of a ticket now or, with the former values, before.

        `ticket` gives its fields by their names, like a Trac ticket.
        """
        old = old or {}
        return cls(old.get('type', ticket['type']) or '',
                   old.get('priority', ticket['priority']) or '')


@dataclass(frozen=True)
class TicketPosition:
    """Status, milestone and kind of a ticket.

    `ended` are the statuses that count as done.
    """

    status: str
    milestone: str
    kind: TicketKind
    ended: frozenset[str] = CLOSED

    @classmethod
    def of(cls, ticket: Any, done: frozenset[str],
           old: Mapping[str, Any] | None = None) -> TicketPosition:
        """The position of a ticket now or, with the former values, before."""
        old = old or {}
        return cls(old.get('status', ticket['status']) or '',
                   old.get('milestone', ticket['milestone']) or '',
                   TicketKind.of(ticket, old), done)

    @property
    def done(self) -> bool:
        """Whether the ticket is done, be it closed or otherwise."""
        return self.status in self.ended

    def open_in(self, milestone: str) -> bool:
        """Whether it is an open ticket of that milestone."""
        return not self.done and self.milestone == milestone

    def inside(self, state: State) -> bool:
        """Whether it is open in a milestone of the campaign."""
        return any(self.open_in(s.milestone) for s in state.stages)


def enters(state: State, before: TicketPosition | None,
           after: TicketPosition) -> bool:
    """Whether a change lets a ticket enter a campaign.

    It enters when it comes to be open in one of the milestones, or changes its
    kind there.
    """
    if before and before.inside(state) and before.kind == after.kind:
        return False
    return after.inside(state)


def freeze_in_force(decision: Decision) -> Freeze | None:
    """The freeze, if it is signed and the campaign has not ended."""
    campaign = decision.snapshot.state.campaign
    if campaign.freeze is None or campaign.ended:
        return None
    try:
        signed = decision.answer(campaign.freeze.requirement)
    except KeyError:
        return None
    in_force = signed.reason in (None, Reason.OBJECTED) and not signed.waived
    return campaign.freeze if in_force else None


def may_enter(freeze: Freeze, kind: TicketKind,
              ranks: Mapping[str, int]) -> bool:
    """Whether a ticket is of the kind that may enter a frozen campaign.

    `ranks` maps the site's priorities to their order, 1 the most urgent; a
    priority that the site does not know is never urgent enough.
    """
    typed = ANY in freeze.types or kind.type in freeze.types
    return typed and (freeze.priority == ANY or (
        kind.priority in ranks and freeze.priority in ranks
        and ranks[kind.priority] <= ranks[freeze.priority]))


def kind_refusal(decision: Decision, kind: TicketKind,
                 ranks: Mapping[str, int], what: str,
                 types: Options | None = None) -> Message | None:
    """Why a kind of ticket may not enter now, and whom to ask.

    None if it may; `what` names the ticket in the sentence. `types` are those
    of the site, None to compare with none.
    """
    freeze = freeze_in_force(decision)
    if freeze is None or may_enter(freeze, kind, ranks):
        return None
    state = decision.snapshot.state
    requirement = state.requirement(freeze.requirement)
    here = {'campaign': state.campaign.name, 'title': requirement.title,
            'signers': signers_of(requirement, state, day_of(decision.asked))}
    known = known_types(freeze, types)
    lacking = _lacking(freeze, known, types, Options(tuple(ranks)))
    if lacking:
        return Message(FROZEN_LACKING.msgid, lacking=joined(lacking), **here)
    here.update(ticket=what, type=kind.type or Message('of no type'),
                priority=kind.priority or Message('without priority'))
    if ANY in (*known, freeze.priority):
        return Message(FROZEN_KINDS.msgid, kinds=_kinds(known, freeze), **here)
    return Message(FROZEN.msgid, types=joined_logins(known, 'or'),
                   least=quoted_login(freeze.priority), **here)


def known_types(freeze: Freeze, types: Options | None) -> list[str]:
    """The types of a freeze that the site has."""
    return [t for t in freeze.types
            if types is None or t == ANY or t in types.words]


def _lacking(freeze: Freeze, known: list[str], types: Options | None,
             priorities: Options) -> list[str]:
    """Why nothing at all may enter: words of the freeze that Trac lacks."""
    found: list[str] = [] if known or types is None else [
        no_word('type', each, types) for each in freeze.types]
    if freeze.priority not in (ANY, *priorities.words):
        found.append(no_word('priority', freeze.priority, priorities))
    return found


def _kinds(known: list[str], freeze: Freeze) -> Message:
    """What may enter where any type or any priority may."""
    if ANY in known:
        return Message('tickets of priority %(least)s or higher',
                       least=quoted_login(freeze.priority))
    return Message('%(types)s tickets', types=joined_logins(known, 'or'))


def entry_refusal(decision: Decision, before: TicketPosition | None,
                  after: TicketPosition, ranks: Mapping[str, int],
                  what: str, types: Options | None = None) -> Message | None:
    """Why a change lets a ticket enter a frozen campaign; None if it may.

    A ticket that was inside before the freeze may change its kind to another
    one that could not enter either.
    """
    state = decision.snapshot.state
    if not enters(state, before, after):
        return None
    refusal = kind_refusal(decision, after.kind, ranks, what, types)
    if (refusal and before and before.inside(state)
            and kind_refusal(decision, before.kind, ranks, what)):
        return None
    return refusal
