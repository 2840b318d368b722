"""Shapes of a picture: lines, boxes, marks and texts, as SVG has them.

A shape's look is its class: the style sheet of the timeline says what it is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

# Widths in em of the fonts that are wide (Verdana, DejaVu Sans).
THIN, PLAIN, BROAD, FULL = .36, .62, .72, 1.0
THIN_LETTERS = {*"fijlrtI.,:;'|!()[]·", ' '}
BROAD_LETTERS = 'mwMWOQGDHNU%@&—'
BOLD = 1.15
END, MIDDLE = 'pw-tl-end', 'pw-tl-mid'
HATCH = 5.0


@dataclass(frozen=True)
class Shape:
    """An SVG element: its name, classes, attributes, and its text, if any."""

    element: str
    style: str
    attributes: dict[str, str]
    text: str = ''


def number(value: float) -> str:
    """A coordinate in px, to a tenth."""
    return f'{value:.1f}'.replace('.0', '')


def line(style: str, x1: float, y1: float, x2: float, y2: float) -> Shape:
    """A straight line."""
    return _shape('line', style, x1=x1, y1=y1, x2=x2, y2=y2)


def box(style: str, x: float, y: float, width: float,
        height: float) -> Shape:
    """A rectangle; at least a hair wide."""
    return _shape('rect', style, x=x, y=y, width=max(width, .5),
                  height=height)


def dot(style: str, x: float, y: float, radius: float) -> Shape:
    """A circle."""
    return _shape('circle', style, cx=x, cy=y, r=radius)


def path(style: str, *points: tuple[float, float],
         closed: bool = False) -> Shape:
    """Straight lines from point to point; level ones never turn back."""
    steps = [f'M{number(points[0][0])},{number(points[0][1])}']
    bends = _bends(points)
    for (x1, y1), (x2, y2) in zip(bends, bends[1:]):
        steps.append(f'H{number(x2)}' if y1 == y2 else f'V{number(y2)}'
                     if x1 == x2 else f'L{number(x2)},{number(y2)}')
    return Shape('path', style, {'d': ''.join(steps)
                                 + ('Z' if closed else '')})


def _bends(points: tuple[tuple[float, float], ...]
           ) -> list[tuple[float, float]]:
    """The points without those in the midst of a level line."""
    found = [points[0]]
    for here, after in zip(points[1:], points[2:]):
        if not found[-1][1] == here[1] == after[1]:
            found.append(here)
    return [*found, *points[1:][-1:]]


def uprights(style: str, places: Iterable[float], top: float,
             bottom: float) -> Shape:
    """Upright lines at several places, as one shape."""
    return Shape('path', style, {'d': ''.join(
        f'M{number(x)},{number(top)}V{number(bottom)}' for x in places)})


def hatching(style: str, x: float, y: float, width: float,
             height: float) -> Shape:
    """Slanted lines across a rectangle, cut off at its sides."""
    strokes = []
    at = x - height + HATCH / 2
    while at < x + width:
        low, high = max(at, x), min(at + height, x + width)
        if high > low:
            strokes.append(f'M{number(low)},{number(y + height - low + at)}'
                           f'L{number(high)},{number(y + height - high + at)}')
        at += HATCH
    return Shape('path', style, {'d': ''.join(strokes) or 'M0,0'})


def label(style: str, x: float, y: float, words: str,
          anchor: str = '') -> Shape:
    """A text on its base line; `anchor` is END or MIDDLE, else its start."""
    return Shape('text', ' '.join(filter(None, (style, anchor))),
                 {'x': number(x), 'y': number(y)}, words)


def text_width(words: str, size: float, bold: bool = False) -> float:
    """How wide a text may become at a size in px; rather too much."""
    ems = sum(map(_letter, words))
    return ems * size * (BOLD if bold else 1)


def cut(words: str, width: float, size: float, bold: bool = False) -> str:
    """The text, or as much of its beginning as fits, with an ellipsis."""
    if text_width(words, size, bold) <= width:
        return words
    while words and text_width(words + '…', size, bold) > width:
        words = words[:-1]
    return f'{words.rstrip()}…' if words else ''


def _letter(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in 'WF':
        return FULL
    if letter in THIN_LETTERS:
        return THIN
    if letter in BROAD_LETTERS or ord(letter) > 0x2fff:
        return FULL if ord(letter) > 0x2fff or letter in 'mMWw%@—' else BROAD
    return BROAD if letter.isupper() else PLAIN


def _shape(element: str, style: str, **places: float) -> Shape:
    return Shape(element, style, {name: number(at)
                                  for name, at in places.items()})
