"""The nouns: frozen values that all other modules exchange.

Times are integers, microseconds since 1970-01-01 UTC (Trac's own unit);
calendar days are `datetime.date`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .asked import (
    Asked,
    Change,
    Deputy,
    Freeze,
    NOTHING_ASKED,
    Proof,
    Waiver,
)
from .terms import ENDED, Enforcement


@dataclass(frozen=True)
class Person:
    """Who acts: a login, its permission groups, and our permissions it has."""

    name: str
    groups: frozenset[str] = frozenset()
    grants: frozenset[str] = frozenset()

    @property
    def administrator(self) -> bool:
        return 'CAMPAIGN_ADMIN' in self.grants

    def may(self, permission: str) -> bool:
        """Whether the person has this permission of ours."""
        return permission in self.grants


@dataclass(frozen=True)
class Campaign:
    """One production round; `enforcement` and `phase` are kept as stored.

    They are plain words so that a word nobody knows can be read, shown and
    answered with a shut gate instead of an error.  `released` is the number
    of the entry that brought the present release (0: the first one);
    `launched` and `held_since` are times, 0 where it is neither.
    `template_version` is 0 where the template was built in or a file;
    `moved` says that the start is not the one first planned.
    """

    name: str
    template: str
    release: str
    start: date | None
    enforcement: str
    phase: str
    released: int = 0
    launched: int = 0
    held_since: int = 0
    held_by: str = ''
    held_because: str = ''
    freeze: Freeze | None = None
    changed: Change | None = None
    template_version: int = 0
    moved: Change | None = None

    @property
    def ended(self) -> bool:
        """Whether it was closed or abandoned: nothing changes any more."""
        return self.phase in ENDED

    @property
    def made_from(self) -> str:
        """The template, and its version unless it is built in or a file."""
        version = self.template_version
        return f'{self.template}@{version}' if version else self.template

    @property
    def hold(self) -> str:
        """By whom and why it is on hold."""
        return f'by {self.held_by}: {self.ground}'

    @property
    def stopped(self) -> str:
        """By whom and why it is on hold, and who may resume it."""
        return (f'on hold {self.hold}; a holder of CAMPAIGN_LAUNCH may '
                'resume it')

    @property
    def ground(self) -> str:
        """Why it is on hold, as a part of a sentence."""
        return ' '.join(self.held_because.split()).rstrip('.')

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
    number of the entry before which nothing said counts any more, `unsigned`
    whether the ticket's last known closing was no sign-off.

    `contacts` are logins and, behind an @, permission groups.  Where it is
    release-bound, what was said before entry `stale` is void; of what came
    later, the present release and those in `carried` count.

    Of a `group` it is the one for `item`, which weighs `weight`.  `due` is
    its own day (None: its stage's); `dropped` says who dropped its item.
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
    deputies: tuple[Deputy, ...] = ()
    separate_from: str = ''
    inputs: tuple[str, ...] = ()
    asks: Asked = NOTHING_ASKED
    stale: int = 0
    carried: tuple[str, ...] = ()
    changed: Change | None = None
    group: str = ''
    item: str = ''
    weight: str = ''
    due: date | None = None
    dropped: Change | None = None

    @property
    def plain_closing(self) -> bool:
        """Whether resolving the ticket as fixed can say all it asks for."""
        return self.quorum <= 1 and not self.asks.anything


@dataclass(frozen=True)
class SignOff:
    """A named person's recorded verdict; `number` is its ledger entry.

    `contact` is the name on the list of contacts as which it was given:
    the signer's own, their group's, or that of the person they stand for.
    `waited` is how long (µs) an approval was waited for, None if unknown.
    """

    number: int
    requirement: str
    verdict: str
    signer: str
    role: str
    release: str
    time: int
    statement: str
    contact: str = ''
    evidence: tuple[Proof, ...] = ()
    waiver: Waiver | None = None
    waited: int | None = None


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
