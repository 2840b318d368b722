"""What a requirement asks for, and what a sign-off or a waiver says of it.

Quantities are kept as written, with their units (`5 kB/event`); `units`
reads them.  Digests are SHA-256, as hexadecimal digits.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class ProofKind(enum.Enum):
    """What sort of evidence a proof is."""

    VALUE = 'value'
    PLOT = 'plot'
    LINK = 'link'


@dataclass(frozen=True)
class ValueSpec:
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
class EvidenceSpec:
    """All the evidence a requirement asks for; plots and links by name."""

    values: tuple[ValueSpec, ...] = ()
    plots: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        return bool(self.values or self.plots or self.links)

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> EvidenceSpec:
        """Read back what `plain` made; KeyError or TypeError if it is not."""
        return cls(tuple(ValueSpec(**v) for v in data['values']),
                   tuple(data['plots']), tuple(data['links']))


NOTHING_ASKED = EvidenceSpec()


@dataclass(frozen=True)
class Evidence:
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
