"""Separation of duties: requirements that different people must sign."""

from __future__ import annotations

from collections.abc import Mapping

from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.rules.duties.assignment import assignable, Task
from prodworkflow.domain.rules.eligibility import different, valid


def signed_elsewhere(state: State, requirement: Requirement,
                     person: str) -> Requirement | None:
    """The separated requirement that a person has signed; None if none."""
    return next((r for r in state.apart_from(requirement.key)
                 if any(person == s.signer for s in valid(r, state))), None)


def double_signers(state: State, requirement: Requirement) -> frozenset[str]:
    """The signers whose approval of a separated requirement counts instead.

    None, as long as there are enough approvals for all to be by different
    people.  Otherwise the requirement of the earlier stage keeps its signers
    and, in one stage, the one that others are separate from: so withdrawing an
    approval opens no gate.
    """
    apart = state.apart_from(requirement.key)
    mine_too = {s.signer for s in state.said_of(requirement.key)}
    if not any(mine_too & _signers(r, state) for r in apart):
        return frozenset()
    numbers = {s.key: s.number for s in state.stages}
    tasks = {r.key: Task(max(r.quorum, 1), _signers(r, state))
             for r in tied(state, requirement)
             if r == requirement or _first(numbers, r, requirement)}
    others = {key: task for key, task in tasks.items()
              if key != requirement.key and len(task.people) >= task.needed}
    mine = {requirement.key: tasks[requirement.key]}
    if assignable({**others, **mine}, pairs(state)):
        return frozenset()
    return frozenset().union(*(
        tasks[r.key].people for r in apart if r.key in tasks))


def tied(state: State, requirement: Requirement) -> list[Requirement]:
    """The requirements that separation connects, this one included."""
    found = {requirement.key: requirement}
    open_ = [requirement]
    for each in open_:
        new = [r for r in state.apart_from(each.key) if r.key not in found]
        found.update({r.key: r for r in new})
        open_ += new
    return open_


def pairs(state: State) -> frozenset[frozenset[str]]:
    """The pairs of keys of requirements that different people must sign."""
    return frozenset(frozenset((r.key, r.separate_from))
                     for r in state.requirements if r.separate_from)


def _signers(requirement: Requirement, state: State) -> frozenset[str]:
    """The valid signers of a requirement, cached in the state."""
    if requirement.key not in state.signers:
        state.signers[requirement.key] = frozenset(
            s.signer for s in different(valid(requirement, state)))
    return state.signers[requirement.key]


def _first(numbers: Mapping[str, int], one: Requirement,
           other: Requirement) -> bool:
    """Whether a requirement keeps a shared signer before another one.

    `numbers` maps stage keys to their numbers.
    """
    here, there = numbers.get(one.stage, 0), numbers.get(other.stage, 0)
    return here < there or (here == there and one.separate_from != other.key)
