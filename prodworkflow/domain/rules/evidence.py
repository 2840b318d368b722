"""Evaluation of evidence: what is missing, out of bounds, or of too few.

Rules 1 and 10 of docs/development/rules.rst.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from prodworkflow.domain.model.evidence import (
    EvidenceSpec,
    ProofKind,
    ValueSpec,
)
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.signoff import Bound
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.submission import (
    compared,
    latest,
    SubmittedEvidence,
    value_of,
)
from prodworkflow.domain.model.vocabulary import Reason
from prodworkflow.domain.quantities import UnitError
from prodworkflow.domain.rules.values import (
    bound_ends,
    Fault,
    judge,
    value_ends,
)
from prodworkflow.domain.text import Message


@dataclass(frozen=True)
class BoundViolation:
    """A value that does not pass, with the reason in words."""

    name: str
    text: str
    words: str


def missing(requirement: Requirement, state: State) -> list[str]:
    """The evidence that is asked for and missing, a phrase each."""
    if not requirement.asks.anything:
        return []
    given = latest(requirement, state)
    found = [title for kind, name, title in pieces(requirement.asks)
             if (kind.value, name) not in given]
    found += _lost(requirement, given.values())
    for value in requirement.asks.values:
        other = compared(value.compare_with, state)
        if value.compare_with and (other is None or not value_of(
                other, state, value.name)):
            title = other.title if other else value.compare_with
            found.append(Message('%(title)s of %(other)s, to compare with',
                                 title=value.title, other=title))
    return found


def _lost(requirement: Requirement,
          given: Iterable[SubmittedEvidence]) -> list[str]:
    """Values that count by themselves, and whose file is no more what it was.

    Where people sign, it is their approval that does not count then.
    """
    changed = {f.name for f in requirement.files}
    titles = {v.name: v.title for v in requirement.asks.values}
    return [Message('%(title)s, as its file %(file)s is gone or another one',
                    title=titles.get(g.proof.name, g.proof.name),
                    file=g.proof.read.file)
            for g in given if g.proof.read
            and requirement.asks.automatic and g.proof.read.file in changed]


def pieces(asks: EvidenceSpec) -> Iterator[tuple[ProofKind, str, str]]:
    """All evidence that is asked for: kind, name and title of each."""
    for value in asks.values:
        yield ProofKind.VALUE, value.name, value.title
    for name in asks.plots:
        yield ProofKind.PLOT, name, Message(
            'the plot %(name)s', name=name)
    for name in asks.links:
        yield ProofKind.LINK, name, Message(
            'the link %(name)s', name=name)


def faults(requirement: Requirement, state: State) -> list[BoundViolation]:
    """The latest values of a requirement that are out of bounds."""
    return _against(requirement, state, Reason.OUT_OF_BOUNDS)


def shortfalls(requirement: Requirement,
               state: State) -> list[BoundViolation]:
    """The latest values within their bounds that are of too few to tell."""
    return _against(requirement, state, Reason.NOT_ENOUGH_STATISTICS)


def violation(value: ValueSpec, text: str, state: State) -> str:
    """Why a value does not pass, in words; '' if it does."""
    found = fault(value, text, state)
    return found.words if found else ''


def fault(value: ValueSpec, text: str, state: State) -> Fault | None:
    """Why a value does not pass; None if it does.

    One that cannot be compared is out of bounds.
    """
    try:
        found = judge(value, value.measurement(text),
                      value_ends(value, state))
    except UnitError as error:
        return Fault(Reason.OUT_OF_BOUNDS, Message(
            '%(title)s cannot be compared: %(error)s',
            title=value.title, error=error.args[0]))
    return found and replace(found, words=Message(
        '%(title)s is %(text)s, %(fault)s', title=value.title, text=text,
        fault=found.words))


def within(bound: Bound, text: str, value: ValueSpec) -> bool:
    """Whether a value lies within the bound of a waiver, surely.

    Not if the bound has no ends or the units do not fit.
    """
    if not (bound.at_least or bound.at_most):
        return False
    try:
        return not judge(
            value, value.measurement(text), bound_ends(
                value, bound.at_least, bound.at_most))
    except UnitError:
        return False


def _against(requirement: Requirement, state: State,
             reason: Reason) -> list[BoundViolation]:
    found = []
    for value in requirement.asks.values:
        text = value_of(requirement, state, value.name)
        why = fault(value, text, state) if text else None
        if why and why.reason is reason:
            found.append(BoundViolation(value.name, text, why.words))
    return found
