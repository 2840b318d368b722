"""Rows of the picture: the stages, the start, and what happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from prodworkflow.domain.text import Message
from prodworkflow.domain.views.picture.chart import Bar, Chart
from prodworkflow.domain.views.picture.layout import (
    BAR,
    GAP,
    Layout,
    Row,
    row_label,
    Speech,
    with_words,
)
from prodworkflow.domain.views.picture.occurrences import Kind
from prodworkflow.domain.views.picture.scale import Scale
from prodworkflow.domain.views.picture.shapes import (
    box,
    cut,
    dot,
    hatching,
    label,
    line,
    path,
    Shape,
    text_width,
)
from prodworkflow.domain.views.picture.words import (
    mark_words,
    stage_words,
    start_words,
)

HALF = 6.0
LANE = 16.0
LANES = 3
LONGEST = 130.0


def stage_row(layout: Layout, scale: Scale, top: float, chart: Chart,
              bar: Bar, speech: Speech) -> Row:
    """The bar of a stage: filled as far as signed, hatched where late."""
    return with_words(
        layout, top, [*_bar(scale, top + layout.bar, bar),
                      row_label(layout, top, bar.stage.stage.label)],
        speech.say(stage_words(chart, bar, speech)),
        scale.place(bar.began), scale.place(bar.until or bar.last),
        'pw-tl-stop' if bar.stage.late else '')


def _bar(scale: Scale, y: float, bar: Bar) -> Iterator[Shape]:
    left, right = scale.place(bar.began), scale.place(bar.last)
    yield box('pw-tl-bar', left, y, right - left, BAR)
    full = scale.place(min(bar.ended or bar.last, bar.last)) - left
    if bar.part:
        yield box('pw-tl-done', left, y, full * min(bar.part, 1), BAR)
    if bar.due:
        yield line('pw-tl-due', scale.place(bar.due), y - 3,
                   scale.place(bar.due), y + BAR + 3)
        if bar.until:
            late = scale.place(bar.until)
            yield box('pw-tl-late', right, y, late - right, BAR)
            yield hatching('pw-tl-hatch', right, y, late - right, BAR)


def start_row(layout: Layout, scale: Scale, top: float, chart: Chart,
              speech: Speech) -> Row:
    """The planned start, the launch, and the forecast: dot and bar."""
    found = [scale.place(d) for d in (chart.start, chart.median, chart.ninety,
                                      chart.launched) if d]
    first, last = (min(found), max(found)) if found else (
        layout.left, layout.left - GAP)
    return with_words(
        layout, top, [*_start(scale, top + layout.bar + BAR / 2, chart),
                      row_label(layout, top, speech.say(
                          Message('Start of production')))],
        speech.say(start_words(chart, speech)), first - HALF, last + HALF)


def _start(scale: Scale, y: float, chart: Chart) -> Iterator[Shape]:
    if chart.start:
        yield path('pw-tl-start', *_diamond(scale.place(chart.start), y),
                   closed=True)
    if chart.median and chart.ninety:
        first, last = scale.place(chart.median), scale.place(chart.ninety)
        yield line('pw-tl-forecast', first, y, last, y)
        yield line('pw-tl-forecast', last, y - HALF, last, y + HALF)
        yield dot('pw-tl-median', first, y, 5)
    if chart.launched:
        yield _flag('pw-tl-launch', scale.place(chart.launched), y)


def happened_row(layout: Layout, scale: Scale, top: float, chart: Chart,
                 speech: Speech) -> Row:
    """Marks of releases, holds and launch, with their names.

    Names that find no room are left out: the table has them.
    """
    y = top + layout.label - 5 + (0 if layout.beside else LANE)
    shapes = [row_label(layout, top, speech.say(Message('What happened')))]
    marks = sorted(_marks(scale, y, chart), key=lambda m: m[0])
    shapes += [shape for _, _, each in marks for shape in each]
    lanes, taken = 1, [[(x - HALF - 1, x + HALF + 1) for x, _, _ in marks],
                       *([] for _ in range(LANES - 1))]
    for x, name, _ in marks:
        words = cut(speech.say(name), LONGEST, layout.size)
        place = _free(taken, x, text_width(words, layout.size), layout, scale)
        if place:
            lane, at = place
            lanes = max(lanes, lane + 1)
            shapes.append(label('', at, y + 4.5 + lane * LANE, words))
    return Row(tuple(shapes), y - top + lanes * LANE + 2)


def _free(taken: list[list[tuple[float, float]]], x: float, width: float,
          layout: Layout, scale: Scale) -> tuple[int, float] | None:
    """The first lane where a name finds room, and where it begins there."""
    for lane, spans in enumerate(taken):
        for at in (x + HALF + 4, x - HALF - 4 - width):
            fits = scale.left <= at and at + width <= layout.width
            if fits and all(at + width < a or b < at for a, b in spans):
                spans.append((at - 3, at + width + 3))
                return lane, at
    return None


def _marks(scale: Scale, y: float,
           chart: Chart) -> Iterator[tuple[float, str, Iterable[Shape]]]:
    for mark in chart.happened.marks:
        x = scale.place(mark.day)
        yield x, mark_words(mark), [_sign(mark.kind, x, y)]
    for hold in chart.happened.holds:
        x = scale.place(hold.first)
        yield x, Message('hold'), [
            box('pw-tl-pause', x - 4, y - HALF, 3, 2 * HALF),
            box('pw-tl-pause', x + 1, y - HALF, 3, 2 * HALF)]


def _sign(kind: Kind, x: float, y: float) -> Shape:
    if kind in (Kind.PATCH, Kind.RELEASE):
        return path('pw-tl-patch', *_diamond(x, y), closed=True)
    if kind is Kind.LAUNCH:
        return _flag('pw-tl-launch', x, y)
    return box('pw-tl-end-mark', x - 5, y - 5, 10, 10)


def _diamond(x: float, y: float) -> list[tuple[float, float]]:
    return [(x, y - HALF), (x + HALF, y), (x, y + HALF), (x - HALF, y)]


def _flag(style: str, x: float, y: float) -> Shape:
    return path(style, (x - 5, y - HALF), (x + HALF, y), (x - 5, y + HALF),
                closed=True)
