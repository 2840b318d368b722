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
from prodworkflow.translation import _


def report_lines(decision: Decision, events: Iterable[Event]) -> Iterator[str]:
    """The decision, each sign-off with its evidence, waivers, history."""
    told = readiness(decision)
    yield from _head(told)
    for stage in told.stages:
        yield from _stage(stage)
    for obstacle in told.obstacles:
        yield f'  {obstacle.words!s}'
    yield from _waivers(decision)
    yield '\n' + _('History')
    for event in events:
        when = format_datetime(from_utimestamp(event.time), 'iso8601', utc)
        release = f' [{event.release}]' if event.release else ''
        did = _('%(actor)s %(words)s', actor=event.actor, words=event.words)
        yield f'  {event.number}. {when}{release} {did}'


def _head(told: Readiness) -> Iterator[str]:
    campaign = told.campaign
    yield _('%(campaign)s: release %(release)s, start %(start)s, '
            'enforcement %(enforcement)s, template %(template)s, '
            'revision %(revision)s', campaign=campaign.name,
            release=campaign.release or '-', start=campaign.start or '-',
            enforcement=campaign.enforcement, template=campaign.made_from,
            revision=told.decision.snapshot.revision)
    yield told.verdict
    if told.forecast and not (campaign.launched or campaign.ended):
        yield told.forecast.words
    for note in told.notes:
        yield f'  {note!s}'


def _stage(stage: StageReadiness) -> Iterator[str]:
    state = (_('closed') if stage.closed else
             _('may be closed') if stage.open else _('shut'))
    due = (_(', due %(day)s', day=stage.stage.due) if stage.stage.due
           else '')
    yield f'\n{stage.stage.milestone} ({state}{due})'
    for group in stage.groups:
        yield f'  {group.group.title}: {group.words!s}'
    for answer in stage.answers:
        yield f'  {_ticket_and_title(answer)}: {answer.words!s}'
        for exhibit in answer.evidence:
            yield f'      {exhibit.title}: {exhibit.words!s}'


def _waivers(decision: Decision) -> Iterator[str]:
    found = account(decision.snapshot.state, day_of(decision.asked))
    if found:
        yield '\n' + _('Waivers')
    for each in found:
        yield (f'  #{each.requirement.ticket or "?"} '
               f'{each.requirement.title}: {each.words!s}')


def _ticket_and_title(answer: Answer) -> str:
    requirement = answer.requirement
    return f'#{requirement.ticket or "?"} {requirement.title}'
