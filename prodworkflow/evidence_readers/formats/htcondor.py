"""HTCondor event log: how each submitted job ended.

A log is read event by event; a broken event refuses it, for a lost last event
would be "no crash".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from prodworkflow.domain.model.readings.reading import (
    Provenance,
    ReadingKind,
    UnreadableEvidence,
)
from prodworkflow.domain.text import Message
from prodworkflow.evidence_readers.evidence_file import EvidenceFile
from prodworkflow.evidence_readers.file_texts import listed
from prodworkflow.evidence_readers.job_outcomes import (
    EXIT_CODE,
    FAILED_JOBS,
    HELD,
    job_readings,
    JobOutcome,
    LOST_STARTS,
    not_ended,
    SIGNAL,
)
from prodworkflow.evidence_readers.reader import (
    EvidenceReader,
    Findings,
    Found,
)

STAMP = (r'(?:\d\d/\d\d \d\d:\d\d:\d\d'
         r'|\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)')
HEADER = re.compile(r'(\d{3}) \((\d{1,10})\.(-?\d{1,10})\.(-?\d{1,10})\) '
                    rf'({STAMP}) (.*)', re.ASCII)
END = '...'
# Of the other forms, which are no list of all events, and are not read.
JSON_EVENT = re.compile(r'"EventTypeNumber"\s*:')
XML_EVENT = '<a n="EventTypeNumber">'
# Of longer lines, such as reasons, the rest is not looked at.
LINE_MAX = 500
SUBMITTED, STARTED, TERMINATED, RELEASED = '000', '001', '005', '013'
# A cluster whose jobs are submitted one by one, later on.
CLUSTER = ('035', '036', '037', '038')
# After these a job is done for, unless it starts again or is released.
FAILURES = {'002': Message('cannot be executed'), '004': Message('evicted'),
            '007': Message('shadow exception'),
            '009': Message('aborted or removed'), '012': HELD,
            '024': Message('connection lost')}
HOST = re.compile(r'submitted from host: <(\[[\da-fA-F:]+\]|[\w.-]+)')
LARGEST_JOB = Message('the largest memory of any job, as HTCondor saw it')
NO_YEAR = Message('The stamps have no year, so when the jobs ran is not '
                  'known.')


@dataclass(frozen=True)
class JobEvent:
    """One event: its code, job, stamp and all of its text.

    `job` is '' where it is of none.
    """

    code: str
    cluster: int
    job: str
    stamp: str
    text: str
    line: int


def events_of(lines: list[str]) -> list[JobEvent]:
    """All events of jobs; UnreadableEvidence if any is broken."""
    events: list[JobEvent] = []
    block: list[str] = []
    for number, line in enumerate(lines, 1):
        if line.rstrip() != END:
            block.append(line)
            continue
        events.append(_event(block, number))
        block = []
    if any(line.strip() for line in block):
        raise UnreadableEvidence(Message(
            'The log breaks off in an event that begins at line %(line)s. '
            'Copy it anew.', line=len(lines) - len(block) + 1))
    return events


def _event(block: list[str], end: int) -> JobEvent:
    filled = [line for line in block if line.strip()]
    found = HEADER.fullmatch(filled[0].rstrip()) if filled else None
    line = end - len(block)
    if not found:
        raise UnreadableEvidence(Message(
            'Line %(line)s is no event of an HTCondor log. Send the log as '
            'HTCondor wrote it.', line=line))
    code, cluster, process, _, stamp, _ = found.groups()
    # Of the log itself (cluster 0) or of a whole cluster (process -1).
    of_job = int(cluster) > 0 <= int(process)
    return JobEvent(code, int(cluster), f'{cluster}.{process}' if of_job
                    else '', stamp, '\n'.join(filled), line)


def outcomes_of(events: list[JobEvent]) -> dict[str, JobOutcome]:
    """How each job ended, by cluster and process."""
    jobs: dict[str, JobOutcome] = {}
    submitted: set[str] = set()
    for event in filter(lambda each: each.job, events):
        if event.code == SUBMITTED and event.job in submitted:
            raise UnreadableEvidence(Message(
                'Job %(job)s is submitted twice, again at line %(line)s. '
                'Send one log that holds each job once.', job=event.job,
                line=event.line))
        if event.code == SUBMITTED:
            submitted.add(event.job)
        jobs[event.job] = _after(
            jobs.get(event.job, JobOutcome(ended=False)), event)
    return jobs


def _after(job: JobOutcome, event: JobEvent) -> JobOutcome:
    """What a job has come to with one more event."""
    if event.code == STARTED:
        return JobOutcome(False, '', job.starts + 1)
    if event.code == RELEASED:
        return JobOutcome(False, '', job.starts)
    if event.code == TERMINATED:
        return JobOutcome(True, _end(event), job.starts)
    if event.code in FAILURES:
        return JobOutcome(True, FAILURES[event.code], job.starts)
    return job


def _end(event: JobEvent) -> str:
    """Why a job that terminated failed; '' if it did not."""
    # The first: a path of a core file may hold anything.
    found = re.search(r'Normal termination \(return value (-?\d+)\)'
                      r'|Abnormal termination', event.text)
    if found:
        return (SIGNAL if found[1] is None
                else '' if int(found[1]) == 0 else EXIT_CODE)
    raise UnreadableEvidence(Message(
        'The end of job %(job)s at line %(line)s tells no return value. Send '
        'the log as HTCondor wrote it.', job=event.job, line=event.line))


def _memory(events: list[JobEvent]) -> dict[str, Found]:
    line = re.compile(
        r'(?m)^[ \t]*(\d{1,15})[ \t]+-[ \t]+ResidentSetSize of job \(KB\)')
    peak = max((int(size[1]) for event in events
                for size in line.finditer(event.text)), default=0)
    return {'peak_memory': Found(f'{peak} KiB', LARGEST_JOB)} if peak else {}


def read(file: EvidenceFile, _events: int | None) -> Findings:
    """Read the log; UnreadableEvidence if no job has ended."""
    _refuse_other_forms(file)
    events = events_of(file.lines(LINE_MAX))
    outcomes = outcomes_of(events)
    found = {**job_readings(outcomes), **_memory(events)}
    stamp = events[0].stamp
    yearless = '/' in stamp
    return Findings(
        found, Provenance('HTCondor event log', _host(events),
                          '' if yearless else stamp),
        (*not_ended(outcomes), *_submitted_before(events),
         *_submitted_later(events),
         *([NO_YEAR] if yearless else [])))


def _submitted_before(events: list[JobEvent]) -> tuple[str, ...]:
    """A sentence about jobs of an older log, if there are any.

    Of those that were held in that one nothing is seen here.
    """
    submitted = {each.job for each in events if each.code == SUBMITTED}
    names = sorted({each.job for each in events if each.job} - submitted)
    return (Message('Jobs that were submitted before the log begins: '
                    '%(count)s (%(names)s). Put the older log before it.',
                    count=len(names), names=listed(names)),) if names else ()


def _submitted_later(events: list[JobEvent]) -> tuple[str, ...]:
    """A sentence about clusters that have, or had, more jobs to submit."""
    last = {each.cluster: each for each in events if each.code in CLUSTER}
    names = [f'{cluster}' for cluster, each in last.items() if not re.search(
        r'(?m)^[ \t]*Complete[ \t\r]*$', each.text)]
    return (Message('Clusters of which not all jobs were submitted: '
                    '%(count)s (%(names)s).', count=len(names),
                    names=listed(names)),) if names else ()


def _host(events: list[JobEvent]) -> str:
    """The host that jobs were submitted from."""
    found = HOST.search(events[0].text)
    return found[1] if found else ''


def _refuse_other_forms(file: EvidenceFile) -> None:
    form = 'JSON' if file.is_json else 'XML' if file.root_name else ''
    if form:
        raise UnreadableEvidence(Message(
            'This is an event log of HTCondor as %(form)s. Send its log as '
            'text, which a submit file asks for by "log" without "log_xml"; '
            'of jobs that ran already, send what "condor_history -json" '
            'writes.', form=form))


def recognizes(file: EvidenceFile) -> bool:
    """Whether it begins with an event, in any form that HTCondor writes."""
    return bool(re.match(rf'\d{{3}} \([\d.-]+\) {STAMP} ', file.head)
                or (file.is_json and JSON_EVENT.search(file.head))
                or (file.root_name in ('c', 'classads')
                    and XML_EVENT in file.head))


HTCONDOR = EvidenceReader(
    'htcondor', 'HTCondor event log', (
        ReadingKind('htcondor:crash_rate', ('%',), FAILED_JOBS),
        ReadingKind('htcondor:lost_starts', ('%',), LOST_STARTS),
        ReadingKind('htcondor:peak_memory', ('KiB',), LARGEST_JOB)),
    recognizes, read)
