"""Subjects of mails: the campaign, and what the most urgent notices say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from prodworkflow.domain.news.notices import Kind, PersonalNews, Section

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

    Those stay that join or part letters of some scripts.
    """
    return ' '.join(''.join(c if c.isprintable() or c in JOINERS else ' '
                            for c in text).split())


def _short(text: str) -> str:
    return text if len(text) <= MOST else f'{text[:MOST - 1].rstrip()}…'


def _number(sections: Iterable[Section]) -> int:
    return sum(len(s.lines) for s in sections)


def _counted(one: str, many: str) -> Callable[[list[Section], date], str]:
    """What counts the lines of sections in a sentence."""
    def words(sections: list[Section], _today: date) -> str:
        number = _number(sections)
        return f'{number} {one if number == 1 else many}'
    return words


def _about(one: str, many: str) -> Callable[[list[Section], date], str]:
    """What names the ticket that a single line is about, or counts them."""
    def words(sections: list[Section], _today: date) -> str:
        tickets = [line.ticket for s in sections for line in s.lines]
        if len(tickets) == 1 and tickets[0]:
            return f'#{tickets[0]} {one}'
        return f'{len(tickets)} {many}' if tickets else sections[0].head
    return words


def _waiting(number: int) -> str:
    return (f'{number} sign-off waits for you' if number == 1 else
            f'{number} sign-offs wait for you')


def _asked(sections: list[Section], _today: date) -> str:
    return _waiting(_number(sections))


def _due(sections: list[Section], today: date) -> str:
    """How many sign-offs are due soon, or overdue."""
    days = [line.due for s in sections for line in s.lines]
    late = sum(day is not None and day < today for day in days)
    number = 'sign-off is' if len(days) == 1 else 'sign-offs are'
    if late == len(days):
        return f'{late} {number} overdue'
    return (f'{len(days)} {number} due soon' if not late else
            f'{len(days)} {number} due, {late} of them overdue')


def _head(sections: list[Section], _today: date) -> str:
    return sections[0].head.rstrip('.')


def _nobody(sections: list[Section], _today: date) -> str:
    number = _number(sections)
    return (f'nobody can sign {number} sign-offs' if number > 1 else
            'nobody is left who can sign')


_WORDS: dict[Kind, Callable[[list[Section], date], str]] = {
    Kind.MADE: _asked,
    Kind.TURN: _asked,
    Kind.AGAIN: _counted('sign-off is asked again',
                         'sign-offs are asked again'),
    Kind.REJECTED: _about('was rejected', 'sign-offs were rejected'),
    Kind.REMINDERS: _due,
    Kind.WAIVERS: _counted('waiver ends', 'waivers end'),
    Kind.GATE: _head,
    Kind.RUNNING: _head,
    Kind.NOBODY: _nobody,
    Kind.UPSTREAM: _about('came after the launch',
                          'tickets came after the launch'),
}
