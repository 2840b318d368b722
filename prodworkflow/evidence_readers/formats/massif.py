"""massif output: the peak of the heap, and its growth where time is told."""

from __future__ import annotations

import re

from prodworkflow.domain.model.readings.reading import (
    Provenance,
    ReadingKind,
    UnreadableEvidence,
)
from prodworkflow.domain.text import Message
from prodworkflow.evidence_readers import growth, measures
from prodworkflow.evidence_readers.evidence_file import EvidenceFile
from prodworkflow.evidence_readers.reader import (
    EvidenceReader,
    Findings,
    Found,
)

HEAD = re.compile(r'desc:.*\ncmd:.*\ntime_unit: ?(i|ms|B)\r?\n')
FIELDS = ('time', 'mem_heap_B', 'mem_heap_extra_B', 'mem_stacks_B')
NODE = re.compile(r'(?m)^ *n(\d{1,9}): \d+ .*\n')
SNAPSHOTS_MAX = 20_000
MILLISECONDS_AN_HOUR = 3_600_000


def snapshots(text: str) -> list[dict[str, int]]:
    """The fields of each snapshot; UnreadableEvidence if one breaks off."""
    if text.count('snapshot=') > SNAPSHOTS_MAX:
        raise UnreadableEvidence(Message(
            'The file has more than %(most)s snapshots, which is the limit.',
            most=SNAPSHOTS_MAX))
    parts = re.split(r'(?m)^(?:#-+\r?\n)?snapshot=', text)[1:]
    return [_snapshot(part, i) for i, part in enumerate(parts)]


def _snapshot(part: str, place: int) -> dict[str, int]:
    found = dict(re.findall(r'(?m)^(\w+)=(\d{1,19})\r?$', part))
    tree = re.search(r'(?m)^heap_tree=(\w+)\r?\n', part)
    if not (set(FIELDS) <= set(found) and tree
            and _whole_tree(part[tree.end():], tree[1] != 'empty')):
        raise UnreadableEvidence(Message(
            'Snapshot %(place)s breaks off or has no sizes. Send the whole '
            'file, as massif wrote it.', place=place))
    return {field: int(found[field]) for field in FIELDS}


def _whole_tree(text: str, wanted: bool) -> bool:
    """Whether a tree has as many lines as its nodes have children.

    Nothing stands behind it; the line of the next snapshot is cut off.
    """
    nodes = [int(count) for count in NODE.findall(text)]
    return (not NODE.sub('', text)
            and len(nodes) == (1 + sum(nodes) if wanted else 0))


def read(file: EvidenceFile, events: int | None) -> Findings:
    """The largest snapshot and the slope over all of them."""
    text = file.text
    begin = HEAD.match(text)
    shots = snapshots(text) if begin else []
    if not begin or not any(shot['mem_heap_B'] for shot in shots):
        raise UnreadableEvidence(Message(
            'massif measured no heap. Run it without --heap=no, on a program '
            'that allocates memory.'))
    peak = max(map(_size, shots))
    stacks = any(shot['mem_stacks_B'] for shot in shots)
    found = {'peak_memory': Found(f'{peak} B', Message(
        'the largest heap with its administration and the stacks')
        if stacks else Message(
            'the largest heap with its administration, without stacks'))}
    slope, unread = _growth(shots, begin[1], events)
    return Findings({**found, **slope}, Provenance('massif'), unread)


def _size(shot: dict[str, int]) -> int:
    return sum(shot[field] for field in FIELDS[1:])


def _growth(shots: list[dict[str, int]], unit: str, events: int | None
            ) -> tuple[dict[str, Found], tuple[str, ...]]:
    """The growth by hour or event, or why there is none."""
    if unit == 'B' or (unit == 'i' and not events):
        return {}, (Message(
            'Memory growth: the file tells no time. Run massif with '
            '--time-unit=ms.'),)
    series = [(float(shot['time']), float(_size(shot))) for shot in shots]
    if any(b[0] < a[0] for a, b in zip(series, series[1:])):
        return {}, (growth.DISORDER,)
    slope = growth.growth(series, 1)
    if slope is None:
        return {}, (growth.TOO_SHORT,)
    by_event = events and (series[-1][0] - series[0][0]) / events
    value = (measures.growth(slope, 'B/event', by_event) if by_event
             else measures.growth(slope, 'B/h', MILLISECONDS_AN_HOUR))
    return {'memory_growth': Found(value, growth.WORDS)}, ()


def recognizes(file: EvidenceFile) -> bool:
    """Whether it has massif's first three lines."""
    return file.head.startswith('desc:') and bool(
        re.search(r'(?m)^(time_unit|cmd):', file.head))


MASSIF = EvidenceReader(
    'massif', Message('massif output'), (
        ReadingKind('massif:peak_memory', ('B',), Message(
            'the largest heap, as far as massif took a snapshot of it')),
        ReadingKind('massif:memory_growth', ('B/h', 'B/event'), growth.WORDS,
                    signed=True)),
    recognizes, read)
