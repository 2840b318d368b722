"""Slurm's `sacct --json`, of data parsers before and since v0.0.40.

NODE_FAIL and REQUEUED come with exit code 0: the state decides.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from prodworkflow.domain.model.readings.reading import (
    Provenance,
    ReadingKind,
    UnreadableEvidence,
)
from prodworkflow.domain.text import Message
from prodworkflow.evidence_readers.evidence_file import EvidenceFile
from prodworkflow.evidence_readers.file_texts import listed, short
from prodworkflow.evidence_readers.job_outcomes import (
    EXIT_CODE,
    FAILED_JOBS,
    job_readings,
    JobOutcome,
    not_ended,
    SIGNAL,
)
from prodworkflow.evidence_readers.json_members import (
    count,
    object_or_empty,
    objects,
    text_or_empty,
)
from prodworkflow.evidence_readers.reader import (
    EvidenceReader,
    Findings,
    Found,
)
from prodworkflow.evidence_readers.stamps import first_start

FAILED = frozenset((
    'BOOT_FAIL', 'CANCELLED', 'DEADLINE', 'FAILED', 'NODE_FAIL',
    'OUT_OF_MEMORY', 'PREEMPTED', 'REVOKED', 'SPECIAL_EXIT', 'LAUNCH_FAILED',
    'RECONFIG_FAIL', 'TIMEOUT'))
UNDER_WAY = frozenset((
    'PENDING', 'RUNNING', 'REQUEUED', 'RESIZING', 'SUSPENDED', 'COMPLETING',
    'CONFIGURING', 'STAGE_OUT', 'SIGNALING', 'STOPPED', 'REQUEUE_FED',
    'REQUEUE_HOLD', 'RESV_DEL_HOLD', 'UPDATE_DB', 'POWER_UP_NODE'))


def number(value: Any) -> int | None:
    """A count, plain or as `{set, infinite, number}`; None if not told."""
    if isinstance(value, dict):
        told = value.get('set') is True and not value.get('infinite')
        return count(value.get('number')) if told else None
    return count(value)


def words(value: Any) -> list[str]:
    """A text or a list of texts, as a list."""
    listed = value if isinstance(value, list) else [value]
    return [text for text in map(text_or_empty, listed) if text]


def outcome_of(job: dict[str, Any], name: str) -> JobOutcome:
    """How a job ended; UnreadableEvidence if its state is not known."""
    state = job.get('state')
    states = words(state.get('current') if isinstance(state, dict)
                   else state)
    # "CANCELLED by 4711"
    known = [each.partition(' ')[0] for each in states]
    unknown = set(known) - FAILED - UNDER_WAY - {'COMPLETED'}
    if unknown or not known:
        raise UnreadableEvidence(Message(
            'Job %(job)s has the unknown state "%(state)s". Send the file as '
            'sacct wrote it.', job=short(name),
            state=short(' '.join(states), 40)))
    if UNDER_WAY.intersection(known):
        return JobOutcome(ended=False)
    failed = FAILED.intersection(known)
    return JobOutcome(True, min(failed) if failed else _exit(job))


def _exit(job: dict[str, Any]) -> str:
    """Why a completed job failed all the same; '' if it did not."""
    code = object_or_empty(job.get('exit_code'))
    signal = object_or_empty(code.get('signal'))
    if any(number(signal.get(word)) for word in ('id', 'signal_id')):
        return SIGNAL
    well = (words(code.get('status')) == ['SUCCESS']
            and number(code.get('return_code')) == 0)
    return '' if well else EXIT_CODE


def jobs_of(data: Any) -> dict[str, dict[str, Any]]:
    """The jobs by id; of one that was requeued, what was started last."""
    if data.get('errors'):
        raise UnreadableEvidence(Message(
            'Slurm tells errors in the file. Ask sacct again.'))
    jobs: dict[str, dict[str, Any]] = {}
    for place, job in enumerate(objects(data['jobs'], 'jobs')):
        name = text_or_empty(job.get('job_id'))
        if not name:
            raise UnreadableEvidence(Message(
                'Job %(place)s in the file has no job_id. Send the file as '
                'sacct wrote it.', place=place + 1))
        if name not in jobs or _start(job) >= _start(jobs[name]):
            jobs[name] = job
    return jobs


def _start(job: dict[str, Any]) -> int:
    return number(object_or_empty(job.get('time')).get('start')) or 0


def memory_of(job: dict[str, Any]) -> int | None:
    """The largest memory of its steps, in bytes; None if not told."""
    steps = job.get('steps')
    sizes = [number(tres.get('count')) or 0
             for step in (steps if isinstance(steps, list) else ())
             for tres in _largest(step) if tres.get('type') == 'mem']
    return max(sizes, default=0) or None


def _largest(step: Any) -> list[dict[str, Any]]:
    tres = object_or_empty(object_or_empty(step).get('tres'))
    found = object_or_empty(tres.get('requested')).get('max')
    return [each for each in found if isinstance(each, dict)] \
        if isinstance(found, list) else []


def read(file: EvidenceFile, _events: int | None) -> Findings:
    """Read all jobs; UnreadableEvidence if none has ended."""
    jobs = jobs_of(file.json)
    outcomes = {name: outcome_of(job, name) for name, job in jobs.items()}
    found = {'crash_rate': job_readings(outcomes)['crash_rate']}
    sizes = [size for size in map(memory_of, jobs.values()) if size]
    if sizes:
        found['peak_memory'] = Found(f'{max(sizes)} B', Message(
            'the largest memory of any step of a job'))
    unread = [*not_ended(outcomes)]
    if len(sizes) < len(jobs):
        unread.append(Message(
            'Peak memory: jobs that tell none in their steps: %(count)s.',
            count=len(jobs) - len(sizes)))
    return Findings(found, provenance(file.json, jobs), tuple(unread),
                    questions(file.json, jobs, outcomes))


def questions(data: Any, jobs: dict[str, dict[str, Any]],
              outcomes: dict[str, JobOutcome]) -> tuple[str, ...]:
    """What a job that completed may hide: failed steps, earlier starts."""
    times = Counter(text_or_empty(job.get('job_id')) for job in data['jobs'])
    again = [name for name, job in jobs.items()
             if times[name] > 1 or number(job.get('restart_cnt'))]
    steps = [name for name, job in jobs.items()
             if outcomes[name] == JobOutcome(True) and number(object_or_empty(
                 job.get('derived_exit_code')).get('return_code'))]
    asked = []
    if again:
        asked.append(Message(
            'Jobs that were started again, of which the last start counts: '
            '%(count)s (%(names)s).', count=len(again), names=listed(again)))
    if steps:
        asked.append(Message(
            'Jobs that completed although a step of them failed: %(count)s '
            '(%(names)s).', count=len(steps), names=listed(steps)))
    return tuple(asked)


def provenance(data: Any, jobs: dict[str, dict[str, Any]]) -> Provenance:
    """Slurm's release, the cluster and the first start."""
    meta = object_or_empty(data.get('meta'))
    slurm = object_or_empty(meta.get('Slurm') or meta.get('slurm'))
    release = text_or_empty(slurm.get('release'))
    return Provenance(
        f'Slurm {release}'.strip(),
        next((text_or_empty(job.get('cluster')) for job in jobs.values()),
             ''),
        first_start(_start(job) for job in jobs.values()))


def recognizes(file: EvidenceFile) -> bool:
    """Whether it is an object with jobs and Slurm's own words."""
    return (file.is_json and isinstance(file.json, dict)
            and 'jobs' in file.json
            and bool({'meta', 'errors'} & set(file.json)))


SLURM = EvidenceReader(
    'slurm', 'Slurm sacct --json', (
        ReadingKind('slurm:crash_rate', ('%',), FAILED_JOBS),
        ReadingKind('slurm:peak_memory', ('B',), Message(
            'the largest memory of any step of a job'))),
    recognizes, read)
