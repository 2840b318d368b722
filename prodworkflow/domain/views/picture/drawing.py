"""Drawing of a campaign's timeline: all its shapes, one behind another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from prodworkflow.domain.text import Message
from prodworkflow.domain.views.picture.area import burn_up_area
from prodworkflow.domain.views.picture.chart import Chart
from prodworkflow.domain.views.picture.layout import Layout, Speech
from prodworkflow.domain.views.picture.occurrences import Kind
from prodworkflow.domain.views.picture.rows import (
    happened_row,
    stage_row,
    start_row,
)
from prodworkflow.domain.views.picture.scale import Scale
from prodworkflow.domain.views.picture.shapes import (
    box,
    label,
    line,
    MIDDLE,
    Shape,
    text_width,
    uprights,
)
from prodworkflow.domain.views.picture.words import description, title

TOP = 24.0
FOOT = 24.0


@dataclass(frozen=True)
class Drawing:
    """A picture of that size in px; title and description are its words."""

    name: str
    width: float
    height: float
    title: str
    description: str
    shapes: tuple[Shape, ...]

    @property
    def box(self) -> str:
        """The `viewBox` of SVG."""
        return f'0 0 {self.width:g} {self.height:g}'


def drawing(chart: Chart, layout: Layout, speech: Speech) -> Drawing:
    """The picture in a layout, as its reader writes days and reads words."""
    scale = Scale.of(chart.days, layout.left, layout.right)
    shapes, bottom = _content(chart, layout, scale, speech)
    shapes = [*_axis(layout, scale, bottom, speech),
              *_bands(chart, scale, bottom), *shapes,
              *_uprights(chart, scale, bottom),
              *_today(chart, layout, scale, bottom, speech)]
    return Drawing(
        layout.name, layout.width, round(bottom + FOOT),
        speech.say(title(chart)), speech.say(description(chart, speech)),
        (*(s for s in shapes if s.element != 'text'),
         *(s for s in shapes if s.element == 'text')))


def _content(chart: Chart, layout: Layout, scale: Scale,
             speech: Speech) -> tuple[list[Shape], float]:
    """The rows from the top downwards, and where they end."""
    top, shapes = TOP, list[Shape]()
    rows = [partial(stage_row, bar=bar) for bar in chart.bars]
    rows += [partial(start_row)]
    if chart.happened.marks or chart.happened.holds:
        rows += [partial(happened_row)]
    for each in rows:
        row = each(layout=layout, scale=scale, top=top, chart=chart,
                   speech=speech)
        shapes += row.shapes
        top += row.height
    if not chart.steps:
        return shapes, top + 4
    top += 12 if layout.beside else 50
    shapes += burn_up_area(layout, scale, top, top + layout.area, chart,
                           speech)
    return shapes, top + layout.area


def _axis(layout: Layout, scale: Scale, bottom: float,
          speech: Speech) -> Iterator[Shape]:
    """The days above the rows, each with its line."""
    longest = max(text_width(speech.day(d), layout.size)
                  for d in scale.ticks(layout.right))
    wide = max(longest, text_width('00/00/0000', layout.size))
    ticks = scale.ticks(wide + 14)
    free = 0.0
    yield uprights('pw-tl-grid', map(scale.place, ticks), TOP - 6, bottom)
    for day in ticks:
        x, words = scale.place(day), speech.day(day)
        width = text_width(words, layout.size)
        if x + 3 + width <= layout.width and x >= free:
            yield label('pw-tl-dim', x + 3, TOP - 10, words)
            free = x + width + 8


def _bands(chart: Chart, scale: Scale, bottom: float) -> Iterator[Shape]:
    """A band for each hold, through all rows."""
    for hold in chart.happened.holds:
        first = scale.place(hold.first)
        last = scale.place(hold.last or chart.over or chart.today)
        yield box('pw-tl-hold', first, TOP - 6, max(last - first, 3),
                  bottom - TOP + 6)


def _uprights(chart: Chart, scale: Scale, bottom: float) -> Iterator[Shape]:
    """Lines through all rows: releases, start, launch, and today."""
    days = [('pw-tl-patch-line', m.day) for m in chart.happened.marks
            if m.kind in (Kind.PATCH, Kind.RELEASE)]
    days += [('pw-tl-start-line', d) for d in (chart.start,) if d]
    days += [('pw-tl-launch-line', d) for d in (chart.launched,) if d]
    if not chart.over:
        days.append(('pw-tl-today', chart.today))
    for style, day in days:
        x = scale.place(day)
        yield line(style, x, TOP - 6, x, bottom)


def _today(chart: Chart, layout: Layout, scale: Scale, bottom: float,
           speech: Speech) -> Iterator[Shape]:
    """The foot of today's line, with its day."""
    if chart.over:
        return
    words = speech.say(Message('today %(day)s', day=speech.day(chart.today)))
    width = min(text_width(words, layout.size, True) + 10, layout.width)
    least = layout.left if layout.beside else 0
    left = min(max(scale.place(chart.today) - width / 2, least),
               layout.width - width)
    yield box('pw-tl-now', left, bottom + 3, width, 18)
    yield label('pw-tl-on-fill', left + width / 2, bottom + 16.5, words,
                MIDDLE)
