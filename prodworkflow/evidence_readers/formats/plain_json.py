"""Plain JSON of names and values: {"crash_rate": "3/149"}."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from prodworkflow.domain.model.readings.reading import (
    Provenance,
    ReadingKind,
    UnreadableEvidence,
)
from prodworkflow.domain.text import Message, word_problems
from prodworkflow.evidence_readers.evidence_file import EvidenceFile
from prodworkflow.evidence_readers.file_texts import short
from prodworkflow.evidence_readers.reader import (
    EvidenceReader,
    Findings,
    Found,
)

NAME = re.compile(r'[A-Za-z][\w.-]{0,63}', re.ASCII)
VALUES_MAX = 1000
LONGEST = 64


def value_of(name: str, value: Any) -> str:
    """A value as it is typed; UnreadableEvidence if it is none."""
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return str(value)
    if (isinstance(value, str) and value.strip() and len(value) <= LONGEST
            and not word_problems('value', value)):
        return ' '.join(value.split())
    raise UnreadableEvidence(Message(
        'The value of "%(name)s" is no number and no short text. Write it as '
        'people type it, like "3/149" or "12.5 ± 0.3 s".',
        name=short(name, LONGEST)))


def read(file: EvidenceFile, _events: int | None) -> Findings:
    """Take each name and value."""
    if len(file.json) > VALUES_MAX:
        raise UnreadableEvidence(Message(
            'The file has more than %(most)s values, which is the limit.',
            most=VALUES_MAX))
    wrong = [name for name in file.json if not NAME.fullmatch(name)]
    if wrong:
        raise UnreadableEvidence(Message(
            '"%(name)s" is no name of a value. Use letters, digits, "_", "." '
            'and "-".', name=short(wrong[0], LONGEST)))
    return Findings({name: Found(value_of(name, value))
                     for name, value in file.json.items()},
                    Provenance('JSON'))


def recognizes(file: EvidenceFile) -> bool:
    """Whether it is an object; any other format of JSON comes first."""
    return file.is_json and isinstance(file.json, dict)


PLAIN_JSON = EvidenceReader(
    'json', Message('JSON of names and values'), (
        ReadingKind('json:', (), Message(
            'the value of this name, as it is written')),),
    recognizes, read)
