"""Words of the picture: its title, what it shows, and what rows say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from prodworkflow.domain.text import joined_by, Message
from prodworkflow.domain.views.picture.chart import Bar, Chart
from prodworkflow.domain.views.picture.layout import Speech
from prodworkflow.domain.views.picture.occurrences import Hold, Kind, Mark
from prodworkflow.domain.views.timeline import days_away


def title(chart: Chart) -> Message:
    """The name of the picture."""
    return Message('Timeline of %(campaign)s',
                   campaign=chart.told.campaign.name)


def description(chart: Chart, speech: Speech) -> Message:
    """All that the picture shows, a sentence each."""
    return joined_by(' ', _sentences(chart, speech))


def _sentences(chart: Chart, speech: Speech) -> Iterator[str]:
    day = speech.day
    yield Message('Today is %(day)s.', day=day(chart.today))
    for bar in chart.bars:
        yield Message('Stage %(title)s: %(words)s, %(state)s.',
                      title=bar.stage.stage.label,
                      words=stage_words(chart, bar, speech),
                      state=bar.stage.words)
    yield Message('Start of production: %(words)s.',
                  words=start_words(chart, speech))
    forecast = chart.told.forecast
    if forecast and not (chart.median or chart.launched or chart.over):
        yield forecast.words
    for mark in chart.happened.marks:
        yield Message('%(day)s: %(what)s.', day=day(mark.day),
                      what=mark_words(mark))
    for hold in chart.happened.holds:
        yield Message('%(words)s.', words=hold_words(hold, speech))
    if chart.steps:
        yield Message('Signed now: %(signed)s of %(needed)s needed.',
                      signed=chart.signed, needed=chart.needed)


def stage_words(chart: Chart, bar: Bar, speech: Speech) -> Message:
    """When a stage is due, how late it is, and what is signed of it."""
    return Message('%(due)s; %(signed)s of %(needed)s signed',
                   due=_due(chart, bar, speech), signed=bar.stage.signed,
                   needed=bar.stage.needed)


def _due(chart: Chart, bar: Bar, speech: Speech) -> Message:
    day, due = speech.day, bar.due
    if bar.ended:
        if due is None:
            return Message('closed %(closed)s', closed=day(bar.ended))
        return Message('due %(due)s, closed %(closed)s', due=day(due),
                       closed=day(bar.ended))
    if due is None:
        return Message('no due date')
    if chart.told.campaign.ended:
        return Message('due %(due)s', due=day(due))
    return Message('due %(due)s, %(distance)s', due=day(due),
                   distance=days_away((due - chart.today).days))


def start_words(chart: Chart, speech: Speech) -> Message:
    """The planned start, the launch, and the forecast if there is one."""
    return joined_by('; ', [m for m in (
        _planned(chart.start, speech), _launched(chart, speech),
        _forecast(chart, speech)) if m])


def _planned(start: date | None, speech: Speech) -> Message:
    return (Message('planned %(day)s', day=speech.day(start)) if start
            else Message('not planned'))


def _launched(chart: Chart, speech: Speech) -> Message | None:
    if chart.launched:
        return Message('launched %(day)s', day=speech.day(chart.launched))
    return Message('not launched') if chart.told.campaign.ended else None


def _forecast(chart: Chart, speech: Speech) -> Message | None:
    if not (chart.median and chart.ninety):
        return None
    return Message('forecast %(median)s (median), %(ninety)s (90 %%)',
                   median=speech.day(chart.median),
                   ninety=speech.day(chart.ninety))


def mark_words(mark: Mark) -> str:
    """What a mark stands for."""
    if mark.kind is Kind.PATCH:
        return Message('patch %(release)s', release=mark.name)
    return (Message('release %(release)s', release=mark.name)
            if mark.kind is Kind.RELEASE else mark.name)


def hold_words(hold: Hold, speech: Speech) -> Message:
    """From when to when the campaign was on hold."""
    if hold.last is None:
        return Message('On hold since %(first)s', first=speech.day(hold.first))
    if hold.first == hold.last:
        return Message('On hold on %(day)s', day=speech.day(hold.first))
    return Message('On hold from %(first)s to %(last)s',
                   first=speech.day(hold.first), last=speech.day(hold.last))
