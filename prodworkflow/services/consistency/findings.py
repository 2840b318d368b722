"""Findings: what departs from the ledger, and what repair does about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from prodworkflow.domain.model.snapshot import Snapshot

Foresight = Callable[[Snapshot], Snapshot]


@dataclass(frozen=True)
class Finding:
    """A deviation from the ledger, in words; `repaired` if it is no more.

    `remedy` is what a repair would do about it, '' if nothing.
    """

    campaign: str
    words: str
    repaired: bool = False
    remedy: str = ''

    def as_dict(self) -> dict[str, Any]:
        """The finding as JSON shows it."""
        return {'campaign': self.campaign, 'words': self.words,
                'repaired': self.repaired, 'remedy': self.remedy}


def unchanged(snapshot: Snapshot) -> Snapshot:
    """The snapshot as it is: what is left to reconciliation."""
    return snapshot


@dataclass(frozen=True)
class Deviation:
    """What departs from the ledger, and how it is mended.

    `mend` records it and changes Trac; it gives what is to be added to the
    words.  None leaves it to reconciliation.  `foreseen` is what that makes
    of a snapshot.
    """

    words: str
    remedy: str = ''
    mend: Callable[[], str] | None = None
    foreseen: Foresight = unchanged
