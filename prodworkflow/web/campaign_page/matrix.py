"""Section *Matrix*: items by what is asked of each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from trac.web.chrome import add_stylesheet

from prodworkflow.domain.views.marks import QUIET
from prodworkflow.domain.views.matrices.capacity import CapacityStrip, strip
from prodworkflow.domain.views.matrices.cells import Cell
from prodworkflow.domain.views.matrices.filters import counts, Show, shown_rows
from prodworkflow.domain.views.matrices.lists import (
    asked_once,
    matrices,
    Matrix,
    Row,
)
from prodworkflow.domain.views.matrices.order import by_state, in_order, Sort
from prodworkflow.translation import _
from prodworkflow.web.campaign_page.context import PageContext
from prodworkflow.web.matrices.address import Link, MatrixAddress
from prodworkflow.web.matrices.place import matrix_href
from prodworkflow.web.matrices.texts import CellTexts

PLACE = 'matrix'
# From so many rows on a table of few columns stands in two halves.
LONG, WIDE = 16, 2


@dataclass(frozen=True)
class Block:
    """A list: its rows in one table, or in two halves side by side."""

    matrix: Matrix
    halves: Sequence[Sequence[Row]]
    strips: Sequence[CapacityStrip]
    wide: bool

    @property
    def id(self) -> str:
        """The id of its heading."""
        return f'matrix-list-{self.matrix.list}'

    @property
    def labels(self) -> str:
        """The names of its columns for a phone, as properties of CSS.

        Counted from the last one on, as `:nth-last-child` does.
        """
        return ';'.join(f'--pw-label-{n}:{_css_text(c.group.title)}' for n, c
                        in enumerate(reversed(self.matrix.columns), 1))

    @property
    def rows(self) -> int:
        """How many rows are shown."""
        return sum(map(len, self.halves))


def data(page: PageContext) -> dict[str, Any]:
    """What the section shows."""
    add_stylesheet(page.req, 'prodworkflow/prodworkflow_matrix.css')
    address = MatrixAddress.of(page.req, PLACE)
    show = address.choice('show', Show.ALL)
    sort = address.choice('sort', Sort.WEIGHT)
    found = matrices(page.told)
    once = asked_once(page.told, found)
    every = [*(c for m in found for c in m.cells), *once]
    blocks = sorted((b for b in (_block(m, show, sort) for m in found)
                     if b.rows), key=lambda b: not b.wide)
    singles = _singles(once, show, sort)
    return {'count': len(every), 'show': show.value, 'blocks': blocks,
            'once': singles, 'texts': CellTexts(page.env, page.req),
            'shows': _shows(address, show, every),
            'sorts': _sorts(address, sort, found),
            'rounds': matrix_href(page.env, page.req.href),
            'quiet': QUIET, 'codes': {c.state for c in every},
            'automatic': any(
                c.answer.requirement.asks.automatic for c in every),
            'nothing': '' if blocks or singles else _nothing(show)}


def _css_text(title: str) -> str:
    """A text as CSS writes it; whatever is no letter or digit is escaped."""
    escaped = ''.join(
        c if c == ' ' or (c.isascii() and c.isalnum()) else f'\\{ord(c):06x}'
        for c in title)
    return f'"{escaped}:"'


def _block(matrix: Matrix, show: Show, sort: Sort) -> Block:
    rows = in_order(shown_rows(matrix.rows, show), sort)
    long = len(rows) >= LONG and len(matrix.columns) <= WIDE
    middle = (len(rows) + 1) // 2 if long else len(rows)
    strips = [s for s in map(strip, matrix.columns) if s]
    return Block(matrix, [h for h in (rows[:middle], rows[middle:]) if h],
                 strips, bool(strips or long or len(matrix.columns) > WIDE))


def _singles(once: tuple[Cell, ...], show: Show,
             sort: Sort) -> tuple[Cell, ...]:
    found = tuple(c for c in once if show.fits(c))
    if sort is Sort.NAME:
        return tuple(sorted(
            found, key=lambda c: c.answer.requirement.title.casefold()))
    return by_state(found) if sort is Sort.STATE else found


def _shows(address: MatrixAddress, show: Show,
           every: list[Cell]) -> list[Link]:
    numbers = counts(every)
    labels = [(Show.ALL, _("all")), (Show.OPEN, _("open")),
              (Show.MINE, _("mine")), (Show.LATE, _("late")),
              (Show.AGAIN, _("asked again"))]
    return [replace(link, count=numbers[each]) for link, (each, label) in zip(
        address.links('show', labels, show, Show.ALL), labels)]


def _sorts(address: MatrixAddress, sort: Sort,
           found: Sequence[Matrix]) -> list[Link]:
    weight = (_("capacity") if any(m.weighed for m in found)
              else _("as in the template"))
    return address.links('sort', [
        (Sort.WEIGHT, weight), (Sort.STATE, _("state")),
        (Sort.NAME, _("name"))], sort, Sort.WEIGHT)


def _nothing(show: Show) -> str:
    """That a filter leaves nothing; that there is nothing at all."""
    return {Show.ALL: _("Nothing is asked that you may see."),
            Show.OPEN: _("Nothing is open: all is signed or waived."),
            Show.MINE: _("Nothing here waits for you."),
            Show.LATE: _("Nothing is late."),
            Show.AGAIN: _("Nothing is asked again.")}[show]
