"""Slurm's states of jobs: which have failed, and which have not ended.

The state decides, for NODE_FAIL and REQUEUED come with exit code 0.
"""

from __future__ import annotations

import re
from typing import Any

from prodworkflow.domain.model.readings.reading import UnreadableEvidence
from prodworkflow.domain.text import Message
from prodworkflow.evidence_readers.file_texts import short
from prodworkflow.evidence_readers.job_outcomes import (
    EXIT_CODE,
    HELD,
    JobOutcome,
    SIGNAL,
)
from prodworkflow.evidence_readers.json_members import (
    count,
    object_or_empty,
    text_or_empty,
)

FAILED = frozenset((
    'BOOT_FAIL', 'CANCELLED', 'DEADLINE', 'FAILED', 'NODE_FAIL',
    'OUT_OF_MEMORY', 'PREEMPTED', 'REVOKED', 'SPECIAL_EXIT', 'LAUNCH_FAILED',
    'RECONFIG_FAIL', 'TIMEOUT'))
UNDER_WAY = frozenset((
    'PENDING', 'RUNNING', 'REQUEUED', 'RESIZING', 'SUSPENDED', 'COMPLETING',
    'CONFIGURING', 'STAGE_OUT', 'SIGNALING', 'STOPPED', 'REQUEUE_FED',
    'UPDATE_DB', 'POWER_UP_NODE'))
HOLDS = frozenset(('REQUEUE_HOLD', 'RESV_DEL_HOLD'))
# JobHeldUser, JobHeldAdmin, JobHoldMaxRequeue, launch failed requeued held.
HOLD_REASON = re.compile('(?i)job_?hold|held')


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
    unknown = set(known) - FAILED - UNDER_WAY - HOLDS - {'COMPLETED'}
    if unknown or not known:
        raise UnreadableEvidence(Message(
            'Job %(job)s has the unknown state "%(state)s". Send the file as '
            'sacct wrote it.', job=short(name),
            state=short(' '.join(states), 40)))
    failed = FAILED.intersection(known)
    if failed:
        return JobOutcome(True, min(failed))
    if HOLDS.intersection(known) or (
            'PENDING' in known and _held(object_or_empty(state))):
        return JobOutcome(True, HELD)
    if UNDER_WAY.intersection(known):
        return JobOutcome(ended=False)
    return JobOutcome(True, _exit(job))


def _held(state: dict[str, Any]) -> bool:
    """Whether a job waits because somebody or Slurm holds it."""
    return bool(HOLD_REASON.search(text_or_empty(state.get('reason'))))


def _exit(job: dict[str, Any]) -> str:
    """Why a completed job failed all the same; '' if it did not."""
    code = object_or_empty(job.get('exit_code'))
    signal = object_or_empty(code.get('signal'))
    if any(number(signal.get(word)) for word in ('id', 'signal_id')):
        return SIGNAL
    well = (words(code.get('status')) == ['SUCCESS']
            and number(code.get('return_code')) == 0)
    return '' if well else EXIT_CODE


def failed_step(job: dict[str, Any]) -> bool:
    """Whether a step failed, by the exit codes of all or by its state."""
    code = object_or_empty(job.get('derived_exit_code')).get('return_code')
    steps = job.get('steps')
    states = [words(object_or_empty(step).get('state'))
              for step in (steps if isinstance(steps, list) else ())]
    return bool(number(code)) or any(
        FAILED.intersection(each) for each in states)
