"""Extension point: evidence readers that other plugins add."""

from __future__ import annotations

from collections.abc import Iterable

from trac.core import Interface

from prodworkflow.evidence_readers.reader import EvidenceReader


class IEvidenceReader(Interface):
    """Adds readers of evidence files.

    Files come from strangers. A reader must not run, fetch or store anything,
    and must refuse what it does not fully understand: a value that is read
    wrongly opens a gate.
    """

    def get_evidence_readers(self) -> Iterable[EvidenceReader]:
        """The readers, each an `EvidenceReader`."""
        return ()
