"""Separation of duties: requirements that different people must sign.

A person is counted with all for whom they stand: neither the deputy of a
signer nor the one whose deputy signed may sign the other requirement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.model.person import GROUP
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.signoff import SignOff
from prodworkflow.domain.model.state import State
from prodworkflow.domain.rules.duties.assignment import assignable, Task
from prodworkflow.domain.rules.duties.stand_ins import (
    alone,
    approvals_suffice,
    counted_persons,
    Quota,
)
from prodworkflow.domain.rules.eligibility import different, valid


def persons(requirement: Requirement, state: State, signer: str,
            day: date) -> frozenset[str]:
    """A person and all for whom they stand on a day (UTC).

    As a deputy in the campaign, of this requirement, or of one that others
    have to sign.
    """
    deputies = [*state.campaign.deputies, *requirement.deputies]
    for other in state.apart_from(requirement.key):
        deputies += other.deputies
    return frozenset((signer, *(d.stands_for for d in deputies
                                if d.person == signer
                                and d.first <= day <= d.last)))


def signed_elsewhere(state: State, requirement: Requirement, person: str,
                     day: date) -> Requirement | None:
    """The separated requirement that a person, or one of theirs, has signed.

    None if there is none: they may sign this one on that day.
    """
    apart = state.apart_from(requirement.key)
    if not apart:
        return None
    mine = persons(requirement, state, person, day)
    return next((r for r in apart if any(
        mine & _all_persons(r, state, s, day) for s in valid(r, state))),
        None)


def _all_persons(requirement: Requirement, state: State, signoff: SignOff,
                 day: date) -> frozenset[str]:
    """All who count as signers of an approval, then and on a day."""
    found = counted_persons(signoff).union(
        *(persons(requirement, state, signoff.signer, each)
          for each in (day_of(signoff.time), day)))
    named = signoff.contact and signoff.contact[:1] != GROUP
    return found | {signoff.contact} if named else found


def double_signers(state: State, requirement: Requirement) -> frozenset[str]:
    """The signers whose approval of a separated requirement counts instead.

    None, as long as there are enough approvals for all to be by different
    people.  Otherwise the requirement of the earlier stage keeps its signers
    and, in one stage, the one that others are separate from: so withdrawing an
    approval opens no gate.
    """
    apart = state.apart_from(requirement.key)
    said = state.said_of(requirement.key)
    if not any(_clash(said, _valid(r, state)) for r in apart):
        return frozenset()
    known = {r.key: Quota(max(r.quorum, 1), _valid(r, state))
             for r in tied(state, requirement)
             if r == requirement or _first(state, r, requirement)}
    kept = {key: quota for key, quota in known.items()
            if key == requirement.key
            or len(different(quota.approvals)) >= quota.needed}
    if _enough(kept, pairs(state)):
        return frozenset()
    return _clash(said, [
        s for r in apart if r.key in known for s in known[r.key].approvals])


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


def _enough(quotas: Mapping[str, Quota],
            apart: frozenset[frozenset[str]]) -> bool:
    """Whether the approvals suffice for all of these requirements."""
    if all(alone(s) for q in quotas.values() for s in q.approvals):
        return assignable({key: Task(q.needed, frozenset(
            s.signer for s in q.approvals)) for key, q in quotas.items()},
            apart)
    return approvals_suffice(quotas, apart)


def _clash(mine: Iterable[SignOff],
           others: Iterable[SignOff]) -> frozenset[str]:
    """My signers whose approval counts for a person that others count for."""
    theirs = frozenset().union(*map(counted_persons, others))
    return frozenset(s.signer for s in mine if counted_persons(s) & theirs)


def _valid(requirement: Requirement, state: State) -> tuple[SignOff, ...]:
    """The valid approvals of a requirement, cached in the state."""
    if requirement.key not in state.approvals:
        state.approvals[requirement.key] = tuple(valid(requirement, state))
    return state.approvals[requirement.key]


def _first(state: State, one: Requirement, other: Requirement) -> bool:
    """Whether a requirement keeps a shared signer before another one.

    Of two that are separate from each other the first in the campaign does.
    """
    numbers = {s.key: s.number for s in state.stages}
    here, there = numbers.get(one.stage, 0), numbers.get(other.stage, 0)
    if here != there:
        return here < there
    return one.separate_from != other.key or (
        other.separate_from == one.key
        and state.requirements.index(one) < state.requirements.index(other))
