"""Validate submitted evidence: values, links, and attachments as plots."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from trac.resource import ResourceNotFound

from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.evidence import (
    Evidence,
    EvidenceSpec,
    ProofKind,
)
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.vocabulary import Verdict
from prodworkflow.domain.quantities import UnitError
from prodworkflow.domain.text import Message
from prodworkflow.gateways.attachments import PlotFile, sha256
from prodworkflow.services.signoffs.reports.read_file import (
    read_values,
    ReadFile,
    with_digest,
)

ADDRESS_MAX = 2000
KINDS = {'value': Message('value'), 'plot': Message('plot'),
         'link': Message('link')}


ADDRESS = re.compile(r'https?://[^\s<>"]+')


@dataclass(frozen=True)
class EvidenceInput:
    """Evidence as typed, by name; a plot is (attachment, reference).

    `files` are plots in the same order that are yet to be attached, None for
    one that is not sent; `read` is a file from which values were read.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    plots: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, tuple[PlotFile | None, PlotFile | None]] = field(
        default_factory=dict)
    read: ReadFile | None = None

    @property
    def sent(self) -> list[PlotFile]:
        """All files that are sent."""
        return [*(f for pair in self.files.values() for f in pair if f),
                *([self.read.sent] if self.read else [])]

    @property
    def to_attach(self) -> bool:
        """Whether a file is yet to be attached."""
        return any(not file.name for file in self.sent)


def fields_seen(requirement: Requirement, verdict: Verdict,
                typed: EvidenceInput) -> dict[str, str | None]:
    """The fields that a verdict rests on, with what was typed in them.

    Who withdraws stops, whatever it is that others changed meanwhile.
    """
    asks, key = requirement.asks, requirement.key
    words = {**typed.values, **typed.links}
    names = [*words, *typed.plots]
    if typed.read:
        names += typed.read.filled(asks)
    found: dict[str, str | None] = {}
    if verdict is Verdict.WITHDRAWN:
        return found
    if verdict is not Verdict.REPORTED:
        names = [*(v.name for v in asks.values), *asks.plots, *asks.links]
        found.update((f'estimate:{key}:{v.name}', None)
                     for v in asks.values if v.compare_with)
        if requirement.release_bound:
            found['release'] = None
    return {**found, **{f'given:{key}:{n}': words.get(n) for n in names}}


def read_evidence(env: Any, requirement: Requirement,
                  typed: EvidenceInput) -> tuple[Evidence, ...]:
    """The evidence that was typed, with units and SHA-256 digests.

    InvalidRequest names for each piece what is wrong with it.
    """
    problems: list[tuple[str, str]] = []
    asks = requirement.asks
    _unasked(requirement, typed, problems)
    found = [*_values(asks, typed, problems), *_links(asks, typed, problems),
             *_plots(env, requirement, typed, problems)]
    if problems:
        raise InvalidRequest(problems)
    return tuple(found)


def _unasked(requirement: Requirement, typed: EvidenceInput,
             problems: list[tuple[str, str]]) -> None:
    """What was typed but is not asked for."""
    asks = requirement.asks
    for kind, given, names in (
            ('value', typed.values, [v.name for v in asks.values]),
            ('plot', {**typed.plots, **typed.files}, asks.plots),
            ('link', typed.links, asks.links)):
        problems += [(f'{kind}:{name}', Message(
            '%(title)s asks for no %(kind)s "%(name)s"; it asks for '
            '%(names)s.',
            title=requirement.title, kind=KINDS[kind], name=name[:64],
            names=', '.join(names) or Message('none')))
                     for name in given if name not in names]


def _values(asks: EvidenceSpec, typed: EvidenceInput,
            problems: list[tuple[str, str]]) -> list[Evidence]:
    found = read_values(asks, typed.read, typed.values, problems)
    for value in asks.values:
        text = typed.values.get(value.name, '').strip()
        try:
            if text:
                found.append(with_digest(ProofKind.VALUE, value.name,
                                         value.typed(text)))
        except UnitError as error:
            problems.append((f'value:{value.name}',
                             f'{value.title}: {error}.'))
    return found


def _links(asks: EvidenceSpec, typed: EvidenceInput,
           problems: list[tuple[str, str]]) -> list[Evidence]:
    found = []
    for name in asks.links:
        text = typed.links.get(name, '').strip()
        if text and (len(text) > ADDRESS_MAX or not ADDRESS.fullmatch(text)):
            problems.append((f'link:{name}', Message(
                'The link %(name)s is no web address; write one that '
                'begins with https:// or http://.',
                name=name)))
        elif text:
            found.append(with_digest(ProofKind.LINK, name, text))
    return found


def _plots(env: Any, requirement: Requirement, typed: EvidenceInput,
           problems: list[tuple[str, str]]) -> list[Evidence]:
    found = []
    for name in requirement.asks.plots:
        files = tuple(f.strip() for f in typed.plots.get(name, ('', '')))
        if not any(files):
            continue
        try:
            if not all(files):
                raise ResourceNotFound('')
            digests = [sha256(env, requirement.ticket or 0, f)
                       for f in files]
            found.append(Evidence(ProofKind.PLOT.value, name, files[0],
                                  digests[0], files[1], digests[1]))
        except (ResourceNotFound, OSError):
            problems.append((f'plot:{name}', Message(
                'The plot %(name)s needs two attachments of '
                '#%(ticket)s, the new one and its reference; choose a '
                'file for both, or name attachments of it.',
                name=name, ticket=requirement.ticket)))
    return found
