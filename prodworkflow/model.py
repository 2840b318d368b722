"""The nouns: frozen values that all other modules exchange.

Times are integers, microseconds since 1970-01-01 UTC (Trac's own unit);
calendar days are `datetime.date`.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


class Enforcement(enum.Enum):
    """How firmly a campaign's gates hold (DESIGN.md, section 5, rule 6)."""

    STANDARD = 'standard'
    STRICT = 'strict'
    ADVISORY = 'advisory'


class Phase(enum.Enum):
    """Where a campaign stands as a whole."""

    UNDERWAY = 'underway'
    OVER = 'over'
    REMOVED = 'removed'


class Verdict(enum.Enum):
    """What a person can say of a requirement."""

    APPROVED = 'approved'
    REJECTED = 'rejected'
    WITHDRAWN = 'withdrawn'


class Role(enum.Enum):
    """In which capacity a sign-off was given."""

    CONTACT = 'contact'
    ADMINISTRATOR = 'administrator'
    ANYONE = 'anyone'


@dataclass(frozen=True)
class Campaign:
    """One production round; `enforcement` and `phase` are kept as stored.

    They are plain words so that a word nobody knows can be read, shown and
    answered with a shut gate instead of an error.
    """

    name: str
    template: str
    release: str
    start: date | None
    enforcement: str
    phase: str

    @property
    def blocks(self) -> bool:
        """Whether a shut gate stops anybody; only `advisory` does not."""
        return self.enforcement != Enforcement.ADVISORY.value


@dataclass(frozen=True)
class Stage:
    """One ordered step of a campaign; `closed` is what the ledger knows."""

    key: str
    number: int
    title: str
    milestone: str
    due: date | None
    closed: bool = False

    @property
    def label(self) -> str:
        """Number and title, as people say it: `1. Software preparation`."""
        return f'{self.number}. {self.title}'


@dataclass(frozen=True)
class Requirement:
    """One thing a stage asks for.

    `ticket` is None once the sign-off ticket is known to be gone.
    `ticket_time` is the ticket's creation time: with the id it tells the
    ticket from a later one that was given the same id.  `seen` is the time
    of the last change of status that the ledger accounts for, `since` the
    number of the entry before which approvals no longer count, `unsigned`
    whether the ticket's last known closing was no sign-off.
    """

    key: str
    stage: str
    title: str
    ticket: int | None
    ticket_time: int
    contacts: tuple[str, ...] = ()
    quorum: int = 1
    release_bound: bool = False
    seen: int = 0
    since: int = 0
    unsigned: bool = False


@dataclass(frozen=True)
class SignOff:
    """A named person's recorded verdict; `number` is its ledger entry."""

    number: int
    requirement: str
    verdict: str
    signer: str
    role: str
    release: str
    time: int
    statement: str


@dataclass(frozen=True)
class State:
    """A campaign's present state: what folding its ledger gives."""

    campaign: Campaign
    stages: tuple[Stage, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    signoffs: tuple[SignOff, ...] = ()

    def stage(self, key: str) -> Stage:
        """The stage of that key; KeyError if there is none."""
        return next_or_raise((s for s in self.stages if s.key == key), key)

    def requirement(self, key: str) -> Requirement:
        """The requirement of that key; KeyError if there is none."""
        return next_or_raise((r for r in self.requirements if r.key == key),
                             key)

    def for_ticket(self, ticket: int | None) -> Requirement | None:
        """The requirement whose sign-off ticket this is, if any."""
        return next((r for r in self.requirements
                     if ticket is not None and r.ticket == ticket), None)

    def for_milestone(self, *names: str | None) -> Stage | None:
        """The stage that owns a milestone of one of these names, if any."""
        return next((s for s in self.stages if s.milestone in names), None)


@dataclass(frozen=True)
class TicketFacts:
    """What Trac says of a sign-off ticket at this moment."""

    status: str
    resolution: str
    milestone: str
    changed: int

    @property
    def closed(self) -> bool:
        return self.status == 'closed'


@dataclass(frozen=True)
class Snapshot:
    """A campaign's state beside what Trac says at the same moment.

    `tickets` maps a requirement's key to its ticket's facts (absent: the
    ticket is gone), `milestones` a stage's key to the milestone's completion
    time (0: not completed; absent: no such milestone), `others` a stage's
    key to the ids of open tickets in its milestone that are no sign-off
    tickets of this campaign.  `doubts` are sentences about what could not
    be read or does not agree; any of them keeps every gate shut.  `head` is
    the hash of the ledger's last entry, kept apart from the ledger.
    """

    id: int
    revision: int
    state: State
    tickets: Mapping[str, TicketFacts] = field(default_factory=dict)
    milestones: Mapping[str, int] = field(default_factory=dict)
    others: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    head: str = ''


@dataclass(frozen=True)
class News:
    """That a closed stage was reopened, as its campaign's contacts hear it."""

    campaign: str
    milestone: str
    because: str
    actor: str
    contacts: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """One line of a campaign's ledger; `hash` seals it and all before it."""

    campaign: int
    number: int
    time: int
    actor: str
    verb: str
    requirement: str
    release: str
    payload: Mapping[str, Any]
    previous: str
    hash: str


def next_or_raise(items: Any, key: str) -> Any:
    """The first of `items`; KeyError naming `key` when there is none."""
    for item in items:
        return item
    raise KeyError(key)
