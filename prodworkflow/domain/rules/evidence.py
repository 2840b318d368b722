"""Evaluation of evidence: what is missing, and what is out of bounds.

Rules 1 and 10 of docs/development/rules.rst.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from prodworkflow.domain.model.evidence import (
    EvidenceSpec,
    ProofKind,
    ValueSpec,
)
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.signoff import Bound
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.submission import compared, latest, value_of
from prodworkflow.domain.rules.revisions.estimates import revised
from prodworkflow.domain.text import Message
from prodworkflow.domain.units import amount, tolerance, UnitError


@dataclass(frozen=True)
class BoundViolation:
    """A value that is out of bounds, with the reason in words."""

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
    for value in requirement.asks.values:
        other = compared(value.compare_with, state)
        if value.compare_with and (other is None or not value_of(
                other, state, value.name)):
            title = other.title if other else value.compare_with
            found.append(Message('%(title)s of %(other)s, to compare with',
                                 title=value.title, other=title))
    return found


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
    found = []
    for value in requirement.asks.values:
        text = value_of(requirement, state, value.name)
        words = text and violation(value, text, state)
        if words:
            found.append(BoundViolation(value.name, text, words))
    return found


def violation(value: ValueSpec, text: str, state: State) -> str:
    """Why a quantity is out of bounds, in words; '' if it is not."""
    try:
        measured = amount(text, value.unit)
        words = (_outside(measured, value.at_least, value.at_most,
                          value.unit) or _missed(measured, value, state))
    except UnitError as error:
        return Message('%(title)s cannot be compared: %(error)s',
                       title=value.title, error=error.args[0])
    return words and Message('%(title)s is %(text)s, %(fault)s',
                             title=value.title, text=text, fault=words)


def within(bound: Bound, text: str, unit: str) -> bool:
    """Whether a quantity lies within the bound of a waiver.

    Not if the bound has no ends or the units do not fit.
    """
    try:
        return bool(bound.at_least or bound.at_most) and not _outside(
            amount(text, unit), bound.at_least, bound.at_most, unit)
    except UnitError:
        return False


def _outside(measured: Fraction, at_least: str, at_most: str,
             unit: str) -> str:
    if at_most and measured > amount(at_most, unit):
        return Message('more than %(at_most)s', at_most=at_most)
    if at_least and measured < amount(at_least, unit):
        return Message('less than %(at_least)s', at_least=at_least)
    return ''


def _missed(measured: Fraction, value: ValueSpec, state: State) -> str:
    """Why a value is too far from the one it is compared with; '' if not."""
    other = compared(value.compare_with, state)
    text = other and value_of(other, state, value.name)
    if not other or not text:
        return ''
    estimate = amount(text, value.unit)
    below, above = tolerance(value.tolerance)
    away = measured - estimate
    if ((above is None or away <= above * abs(estimate))
            and (below is None or -away <= below * abs(estimate))):
        return ''
    told = {'text': text, 'tolerance': value.tolerance.lstrip(' +-'),
            'title': other.title}
    last = revised(other, state, value.name)
    if last:
        told['title'] = Message('%(title)s, %(revised)s', title=other.title,
                                revised=last)
    if below is None:
        return Message('more than %(tolerance)s above %(text)s (%(title)s)',
                       **told)
    if above is None:
        return Message('more than %(tolerance)s below %(text)s (%(title)s)',
                       **told)
    return Message('more than %(tolerance)s away from %(text)s (%(title)s)',
                   **told)
