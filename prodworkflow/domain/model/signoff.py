"""A sign-off and the waiver that it may carry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from prodworkflow.domain.model.evidence import Evidence


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
    evidence: tuple[Evidence, ...] = ()
    waiver: Waiver | None = None
    waited: int | None = None


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
