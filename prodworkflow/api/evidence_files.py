"""Evidence files: read by this plugin's readers and those of others."""

from __future__ import annotations

from collections.abc import Iterable

from trac.core import Component, implements

from prodworkflow.domain.model.readings.reading import Reading, ReadingKind
from prodworkflow.evidence_readers.choice import BUILT_IN
from prodworkflow.evidence_readers.interface import IEvidenceReader
from prodworkflow.evidence_readers.reader import EvidenceReader
from prodworkflow.services.evidence_reading import (
    evidence_readers,
    read_file,
    reading_kinds,
)


class BuiltInEvidenceReaders(Component):
    """Reads files of pytest, GoogleTest, CTest, Surefire, valgrind, prmon, GNU
    time, HTCondor, Slurm, Google Benchmark and pytest-benchmark, and JSON.
    """

    implements(IEvidenceReader)

    # IEvidenceReader methods

    def get_evidence_readers(self) -> Iterable[EvidenceReader]:
        """One for each format."""
        return BUILT_IN


class EvidenceFiles(Component):
    """Reads evidence files with all readers that there are."""

    def readers(self) -> list[EvidenceReader]:
        """All readers in the order in which they are asked."""
        return evidence_readers(self.env)

    def kinds(self) -> tuple[ReadingKind, ...]:
        """All readings that a template may name as source of a value."""
        return reading_kinds(self.env)

    def read(self, content: bytes,
             events: int | None = None) -> tuple[Reading, ...]:
        """The readings of a file, at least one; UnreadableEvidence."""
        return read_file(self.env, content, events)
