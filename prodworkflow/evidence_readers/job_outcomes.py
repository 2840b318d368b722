"""Job outcomes: the crash rate among the jobs that were submitted.

Held, evicted, aborted and removed jobs never terminate: they failed.  A job
that is still waiting or running, or waits to run again, is neither failed nor
a pass.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from prodworkflow.domain.model.readings.reading import UnreadableEvidence
from prodworkflow.domain.text import joined_by, Message
from prodworkflow.evidence_readers.file_texts import listed
from prodworkflow.evidence_readers.reader import Found

PASSED = ''
EXIT_CODE, SIGNAL = Message('exit code'), Message('signal')
HELD = Message('held')
FAILED_JOBS = Message('failed jobs, of those that ended')
LOST_STARTS = Message('starts that did not lead to the good end of a job')
NOTHING_ENDED = Message('No job in the file has ended yet. Send it again when '
                        'jobs have.')


@dataclass(frozen=True)
class JobOutcome:
    """How a job ended: `failure` is why it failed, '' if it passed.

    `starts` is how often it was started, at least once if it passed; `jobs`
    how many it stands for, all of which ended so.
    """

    ended: bool
    failure: str = PASSED
    starts: int = 0
    jobs: int = 1


def job_readings(outcomes: Mapping[str, JobOutcome]) -> dict[str, Found]:
    """The crash rate, and how many starts were lost, by job.

    UnreadableEvidence if no job has ended.
    """
    ended = [job for job in outcomes.values() if job.ended]
    if not ended:
        raise UnreadableEvidence(NOTHING_ENDED)
    failed: Counter[str] = Counter()
    for job in ended:
        failed[job.failure] += job.jobs
    total, passed = sum(failed.values()), failed.pop(PASSED, 0)
    found = {'crash_rate': Found(f'{total - passed}/{total}',
                                 _crash_words(failed))}
    starts = sum(job.starts for job in ended)
    if starts:
        found['lost_starts'] = Found(f'{starts - passed}/{starts}',
                                     LOST_STARTS)
    return found


def not_ended(outcomes: Mapping[str, JobOutcome]) -> tuple[str, ...]:
    """A sentence about the jobs that have not ended; none if all have."""
    waiting = {name: job.jobs for name, job in outcomes.items()
               if not job.ended}
    return (Message('Jobs that have not ended: %(count)s of %(all)s '
                    '(%(names)s).', count=sum(waiting.values()),
                    all=sum(job.jobs for job in outcomes.values()),
                    names=listed(waiting)),) if waiting else ()


def _crash_words(failed: Counter[str]) -> Message:
    if not failed:
        return FAILED_JOBS
    causes = [Message('%(cause)s: %(count)s', cause=cause, count=count)
              for cause, count in sorted(failed.items())]
    return Message('failed jobs, of those that ended (%(causes)s)',
                   causes=joined_by(', ', causes))
