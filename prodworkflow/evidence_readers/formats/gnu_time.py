"""GNU time, `time -v`; its kbytes are 1,024 bytes."""

from __future__ import annotations

import re
from decimal import Decimal

from prodworkflow.domain.model.readings.reading import (
    Provenance,
    ReadingKind,
    UnreadableEvidence,
)
from prodworkflow.domain.text import Message
from prodworkflow.evidence_readers import measures
from prodworkflow.evidence_readers.evidence_file import EvidenceFile
from prodworkflow.evidence_readers.file_texts import short
from prodworkflow.evidence_readers.reader import (
    EvidenceReader,
    Findings,
    Found,
)

BEGIN = 'Command being timed: '
FIRST = re.compile(rb'(?m)^[ \t]*Command being timed: "')
LINE = re.compile(
    r'(?m)^[ \t]*(User time|System time|Elapsed|Maximum resident set size'
    r'|Page size|Exit status)\b[^\n]*: ([\d:.]+)[ \t\r]*$')
CLOCK = re.compile(r'(?:(\d{1,6}):)?(\d{1,2}):(\d{1,2}(?:\.\d{1,3})?)',
                   re.ASCII)
# Behind the program's own words, where those do not end their line.
FAILED = re.compile(
    r'(?m)Command (?:(?:terminated|stopped) by signal'
    r'|exited with non-zero status) \d+[ \t\r]*$')
RUNS_MAX = 10_000
# macOS, where it tells bytes and calls them kbytes, has larger pages.
PAGE = '4096'
LARGEST = Message('the largest single process, not the sum of all')


def runs_of(text: str) -> list[dict[str, str]]:
    """The lines of each run; UnreadableEvidence if one failed or is cut."""
    failed = FAILED.search(text)
    if failed:
        raise UnreadableEvidence(Message(
            'The command failed (%(words)s), so its time and memory show '
            'nothing. Send the file of a run that succeeded.',
            words=short(failed[0])))
    if text.count(BEGIN) > RUNS_MAX:
        raise UnreadableEvidence(Message(
            'The file has more than %(most)s runs, which is the limit.',
            most=RUNS_MAX))
    # Where each begins: cutting up a large text would copy it.
    begins = [found.end() for found in re.finditer(BEGIN, text)]
    return [_run(text, begin, end) for begin, end in
            zip(begins, [*begins[1:], len(text)])]


def _run(text: str, begin: int, end: int) -> dict[str, str]:
    # The first of each counts: what comes behind is of who knows what.
    lines = dict(reversed(LINE.findall(text, begin, end)))
    if lines.get('Exit status') != '0':
        raise UnreadableEvidence(Message(
            'The run of %(command)s breaks off or failed: it has no "Exit '
            'status: 0". Send the file of a run that succeeded.',
            command=short(text[begin:begin + 60].partition('\n')[0], 60)))
    return lines


def seconds(text: str) -> Decimal | None:
    """The seconds of `h:mm:ss` or `m:ss`; None if it is neither."""
    found = CLOCK.fullmatch(text)
    if not found:
        return None
    hours, minutes, rest = found.groups('0')
    return int(hours) * 3600 + int(minutes) * 60 + Decimal(rest)


def _number(text: str | None) -> Decimal | None:
    return (Decimal(text) if text and
            re.fullmatch(r'\d{1,15}(\.\d{1,6})?', text, re.ASCII) else None)


def read(file: EvidenceFile, _events: int | None) -> Findings:
    """Read all runs: the largest memory, the mean of the times."""
    runs = runs_of(file.text)
    found = {}
    unread: list[str] = []
    memory = [_number(run.get('Maximum resident set size')) for run in runs]
    if any(run.get('Page size') != PAGE for run in runs):
        unread.append(Message(
            'Peak memory: whether kB or bytes are meant is not known where '
            'pages have no 4096 bytes, as on macOS.'))
    elif all(memory):
        peak = max(each for each in memory if each)
        found['peak_memory'] = Found(f'{measures.plain(peak)} KiB', LARGEST)
    else:
        unread.append(Message('Peak memory: time told none.'))
    wall = [seconds(run.get('Elapsed', '')) for run in runs]
    work = [_number(run.get(word)) for run in runs
            for word in ('User time', 'System time')]
    if None in wall:
        unread.append(Message('Elapsed time: there is none like 1:02.03 in '
                              'the file.'))
    else:
        found['wall_time'] = Found(measures.mean(
            [each for each in wall if each is not None], 's'))
    if None in work:
        unread.append(Message('CPU time: there is none like 62.03 in the '
                              'file.'))
    else:
        both = [each for each in work if each is not None]
        found['cpu_time'] = Found(measures.mean(
            [a + b for a, b in zip(both[::2], both[1::2])], 's'))
    return Findings(found, Provenance('GNU time'), tuple(unread))


def recognizes(file: EvidenceFile) -> bool:
    """Whether time's first line is anywhere: programs write before it."""
    return bool(FIRST.search(file.content))


GNU_TIME = EvidenceReader(
    'time', 'GNU time -v', (
        ReadingKind('time:peak_memory', ('KiB',), Message(
            'the largest memory of a single process')),
        ReadingKind('time:wall_time', ('s',), Message('elapsed time')),
        ReadingKind('time:cpu_time', ('s',), Message(
            'CPU time of user and system together'))),
    recognizes, read)
