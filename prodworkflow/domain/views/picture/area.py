"""Burn-up as an area: signed against needed, in steps, and the forecast."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from prodworkflow.domain.text import Message
from prodworkflow.domain.views.picture.burn_up import Step
from prodworkflow.domain.views.picture.chart import Chart
from prodworkflow.domain.views.picture.layout import (
    GAP,
    Layout,
    row_label,
    Speech,
)
from prodworkflow.domain.views.picture.scale import Scale
from prodworkflow.domain.views.picture.shapes import (
    cut,
    END,
    label,
    line,
    path,
    Shape,
    text_width,
)

# A legend: a piece of line before its word.
SAMPLE = 22.0


def burn_up_area(layout: Layout, scale: Scale, top: float, bottom: float,
                 chart: Chart, speech: Speech) -> Iterator[Shape]:
    """The steps between two heights, on the days of the scale."""
    most = max(max(s.signed, s.needed) for s in chart.steps) or 1

    def height(count: int) -> float:
        return bottom - (bottom - top) * count / most

    yield line('pw-tl-grid', scale.left, bottom, scale.right, bottom)
    yield line('pw-tl-grid', scale.left, top, scale.right, top)
    signed = _staircase(chart, scale, [(s, s.signed) for s in chart.steps],
                        height)
    yield path('pw-tl-area', (signed[0][0], bottom), *signed,
               (signed[-1][0], bottom), closed=True)
    yield path('pw-tl-needed', *_staircase(
        chart, scale, [(s, s.needed) for s in chart.steps], height))
    yield path('pw-tl-signed', *signed)
    yield from _ahead(chart, scale, signed[-1], height)
    yield from _numbers(layout, top, bottom, most)
    yield from _legend(layout, top, chart, speech)


def _staircase(chart: Chart, scale: Scale, counts: list[tuple[Step, int]],
               height: Callable[[int], float]) -> list[tuple[float, float]]:
    """The corners of the steps, to today or, after the end, to that."""
    points: list[tuple[float, float]] = []
    for step, count in counts:
        x = scale.place(step.day)
        if points:
            points.append((x, points[-1][1]))
        points.append((x, height(count)))
    last = max(scale.place(chart.over or chart.today), points[-1][0])
    return [*points, (last, points[-1][1])]


def _ahead(chart: Chart, scale: Scale, now: tuple[float, float],
           height: Callable[[int], float]) -> Iterator[Shape]:
    """Lines from today to where the forecast has all signed."""
    if chart.median and chart.ninety:
        aim = height(chart.needed)
        yield path('pw-tl-ahead', now, (scale.place(chart.median), aim))
        yield path('pw-tl-later', now,
                   (scale.place(chart.ninety), aim))


def _numbers(layout: Layout, top: float, bottom: float,
             most: int) -> Iterator[Shape]:
    for y, count in ((top, most), (bottom, 0)):
        if layout.beside:
            yield label('pw-tl-dim', layout.left - GAP, y + 4, str(count),
                        END)
        else:
            yield label('pw-tl-dim', layout.right, y - 2, str(count), END)


def _legend(layout: Layout, top: float, chart: Chart,
            speech: Speech) -> Iterator[Shape]:
    """What the lines are, with the counts of now."""
    head = top - (4 if layout.beside else 42)
    yield row_label(layout, head - layout.label + 8,
                    speech.say(Message('Signed against needed')))
    x, y = 2.0, head + 27
    for style, words in (
            ('pw-tl-signed', Message('signed: %(count)s',
                                     count=chart.signed)),
            ('pw-tl-needed', Message('needed: %(count)s',
                                     count=chart.needed))):
        text = cut(speech.say(words), 130 - SAMPLE, layout.size)
        yield line(style, x, y - 4, x + SAMPLE - 4, y - 4)
        yield label('', x + SAMPLE, y, text)
        if layout.beside:
            y += 18
        else:
            x += SAMPLE + text_width(text, layout.size) + 3 * GAP
