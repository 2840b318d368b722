"""Evidence files: read as bytes, and the sentence of a refusal."""

from __future__ import annotations

import json

import pytest

from prodworkflow.domain.model.readings.reading import UnreadableEvidence
from prodworkflow.evidence_readers.choice import read_evidence


def as_bytes(content):
    """A file's bytes; of anything but text and bytes, its JSON."""
    if isinstance(content, bytes):
        return content
    return (content if isinstance(content, str)
            else json.dumps(content)).encode()


def values_of(content, **options):
    """The values of a file by the names of their readings."""
    return {reading.name: reading.value
            for reading in read_evidence(as_bytes(content), **options)}


def told(content, **options):
    """What a file's readings say of what was not read, and ask."""
    first = read_evidence(as_bytes(content), **options)[0]
    return ' '.join(map(str, (*first.unread, *first.questions)))


def refusal(content, **options):
    """The sentence by which a file is refused."""
    with pytest.raises(UnreadableEvidence) as caught:
        read_evidence(as_bytes(content), **options)
    [(field, words)] = caught.value.problems
    assert field == 'file'
    return str(words)
