"""Evidence reader: what it offers, and what it found in a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from prodworkflow.domain.model.readings.reading import Provenance, ReadingKind
from prodworkflow.evidence_readers.evidence_file import EvidenceFile


@dataclass(frozen=True)
class Found:
    """A value as people type it, and what was counted or measured."""

    value: str
    counted: str = ''


@dataclass(frozen=True)
class Findings:
    """What a reader found in a file, by the names after its own.

    `provenance` is without the digest, which is added for all readers.
    """

    found: Mapping[str, Found]
    provenance: Provenance
    unread: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()


@dataclass(frozen=True)
class EvidenceReader:
    """A format of evidence.

    `name` comes before the colon of its readings, `title` is for people.
    `recognizes` must be cheap, and raise nothing else than what the file does
    for JSON that is broken.  `read` gets the file and the
    number of events that it was made with, if somebody said so; it raises
    `UnreadableEvidence`, naming place and remedy, for a file of which nothing
    can be trusted.
    """

    name: str
    title: str
    kinds: tuple[ReadingKind, ...]
    recognizes: Callable[[EvidenceFile], bool]
    read: Callable[[EvidenceFile, int | None], Findings]
