"""Sign-off: a recorded verdict, with the waiver that it may carry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from prodworkflow.domain.model.evidence import Evidence
from prodworkflow.domain.text import joined_by, Message


@dataclass(frozen=True)
class SignOff:
    """A recorded verdict of a person; `number` is its ledger entry.

    `contact` is the contact as whom it was given: the signer, their group
    (behind an @), or the person for whom a deputy stands.  `time` is in µs
    UTC; `waited` is how long (µs) an approval was waited for, None if unknown.
    `basis` holds the evidence that it was given for: names with digests.
    `persons` are the signer and all for whom they stood on that day; () for
    entries from before separation of duties counted those.
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
    basis: tuple[tuple[str, str], ...] | None = None
    persons: tuple[str, ...] = ()

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> SignOff:
        """Deserialize what `plain` made.

        KeyError, TypeError or ValueError if it is invalid.
        """
        waiver, basis = data.get('waiver'), data.get('basis')
        return cls(**{
            **data,
            'evidence': tuple(map(Evidence.of, data['evidence'])),
            'waiver': Waiver.of(waiver) if waiver else None,
            'basis': None if basis is None else tuple(
                (one, other) for one, other in basis),
            'persons': tuple(data.get('persons', ()))})

# Pieces of a basis that name what was rested on, not evidence.
RESTS = 'rests:'


def with_bases(signoff: SignOff,
               kept: Mapping[str, str] | None) -> SignOff:
    """A sign-off whose basis holds what it rests on, too: keys, digests."""
    return signoff if not kept else replace(signoff, basis=(
        *(signoff.basis or ()),
        *((f'{RESTS}{key}', digest) for key, digest in sorted(kept.items()))))


@dataclass(frozen=True)
class Bound:
    """The interval in which a waiver tolerates a value; '' for no bound."""

    name: str
    at_least: str = ''
    at_most: str = ''

    @property
    def words(self) -> Message:
        """The value and its interval: `memory from 1 GB up to 2 GB`."""
        return joined_by(' ', filter(None, [self.name, *self._ends()]))

    @property
    def interval(self) -> Message:
        """The interval alone: `from 1 GB up to 2 GB`."""
        return joined_by(' ', self._ends())

    def _ends(self) -> list[str]:
        return [end for end in (
            self.at_least and Message('from %(at_least)s',
                                      at_least=self.at_least),
            self.at_most and Message('up to %(at_most)s',
                                     at_most=self.at_most)) if end]


@dataclass(frozen=True)
class Waiver:
    """A waiver of one reason, in force through the day `until` (UTC).

    `bounds` limit a waiver of `out-of-bounds`; others have none.
    """

    reason: str
    until: date
    bounds: tuple[Bound, ...] = ()

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> Message:
        """Reason, bounds and last day: `stale, until 2026-06-01`."""
        return joined_by(', ', [
            self.reason, *(b.words for b in self.bounds),
            Message('until %(until)s', until=self.until)])

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Waiver:
        """Deserialize what `plain` made.

        KeyError, TypeError or ValueError if it is invalid.
        """
        return cls(data['reason'], date.fromisoformat(data['until']),
                   tuple(Bound(**b) for b in data['bounds']))
