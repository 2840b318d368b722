"""Slurm's job arrays: tasks that were never started are told as one job."""

from __future__ import annotations

import re
from typing import Any

from prodworkflow.domain.model.readings.reading import UnreadableEvidence
from prodworkflow.domain.text import Message
from prodworkflow.evidence_readers.file_texts import short
from prodworkflow.evidence_readers.json_members import (
    object_or_empty,
    text_or_empty,
)

# `5-9`, `0-98:2`, `12`
RANGE = re.compile(r'(\d{1,7})(?:-(\d{1,7})(?::(\d{1,7}))?)?', re.ASCII)
# A bit for each task, as Slurm's database has it.
MASK = re.compile(r'0x([\da-fA-F]{1,30000})')
TASKS_MAX = 100_000


def tasks_of(job: dict[str, Any], name: str) -> int:
    """How many tasks a job stands for: 1, if it is no such rest of an array.

    UnreadableEvidence if that cannot be read, or are too many.
    """
    text = text_or_empty(object_or_empty(job.get('array')).get('task'))
    # "[5-9,12%4]": at most four at a time
    bare = text.strip('[]').partition('%')[0]
    found = _count(bare) if bare else 1
    if not 0 < found <= TASKS_MAX:
        raise UnreadableEvidence(Message(
            'Job %(job)s stands for unknown or too many tasks of an array: '
            '"%(tasks)s". Send the file as sacct wrote it, of fewer tasks.',
            job=short(name), tasks=short(text, 40)))
    return found


def _count(text: str) -> int:
    """How many tasks are listed; 0 if nobody knows."""
    mask = MASK.fullmatch(text)
    if mask:
        return bin(int(mask[1], 16)).count('1')
    ranges = [RANGE.fullmatch(part) for part in text.split(',')]
    return 0 if None in ranges else sum(
        len(range(int(each[1]), int(each[2] or each[1]) + 1,
                  int(each[3] or 1) or 1)) for each in ranges if each)
