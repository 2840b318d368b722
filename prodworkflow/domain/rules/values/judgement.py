"""Judgement of a value: within, out of bounds, or of too few to tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from prodworkflow.domain.model.evidence import ValueSpec
from prodworkflow.domain.model.vocabulary import Reason
from prodworkflow.domain.quantities import Measurement
from prodworkflow.domain.rules.values.confidence import shortfall
from prodworkflow.domain.rules.values.ends import End
from prodworkflow.domain.text import Message


@dataclass(frozen=True)
class Fault:
    """Why a value does not pass, in words.

    `needed` is of how many it would have to be, where more would be enough,
    with how many `failures` among them.
    """

    reason: Reason
    words: str
    needed: int | None = None
    failures: int | None = None


def judge(value: ValueSpec, measured: Measurement,
          ends: Iterable[End]) -> Fault | None:
    """Why a value does not pass; None if it does.

    Beyond an end by itself it is out of bounds.  Within, but not by its limit
    at the confidence that is asked for, there are not enough statistics.
    """
    found = list(ends)
    for end in found:
        if end.outside(measured.value):
            return Fault(Reason.OUT_OF_BOUNDS, end.beyond)
    short = [*_too_few(value, measured), *_unsure(value, measured, found)]
    return max(short, key=lambda fault: fault.needed or 0, default=None)


def _too_few(value: ValueSpec, measured: Measurement) -> Iterator[Fault]:
    """That it is of fewer than the template's minimum."""
    if measured.total is None and value.minimum:
        yield Fault(Reason.NOT_ENOUGH_STATISTICS, Message(
            'without a number: at least %(minimum)s are asked for, written '
            'like 3/149 or (n=20)', minimum=value.minimum), value.minimum)
    elif measured.total is not None and measured.total < value.minimum:
        yield Fault(Reason.NOT_ENOUGH_STATISTICS, Message(
            'of %(total)s only: at least %(minimum)s are asked for',
            total=measured.total, minimum=value.minimum), value.minimum)


def _unsure(value: ValueSpec, measured: Measurement,
            ends: list[End]) -> Iterator[Fault]:
    """That its limit is not within the ends."""
    for end in ends if value.confidence else ():
        found = shortfall(value, measured, end)
        if found:
            yield Fault(Reason.NOT_ENOUGH_STATISTICS, found.words,
                        found.needed, found.failures)
