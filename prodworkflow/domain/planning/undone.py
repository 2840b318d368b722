"""Preview of a change of contacts: approvals and closed stages it undoes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from prodworkflow.domain.canonical_json import canonical
from prodworkflow.domain.logins import joined_logins
from prodworkflow.domain.model.campaign import Stage
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.model.state import State
from prodworkflow.domain.rules.eligibility import different, valid
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.text import Message


@dataclass(frozen=True)
class LostApprovals:
    """What a requirement loses: who signed it and counts no more.

    `met` says that it is met now and will not be any more.
    """

    requirement: Requirement
    signers: tuple[str, ...]
    met: bool

    @property
    def words(self) -> Message:
        """The loss in a sentence without its full stop."""
        what = f'#{self.requirement.ticket} {self.requirement.title}'
        if not self.signers:
            return Message('%(what)s is not signed any more', what=what)
        count = Message(
            '%(what)s: what %(signers)s signed counts no more', what=what,
            signers=joined_logins(self.signers))
        return Message('%(lost)s, and it is to be signed again',
                       lost=count) if self.met else count


@dataclass(frozen=True)
class Undone:
    """The approvals and closed stages that a change of contacts undoes."""

    approvals: tuple[LostApprovals, ...] = ()
    stages: tuple[Stage, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.approvals or self.stages)

    @property
    def words(self) -> list[Message]:
        """Each loss as a phrase."""
        return [*(a.words for a in self.approvals), *(
            Message('stage %(stage)s opens again', stage=s.label)
            for s in self.stages)]

    @property
    def digest(self) -> str:
        """What a confirmation refers to: SHA-256 of the words."""
        return hashlib.sha256(canonical(
            list(self.words)).encode()).hexdigest()


def undone(snapshot: Snapshot, after: State, now: int) -> Undone:
    """What the state `after` undoes of a campaign; `now` is in µs UTC."""
    state = snapshot.state
    then = decide(replace(snapshot, state=after), now)
    today = decide(snapshot, now)
    lost = []
    for old in state.requirements:
        signers = _signers(old, state)
        gone = tuple(s for s in signers
                     if s not in _signers(after.requirement(old.key), after))
        met = today.answer(old.key).met and not then.answer(old.key).met
        if gone or met:
            lost.append(LostApprovals(old, gone, met))
    return Undone(tuple(lost), tuple(
        gate.stage for gate, was in zip(then.gates, today.gates)
        if today.closed(gate.stage) and was.open and not gate.open))


def _signers(requirement: Requirement, state: State) -> tuple[str, ...]:
    return tuple(s.signer for s in different(valid(requirement, state)))
