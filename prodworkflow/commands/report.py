"""Text report of a campaign: what `campaign show` prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trac.util.datefmt import format_datetime, from_utimestamp, utc

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.ledger.history import Event
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.rules.waivers import account
from prodworkflow.domain.views.readiness import Readiness, readiness
from prodworkflow.domain.views.stage import StageReadiness


def report_lines(decision: Decision, events: Iterable[Event]) -> Iterator[str]:
    """The decision, each sign-off with its evidence, waivers, history."""
    told = readiness(decision)
    yield from _head(told)
    for stage in told.stages:
        yield from _stage(stage)
    for obstacle in told.obstacles:
        yield f'  {obstacle.words}'
    yield from _waivers(decision)
    yield '\nHistory'
    for event in events:
        when = format_datetime(from_utimestamp(event.time), 'iso8601', utc)
        release = f' [{event.release}]' if event.release else ''
        yield (f'  {event.number}. {when}{release} {event.actor} '
               f'{event.words}')


def _head(told: Readiness) -> Iterator[str]:
    campaign = told.campaign
    yield (f'{campaign.name}: release {campaign.release or "-"}, '
           f'start {campaign.start or "-"}, '
           f'enforcement {campaign.enforcement}, '
           f'template {campaign.made_from}, '
           f'revision {told.decision.snapshot.revision}')
    yield told.verdict
    if told.forecast and not (campaign.launched or campaign.ended):
        yield told.forecast.words
    for note in told.notes:
        yield f'  {note}'


def _stage(stage: StageReadiness) -> Iterator[str]:
    state = ('closed' if stage.closed else
             'may be closed' if stage.open else 'shut')
    due = f', due {stage.stage.due}' if stage.stage.due else ''
    yield f'\n{stage.stage.milestone} ({state}{due})'
    for group in stage.groups:
        yield f'  {group.group.title}: {group.words}'
    for answer in stage.answers:
        yield f'  {_ticket_and_title(answer)}: {answer.words}'
        for exhibit in answer.evidence:
            yield f'      {exhibit.title}: {exhibit.words}'


def _waivers(decision: Decision) -> Iterator[str]:
    found = account(decision.snapshot.state, day_of(decision.asked))
    if found:
        yield '\nWaivers'
    for each in found:
        yield (f'  #{each.requirement.ticket or "?"} '
               f'{each.requirement.title}: {each.words}')


def _ticket_and_title(answer: Answer) -> str:
    requirement = answer.requirement
    return f'#{requirement.ticket or "?"} {requirement.title}'
