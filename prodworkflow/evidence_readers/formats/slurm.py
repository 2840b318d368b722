"""Slurm's `sacct --json`, of data parsers before and since v0.0.40.

NODE_FAIL and REQUEUED come with exit code 0: the state decides.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from math import inf
from typing import Any

from prodworkflow.domain.model.readings.reading import (
    Provenance,
    ReadingKind,
    UnreadableEvidence,
)
from prodworkflow.domain.text import Message
from prodworkflow.evidence_readers.evidence_file import EvidenceFile
from prodworkflow.evidence_readers.file_texts import listed
from prodworkflow.evidence_readers.job_outcomes import (
    FAILED_JOBS,
    job_readings,
    JobOutcome,
    not_ended,
)
from prodworkflow.evidence_readers.json_members import (
    object_or_empty,
    objects,
    text_or_empty,
)
from prodworkflow.evidence_readers.reader import (
    EvidenceReader,
    Findings,
    Found,
)
from prodworkflow.evidence_readers.slurm_arrays import tasks_of
from prodworkflow.evidence_readers.slurm_states import (
    failed_step,
    number,
    outcome_of,
)
from prodworkflow.evidence_readers.stamps import first_start


def jobs_of(data: Any) -> dict[str, dict[str, Any]]:
    """The jobs by id; of one that was requeued, what was started last.

    Clusters number their jobs each for itself.
    """
    if data.get('errors'):
        raise UnreadableEvidence(Message(
            'Slurm tells errors in the file. Ask sacct again.'))
    jobs: dict[str, dict[str, Any]] = {}
    records = objects(data['jobs'], 'jobs')
    for name, job in zip(names_of(records), records):
        if name not in jobs or _order(
                job, name) >= _order(jobs[name], name):
            jobs[name] = job
    return jobs


def names_of(records: list[dict[str, Any]]) -> list[str]:
    """The id of each record's job, after its cluster if there are several."""
    clusters = [text_or_empty(job.get('cluster')) for job in records]
    ids = [text_or_empty(job.get('job_id')) for job in records]
    if '' in ids:
        raise UnreadableEvidence(Message(
            'Job %(place)s in the file has no job_id. Send the file as '
            'sacct wrote it.', place=ids.index('') + 1))
    return ids if len(set(clusters)) == 1 else [
        f'{cluster}:{name}' for cluster, name in zip(clusters, ids)]


def _start(job: dict[str, Any]) -> int:
    return number(object_or_empty(job.get('time')).get('start')) or 0


def _order(job: dict[str, Any], name: str) -> tuple[float, bool]:
    """By what the last record of a job is found.

    What was not started yet is after what was; of two, a failure counts.
    """
    return _start(job) or inf, outcome_of(job, name).failure != ''


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
    outcomes = {name: replace(outcome_of(job, name),
                              jobs=tasks_of(job, name))
                for name, job in jobs.items()}
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
    times = Counter(names_of(data['jobs']))
    again = [name for name, job in jobs.items()
             if times[name] > 1 or number(job.get('restart_cnt'))]
    steps = [name for name, job in jobs.items()
             if outcomes[name] == JobOutcome(True) and failed_step(job)]
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
