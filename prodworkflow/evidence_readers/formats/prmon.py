"""prmon, JSON summary and time series; its kB are 1,024 bytes."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from prodworkflow.domain.model.readings.reading import (
    Provenance,
    ReadingKind,
    UnreadableEvidence,
)
from prodworkflow.domain.text import Message
from prodworkflow.evidence_readers import growth, measures
from prodworkflow.evidence_readers.evidence_file import EvidenceFile, HEAD
from prodworkflow.evidence_readers.json_members import (
    measure,
    object_or_empty,
    text_or_empty,
)
from prodworkflow.evidence_readers.reader import (
    EvidenceReader,
    Findings,
    Found,
)
from prodworkflow.evidence_readers.stamps import first_start

SHARED = Message('the sum over all processes (PSS); short peaks are missed')
RESIDENT = Message('the sum over all processes with shared memory counted '
                   'several times (RSS); short peaks are missed')
MEMORY = (('pss', SHARED), ('rss', RESIDENT))
SECONDS_AN_HOUR = 3600
NO_MEMORY = Message('No memory above 0 is in the file: prmon saw nothing of '
                    'the job. Run it again.')
NO_TIME = Message('No time above 0 is in the file.')
NO_WORK = Message('No CPU time above 0 is in the file.')


def largest(values: dict[str, Any]) -> dict[str, Found]:
    """The readings of the largest values, by prmon's words."""
    found = {}
    for word, words in MEMORY:
        if measure(values.get(word)) and 'peak_memory' not in found:
            found['peak_memory'] = Found(
                f'{measures.plain(values[word])} KiB', words)
    wall = measure(values.get('wtime'))
    if wall:
        found['wall_time'] = Found(f'{measures.plain(wall)} s')
        work = [measure(values.get(word)) for word in ('utime', 'stime')]
        both = sum(filter(None, work), Decimal(0))
        if both and None not in work:
            found['cpu_time'] = Found(f'{measures.plain(both)} s')
    return found


def missing(found: dict[str, Found]) -> list[str]:
    """What a file does not tell; UnreadableEvidence if it tells nothing."""
    words: list[str] = []
    if 'peak_memory' not in found:
        words.append(NO_MEMORY)
    if 'wall_time' not in found:
        words.append(NO_TIME)
    elif 'cpu_time' not in found:
        words.append(NO_WORK)
    if not found:
        raise UnreadableEvidence(NO_MEMORY)
    return words


def read_summary(file: EvidenceFile) -> Findings:
    """The largest values of a JSON summary, whose averages are rates."""
    units = object_or_empty(object_or_empty(file.json.get('Units'))
                            .get('Max'))
    values = object_or_empty(file.json.get('Max'))
    wrong = [word for word, unit in (('pss', 'kB'), ('rss', 'kB'),
                                     ('wtime', 's'))
             if units.get(word, unit) != unit]
    if wrong:
        raise UnreadableEvidence(Message(
            'prmon tells "%(word)s" in an unknown unit. Send the file as '
            'prmon wrote it.', word=wrong[0]))
    found = largest(values)
    unread = missing(found)
    version = text_or_empty(object_or_empty(file.json.get('prmon'))
                            .get('Version'))
    unread.append(Message('Memory growth: it is in prmon\'s time series, the '
                          'text file, and not in the summary.'))
    return Findings(found, Provenance(f'prmon {version}'.strip()),
                    tuple(unread))


def rows_of(text: str) -> tuple[list[dict[str, int]], list[str]]:
    """The rows of a time series, and what was left out of them.

    The last row may be cut off, and the last ones of zeros, which prmon
    writes when the job is gone already; any other fault is
    UnreadableEvidence.
    """
    head, *lines = text.split('\n')
    names = head[:HEAD].split()
    lines = [line for line in lines if line.strip()]
    rows: list[dict[str, int]] = []
    left: list[str] = []
    for place, line in enumerate(lines, 2):
        row = _row(names, line)
        if row is None and place <= len(lines):
            raise UnreadableEvidence(Message(
                'Line %(line)s of the series is no row of whole numbers. '
                'Send the file as prmon wrote it.', line=place))
        if row is None:
            left.append(Message('The last row is cut off, and left out.'))
        else:
            rows.append(row)
    gone = len(rows)
    while rows and not _memory(rows[-1]):
        rows.pop()
    if len(rows) < gone:
        left.append(Message('The last row has no memory, and is left out.')
                    if len(rows) == gone - 1 else Message(
            'The last rows have no memory, and are left out: %(count)s.',
            count=gone - len(rows)))
    return rows, left


def _memory(row: dict[str, int]) -> int:
    """The memory in a row; 0 where prmon saw none."""
    return next((row[word] for word, _ in MEMORY if row.get(word)), 0)


def _row(names: list[str], line: str) -> dict[str, int] | None:
    values = line.split() if len(line) <= HEAD else []
    fits = len(values) == len(names) and all(
        re.fullmatch(r'\d{1,19}', value, re.ASCII) for value in values)
    return dict(zip(names, map(int, values))) if fits else None


def read_series(file: EvidenceFile, events: int | None) -> Findings:
    """The largest values of a time series, and the growth of memory."""
    rows, unread = rows_of(file.text)
    if any(later['wtime'] < row['wtime']
           for row, later in zip(rows, rows[1:])):
        raise UnreadableEvidence(growth.DISORDER)
    found = largest({word: max((row[word] for row in rows if word in row),
                               default=0)
                     for word in (rows[0] if rows else ())})
    unread += missing(found)
    slope = _growth(rows, events) if 'peak_memory' in found else None
    if slope:
        found['memory_growth'] = slope
    else:
        unread.append(growth.TOO_SHORT)
    began = first_start(row.get('Time') for row in rows)
    return Findings(found, Provenance('prmon', start=began), tuple(unread))


def _growth(rows: list[dict[str, int]], events: int | None) -> Found | None:
    """The growth of memory by hour, or by event where events are given."""
    word = next(word for word, _ in MEMORY if any(
        row.get(word) for row in rows))
    series = [(float(row['wtime']), float(row[word])) for row in rows
              if row[word]]
    slope = growth.growth(series, 1)
    if slope is None:
        return None
    if events:
        seconds = (series[-1][0] - series[0][0]) / events
        return Found(measures.growth(slope, 'KiB/event', seconds),
                     growth.WORDS)
    return Found(measures.growth(slope, 'KiB/h', SECONDS_AN_HOUR),
                 growth.WORDS)


def read(file: EvidenceFile, events: int | None) -> Findings:
    """Read either of prmon's files."""
    return (read_summary(file) if file.is_json
            else read_series(file, events))


def recognizes(file: EvidenceFile) -> bool:
    """Whether it is prmon's summary, or the head of its series."""
    if file.is_json:
        return (isinstance(file.json, dict)
                and {'Max', 'Avg'} <= set(file.json))
    names = file.head.partition('\n')[0].split()
    return {'Time', 'wtime'} <= set(names)


PRMON = EvidenceReader(
    'prmon', Message('prmon summary (JSON) and time series (text)'), (
        ReadingKind('prmon:peak_memory', ('KiB',), Message(
            'the largest memory of all processes together')),
        ReadingKind('prmon:memory_growth', ('KiB/h', 'KiB/event'),
                    growth.WORDS, signed=True),
        ReadingKind('prmon:wall_time', ('s',), Message('elapsed time')),
        ReadingKind('prmon:cpu_time', ('s',), Message(
            'CPU time of user and system together'))),
    recognizes, read)
