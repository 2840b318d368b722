"""Choice of the reader by a file's content, and its readings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from prodworkflow.domain.model.readings.reading import (
    Provenance,
    Reading,
    ReadingKind,
    UnreadableEvidence,
)
from prodworkflow.domain.text import joined_by, Message
from prodworkflow.evidence_readers.evidence_file import EvidenceFile
from prodworkflow.evidence_readers.file_texts import NAME_MAX, short
from prodworkflow.evidence_readers.formats.condor_history import CONDOR_HISTORY
from prodworkflow.evidence_readers.formats.gnu_time import GNU_TIME
from prodworkflow.evidence_readers.formats.google_benchmark import (
    GOOGLE_BENCHMARK,
)
from prodworkflow.evidence_readers.formats.htcondor import HTCONDOR
from prodworkflow.evidence_readers.formats.junit import JUNIT
from prodworkflow.evidence_readers.formats.massif import MASSIF
from prodworkflow.evidence_readers.formats.memcheck import MEMCHECK
from prodworkflow.evidence_readers.formats.plain_json import PLAIN_JSON
from prodworkflow.evidence_readers.formats.prmon import PRMON
from prodworkflow.evidence_readers.formats.pytest_benchmark import (
    PYTEST_BENCHMARK,
)
from prodworkflow.evidence_readers.formats.slurm import SLURM
from prodworkflow.evidence_readers.reader import EvidenceReader, Findings

# The first that recognizes a file reads it: plain JSON is the last.  HTCondor
# comes before those that parse JSON, for its events are no one JSON text.
BUILT_IN = (JUNIT, MEMCHECK, MASSIF, GNU_TIME, HTCONDOR, PRMON,
            CONDOR_HISTORY, SLURM, GOOGLE_BENCHMARK, PYTEST_BENCHMARK,
            PLAIN_JSON)


# All are answered to who sends a file.
READINGS_MAX = 10_000


def read_evidence(content: bytes,
                  readers: Sequence[EvidenceReader] = BUILT_IN,
                  events: int | None = None) -> tuple[Reading, ...]:
    """The readings of a file, at least one.

    `events` is the number of events that the file's job made, if somebody
    said so: memory growth is told by event then.  UnreadableEvidence if no
    reader knows the file, or the one that does finds nothing in it.
    """
    file = EvidenceFile(content)
    reader = reader_of(file, readers)
    findings = reader.read(file, events)
    if not findings.found:
        raise UnreadableEvidence(Message(
            'Nothing could be read from the file (%(format)s). %(why)s',
            format=reader.title,
            why=findings.unread[0] if findings.unread else ''))
    if len(findings.found) > READINGS_MAX:
        raise UnreadableEvidence(Message(
            'The file has %(count)s readings, and %(most)s is the limit. Send '
            'fewer benchmarks at a time.', count=len(findings.found),
            most=READINGS_MAX))
    return readings_of(file, reader.name, findings)


def reader_of(file: EvidenceFile,
              readers: Sequence[EvidenceReader]) -> EvidenceReader:
    """The first reader that knows a file; UnreadableEvidence if none."""
    for reader in readers:
        if reader.recognizes(file):
            return reader
    raise UnreadableEvidence(Message(
        'No reader knows this file. These can be read: %(formats)s.',
        formats=joined_by(', ', [reader.title for reader in readers])))


def readings_of(file: EvidenceFile, name: str,
                findings: Findings) -> tuple[Reading, ...]:
    """Readings with their whole name, and with the digest of the file."""
    told = {field: short(text, NAME_MAX)
            for field, text in vars(findings.provenance).items()}
    provenance = Provenance(**{**told, 'digest': file.digest})
    return tuple(Reading(f'{name}:{key}', each.value, provenance,
                         findings.unread, each.counted, findings.questions)
                 for key, each in findings.found.items())


def kinds_of(readers: Iterable[EvidenceReader]) -> tuple[ReadingKind, ...]:
    """All readings that these readers offer."""
    return tuple(kind for reader in readers for kind in reader.kinds)
