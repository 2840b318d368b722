"""Response times: when a contact's turn came, and how long they took.

Times are microseconds UTC. A turn comes when the ticket is made, made again or
reopened, with a rejection, with a release that makes the sign-off stale, and
when the stages before have passed; the latest of these counts.
"""

from __future__ import annotations

from prodworkflow.domain.model.campaign import Stage
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.eligibility import last_no


def turn(decision: Decision, key: str) -> int:
    """The time since which contacts are asked for a requirement, in µs UTC.

    A stage that has not passed is left out: an approval before its turn is
    counted from the latest other event.
    """
    snapshot = decision.snapshot
    requirement = snapshot.state.requirement(key)
    stage = snapshot.state.stage(requirement.stage)
    last = last_no(requirement, snapshot.state)
    return min(decision.asked, max(
        requirement.ticket_time, snapshot.voided.get(key, 0),
        0 if requirement.unsigned else requirement.seen,
        last.time if last else 0, _based(decision, requirement),
        *(_passed(decision, earlier) for earlier in snapshot.state.stages
          if earlier.number < stage.number)))


def waited(decision: Decision, key: str) -> int | None:
    """The response time (µs) of an approval given now.

    None if the requirement is met already.
    """
    if decision.answer(key).met:
        return None
    return decision.asked - turn(decision, key)


def in_payload(decision: Decision, key: str) -> dict[str, int]:
    """The fields of an approval's payload that keep its response time."""
    found = waited(decision, key)
    return {} if found is None else {'waited': found}


def unmet_of(decision: Decision, stage: Stage) -> list[Answer]:
    """The unmet requirements of a stage itself, not of those before it."""
    return [a for a in decision.gate(stage.key).unmet
            if a.requirement.stage == stage.key]


def _based(decision: Decision, requirement: Requirement) -> int:
    """When the last word was said about what a requirement rests on."""
    if not requirement.rests_on:
        return 0
    keys = {r.key for r in decision.snapshot.state.requirements
            if {r.key, r.group} & set(requirement.rests_on)}
    return max((s.time for s in decision.snapshot.state.signoffs
                if s.requirement in keys), default=0)


def _passed(decision: Decision, stage: Stage) -> int:
    """When a stage was closed or became ready; 0 if it is neither."""
    completed = decision.snapshot.milestones.get(stage.key, 0)
    if completed or unmet_of(decision, stage):
        return completed
    keys = {a.requirement.key for a in decision.of_stage(stage.key)}
    return max((s.time for s in decision.snapshot.state.signoffs
                if s.requirement in keys), default=0)
