"""HTCondor's `condor_history -json` (or `condor_q -json`): how jobs ended.

Attributes may be expressions, which come as text and tell nothing; values are
rounded, and exact in those that end in `_RAW`.
"""

from __future__ import annotations

from typing import Any

from prodworkflow.domain.model.readings.reading import (
    Provenance,
    ReadingKind,
    UnreadableEvidence,
)
from prodworkflow.domain.text import Message
from prodworkflow.evidence_readers.evidence_file import EvidenceFile
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
from prodworkflow.evidence_readers.json_members import (
    count,
    objects,
    text_or_empty,
)
from prodworkflow.evidence_readers.reader import (
    EvidenceReader,
    Findings,
    Found,
)
from prodworkflow.evidence_readers.stamps import first_start

COMPLETED = 4
FAILURES = {3: Message('removed'), 5: HELD}
UNDER_WAY = (1, 2, 6, 7)  # idle, running, transferring output, suspended


def name_of(ad: dict[str, Any], place: int) -> str:
    """Cluster and process of a job; UnreadableEvidence without them."""
    cluster, process = count(ad.get('ClusterId')), count(ad.get('ProcId'))
    if cluster is None or process is None:
        raise UnreadableEvidence(Message(
            'Job %(place)s in the file has no ClusterId or ProcId. Ask for '
            'all attributes.', place=place))
    return f'{cluster}.{process}'


def outcome_of(ad: dict[str, Any], name: str) -> JobOutcome:
    """How a job ended; UnreadableEvidence if it does not tell."""
    status = count(ad.get('JobStatus'))
    starts = count(ad.get('NumJobStarts')) or 0
    if status in FAILURES:
        return JobOutcome(True, FAILURES[status], starts)
    if status in UNDER_WAY:
        return JobOutcome(False, '', starts)
    code = ad.get('ExitCode')
    if status != COMPLETED:
        raise _untold(name, 'JobStatus')
    by_signal = ad.get('ExitBySignal', 'ExitSignal' in ad)
    if not isinstance(by_signal, bool):
        raise _untold(name, 'ExitBySignal')
    if by_signal:
        return JobOutcome(True, SIGNAL, starts)
    if not isinstance(code, int) or isinstance(code, bool):
        raise _untold(name, 'ExitCode')
    return JobOutcome(True, EXIT_CODE if code else '', max(starts, 1))


def _untold(name: str, attribute: str) -> UnreadableEvidence:
    return UnreadableEvidence(Message(
        'Job %(job)s does not tell how it ended: its %(attribute)s is '
        'missing, unknown or an expression. Ask for all attributes.',
        job=name, attribute=attribute))


def read(file: EvidenceFile, _events: int | None) -> Findings:
    """Read all jobs; UnreadableEvidence if none has ended."""
    ads = objects(file.json, 'jobs')
    outcomes: dict[str, JobOutcome] = {}
    for place, ad in enumerate(ads, 1):
        name = name_of(ad, place)
        if name in outcomes:
            raise UnreadableEvidence(Message(
                'Job %(job)s is in the file twice. Send each job once.',
                job=name))
        outcomes[name] = outcome_of(ad, name)
    memory, unread = _memory(ads)
    return Findings(
        {**job_readings(outcomes), **memory},
        Provenance('condor_history',
                   text_or_empty(ads[0].get('GlobalJobId')).partition('#')[0],
                   first_start(ad.get('JobStartDate') for ad in ads)),
        (*not_ended(outcomes), *unread))


def _memory(ads: list[dict[str, Any]]
            ) -> tuple[dict[str, Found], tuple[str, ...]]:
    """The largest memory of any job, and for how many it is not told."""
    sizes = [count(ad.get('ResidentSetSize_RAW')) or 0 for ad in ads]
    untold = sizes.count(0)
    found = {'peak_memory': Found(f'{max(sizes)} KiB', Message(
        'the largest memory of any job, as HTCondor saw it'))} \
        if max(sizes) else {}
    return found, (Message('Peak memory: jobs without '
                           'ResidentSetSize_RAW: %(count)s.', count=untold),) \
        if untold else ()


def recognizes(file: EvidenceFile) -> bool:
    """Whether it is a list of ClassAds of jobs."""
    first = file.json[0] if file.is_json and isinstance(
        file.json, list) and file.json else None
    return isinstance(first, dict) and bool(
        {'ClusterId', 'JobStatus'} & set(first))


CONDOR_HISTORY = EvidenceReader(
    'condor_history', 'condor_history -json', (
        ReadingKind('condor_history:crash_rate', ('%',), FAILED_JOBS),
        ReadingKind('condor_history:lost_starts', ('%',), LOST_STARTS),
        ReadingKind('condor_history:peak_memory', ('KiB',), Message(
            'the largest memory of any job'))),
    recognizes, read)
