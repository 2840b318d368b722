"""What a requirement asks for, and what a sign-off or a waiver says of it.

Quantities are kept as written, with their units (`5 kB/event`); `units`
reads them.  Digests are SHA-256, as hexadecimal digits.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any


class ProofKind(enum.Enum):
    """What sort of evidence a proof is."""

    VALUE = 'value'
    PLOT = 'plot'
    LINK = 'link'


@dataclass(frozen=True)
class ValueAsked:
    """A measured value that is asked for, and the bounds it has to keep.

    `at_least`, `at_most` and `tolerance` are quantities or ''.  With
    `compare_with`, the key of another requirement, the value of the same
    name that was given there may be missed by at most `tolerance` of it,
    up or down.
    """

    name: str
    title: str
    unit: str
    at_least: str = ''
    at_most: str = ''
    compare_with: str = ''
    tolerance: str = ''


@dataclass(frozen=True)
class Asked:
    """All the evidence a requirement asks for; plots and links by name."""

    values: tuple[ValueAsked, ...] = ()
    plots: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        return bool(self.values or self.plots or self.links)

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Asked:
        """Read back what `plain` made; KeyError or TypeError if it is not."""
        return cls(tuple(ValueAsked(**v) for v in data['values']),
                   tuple(data['plots']), tuple(data['links']))


NOTHING_ASKED = Asked()


@dataclass(frozen=True)
class Proof:
    """One piece of evidence: a value, a plot (an attachment) or a link.

    `text` is the quantity, the attachment's name or the address; `digest`
    that of the text or, for a plot, of the file.  A plot stands beside its
    `reference`, an attachment too.
    """

    kind: str
    name: str
    text: str
    digest: str
    reference: str = ''
    reference_digest: str = ''


@dataclass(frozen=True)
class Bound:
    """The interval within which a waiver tolerates a value; '' is no end."""

    name: str
    at_least: str = ''
    at_most: str = ''


@dataclass(frozen=True)
class Waiver:
    """Leave to pass although `reason` speaks against it, through `until`.

    The day `until` belongs to it, in UTC.
    """

    reason: str
    until: date
    bounds: tuple[Bound, ...] = ()

    def __str__(self) -> str:
        bounds = [' '.join(filter(None, [
            b.name, b.at_least and f'from {b.at_least}',
            b.at_most and f'up to {b.at_most}'])) for b in self.bounds]
        return ', '.join([self.reason, *bounds, f'until {self.until}'])

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Waiver:
        """Read back what `plain` made."""
        return cls(data['reason'], date.fromisoformat(data['until']),
                   tuple(Bound(**b) for b in data['bounds']))


@dataclass(frozen=True)
class Deputy:
    """Who may sign in a contact's place, from `first` through `last` (UTC)."""

    person: str
    stands_for: str
    first: date
    last: date

    def __str__(self) -> str:
        return f'{self.person} for {self.stands_for} {self.first}..{self.last}'

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Deputy:
        """Read back what `plain` made."""
        return cls(data['person'], data['stands_for'],
                   date.fromisoformat(data['first']),
                   date.fromisoformat(data['last']))


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


def plain(value: Any) -> Any:
    """A value as JSON holds it: tables for nouns, lists for tuples."""
    if is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
