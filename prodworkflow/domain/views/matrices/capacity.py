"""Capacity strip: what is signed of a list's capacity, and what would do.

Its width is the capacity that a coverage rule counts; items stand from what
is signed to what is awaited, so that what is right of the signed part and left
of the bound is what is missing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from prodworkflow.domain.model.coverage_rule import greater, rule, weight
from prodworkflow.domain.model.item_list import AGREED
from prodworkflow.domain.rules.decision import Coverage
from prodworkflow.domain.views.marks import code, LETTERS
from prodworkflow.domain.views.progress.sufficient import sufficient

# What a letter takes, in percent of a strip on a page of 1000 pixels.
ROOM = 0.7


# From what is signed to what is farthest from it.
ORDER = ('met', 'waived', 'stale', 'evidence-changed', 'quorum-short',
         'evidence-missing', 'awaiting', 'not-enough-statistics',
         'out-of-bounds', 'withdrawn', 'objected', 'closed-unsigned',
         'ticket-missing', 'rejected')


@dataclass(frozen=True)
class Segment:
    """An item's part of the strip, in percent of its width.

    Small ones side by side that have one state are one, without a name.
    """

    name: str
    state: str
    part: float

    @property
    def label(self) -> str:
        """Its letter and name; '' for several, or where there is no room."""
        text = ' '.join(filter(None, (LETTERS[self.state], self.name)))
        return text if self.name and self.part >= ROOM * (
            len(text) + 1) else ''


@dataclass(frozen=True)
class CapacityStrip:
    """The strip of one column; percentages are of its width.

    `bound` is where the rule is met, None if it is not about capacity. Where
    what was agreed counts, the segments leave room for who dropped out.
    """

    column: Coverage
    segments: tuple[Segment, ...]
    bound: float | None

    @property
    def words(self) -> str:
        """What would be enough, as a sentence; '' where it is."""
        return sufficient(self.column)


def strip(column: Coverage) -> CapacityStrip | None:
    """The strip of a column; None if its items have no weights."""
    try:
        return _strip(column)
    except ValueError:
        return None


def _strip(column: Coverage) -> CapacityStrip:
    weights = {a.requirement.item: weight(a.requirement.weight)
               for a in column.answers}
    there = sum(weights.values(), Fraction(0))
    whole = max(_agreed(column), there)
    read = rule(column.group.rule)
    placed = sorted(column.answers, key=lambda a: (
        ORDER.index(code(a)), -weights[a.requirement.item]))
    return CapacityStrip(column, _merged(Segment(
        column.names.get(a.requirement.item, a.requirement.item), code(a),
        float(100 * weights[a.requirement.item] / whole)) for a in placed),
        float(100 * read.share) if read.share else None)


def _merged(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """The segments; neighbours of one state with no room for names are one."""
    found: list[Segment] = []
    for each in segments:
        last = found[-1] if found else None
        if last and last.state == each.state and not (
                last.label or each.label):
            found[-1] = replace(last, name='', part=last.part + each.part)
        else:
            found.append(each)
    return tuple(found)


def _agreed(column: Coverage) -> Fraction:
    """The weight that was agreed, where the rule counts that."""
    if column.group.counts != AGREED:
        return Fraction(0)
    return sum((weight(greater(r.weight, column.agreed.get(r.item, r.weight)))
                for r in (*(a.requirement for a in column.answers),
                          *column.dropped)), Fraction(0))
