"""Estimates: a series of values, first, revised and current.

Nothing is overwritten: each value of the series keeps who gave it, when and
why, and what was measured by then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from prodworkflow.domain.dates import day_of, moment
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.signoff import SignOff
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.submission import VALUE
from prodworkflow.domain.text import joined_by, Message


@dataclass(frozen=True)
class EstimateStep:
    """One value of an estimate's series.

    `was` is the value before it, '' for the first; `after` what was measured
    by then of what is compared with it, '' for nothing; `time` is in µs UTC,
    `number` that of its ledger entry.
    """

    text: str
    was: str
    after: str
    by: str
    time: int
    because: str
    release: str
    number: int

    @property
    def change(self) -> Message:
        """The revision: `revised from 1 TB to 2 TB after 3 TB was measured`.
        """
        told = {'was': self.was, 'is': self.text, 'after': self.after}
        return Message('revised from %(was)s to %(is)s after %(after)s was '
                       'measured', **told) if self.after else Message(
            'revised from %(was)s to %(is)s', **told)

    @property
    def words(self) -> Message:
        """The revision, with who, when and why."""
        return _why(Message('%(change)s by %(by)s on %(day)s',
                            change=self.change, by=self.by,
                            day=day_of(self.time)), self.because)

    @property
    def first_words(self) -> Message:
        """The first value, with who, when and why."""
        return _why(Message('first %(is)s by %(by)s on %(day)s',
                            by=self.by, day=day_of(self.time),
                            **{'is': self.text}), self.because)

    def as_dict(self) -> dict[str, Any]:
        """The value as JSON; `at` is ISO 8601, UTC."""
        return {'value': self.text, 'was': self.was or None,
                'measured': self.after or None, 'by': self.by,
                'at': moment(self.time), 'because': self.because,
                'release': self.release or None}


def estimate_series(requirement: Requirement, state: State,
                    name: str) -> tuple[EstimateStep, ...]:
    """All values that an estimate had, of whatever release, oldest first.

    The same value given again is no step.
    """
    found: list[EstimateStep] = []
    for text, signoff in _given(requirement, state, name):
        was = found[-1].text if found else ''
        if text != was:
            after = _measured(requirement, state, name, signoff.number)
            found.append(EstimateStep(
                text, was, after if was else '', signoff.signer,
                signoff.time, ' '.join(signoff.statement.split()),
                signoff.release, signoff.number))
    return tuple(found)


def revised(requirement: Requirement, state: State, name: str,
            measured: bool = True) -> str:
    """The last revision of an estimate, in words; '' if there is none.

    Without `measured` they tell nothing of another requirement.
    """
    steps = estimate_series(requirement, state, name)
    if not steps[1:]:
        return ''
    return (steps[-1] if measured else replace(steps[-1], after='')).change


def series_words(steps: tuple[EstimateStep, ...]) -> str:
    """A series with revisions in words; '' if there was none."""
    return joined_by('; ', [steps[0].first_words, *(
        s.words for s in steps[1:])]) if steps[1:] else ''


def revision_problems(state: State) -> list[tuple[str, str]]:
    """What lacks where the last sign-off revises an estimate: why.

    The problems are (field, message).
    """
    last = state.signoffs[-1]
    if last.statement.strip():
        return []
    requirement = state.requirement(last.requirement)
    steps = [(v, estimate_series(requirement, state, v.name)[1:][-1:])
             for v in requirement.asks.values
             if comparing(requirement, state, v.name)]
    return [('statement', Message(
        'Say why %(title)s is %(change)s: an estimate keeps why it was '
        'revised.', title=value.title, change=step.change))
            for value, found in steps for step in found
            if step.number == last.number]


def comparing(requirement: Requirement, state: State,
              name: str) -> list[Requirement]:
    """The requirements whose value of that name is compared with this one."""
    return [r for r in state.requirements for v in r.asks.values
            if v.name == name and v.compare_with == requirement.key]


def _given(requirement: Requirement, state: State,
           name: str) -> Iterator[tuple[str, SignOff]]:
    said = state.said_of(requirement.key)
    for signoff in sorted(said, key=lambda s: s.number):
        if signoff.number > requirement.since:
            for proof in signoff.evidence:
                if (proof.kind, proof.name) == (VALUE, name):
                    yield proof.text, signoff


def _measured(requirement: Requirement, state: State, name: str,
              before: int) -> str:
    """The last measurement before an entry; '' if there was none."""
    last = [(signoff.number, text) for r in comparing(requirement, state, name)
            for text, signoff in _given(r, state, name)
            if signoff.number < before]
    return max(last)[1] if last else ''


def _why(words: Message, because: str) -> Message:
    return Message('%(words)s: “%(because)s”', words=words,
                   because=because) if because else words
