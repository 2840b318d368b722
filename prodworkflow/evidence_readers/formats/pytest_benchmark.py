"""pytest-benchmark JSON: median, mean and minimum of each, in seconds."""

from __future__ import annotations

from math import sqrt
from typing import Any

from prodworkflow.domain.model.readings.reading import Provenance, ReadingKind
from prodworkflow.domain.text import Message
from prodworkflow.evidence_readers import measures
from prodworkflow.evidence_readers.evidence_file import EvidenceFile
from prodworkflow.evidence_readers.file_texts import is_name, listed
from prodworkflow.evidence_readers.json_members import (
    count,
    measure,
    object_or_empty,
    objects,
    text_or_empty,
)
from prodworkflow.evidence_readers.reader import (
    EvidenceReader,
    Findings,
    Found,
)


def readings_of(entry: dict[str, Any], name: str) -> dict[str, Found]:
    """The readings of one benchmark; none if anything is missing."""
    stats = object_or_empty(entry.get('stats'))
    middle, least, mean, spread = (
        measure(stats.get(word))
        for word in ('median', 'min', 'mean', 'stddev'))
    rounds = count(stats.get('rounds'))
    if (middle is None or least is None or mean is None or spread is None
            or not rounds):
        return {}
    words = Message('rounds: %(count)s', count=rounds)
    value = measures.mean_of(
        mean, float(spread) / sqrt(rounds), 's', rounds) if rounds > 1 \
        else f'{measures.digits(mean)} s'
    return {f'median:{name}': Found(f'{measures.digits(middle)} s', words),
            f'min:{name}': Found(f'{measures.digits(least)} s', words),
            f'mean:{name}': Found(value, words)}


def read(file: EvidenceFile, _events: int | None) -> Findings:
    """Read all benchmarks; what cannot be read is told."""
    found: dict[str, Found] = {}
    broken = set()
    for entry in objects(file.json['benchmarks'], 'benchmarks'):
        name = text_or_empty(entry.get('fullname') or entry.get('name'))
        made = readings_of(entry, name) if is_name(name) else {}
        if not made or f'mean:{name}' in found:
            broken.add(name or '?')
        found.update(made)
    # Which of two of one name is meant nobody knows.
    clear = {name: each for name, each in found.items()
             if name.partition(':')[2] not in broken}
    unread = (Message('Benchmarks that are there twice or cannot be read: '
                      '%(names)s.', names=listed(sorted(broken))),) \
        if broken else ()
    commit = object_or_empty(file.json.get('commit_info'))
    return Findings(clear, provenance(file.json, commit), unread, (
        Message('The working copy had changes that are in no commit.'),)
        if commit.get('dirty') is True else ())


def provenance(data: dict[str, Any], commit: dict[str, Any]) -> Provenance:
    """Version, machine, date and commit of a run."""
    version = text_or_empty(data.get('version'))
    machine = object_or_empty(data.get('machine_info'))
    return Provenance(f'pytest-benchmark {version}'.strip(),
                      text_or_empty(machine.get('node')),
                      text_or_empty(data.get('datetime')),
                      text_or_empty(commit.get('id')))


def recognizes(file: EvidenceFile) -> bool:
    """Whether it is an object with benchmarks and the machine's data."""
    return (file.is_json and isinstance(file.json, dict)
            and {'machine_info', 'benchmarks'} <= set(file.json))


PYTEST_BENCHMARK = EvidenceReader(
    'pytest_benchmark', 'pytest-benchmark JSON', tuple(
        ReadingKind(f'pytest_benchmark:{word}:', ('s',), words)
        for word, words in (
            ('median', Message('median time of this benchmark')),
            ('min', Message('least time of this benchmark')),
            ('mean', Message('mean time of this benchmark')))),
    recognizes, read)
