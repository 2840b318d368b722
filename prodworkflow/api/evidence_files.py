"""Evidence files: read by this plugin's readers and those of others."""

from __future__ import annotations

from collections.abc import Iterable

from trac.core import Component, ExtensionPoint, implements

from prodworkflow.api.interfaces import IEvidenceReader
from prodworkflow.domain.model.readings.reading import (
    Reading,
    ReadingKind,
    UnreadableEvidence,
)
from prodworkflow.domain.text import Message
from prodworkflow.evidence_readers.choice import (
    BUILT_IN,
    kinds_of,
    read_evidence,
)
from prodworkflow.evidence_readers.reader import EvidenceReader


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
    """Reads evidence files with all readers that there are.

    Those of other plugins are asked first, so that a site can read its own
    files, and JSON of its own, better.
    """

    providers = ExtensionPoint(IEvidenceReader)

    def readers(self) -> list[EvidenceReader]:
        """All readers in the order in which they are asked."""
        ordered = sorted(self.providers, key=lambda provider: isinstance(
            provider, BuiltInEvidenceReaders))
        return [reader for provider in ordered
                for reader in provider.get_evidence_readers()]

    def kinds(self) -> tuple[ReadingKind, ...]:
        """All readings that a template may name as source of a value."""
        return kinds_of(self.readers())

    def read(self, content: bytes,
             events: int | None = None) -> tuple[Reading, ...]:
        """The readings of a file, at least one.

        UnreadableEvidence if there are none, also where a reader fails.
        """
        try:
            return read_evidence(content, self.readers(), events)
        except UnreadableEvidence:
            raise
        except Exception as error:
            self.log.exception('An evidence reader failed')
            raise UnreadableEvidence(Message(
                'The file could not be read: a reader failed, and the log of '
                'Trac tells how. Tell the administrator.')) from error
