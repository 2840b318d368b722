"""Table of the picture: all that it shows by days, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from prodworkflow.domain.text import Message
from prodworkflow.domain.views.picture.chart import Chart
from prodworkflow.domain.views.picture.layout import Speech
from prodworkflow.domain.views.picture.words import hold_words, mark_words
from prodworkflow.domain.views.timeline import days_away, Kind, timeline


@dataclass(frozen=True)
class Row:
    """What is planned for a day or happened on it, and in which state it is.

    `day` is None where none is planned.
    """

    what: str
    day: date | None
    state: str = ''


def rows(chart: Chart, speech: Speech) -> list[Row]:
    """Stages and production in their order, the forecast, what happened."""
    return [*_planned(chart, speech), *_expected(chart),
            *(Row(mark_words(m), m.day) for m in chart.happened.marks),
            *(Row(Message('hold'), h.first, hold_words(h, speech))
              for h in chart.happened.holds)]


def _planned(chart: Chart, speech: Speech) -> Iterator[Row]:
    for point in timeline(chart.told).points:
        if point.kind is Kind.LAUNCH:
            continue  # the ledger has it, too
        state = point.state
        if point.ended and point.kind is Kind.STAGE:
            state = Message('%(state)s on %(day)s', state=state,
                            day=speech.day(point.ended))
        elif point.day and not (point.ended or chart.told.campaign.ended):
            away = days_away((point.day - chart.today).days)
            state = Message('%(state)s; %(distance)s', state=state,
                            distance=away) if state else away
        yield Row(point.title, point.day, state)


def _expected(chart: Chart) -> Iterator[Row]:
    if chart.median and chart.ninety:
        yield Row(Message('Forecast, median'), chart.median)
        yield Row(Message('Forecast, 90 %'), chart.ninety)
