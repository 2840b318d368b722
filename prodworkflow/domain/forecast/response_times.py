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


class Turns:
    """When the turns of a campaign's sign-offs came.

    What all of them depend on is found once.
    """

    def __init__(self, decision: Decision) -> None:
        self._decision = decision
        self._passed: dict[str, int] = {}

    def since(self, key: str) -> int:
        """The time since which contacts are asked for a requirement (µs UTC).

        A stage that has not passed is left out: an approval before its turn
        is counted from the latest other event.  KeyError if there is no such
        requirement.
        """
        snapshot = self._decision.snapshot
        requirement = snapshot.state.by_key[key]
        last = last_no(requirement, snapshot.state)
        return min(self._decision.asked, max(
            requirement.ticket_time, snapshot.voided.get(key, 0),
            0 if requirement.unsigned else requirement.seen,
            last.time if last else 0, self._based(requirement),
            self._stages_passed(requirement.stage)))

    def _stages_passed(self, key: str) -> int:
        """When the last of the stages before one has passed."""
        if key not in self._passed:
            state = self._decision.snapshot.state
            number = state.stage(key).number
            self._passed[key] = max((
                _passed(self._decision, earlier) for earlier in state.stages
                if earlier.number < number), default=0)
        return self._passed[key]

    def _based(self, requirement: Requirement) -> int:
        """When the last word was said about what a requirement rests on."""
        state = self._decision.snapshot.state
        keys = [k for base in requirement.rests_on
                for k in (base, *state.keys_by_group.get(base, ()))]
        return max((s.time for k in keys if k in state.by_key
                    for s in state.said_of(k)), default=0)


def turn(decision: Decision, key: str) -> int:
    """The time since which contacts are asked for a requirement, in µs UTC."""
    return Turns(decision).since(key)


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


def _passed(decision: Decision, stage: Stage) -> int:
    """When a stage was closed or became ready; 0 if it is neither."""
    completed = decision.snapshot.milestones.get(stage.key, 0)
    if completed or unmet_of(decision, stage):
        return completed
    keys = {a.requirement.key for a in decision.of_stage(stage.key)}
    return max((s.time for s in decision.snapshot.state.signoffs
                if s.requirement in keys), default=0)
