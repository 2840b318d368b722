"""Effect of a move to a release: what the preview shows and the act does."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from prodworkflow.domain.canonical_json import canonical
from prodworkflow.domain.dates import day_of
from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.ledger.replay import apply
from prodworkflow.domain.model.campaign import Stage
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.planning.releases.reach import (
    asked_again,
    untouched,
    with_named_inputs,
)
from prodworkflow.domain.planning.releases.request import (
    check_request,
    ReleaseRequest,
)
from prodworkflow.domain.planning.releases.titles import (
    release_texts,
    ReleaseTexts,
)
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.gates import as_closed, decide
from prodworkflow.domain.rules.reconciliation.corrections import (
    has_to_be_held,
    stages_to_reopen,
)
from prodworkflow.domain.rules.waivers import account, WaiverStatus
from prodworkflow.domain.template.model import Template
from prodworkflow.domain.text import Message

# The entry of a move that is only worked out: later than any other.
MOVE = Entry(0, 2 ** 62, 0, '', 'released', '', '', {}, '', '')


class Fate(enum.Enum):
    """What a move means for a requirement; the words of JSON."""

    AGAIN = 'asked_again'
    CARRIED = 'carried_over'
    UNSIGNED = 'not_signed_yet'
    STAYS = 'stays'


@dataclass(frozen=True)
class MovedRequirement:
    """A requirement with what a move means for it, and why.

    `asked` is whether it is asked for the new release, `reopened` whether its
    ticket is, `title` the one that it will have.
    """

    requirement: Requirement
    fate: Fate
    why: str
    asked: bool
    reopened: bool
    title: str

    @property
    def name(self) -> str:
        """The title, with the ticket in front."""
        ticket = self.requirement.ticket
        return f'#{ticket} {self.title}' if ticket else self.title

    def as_dict(self) -> dict[str, Any]:
        """The requirement as JSON."""
        return {'key': self.requirement.key, 'title': self.title,
                'ticket': self.requirement.ticket, 'why': self.why,
                'reopened': self.reopened}


@dataclass(frozen=True)
class ReleaseEffect:
    """All that a move to a release does.

    `waivers` are those that lapse, `stages` those that reopen, `held` is
    whether production is put on hold, `mail` names who gets mail: contacts,
    groups behind an @; `after` is the decision once the campaign has moved.
    """

    wish: ReleaseRequest
    was: str
    moved: tuple[MovedRequirement, ...]
    waivers: tuple[WaiverStatus, ...] = ()
    stages: tuple[Stage, ...] = ()
    held: bool = False
    mail: tuple[str, ...] = ()
    texts: ReleaseTexts = field(default_factory=ReleaseTexts)
    after: Decision | None = field(default=None, compare=False, repr=False)

    def of(self, fate: Fate) -> tuple[MovedRequirement, ...]:
        """The requirements of one fate, in the campaign's order."""
        return tuple(m for m in self.moved if m.fate is fate)

    @property
    def stale(self) -> tuple[str, ...]:
        """The keys of what is asked for the new release."""
        return tuple(m.requirement.key for m in self.moved if m.asked)

    @property
    def carried(self) -> tuple[str, ...]:
        """The keys of what accepts sign-offs of the release before."""
        return tuple(m.requirement.key for m in self.moved
                     if m.requirement.release_bound and not m.asked)

    @property
    def reopened(self) -> tuple[str, ...]:
        """The keys of the requirements whose tickets are reopened."""
        return tuple(m.requirement.key for m in self.moved if m.reopened)

    def payload(self, seen: Mapping[str, int]) -> dict[str, Any]:
        """The payload of the entry; `seen` are times of reopened tickets."""
        wish = self.wish
        return {'release': wish.name, 'touches': list(wish.touches),
                'reason': wish.reason, 'stale': list(self.stale),
                'carried': list(self.carried), 'seen': dict(seen),
                'waivers': [w.signoff.number for w in self.waivers],
                'titles': {key: change.text for key, change
                           in self.texts.titles.items()}}

    def as_dict(self) -> dict[str, Any]:
        """The effect as JSON."""
        return {'release': self.wish.name, 'was': self.was,
                'touches': list(self.wish.touches),
                **{fate.value: [m.as_dict() for m in self.of(fate)]
                   for fate in Fate},
                'waivers': [{'key': w.requirement.key,
                             'ticket': w.requirement.ticket,
                             'title': w.requirement.title,
                             'entry': w.signoff.number,
                             'waiver': str(w.signoff.waiver),
                             'by': w.signoff.signer} for w in self.waivers],
                'stages': [{'key': s.key, 'title': s.label,
                            'milestone': s.milestone} for s in self.stages],
                'held': self.held, 'mail': list(self.mail)}

    @property
    def digest(self) -> str:
        """A digest of the effect, so that what was shown is confirmed."""
        shown = [self.as_dict(), sorted(
            (key, c.text) for key, c in self.texts.titles.items())]
        return sha256(canonical(shown).encode()).hexdigest()[:16]


def release_effect(decision: Decision, wish: ReleaseRequest,
                   template: Template | None,
                   to_act: bool = True) -> ReleaseEffect:
    """Work out a move to a release; InvalidRequest if it cannot be.

    `template` is that of the campaign, None if it cannot be read now.
    """
    stored = decision.snapshot.state
    state = with_named_inputs(stored, template)
    check_request(state, wish, to_act)
    texts = release_texts(stored, template, wish.name)
    again = {} if wish.renamed else asked_again(state, wish.touches)
    moved = tuple(_moved(decision, r, again, texts, wish.renamed)
                  for r in state.requirements)
    found = ReleaseEffect(wish, stored.campaign.release, moved, texts=texts)
    return found if wish.renamed else _with_consequences(found, decision)


def _moved(decision: Decision, requirement: Requirement,
           again: Mapping[str, str], texts: ReleaseTexts,
           renamed: bool) -> MovedRequirement:
    answer = decision.answer(requirement.key)
    key, asked = requirement.key, requirement.key in again
    title = texts.titles.get(key)
    signed = answer.met or bool(answer.signers)
    bound = requirement.release_bound or asked
    fate = (Fate.STAYS if renamed or not bound
            else Fate.UNSIGNED if not signed
            else Fate.AGAIN if asked else Fate.CARRIED)
    why = (again[key] if asked else untouched(requirement)
           if fate in (Fate.CARRIED, Fate.UNSIGNED) else Message(
               'the release is only renamed') if renamed else Message(
               'it is not bound to a release'))
    return MovedRequirement(requirement, fate, why, asked,
                            asked and _closed_as_met(decision, answer),
                            title.text if title else requirement.title)


def _closed_as_met(decision: Decision, answer: Answer) -> bool:
    """Whether the ticket is closed, and rightly so."""
    snapshot, key = decision.snapshot, answer.requirement.key
    facts = snapshot.tickets.get(key)
    return bool(facts and facts.closed and as_closed(decision, answer).met)


def _with_consequences(found: ReleaseEffect,
                       decision: Decision) -> ReleaseEffect:
    """The effect with what it leads to: waivers, stages, hold and mail."""
    after = _after(found, decision)
    day = day_of(decision.asked)
    ended = {w.signoff.number for w in account(after.snapshot.state, day)
             if w.ended}
    waivers = tuple(w for w in account(decision.snapshot.state, day)
                    if not w.ended and w.signoff.number in ended)
    stages, held = stages_to_reopen(after), has_to_be_held(after)
    people = [c for m in found.moved
              if m.fate in (Fate.AGAIN, Fate.CARRIED) or stages or held
              for c in m.requirement.contacts]
    return replace(found, waivers=waivers, stages=stages, held=held,
                   mail=tuple(dict.fromkeys(people)), after=after)


def _after(found: ReleaseEffect, decision: Decision) -> Decision:
    """The decision once the campaign has moved.

    That tickets are reopened plays no part: what is stale is unmet anyway.
    """
    moved = apply(decision.snapshot.state,
                  replace(MOVE, time=decision.asked,
                          payload=found.payload({})))
    return decide(replace(decision.snapshot, state=moved), decision.asked)
