"""When it became a contact's turn, and how long they took from then on.

Times are microseconds UTC.  A turn comes when the ticket is made or made
anew, when it is open again, when somebody said no, when a release made the
sign-off stale, and when the stages before have passed; the latest counts.
"""

from __future__ import annotations

from prodworkflow.domain.model.campaign import Stage
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.eligibility import last_no


def turn(decision: Decision, key: str) -> int:
    """Since when the contacts of a requirement are asked for it.

    What has not happened yet is left out: approvals may be given before
    their turn, and are then counted from what came last.
    """
    snapshot = decision.snapshot
    requirement = snapshot.state.requirement(key)
    stage = snapshot.state.stage(requirement.stage)
    last = last_no(requirement, snapshot.state)
    return min(decision.asked, max(
        requirement.ticket_time, snapshot.voided.get(key, 0),
        0 if requirement.unsigned else requirement.seen,
        last.time if last else 0,
        *(_passed(decision, earlier) for earlier in snapshot.state.stages
          if earlier.number < stage.number)))


def waited(decision: Decision, key: str) -> int | None:
    """How long an approval that is given now was waited for.

    None where nothing was waited for: the requirement was met already.
    """
    if decision.answer(key).met:
        return None
    return decision.asked - turn(decision, key)


def in_payload(decision: Decision, key: str) -> dict[str, int]:
    """What the entry of an approval keeps of it."""
    found = waited(decision, key)
    return {} if found is None else {'waited': found}


def unmet_of(decision: Decision, stage: Stage) -> list[Answer]:
    """What still keeps a stage from being ready, of its own."""
    return [a for a in decision.gate(stage.key).unmet
            if a.requirement.stage == stage.key]


def _passed(decision: Decision, stage: Stage) -> int:
    """When a stage was closed, or ready to be; 0 if it is neither."""
    completed = decision.snapshot.milestones.get(stage.key, 0)
    if completed or unmet_of(decision, stage):
        return completed
    keys = {a.requirement.key for a in decision.of_stage(stage.key)}
    return max((s.time for s in decision.snapshot.state.signoffs
                if s.requirement in keys), default=0)
