"""Answers about one requirement, in words and as JSON.

An answer explains itself: pages, commands and files take the words from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from prodworkflow.domain.canonical_json import plain
from prodworkflow.domain.dates import moment
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.signoff import SignOff
from prodworkflow.domain.model.vocabulary import Reason
from prodworkflow.domain.rules.duties.awaited import Awaited, NOBODY
from prodworkflow.domain.rules.words.resolutions import (
    APPROVED,
    TOLERABLE,
    WAIVED,
)
from prodworkflow.domain.text import Message

# A waiver is about to end when it has so many days left.
SOON = 7


LIFTED = {Reason.OUT_OF_BOUNDS.value: TOLERABLE}


@dataclass(frozen=True)
class UnmetReason:
    """A reason against a requirement: the fact, and who is awaited.

    `fact` is '' where nobody has given a verdict yet, `awaits` where the fact
    says who is.
    """

    reason: Reason
    fact: str
    awaits: str

    @property
    def words(self) -> str:
        """Fact and awaited signers in one phrase."""
        if not (self.fact and self.awaits):
            return self.fact or self.awaits
        return Message('%(fact)s; %(awaits)s', fact=self.fact,
                       awaits=self.awaits)


@dataclass(frozen=True)
class Lift:
    """A reason that a waiver in force lifts; it stays visible.

    `left` is for how many days it lasts after this one.
    """

    reason: Reason
    words: str
    waiver: SignOff
    left: int = 0

    @property
    def ending(self) -> str:
        """That it is about to end: `6 days left`; '' if it is not."""
        return ending(self.left)

    def as_dict(self) -> dict[str, Any]:
        """The lifted reason and its waiver as JSON."""
        signoff = self.waiver
        return {**plain(signoff.waiver), 'reason': self.reason.value,
                'words': self.words, 'waived_by': signoff.signer,
                'because': signoff.statement, 'entry': signoff.number,
                'at': moment(signoff.time),
                'days_left': self.left}


@dataclass(frozen=True)
class Answer:
    """The evaluation of one requirement.

    It is met if `reason` is None, or if `waived`: `reason` is then the one
    that a waiver lifts.  `lifts` holds all reasons that waivers lift, also
    where another reason is left.  `covered` means that its group is met
    without it: it may stay unmet, and stays visible.  `evidence` holds an
    `EvidenceLine` for each value, plot and link that is asked for, `bases` a
    `Base` for each requirement or group that it rests on.  `awaits` are those
    who can still help: nobody where it is met.
    """

    requirement: Requirement
    reason: Reason | None
    words: str
    signers: tuple[str, ...] = ()
    waived: bool = False
    lifts: tuple[Lift, ...] = ()
    covered: bool = False
    evidence: tuple[Any, ...] = ()
    bases: tuple[Any, ...] = ()
    awaits: Awaited = NOBODY

    @property
    def met(self) -> bool:
        """Whether it is fulfilled, with or without a waiver."""
        return self.reason is None or self.waived

    @property
    def blocks(self) -> bool:
        """Whether it keeps its gate shut: neither met nor covered."""
        return not (self.met or self.covered)

    @property
    def state(self) -> str:
        """The state in one word: met, waived or unmet."""
        return ('waived' if self.waived else
                'met' if self.reason is None else 'unmet')

    @property
    def closing(self) -> str:
        """As what its ticket is closed where it is met.

        APPROVED, WAIVED or TOLERABLE: see `words.resolutions.resolution`.
        """
        if not self.lifts:
            return APPROVED
        waiver = self.lifts[0].waiver.waiver
        return LIFTED.get(waiver.reason if waiver else '', WAIVED)

    def as_dict(self) -> dict[str, Any]:
        """The answer as JSON."""
        requirement = self.requirement
        return {'key': requirement.key, 'title': requirement.title,
                'ticket': requirement.ticket, 'answer': self.state,
                'reason': self.reason.value if self.reason else None,
                'words': self.words, 'quorum': requirement.quorum,
                'signed_by': list(self.signers),
                'contacts': list(requirement.contacts),
                'awaits': self.awaits.names,
                'group': requirement.group, 'item': requirement.item,
                'covered': self.covered,
                'rests_on': [b.as_dict() for b in self.bases],
                'evidence': [e.as_dict() for e in self.evidence],
                'waivers': [lift.as_dict() for lift in self.lifts]}


# Kinds of obstacles that no enforcement lets pass: see `Decision.passes`.
IN_DOUBT, ON_HOLD, ENDED = 'in-doubt', 'on-hold', 'ended'


@dataclass(frozen=True)
class Obstacle:
    """What keeps a gate shut apart from unmet requirements.

    `kind` is its code; `ticket` and `stage` (a key) name what it is about and
    are empty where it is about the campaign as a whole.
    """

    kind: str
    words: str
    ticket: int | None = None
    stage: str = ''

    def as_dict(self) -> dict[str, Any]:
        """The obstacle as JSON."""
        return {'kind': self.kind, 'words': self.words, 'ticket': self.ticket}


def ending(left: int) -> str:
    """That a waiver of so many more days is about to end; '' if it is not."""
    if not 0 <= left <= SOON:
        return ''
    if left == 1:
        return Message('1 day left')
    return Message('%(left)s days left', left=left) if left \
        else Message('today is its last day')


def named(answer: Answer) -> str:
    """The name of a requirement with its ticket: `#3 Resources estimate`."""
    requirement = answer.requirement
    if requirement.ticket is None:
        return requirement.title
    return f'#{requirement.ticket} {requirement.title}'
