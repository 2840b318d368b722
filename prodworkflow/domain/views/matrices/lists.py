"""Matrix of a list: a row for each item, a column for what is asked of each.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from prodworkflow.domain.model.coverage_rule import percent, share_of
from prodworkflow.domain.model.item_list import Item
from prodworkflow.domain.rules.decision import Coverage
from prodworkflow.domain.text import Message
from prodworkflow.domain.views.matrices.cells import Cell, cell
from prodworkflow.domain.views.readiness import Readiness


@dataclass(frozen=True)
class Row:
    """The sign-offs of one item, one place a column; None where none is.

    `share` is its part of the weight of its list; None without weights.
    """

    item: Item
    cells: tuple[Cell | None, ...]
    share: Fraction | None = None

    @property
    def asked(self) -> tuple[Cell, ...]:
        """The sign-offs that there are."""
        return tuple(c for c in self.cells if c)

    @property
    def percent(self) -> str:
        """Its share in percent; '' without weights."""
        return '' if self.share is None else percent(self.share)


@dataclass(frozen=True)
class Matrix:
    """What a campaign asks of each item of a list, and what is given."""

    list: str
    columns: tuple[Coverage, ...]
    rows: tuple[Row, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All sign-offs of the list."""
        return tuple(c for row in self.rows for c in row.asked)

    @property
    def weighed(self) -> bool:
        """Whether its items have weights."""
        return any(row.share is not None for row in self.rows)

    @property
    def summary(self) -> Message:
        """How many sign-offs are given: `3 of 8 signed`."""
        cells = self.cells
        return Message('%(met)s of %(all)s signed', all=len(cells),
                       met=sum(c.answer.met for c in cells))


def matrices(told: Readiness) -> tuple[Matrix, ...]:
    """A matrix for each list of which the viewer sees something, in order."""
    found = (_matrix(told, each.name, each.items)
             for each in told.decision.snapshot.state.lists)
    return tuple(m for m in found if m.rows)


def asked_once(told: Readiness,
               shown: Iterable[Matrix]) -> tuple[Cell, ...]:
    """The sign-offs that stand in none of these matrices, in order."""
    keys = {c.answer.requirement.key for m in shown for c in m.cells}
    return tuple(cell(told, a) for a in told.answers
                 if a.requirement.key not in keys)


def _matrix(told: Readiness, name: str, items: tuple[Item, ...]) -> Matrix:
    columns = tuple(g for g in told.groups
                    if g.group.list == name and g.answers)
    by_item = [{a.requirement.item: a for a in g.answers} for g in columns]
    weights = [i.weight for i in items]
    rows = (Row(item, tuple(
        cell(told, found[item.key]) if item.key in found else None
        for found in by_item), share_of(weights, [item.weight]))
        for item in items)
    return Matrix(name, columns, tuple(r for r in rows if r.asked))
