"""Minutes of a meeting about a campaign, as wiki text to copy.

They say in words what is true on that day: what has changed since another
one, who is waited for, and what was decided meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from prodworkflow.domain.ledger.history import Event
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.views.meeting.forecast_move import ForecastMove
from prodworkflow.domain.views.meeting.kinds import Kind
from prodworkflow.domain.views.meeting.since import Changes, Mention
from prodworkflow.domain.views.meeting.wiki_words import unformatted
from prodworkflow.domain.views.readiness import Readiness
from prodworkflow.domain.views.waits.asked import (
    ADMINISTRATORS,
    asked_people,
    DESERTED,
)
from prodworkflow.translation import _, ngettext

NAMED = 12


def minutes(told: Readiness, changes: Changes, since: date,
            today: date, move: ForecastMove | None) -> str:
    """The whole text; it leaves a place for what the meeting decides."""
    return '\n'.join(_lines(told, changes, since, today, move)) + '\n'


def _lines(told: Readiness, changes: Changes, since: date,
           today: date, move: ForecastMove | None) -> Iterator[str]:
    name = told.campaign.name
    yield f'== [campaign:"{name}"]: {today.isoformat()} =='
    yield ''
    yield unformatted(str(told.verdict))
    if told.forecast:
        yield unformatted(str(told.forecast.words))
    yield ''
    yield f'=== {_("Since %(day)s", day=since.isoformat())} ==='
    yield ''
    yield from _changed(changes)
    if move:
        moved = unformatted(str(move.words(date.isoformat)))
        yield f' * {_("Forecast")}: {moved}'
    yield ''
    yield f'=== {_("Waited for")} ==='
    yield ''
    yield from _awaited(told)
    yield ''
    yield f'=== {_("Decisions")} ==='
    yield ''
    yield from map(_event, (*changes.told, *changes.moved))
    yield ' * '


def _changed(changes: Changes) -> Iterator[str]:
    if not changes.lines:
        yield f' * {_("Nothing was signed, rejected, waived or asked again.")}'
    for line in changes.lines:
        said = '; '.join(map(_mention, line.mentions[:NAMED]))
        more = len(line.mentions) - NAMED
        if more > 0:
            said = f'{said}; {_("and %(count)s more", count=more)}'
        yield f' * {_head(line.kind, line.count)}: {said}'


def _head(kind: Kind, count: int) -> str:
    return {
        Kind.SIGNED: ngettext('1 signed', '%(num)s signed', count),
        Kind.REJECTED: ngettext('1 rejected', '%(num)s rejected', count),
        Kind.ASKED_AGAIN: ngettext('1 asked again', '%(num)s asked again',
                                   count),
        Kind.WAIVED: ngettext('1 waived', '%(num)s waived', count),
        Kind.WITHDRAWN: ngettext('1 withdrawn or objected to',
                                 '%(num)s withdrawn or objected to', count),
        Kind.REPORTED: ngettext('1 with evidence reported',
                                '%(num)s with evidence reported', count),
    }[kind]


def _mention(each: Mention) -> str:
    if each.count > 1:
        return _('%(count)s of “%(group)s”', count=each.count,
                 group=unformatted(each.title))
    words = _ticket(each.ticket, each.title)
    if each.by:
        words = f'{words}, {unformatted(each.by)}'
    return f'{words}: “{unformatted(each.said)}”' if each.said else words


def _awaited(told: Readiness) -> Iterator[str]:
    people = asked_people(told)
    if not people:
        yield f' * {_("Nobody.")}'
    for name, answers in people.items():
        who = _asked(name)
        said = ', '.join(map(_answer, answers[:NAMED]))
        more = len(answers) - NAMED
        if more > 0:
            said = f'{said}, {_("and %(count)s more", count=more)}'
        yield f' * {who}: {said}'


def _asked(name: str) -> str:
    """A login or group as wiki text, or who else is asked."""
    return {ADMINISTRATORS: _("holders of CAMPAIGN_ADMIN"),
            DESERTED: _("nobody in particular")}.get(name) or unformatted(name)


def _answer(answer: Answer) -> str:
    return _ticket(answer.requirement.ticket, answer.requirement.title)


def _ticket(number: int | None, title: str) -> str:
    return ' '.join(filter(None, [f'#{number}' if number else '',
                                  unformatted(title)]))


def _event(event: Event) -> str:
    words = f'{event.actor} {event.words!s}'
    return f' * {unformatted(words)}'
