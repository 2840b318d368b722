"""What the rules answer about one requirement, in words and as plain data.

An answer explains itself: whoever shows it, page, command or file, takes the
words from here.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any

from prodworkflow.domain.canonical_json import plain
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.signoff import SignOff


class Reason(enum.Enum):
    """Why a requirement is unmet; 'not yet asked' and 'failed' differ."""

    AWAITING = 'awaiting'
    QUORUM_SHORT = 'quorum-short'
    REJECTED = 'rejected'
    WITHDRAWN = 'withdrawn'
    STALE = 'stale'
    EVIDENCE_MISSING = 'evidence-missing'
    OUT_OF_BOUNDS = 'out-of-bounds'
    CLOSED_UNSIGNED = 'closed-unsigned'
    TICKET_MISSING = 'ticket-missing'


@dataclass(frozen=True)
class Lift:
    """A reason that a waiver in force lifts; the reason stays visible."""

    reason: Reason
    words: str
    waiver: SignOff

    def as_dict(self) -> dict[str, Any]:
        """The lifted reason and its waiver as JSON shows them."""
        signoff = self.waiver
        return {'reason': self.reason.value, 'words': self.words,
                'waived_by': signoff.signer, 'because': signoff.statement,
                'entry': signoff.number, **plain(signoff.waiver)}


@dataclass(frozen=True)
class Answer:
    """What is true of one requirement.

    It is met when `reason` is None, or when `waived`: then `reason` is the
    one that a waiver lifts.  `lifts` holds all that waivers lift here, also
    where something else still stands against it.  `covered` says that its
    group is met without it: it may stay unmet, and stays visible.
    `evidence` holds what is asked for beside what was given, an `EvidenceLine`
    each.
    """

    requirement: Requirement
    reason: Reason | None
    words: str
    signers: tuple[str, ...] = ()
    waived: bool = False
    lifts: tuple[Lift, ...] = ()
    covered: bool = False
    evidence: tuple[Any, ...] = ()

    @property
    def met(self) -> bool:
        return self.reason is None or self.waived

    @property
    def blocks(self) -> bool:
        """Whether it keeps its gate shut."""
        return not (self.met or self.covered)

    @property
    def state(self) -> str:
        """One word: met, waived or unmet."""
        return ('waived' if self.waived else
                'met' if self.reason is None else 'unmet')

    def as_dict(self) -> dict[str, Any]:
        """The answer as JSON shows it."""
        requirement = self.requirement
        return {'key': requirement.key, 'title': requirement.title,
                'ticket': requirement.ticket, 'answer': self.state,
                'reason': self.reason.value if self.reason else None,
                'words': self.words, 'quorum': requirement.quorum,
                'signed_by': list(self.signers),
                'contacts': list(requirement.contacts),
                'group': requirement.group, 'item': requirement.item,
                'covered': self.covered,
                'evidence': [e.as_dict() for e in self.evidence],
                'waivers': [lift.as_dict() for lift in self.lifts]}


@dataclass(frozen=True)
class Obstacle:
    """What keeps a gate shut beside unmet requirements.

    `ticket` and `stage` name what it is about; both are empty where it is
    about the campaign itself.
    """

    kind: str
    words: str
    ticket: int | None = None
    stage: str = ''

    def as_dict(self) -> dict[str, Any]:
        """The obstacle as JSON shows it."""
        return {'kind': self.kind, 'words': self.words, 'ticket': self.ticket}


def named(answer: Answer) -> str:
    """A requirement as people point to it: `#3 Resources estimate`."""
    requirement = answer.requirement
    if requirement.ticket is None:
        return requirement.title
    return f'#{requirement.ticket} {requirement.title}'
