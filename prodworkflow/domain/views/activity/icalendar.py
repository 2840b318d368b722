"""iCalendar: a calendar of whole days, as RFC 5545 has it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

OCTETS = 75
LINE_END = '\r\n'
PRODUCT = '-//prodworkflow//NONSGML production campaigns//EN'


@dataclass(frozen=True)
class DayEvent:
    """Something that is due on a day; `uid` is its id for ever.

    `stamp` is when its campaign last changed, in µs UTC.
    """

    uid: str
    day: date
    title: str
    words: str
    url: str
    stamp: int


def calendar(name: str, events: Iterable[DayEvent]) -> str:
    """The document of a calendar, its lines folded."""
    lines = [('BEGIN', 'VCALENDAR'), ('VERSION', '2.0'), ('PRODID', PRODUCT),
             ('CALSCALE', 'GREGORIAN'), ('METHOD', 'PUBLISH'),
             ('X-WR-CALNAME', escaped(name))]
    for event in events:
        lines += _event(event)
    return ''.join(folded(f'{key}:{value}')
                   for key, value in (*lines, ('END', 'VCALENDAR')))


def escaped(text: str) -> str:
    """Text as the value of a property: on one line, its marks escaped."""
    marked = re.sub(r'([\\;,])', r'\\\1', str(text))
    lines = re.sub(r'\r\n|\r|\n', r'\\n', marked)
    return re.sub('[\x00-\x08\x0a-\x1f\x7f]', '', lines)


def folded(line: str) -> str:
    """A line, after each 75 octets on a further one; no character is cut."""
    return LINE_END.join(_pieces(line)) + LINE_END


def _pieces(line: str) -> Iterator[str]:
    piece, room = '', OCTETS
    for character in line:
        size = len(character.encode('utf-8'))
        if size > room:
            yield piece
            piece, room = ' ', OCTETS - 1
        piece += character
        room -= size
    yield piece


def _event(event: DayEvent) -> Iterator[tuple[str, str]]:
    stamp = datetime.fromtimestamp(event.stamp // 10**6, timezone.utc)
    yield 'BEGIN', 'VEVENT'
    yield 'UID', event.uid
    yield 'DTSTAMP', f'{stamp:%Y%m%dT%H%M%SZ}'
    yield 'DTSTART;VALUE=DATE', f'{_day(event.day)}'
    if event.day < date.max:
        yield 'DTEND;VALUE=DATE', _day(event.day + timedelta(days=1))
    yield 'SUMMARY', escaped(event.title)
    if event.words:
        yield 'DESCRIPTION', escaped(event.words)
    yield 'URL', event.url
    yield 'TRANSP', 'TRANSPARENT'
    yield 'END', 'VEVENT'


def _day(day: date) -> str:
    """A day as `20260629`; years have four digits whatever the platform."""
    return f'{day.year:04}{day.month:02}{day.day:02}'
