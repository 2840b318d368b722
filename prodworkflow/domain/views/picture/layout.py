"""Layouts of the picture, wide and narrow, and how its reader is spoken to."""

from __future__ import annotations

from collections.abc import Callable
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


WIDE = Layout('wide', 1010, 206, 1002, 13, 32, 20, 20, 8, True, 104)
NARROW = Layout('narrow', 366, 4, 362, 12, 54, 13, 29, 35, False, 96)
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


def row_words(layout: Layout, top: float, words: str, first: float,
              last: float, style: str = '') -> Shape:
    """What is said of a row whose marks lie from one place to another."""
    y = top + layout.words
    if not layout.beside:
        return label(style, 2, y, cut(words, layout.room, layout.size))
    words = cut(words, layout.right - layout.left, layout.size)
    width = text_width(words, layout.size)
    if last + GAP + width <= layout.width:
        return label(style, last + GAP, y, words)
    if first - GAP - width >= layout.left:
        return label(style, first - GAP, y, words, END)
    return label(style, layout.right, y, words, END)
