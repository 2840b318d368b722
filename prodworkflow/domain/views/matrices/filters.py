"""Filters of a matrix: all, open, mine, late, and asked again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum

from prodworkflow.domain.views.matrices.cells import Cell
from prodworkflow.domain.views.matrices.lists import Row


class Show(Enum):
    """Which sign-offs are shown; the values stand in addresses."""

    ALL = 'all'
    OPEN = 'open'
    MINE = 'mine'
    LATE = 'late'
    AGAIN = 'asked-again'

    def fits(self, cell: Cell) -> bool:
        """Whether a sign-off is shown."""
        return _FITS[self](cell)


_FITS: dict[Show, Callable[[Cell], bool]] = {
    Show.ALL: lambda cell: True,
    Show.OPEN: lambda cell: not cell.answer.met,
    Show.MINE: lambda cell: cell.mine,
    Show.LATE: lambda cell: cell.late > 0,
    Show.AGAIN: lambda cell: cell.again}


def counts(cells: Iterable[Cell]) -> dict[Show, int]:
    """How many sign-offs each filter shows."""
    found = list(cells)
    return {show: sum(map(show.fits, found)) for show in Show}


def shown_rows(rows: Iterable[Row], show: Show) -> tuple[Row, ...]:
    """The rows with a sign-off that is shown; the others of a row stay."""
    return tuple(r for r in rows if any(map(show.fits, r.asked)))
