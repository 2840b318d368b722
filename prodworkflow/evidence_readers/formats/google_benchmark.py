"""Google Benchmark JSON: times of each benchmark, with their uncertainty."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

from prodworkflow.domain.model.readings.reading import Provenance, ReadingKind
from prodworkflow.domain.text import Message
from prodworkflow.evidence_readers import measures
from prodworkflow.evidence_readers.evidence_file import EvidenceFile
from prodworkflow.evidence_readers.file_texts import is_name, listed
from prodworkflow.evidence_readers.json_members import (
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

TIMES = ('real_time', 'cpu_time')
UNITS = ('ns', 'us', 'ms', 's')
AGGREGATES = ('_mean', '_median', '_stddev', '_cv', '_BigO', '_RMS')


def is_iteration(entry: dict[str, Any]) -> bool:
    """Whether an entry is a measurement, not made from others.

    Older versions do not tell; their aggregates are told by their names.
    """
    kind = entry.get('run_type')
    if kind is None:
        return not text_or_empty(entry.get('name')).endswith(AGGREGATES)
    return bool(kind == 'iteration')


def series_of(entries: list[dict[str, Any]]
              ) -> tuple[dict[tuple[str, str, str], list[Decimal]], set[str]]:
    """The times by kind, benchmark and unit; and which cannot be read."""
    series: dict[tuple[str, str, str], list[Decimal]] = {}
    broken: set[str] = set()
    for entry in filter(is_iteration, entries):
        name = text_or_empty(entry.get('run_name') or entry.get('name'))
        unit = entry.get('time_unit')
        times = [measure(entry.get(kind)) for kind in TIMES]
        if (entry.get('error_occurred') or entry.get('skipped')
                or entry.get('iterations') == 0 or unit not in UNITS
                or not is_name(name) or None in times):
            broken.add(name)
            continue
        for kind, time in zip(TIMES, times):
            if time is not None:
                series.setdefault((kind, name, unit), []).append(time)
    return series, broken


def read(file: EvidenceFile, _events: int | None) -> Findings:
    """Read all benchmarks; those that failed are told."""
    context = object_or_empty(file.json.get('context'))
    series, broken = series_of(objects(file.json['benchmarks'],
                                       'benchmarks'))
    # One that fails in one of its repetitions, or changes its unit, has none.
    units = Counter((kind, name) for kind, name, _ in series)
    broken |= {name for (_, name), count in units.items() if count > 1}
    found = {f'{kind}:{name}': Found(measures.mean(times, unit))
             for (kind, name, unit), times in series.items()
             if name not in broken}
    unread = (Message('Benchmarks that failed or cannot be read: %(names)s.',
                      names=listed(sorted(broken))),) if broken else ()
    if not series and not broken:
        unread = (Message(
            'It has aggregates alone, or nothing. Run it without '
            '--benchmark_report_aggregates_only.'),)
    return Findings(found, provenance(context), unread, questions(context))


def provenance(context: dict[str, Any]) -> Provenance:
    """Version, host and date of a run."""
    version = text_or_empty(context.get('library_version'))
    return Provenance(f'Google Benchmark {version}'.strip(),
                      text_or_empty(context.get('host_name')),
                      text_or_empty(context.get('date')))


def questions(context: dict[str, Any]) -> tuple[str, ...]:
    """What makes its times doubtful."""
    asked = []
    if context.get('library_build_type') == 'debug':
        asked.append(Message('The benchmark library is a debug build.'))
    if context.get('cpu_scaling_enabled') is True:
        asked.append(Message('CPU frequency scaling was on.'))
    return tuple(asked)


def recognizes(file: EvidenceFile) -> bool:
    """Whether it is an object with a context and benchmarks."""
    return (file.is_json and isinstance(file.json, dict)
            and {'context', 'benchmarks'} <= set(file.json))


GOOGLE_BENCHMARK = EvidenceReader(
    'google_benchmark', 'Google Benchmark JSON', (
        ReadingKind('google_benchmark:real_time:', ('s',), Message(
            'elapsed time of this benchmark')),
        ReadingKind('google_benchmark:cpu_time:', ('s',), Message(
            'CPU time of this benchmark'))),
    recognizes, read)
