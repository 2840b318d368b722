"""Campaign, stages and feature freeze, with later changes of the plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from prodworkflow.domain.model.person import Deputy
from prodworkflow.domain.model.vocabulary import ENDED, Enforcement
from prodworkflow.domain.text import Message

# Days before the due day, negative after it, where no template says others.
REMIND = (7, 2, 0, -3)


@dataclass(frozen=True)
class Campaign:
    """A production campaign: its plan, phase and enforcement.

    `enforcement` and `phase` are plain words, not enums: a word that is
    unknown can be read and shown, and keeps the gates shut, instead of being
    an error.  `released` is the number of the last entry that voided all
    waivers with its release, 0 if none has.  `launched` and `held_since` are
    times in µs UTC, 0 where it was not launched or is not on hold.
    `template_version` is 0 for a template that is built in or a file.  `moved`
    is set where the start is not the one first planned, `changed` where the
    enforcement is not.
    `deputies` stand in for a person in all requirements.  `waivers` is None
    where the template says nothing of them.  `words` are what the site calls
    words that the plugin or the template names.  `newcomers` are logins that
    were named to sign before Trac knew them.  `remind` says when signers are
    reminded, in days before the due day.  `waiver_days`, of the site and not
    of the record, are the longest waiver where the template does not say.
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
    deputies: tuple[Deputy, ...] = ()
    waivers: WaiverRules | None = None
    words: tuple[SiteWord, ...] = ()
    newcomers: tuple[str, ...] = ()
    remind: tuple[int, ...] = REMIND
    waiver_days: int = field(default=90, compare=False)

    @property
    def ended(self) -> bool:
        """Whether the campaign was closed or abandoned, so is read-only."""
        return self.phase in ENDED

    @property
    def made_from(self) -> str:
        """The template with its version, if it has one: `mine@3`."""
        version = self.template_version
        return f'{self.template}@{version}' if version else self.template

    @property
    def hold(self) -> str:
        """Who put the campaign on hold and why, as part of a sentence."""
        return Message('by %(held_by)s: %(ground)s', held_by=self.held_by,
                       ground=self.ground)

    @property
    def stopped(self) -> str:
        """The hold, its reason and who may resume it; part of a sentence."""
        if self.launched:
            return Message('on hold %(hold)s; a holder of CAMPAIGN_LAUNCH '
                           'may resume it', hold=self.hold)
        return Message('on hold %(hold)s; %(held_by)s or a holder of '
                       'CAMPAIGN_HOLD may lift it', hold=self.hold,
                       held_by=self.held_by)

    @property
    def ground(self) -> str:
        """The reason of the hold as part of a sentence: one line, no stop."""
        return ' '.join(self.held_because.split()).rstrip('.')

    @property
    def blocks(self) -> bool:
        """Whether a shut gate blocks anything; in `advisory` it only warns."""
        return self.enforcement != Enforcement.ADVISORY.value


@dataclass(frozen=True)
class Stage:
    """A stage of a campaign, with its milestone.

    Stages close in the order of their numbers.  `closed` is what the ledger
    says; Trac's milestone may differ until the stage is reconciled.
    `reopened` says that it was closed and the rules, not a person, have opened
    it: it closes again once its gate opens.
    """

    key: str
    number: int
    title: str
    milestone: str
    due: date | None
    closed: bool = False
    reopened: bool = False

    @property
    def label(self) -> str:
        """The stage by number and title: `1. Software preparation`."""
        return f'{self.number}. {self.title}'


# In a freeze: any type, or any priority.
ANY = '*'


@dataclass(frozen=True)
class Freeze:
    """Feature freeze: the kinds of tickets that may still enter.

    It is in force once `requirement` (a key) is met.  `types` are ticket
    types; `priority` is the least urgent priority that may still enter; ANY
    stands for all of them.
    """

    requirement: str
    types: tuple[str, ...] = ('defect',)
    priority: str = 'critical'

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Freeze:
        """Deserialize what `plain` made; KeyError if it is invalid."""
        return cls(data['requirement'], tuple(data['types']),
                   data['priority'])


@dataclass(frozen=True)
class WaiverRules:
    """How far waivers may go: at most `days`, and of which reasons.

    `reasons` is empty for all of them; `own` lets contacts waive what they
    sign themselves.
    """

    days: int = 0
    reasons: tuple[str, ...] = ()
    own: bool = False

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> WaiverRules:
        """Deserialize what `plain` made; KeyError if it is invalid."""
        return cls(data['days'], tuple(data['reasons']), data['own'])


@dataclass(frozen=True)
class SiteWord:
    """What the site calls a word: `site` in place of `word`.

    `field` is resolution, type, priority or component.  For the resolution
    that approves, `word` is `fixed`.
    """

    field: str
    word: str
    site: str

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> SiteWord:
        """Deserialize what `plain` made; KeyError if it is invalid."""
        return cls(data['field'], data['word'], data['site'])


def with_renaming(words: tuple[SiteWord, ...], field: str, was: str,
                  now: str) -> tuple[SiteWord, ...]:
    """The words of a campaign after Trac has renamed one."""
    moved = [replace(w, site=now) if (w.field, w.site) == (field, was) else w
             for w in words]
    if all((w.field, w.word) != (field, was) for w in words):
        moved.append(SiteWord(field, was, now))
    return tuple(w for w in moved if w.word != w.site)


@dataclass(frozen=True)
class Change:
    """A change of what a campaign began with: by whom, when, why.

    `time` is in µs UTC; `was` is the value before.
    """

    by: str
    time: int
    was: str
    reason: str
