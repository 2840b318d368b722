"""Evaluation of a campaign: each requirement once, what it rests on first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.submission import value_of
from prodworkflow.domain.rules.answers import Answer, Lift, named, Reason
from prodworkflow.domain.rules.bases import Base
from prodworkflow.domain.rules.decision import Coverage
from prodworkflow.domain.rules.duties.awaited import awaited
from prodworkflow.domain.rules.eligibility import (
    for_other_evidence,
    for_release,
)
from prodworkflow.domain.rules.evidence_report import exhibits
from prodworkflow.domain.rules.groups import covered
from prodworkflow.domain.rules.requirements import RequirementEvaluation
from prodworkflow.domain.text import joined, joined_by, Message


def evaluate(snapshot: Snapshot, requirement: Requirement, day: date,
             bases: tuple[Base, ...] = ()) -> Answer:
    """Evaluate a requirement on a day (UTC), with its evidence.

    `bases` are those that it rests on, in their order.
    """
    found = _judged(snapshot, requirement, day, bases)
    if not (requirement.asks.anything or bases):
        return found
    state = snapshot.state
    former = [] if found.reason is None else for_other_evidence(
        for_release(requirement, state), requirement, state)
    return replace(found, bases=bases, evidence=tuple(exhibits(
        requirement, state, former)))


def _judged(snapshot: Snapshot, requirement: Requirement, day: date,
            bases: tuple[Base, ...]) -> Answer:
    facts = snapshot.tickets.get(requirement.key)
    if facts is None:
        return Answer(requirement, Reason.TICKET_MISSING,
                      Message('has lost its sign-off ticket; "campaign '
                              'check --repair" makes a new one'),
                      awaits=awaited(requirement, replace(
                          snapshot.state, signers=None), day))
    case = RequirementEvaluation(snapshot.state, requirement, facts, day,
                                 bases)
    lifts, left = case.lifted()
    if left:
        return Answer(requirement, left[0].reason, left[0].words,
                      case.signers(), lifts=lifts, awaits=case.awaited)
    if not facts.closed and requirement.asks.automatic and not lifts:
        return Answer(requirement, Reason.WITHDRAWN, Message(
            'has all its evidence, but its ticket is open'))
    if not facts.closed:
        return Answer(requirement, Reason.WITHDRAWN, Message(
            'was waived, but its ticket is open again; %(awaits)s'
            if lifts else
            'was signed, but its ticket is open again; %(awaits)s',
            awaits=case.awaits), lifts=lifts, awaits=case.awaited)
    if lifts:
        return Answer(requirement, lifts[0].reason, _lifted(lifts),
                      case.signers(), True, lifts)
    if requirement.asks.automatic:
        return Answer(requirement, None, _by_evidence(
            requirement, snapshot.state))
    return Answer(requirement, None,
                  Message('signed off by %(signers)s',
                          signers=joined(case.signers(True))),
                  case.signers())


def _by_evidence(requirement: Requirement, state: State) -> Message:
    """That values within their bounds meet it, and which."""
    return Message('met by its evidence: %(values)s', values=joined_by(', ', [
        Message('%(title)s %(is)s', title=v.title, **{
            'is': value_of(requirement, state, v.name)})
        for v in requirement.asks.values]))


def _lifted(lifts: tuple[Lift, ...]) -> str:
    return joined_by('; ', [
        Message('waived by %(signer)s until %(until)s: “%(statement)s” '
                '(%(words)s)',
                signer=lift.waiver.signer, until=_until(lift),
                statement=' '.join(lift.waiver.statement.split()),
                words=lift.words)
        for lift in lifts if lift.waiver.waiver])


class CampaignEvaluation:
    """The answers about a campaign's requirements on one day (UTC).

    Nothing is evaluated before it is asked for, nor twice.  What rests on
    itself is never met.
    """

    def __init__(self, snapshot: Snapshot, day: date) -> None:
        self._snapshot = snapshot
        self._day = day
        self._requirements = snapshot.state.by_key
        self._groups = {g.key: g for g in snapshot.state.groups}
        self._members = snapshot.state.keys_by_group
        self._answers: dict[str, Answer] = {}
        self._bases: dict[str, Base] = {}
        self._begun: set[str] = set()

    def answer(self, key: str) -> Answer:
        """The answer about a requirement; KeyError if there is none."""
        todo = [key]
        while todo:
            requirement = self._requirements[todo[-1]]
            before = [] if requirement.key in self._begun else [
                k for base in requirement.rests_on
                for k in self._lacking(base)]
            self._begun.add(requirement.key)
            todo += before
            if not before:
                todo.pop()
                if requirement.key not in self._answers:
                    self._answers[requirement.key] = self._evaluated(
                        requirement)
        return self._answers[key]

    def _lacking(self, base: str) -> list[str]:
        """The requirements to be evaluated before a base can be."""
        if base in self._bases:
            return []
        keys = (self._members.get(base, []) if base in self._groups
                else [base] if base in self._requirements else [])
        return [k for k in keys
                if k not in self._answers and k not in self._begun]

    def _evaluated(self, requirement: Requirement) -> Answer:
        return evaluate(self._snapshot, requirement, self._day,
                        tuple(self._base(k) for k in requirement.rests_on))

    def _base(self, key: str) -> Base:
        found = self._bases.get(key) or self._judged(key)
        if all(r.key in self._answers for r in found.members):
            self._bases[key] = found
        return found

    def _judged(self, key: str) -> Base:
        if key in self._groups:
            return self._group(key)
        state, answer = self._snapshot.state, self._answers.get(key)
        if answer is None:
            requirement = self._requirements.get(key)
            name = requirement.title if requirement else key
            words = (Message('rests on itself') if requirement
                     else Message('is not asked for any more'))
            return Base(state, key, name, False, words,
                        Message('%(base)s %(words)s', base=name, words=words))
        below = next((b for b in answer.bases if not b.met), None)
        base = Base(state, key, named(answer), answer.met, answer.words,
                    below.cause if below else '', (answer.requirement,))
        return base if below else _own(base)

    def _group(self, key: str) -> Base:
        state, group = self._snapshot.state, self._groups[key]
        keys = self._members.get(key, [])
        found: Coverage = covered(state, group, tuple(
            self._answers[k] for k in keys if k in self._answers))
        return _own(Base(
            state, key, group.title,
            found.reached and len(found.answers) == len(keys),
            Message('has %(words)s', words=found.brief), '',
            tuple(self._requirements[k] for k in keys),
            tuple(a.requirement.item for a in found.answers if a.met)))


def _own(base: Base) -> Base:
    """The base as the cause of what stands against it."""
    return replace(base, cause=base.own_cause)


def _until(lift: Lift) -> date | Message | None:
    until = lift.waiver.waiver.until if lift.waiver.waiver else None
    return Message('%(until)s (%(ending)s)', until=until,
                   ending=lift.ending) if lift.ending else until
