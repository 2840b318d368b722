"""Evidence files: read by this plugin's readers and those of others."""

from __future__ import annotations

from typing import Any

from trac.core import ExtensionPoint

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
from prodworkflow.evidence_readers.interface import IEvidenceReader
from prodworkflow.evidence_readers.reader import EvidenceReader


def evidence_readers(env: Any) -> list[EvidenceReader]:
    """All readers in the order in which they are asked.

    Those of other plugins are asked first, so that a site can read its own
    files, and JSON of its own, better.
    """
    found = [reader for provider in ExtensionPoint(IEvidenceReader).extensions(
        env) for reader in provider.get_evidence_readers()]
    return sorted(found, key=lambda reader: reader in BUILT_IN)


def reading_kinds(env: Any) -> tuple[ReadingKind, ...]:
    """All readings that a template may name as source of a value."""
    return kinds_of(evidence_readers(env))


def read_file(env: Any, content: bytes,
              events: int | None = None) -> tuple[Reading, ...]:
    """The readings of a file, at least one.

    UnreadableEvidence if there are none, also where a reader fails.
    """
    try:
        return read_evidence(content, evidence_readers(env), events)
    except UnreadableEvidence:
        raise
    except Exception as error:
        env.log.exception('An evidence reader failed')
        raise UnreadableEvidence(Message(
            'The file could not be read: a reader failed, and the log of '
            'Trac tells how. Tell the administrator.')) from error
