"""Order of a matrix's rows: by weight, by name, or the worst state first."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any

from prodworkflow.domain.views.matrices.cells import Cell
from prodworkflow.domain.views.matrices.lists import Row

# From the worst to the best.
STATES = ('rejected', 'out-of-bounds', 'objected', 'withdrawn',
          'ticket-missing', 'closed-unsigned', 'stale', 'evidence-changed',
          'not-enough-statistics', 'evidence-missing', 'quorum-short',
          'awaiting', 'waived', 'met')


class Sort(Enum):
    """By what rows are sorted; the values stand in addresses."""

    WEIGHT = 'weight'
    NAME = 'name'
    STATE = 'state'


def rank(state: str) -> int:
    """The place of a state among all, 0 for the worst."""
    return STATES.index(state)


def in_order(rows: tuple[Row, ...], by: Sort) -> tuple[Row, ...]:
    """The rows in that order; those that are alike stay as they were."""
    return tuple(sorted(rows, key=_KEYS[by]))


def _worst(row: Row) -> list[tuple[int, int]]:
    """Its states from the worst on; of one state the latest day first."""
    return sorted((rank(c.state), -c.late) for c in row.asked)


def by_state(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Sign-offs that are asked once, the worst state first."""
    return tuple(sorted(cells, key=lambda c: (rank(c.state), -c.late)))


_KEYS: dict[Sort, Callable[[Row], Any]] = {
    Sort.WEIGHT: lambda row: -(row.share or 0),
    Sort.NAME: lambda row: (row.item.name.casefold(), row.item.key),
    Sort.STATE: _worst}
