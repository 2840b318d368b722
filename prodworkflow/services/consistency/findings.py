"""Findings: what departs from the ledger, and what repair does about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.text import joined_by, Message

Foresight = Callable[[Snapshot], Snapshot]


@dataclass(frozen=True)
class Finding:
    """A deviation from the ledger, in words; `repaired` if it is no more.

    `remedy` is what a repair would do about it, '' if nothing.  Pages and the
    console say both in the reader's language; JSON in English.
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

    `mend` records it and changes Trac; it gives the phrases that are to be
    added to the words.  None leaves it to reconciliation.  `foreseen` is what
    that makes of a snapshot.
    """

    words: Message
    remedy: str = ''
    mend: Callable[[], list[str]] | None = None
    foreseen: Foresight = unchanged

    def mended(self) -> Message:
        """Mend it, if that is not left to reconciliation; what to say."""
        added = self.mend() if self.mend else []
        return joined_by('; ', [self.words, *added])
