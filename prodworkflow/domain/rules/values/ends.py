"""Ends of what a value may be: its bounds, and those around its estimate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from prodworkflow.domain.model.evidence import ValueSpec
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.model.submission import compared, value_of
from prodworkflow.domain.quantities import Measurement, tolerance
from prodworkflow.domain.rules.revisions.estimates import revised
from prodworkflow.domain.text import Message


@dataclass(frozen=True)
class End:
    """The most (or, if not `most`, the least) that a value may be.

    `beyond` says that a value is not within, `told` names the end.  It is
    `share` times the `estimate`, if it is drawn from one.
    """

    most: bool
    limit: Fraction
    beyond: str
    told: str
    estimate: Measurement | None = None
    share: Fraction = Fraction(1)

    def outside(self, value: Fraction) -> bool:
        """Whether a value is beyond it."""
        return value > self.limit if self.most else value < self.limit

    def room(self, value: Fraction) -> Fraction:
        """How far a value is within."""
        return self.limit - value if self.most else value - self.limit


def value_ends(value: ValueSpec, state: State) -> Iterator[End]:
    """All ends that a template gives a value; UnitError if unreadable."""
    yield from bound_ends(value, value.at_least, value.at_most)
    other = compared(value.compare_with, state)
    text = other and value_of(other, state, value.name)
    if other and text:
        yield from _estimate_ends(value, text, _source(
            other, revised(other, state, value.name)))


def bound_ends(value: ValueSpec, at_least: str,
               at_most: str) -> Iterator[End]:
    """The ends that bounds give a value; UnitError if unreadable."""
    if at_most:
        yield End(True, value.amount(at_most),
                  Message('more than %(at_most)s', at_most=at_most), at_most)
    if at_least:
        yield End(False, value.amount(at_least),
                  Message('less than %(at_least)s', at_least=at_least),
                  at_least)


def _estimate_ends(value: ValueSpec, text: str,
                   title: str) -> Iterator[End]:
    """How far a value may be from an estimate, up and down."""
    estimate = value.measurement(text)
    below, above = tolerance(value.tolerance)
    told = {'text': text, 'tolerance': value.tolerance.lstrip(' +-'),
            'title': title}
    named = Message('%(tolerance)s around %(text)s (%(title)s)', **told)
    beyond = _beyond(told, below is None, above is None)
    size = abs(estimate.value)
    if above is not None:
        yield End(True, estimate.value + above * size, beyond, named,
                  estimate, 1 + above)
    if below is not None:
        yield End(False, estimate.value - below * size, beyond, named,
                  estimate, 1 - below)


def _beyond(told: dict[str, str], up: bool, down: bool) -> Message:
    if up:
        return Message('more than %(tolerance)s above %(text)s (%(title)s)',
                       **told)
    if down:
        return Message('more than %(tolerance)s below %(text)s (%(title)s)',
                       **told)
    return Message('more than %(tolerance)s away from %(text)s (%(title)s)',
                   **told)


def _source(other: Requirement, revision: str) -> str:
    """The requirement that an estimate is of, and how it was revised."""
    return Message('%(title)s, %(revised)s', title=other.title,
                   revised=revision) if revision else other.title
