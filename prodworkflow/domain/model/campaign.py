"""Campaign and stage, and what changed of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from prodworkflow.domain.model.vocabulary import ENDED, Enforcement
from prodworkflow.domain.text import Message


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
        return Message('by %(held_by)s: %(ground)s', held_by=self.held_by,
                       ground=self.ground)

    @property
    def stopped(self) -> str:
        """By whom and why it is on hold, and who may resume it."""
        return Message('on hold %(hold)s; a holder of CAMPAIGN_LAUNCH may '
                       'resume it', hold=self.hold)

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
class Freeze:
    """What may still enter once `requirement` is met: which tickets.

    `types` are ticket types; `priority` is the least urgent that may enter.
    """

    requirement: str
    types: tuple[str, ...] = ('defect',)
    priority: str = 'critical'

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Freeze:
        """Read back what `plain` made."""
        return cls(data['requirement'], tuple(data['types']),
                   data['priority'])


@dataclass(frozen=True)
class Change:
    """That somebody changed what a campaign began with, and from what."""

    by: str
    time: int
    was: str
    reason: str
