"""Layouts of the picture, wide and narrow, and how its reader is spoken to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from prodworkflow.domain.views.picture.shapes import (
    cut,
    END,
    label,
    Shape,
    text_width,
)

GAP = 6.0
# What a row grows by where words stand below its marks.
LINE = 17.0


@dataclass(frozen=True)
class Layout:
    """Sizes in px: where days begin and end, and what a row holds.

    `label`, `words` and `bar` lie below the top of a row; `beside` puts words
    beside a bar where there is room, and else right in the row.
    """

    name: str
    width: float
    left: float
    right: float
    size: float
    row: float
    label: float
    words: float
    bar: float
    beside: bool
    area: float

    @property
    def room(self) -> float:
        """The width that is left for the label of a row."""
        return self.left - 2 * GAP if self.beside else self.width - GAP


WIDE = Layout('wide', 1010, 206, 1002, 13, 32, 20, 20, 8, True, 56)
NARROW = Layout('narrow', 366, 4, 362, 12, 54, 13, 29, 35, False, 72)
BAR = 14.0


@dataclass(frozen=True)
class Speech:
    """How a reader writes days, and in which language they read messages."""

    day: Callable[[date], str]
    say: Callable[[str], str] = str


def row_label(layout: Layout, top: float, title: str) -> Shape:
    """What a row is about, in front of it or at its head."""
    return label('pw-tl-strong', 2, top + layout.label,
                 cut(title, layout.room, layout.size, True))


@dataclass(frozen=True)
class Row:
    """The shapes of a row, and its height."""

    shapes: tuple[Shape, ...]
    height: float


def with_words(layout: Layout, top: float, shapes: Iterable[Shape],
               words: str, first: float, last: float,
               style: str = '') -> Row:
    """A row whose marks lie from one place to another, and what is said of it.

    Where there is no room beside the marks, it is said below them.
    """
    y = top + layout.words
    if layout.beside:
        said = _beside(layout, y, words, first, last, style)
        if said:
            return Row((*shapes, said), layout.row)
        words = cut(words, layout.width - layout.left, layout.size)
        x = max(layout.left, min(first, layout.width - text_width(
            words, layout.size)))
        return Row((*shapes, label(style, x, y + LINE, words)),
                   layout.row + LINE)
    return Row((*shapes, label(style, 2, y, cut(
        words, layout.room, layout.size))), layout.row)


def _beside(layout: Layout, y: float, words: str, first: float, last: float,
            style: str) -> Shape | None:
    """The words behind or before the marks; None if there is no room."""
    width = text_width(words, layout.size)
    if last + GAP + width <= layout.width:
        return label(style, last + GAP, y, words)
    if first - GAP - width >= layout.left:
        return label(style, first - GAP, y, words, END)
    return None
