"""Evidence: what a requirement asks for and what was submitted.

Quantities are kept as they are written, with units (`5 kB/event`), which
`units` converts.  Digests are hexadecimal SHA-256.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from prodworkflow.domain.model.readings.file_reading import FileReading
from prodworkflow.domain.quantities import (
    amount,
    Measurement,
    measurement,
    typed_bound,
    typed_value,
)


class ProofKind(enum.Enum):
    """The kind of a piece of evidence."""

    VALUE = 'value'
    PLOT = 'plot'
    LINK = 'link'


@dataclass(frozen=True)
class ValueSpec:
    """A measured value that is asked for, with the bounds it has to keep.

    `at_least`, `at_most` and `tolerance` are quantities, or '' for none.
    `compare_with` is the key of another requirement: the value of the same
    name that was submitted there may be missed by at most `tolerance` of it,
    up or down.  `tolerable` is the bound beyond which no waiver may go, '' for
    none of its own.  With a `confidence`, like `95 %`, bounds hold for the
    limit at that level; `minimum` is of how many a value has to be at least.
    `signed` allows values below 0; `hs23` is how many HS06 one HS23 is.
    `source` names the reading that fills it from a file, '' if none does.
    """

    name: str
    title: str
    unit: str
    at_least: str = ''
    at_most: str = ''
    compare_with: str = ''
    tolerance: str = ''
    tolerable: str = ''
    confidence: str = ''
    minimum: int = 0
    signed: bool = False
    hs23: str = ''
    source: str = ''

    def measurement(self, text: str) -> Measurement:
        """Read a quantity in the unit of the value, with its uncertainty.

        UnitError if it is none, or of another dimension.
        """
        return measurement(text, self.unit, self.factor)

    def amount(self, text: str) -> Fraction:
        """Convert a quantity to the unit of the value; UnitError as above."""
        return self.measurement(text).value

    def typed(self, text: str) -> str:
        """Validate what was typed, with its unit; UnitError says why not."""
        return typed_value(text, self.unit, self.signed, self.factor)

    def typed_bound(self, text: str) -> str:
        """Validate a bound of the value, with its unit."""
        return typed_bound(text, self.unit, self.signed, self.factor)

    @property
    def factor(self) -> Fraction | None:
        """How many HS06 one HS23 is; None if nobody says."""
        return amount(self.hs23, 'HS06') if self.hs23 else None

    @property
    def level(self) -> float | None:
        """The confidence level, 0 to 1; None if there is none."""
        return float(amount(self.confidence, '')) if self.confidence else None


@dataclass(frozen=True)
class EvidenceSpec:
    """The evidence that a requirement asks for; plots and links by name.

    With `automatic` it is enough by itself: nobody signs.
    """

    values: tuple[ValueSpec, ...] = ()
    plots: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    automatic: bool = False

    @property
    def anything(self) -> bool:
        """Whether any evidence is asked for."""
        return bool(self.values or self.plots or self.links)

    @property
    def files(self) -> bool:
        """Whether any of it is, or is read from, an attachment."""
        return bool(self.plots) or any(v.source for v in self.values)

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> EvidenceSpec:
        """Deserialize what `plain` made.

        KeyError or TypeError if it is invalid.
        """
        return cls(tuple(map(_value_spec, data['values'])),
                   tuple(data['plots']), tuple(data['links']),
                   data.get('automatic', False))


def _value_spec(data: Mapping[str, Any]) -> ValueSpec:
    """Deserialize a value that is asked for.

    What was stored before waivers had a bound (`tolerable`) bound both sides
    of an estimate by a tolerance with a `+`.  Before values had a confidence,
    one HS23 was one HS06.
    """
    found = dict(data)
    if 'tolerable' not in data:
        found['tolerance'] = data.get('tolerance', '').lstrip(' +')
    if 'confidence' not in data and 'HS' in data['unit']:
        found['hs23'] = '1 HS06'
    return ValueSpec(**found)


NOTHING_ASKED = EvidenceSpec()


@dataclass(frozen=True)
class Evidence:
    """One submitted piece of evidence: a value, a plot or a link.

    `text` is the quantity, the attachment's name or the address; `digest` is
    the SHA-256 of that text or, for a plot, of the file.  A plot is shown
    beside its `reference`, another attachment.  `read` says from which file a
    value was read, None where somebody has typed it.
    """

    kind: str
    name: str
    text: str
    digest: str
    reference: str = ''
    reference_digest: str = ''
    read: FileReading | None = None

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Evidence:
        """Deserialize what `plain` or a ledger entry has of it.

        KeyError or TypeError if it is invalid.
        """
        read = data.get('read')
        return cls(**{**data, 'read': FileReading.of(read) if read else None})


@dataclass(frozen=True)
class FileFact:
    """An attachment whose bytes are not those that were submitted.

    `digest` is the SHA-256 of what is there now, '' where it is gone; `by` is
    who changed it, '' where that was past Trac.
    """

    name: str
    digest: str
    by: str = ''
