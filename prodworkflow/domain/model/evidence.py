"""Evidence: what a requirement asks for and what was submitted.

Quantities are kept as they are written, with units (`5 kB/event`), which
`units` converts.  Digests are hexadecimal SHA-256.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


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
    none of its own.
    """

    name: str
    title: str
    unit: str
    at_least: str = ''
    at_most: str = ''
    compare_with: str = ''
    tolerance: str = ''
    tolerable: str = ''


@dataclass(frozen=True)
class EvidenceSpec:
    """The evidence that a requirement asks for; plots and links by name."""

    values: tuple[ValueSpec, ...] = ()
    plots: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether any evidence is asked for."""
        return bool(self.values or self.plots or self.links)

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> EvidenceSpec:
        """Deserialize what `plain` made.

        KeyError or TypeError if it is invalid.
        """
        return cls(tuple(map(_value_spec, data['values'])),
                   tuple(data['plots']), tuple(data['links']))


def _value_spec(data: Mapping[str, Any]) -> ValueSpec:
    """Deserialize a value that is asked for.

    What was stored before waivers had a bound (`tolerable`) bound both sides
    of an estimate by a tolerance with a `+`.
    """
    if 'tolerable' in data:
        return ValueSpec(**data)
    return ValueSpec(**{**data, 'tolerance': data.get(
        'tolerance', '').lstrip(' +')})


NOTHING_ASKED = EvidenceSpec()


@dataclass(frozen=True)
class Evidence:
    """One submitted piece of evidence: a value, a plot or a link.

    `text` is the quantity, the attachment's name or the address; `digest` is
    the SHA-256 of that text or, for a plot, of the file.  A plot is shown
    beside its `reference`, another attachment.
    """

    kind: str
    name: str
    text: str
    digest: str
    reference: str = ''
    reference_digest: str = ''


@dataclass(frozen=True)
class FileFact:
    """An attachment whose bytes are not those that were submitted.

    `digest` is the SHA-256 of what is there now, '' where it is gone; `by` is
    who changed it, '' where that was past Trac.
    """

    name: str
    digest: str
    by: str = ''
