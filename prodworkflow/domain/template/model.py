"""Parsed template: values before lists are expanded and tickets made."""

from __future__ import annotations

from dataclasses import dataclass

from prodworkflow.domain.model.campaign import Freeze, REMIND, WaiverRules
from prodworkflow.domain.model.coverage_rule import ALL
from prodworkflow.domain.model.evidence import EvidenceSpec, NOTHING_ASKED
from prodworkflow.domain.model.item_list import ItemList


@dataclass(frozen=True)
class RequirementTemplate:
    """A requirement of a template, with the fields of its ticket.

    `due` is in days before the planned start (None: with its stage).  Texts
    may have placeholders; ticket fields are '' for Trac's default.  `for_each`
    names a list, for each item of which it is asked; `coverage` is the
    coverage rule of the group, which counts what takes part or, where `counts`
    says AGREED, all that was agreed.  `rests_on` holds the keys of
    requirements that have to be met first.
    """

    key: str
    title: str
    description: str = ''
    release_bound: bool = False
    type: str = ''
    priority: str = ''
    quorum: int = 1
    separate_from: str = ''
    inputs: tuple[str, ...] = ()
    asks: EvidenceSpec = NOTHING_ASKED
    contacts: tuple[str, ...] = ()
    due: int | None = None
    component: str = ''
    keywords: str = ''
    fields: tuple[tuple[str, str], ...] = ()
    for_each: str = ''
    coverage: str = ALL
    rests_on: tuple[str, ...] = ()
    counts: str = ''

    @property
    def texts(self) -> tuple[tuple[tuple[str, ...], str], ...]:
        """The texts that may have placeholders, as (path, text)."""
        return ((('title',), self.title), (('description',), self.description),
                (('component',), self.component),
                (('keywords',), self.keywords),
                *((('inputs',), text) for text in self.inputs),
                *((('fields', name), text) for name, text in self.fields))


@dataclass(frozen=True)
class StageTemplate:
    """A stage of a template; `due` is in days before the planned start."""

    key: str
    title: str
    due: int
    requirements: tuple[RequirementTemplate, ...]
    description: str = ''


@dataclass(frozen=True)
class Template:
    """A valid campaign template, with its TOML text in `source`.

    `resolution` is the one that approves; '' leaves it to the site.  `remind`
    are the days before the due day on which signers are reminded.
    """

    title: str
    description: str
    stages: tuple[StageTemplate, ...]
    freeze: Freeze | None = None
    source: str = ''
    lists: tuple[ItemList, ...] = ()
    waivers: WaiverRules | None = None
    resolution: str = ''
    remind: tuple[int, ...] = REMIND

    @property
    def requirements(self) -> tuple[RequirementTemplate, ...]:
        """The requirements of all stages, in order."""
        return tuple(r for s in self.stages for r in s.requirements)

    @property
    def list_names(self) -> tuple[str, ...]:
        """The lists that it has or asks for, in order."""
        return tuple(dict.fromkeys([
            *(each.name for each in self.lists),
            *(r.for_each for r in self.requirements if r.for_each)]))
