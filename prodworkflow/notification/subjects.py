"""Subjects of mails: the campaign, and what the most urgent notices say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from prodworkflow.domain.news.notices import Kind, PersonalNews, Section
from prodworkflow.domain.text import phrase
from prodworkflow.translation import _, ngettext

# The first of these that a mail has names its subject and comes first in it.
URGENCY = (Kind.RUNNING, Kind.NOBODY, Kind.REJECTED, Kind.UPSTREAM,
           Kind.REMINDERS, Kind.AGAIN, Kind.TURN, Kind.MADE, Kind.WAIVERS,
           Kind.GATE)

JOINERS = '\u200c\u200d'

# Characters of a subject behind the campaign's name.
MOST = 100


def most_urgent_first(sections: Iterable[Section]) -> tuple[Section, ...]:
    """The sections in the order of their kinds' urgency, else as they are."""
    return tuple(sorted(sections, key=lambda s: URGENCY.index(s.kind)))


def subject(news: PersonalNews, today: date) -> str:
    """The subject of a mail, without the prefix of the site: one line.

    `today` tells what is overdue.  At a turn all count that wait.
    """
    first = most_urgent_first(news.sections)[0]
    if first.kind is Kind.TURN and news.waiting:
        what = _waiting(news.waiting)
    else:
        what = first.subject or _WORDS[first.kind]([
            s for s in news.sections if s.kind is first.kind], today)
    return f'[{one_line(news.campaign)}] {_short(one_line(what))}'


def one_line(text: str) -> str:
    """A text without line ends and other characters that are not shown.

    Those stay that join or part letters of some scripts.  A sentence of the
    rules is in the language of the mail.
    """
    return ' '.join(''.join(c if c.isprintable() or c in JOINERS else ' '
                            for c in str(text)).split())


def _short(text: str) -> str:
    return text if len(text) <= MOST else f'{text[:MOST - 1].rstrip()}…'


def _number(sections: Iterable[Section]) -> int:
    return sum(len(s.lines) for s in sections)


def _tickets(sections: list[Section]) -> list[int | None]:
    return [line.ticket for s in sections for line in s.lines]


def _waiting(number: int) -> str:
    return str(ngettext('%(num)s sign-off waits for you',
                        '%(num)s sign-offs wait for you', number))


def _asked(sections: list[Section], _today: date) -> str:
    return _waiting(_number(sections))


def _due(sections: list[Section], today: date) -> str:
    """How many sign-offs are due soon, or overdue."""
    days = [line.due for s in sections for line in s.lines]
    late = sum(day is not None and day < today for day in days)
    if late == len(days):
        return str(ngettext('%(num)s sign-off is overdue',
                            '%(num)s sign-offs are overdue', late))
    if not late:
        return str(ngettext('%(num)s sign-off is due soon',
                            '%(num)s sign-offs are due soon', len(days)))
    return str(ngettext('%(num)s sign-off is due, %(late)s of them overdue',
                        '%(num)s sign-offs are due, %(late)s of them overdue',
                        len(days), late=late))


def _again(sections: list[Section], _today: date) -> str:
    return str(ngettext('%(num)s sign-off is asked again',
                        '%(num)s sign-offs are asked again',
                        _number(sections)))


def _ending(sections: list[Section], _today: date) -> str:
    return str(ngettext('%(num)s waiver ends', '%(num)s waivers end',
                        _number(sections)))


def _rejected(sections: list[Section], _today: date) -> str:
    """The one ticket by its number, or how many there are."""
    found = _tickets(sections)
    if len(found) == 1 and found[0]:
        return str(_('#%(ticket)s was rejected', ticket=found[0]))
    return str(ngettext('%(num)s sign-off was rejected',
                        '%(num)s sign-offs were rejected',
                        len(found))) if found else sections[0].head


def _came(sections: list[Section], _today: date) -> str:
    """The one ticket by its number, or how many there are."""
    found = _tickets(sections)
    if len(found) == 1 and found[0]:
        return str(_('#%(ticket)s came after the launch', ticket=found[0]))
    return str(ngettext('%(num)s ticket came after the launch',
                        '%(num)s tickets came after the launch',
                        len(found))) if found else sections[0].head


def _head(sections: list[Section], _today: date) -> str:
    return phrase(sections[0].head)


def _nobody(sections: list[Section], _today: date) -> str:
    number = _number(sections)
    return str(ngettext('nobody can sign %(num)s sign-off',
                        'nobody can sign %(num)s sign-offs', number)
               if number > 1 else _('nobody is left who can sign'))


_WORDS: dict[Kind, Callable[[list[Section], date], str]] = {
    Kind.MADE: _asked,
    Kind.TURN: _asked,
    Kind.AGAIN: _again,
    Kind.REJECTED: _rejected,
    Kind.REMINDERS: _due,
    Kind.WAIVERS: _ending,
    Kind.GATE: _head,
    Kind.RUNNING: _head,
    Kind.NOBODY: _nobody,
    Kind.UPSTREAM: _came,
}
