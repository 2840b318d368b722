"""iCalendar, as RFC 5545 has it: lines, marks, days."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodworkflow.domain.views.activity.icalendar import (
    calendar,
    DayEvent,
    escaped,
    folded,
)

EVENT = DayEvent('urn:uuid:1', date(2031, 6, 30), 'Prod; 1', 'It, too.',
                 'https://example.org/ticket/1', 1795998300849940)


def test_a_calendar_is_written_line_by_line():
    assert calendar('A, B', [EVENT]).split('\r\n') == [
        'BEGIN:VCALENDAR', 'VERSION:2.0',
        'PRODID:-//prodworkflow//NONSGML production campaigns//EN',
        'CALSCALE:GREGORIAN', 'METHOD:PUBLISH', 'X-WR-CALNAME:A\\, B',
        'BEGIN:VEVENT', 'UID:urn:uuid:1', 'DTSTAMP:20261130T002500Z',
        'DTSTART;VALUE=DATE:20310630', 'DTEND;VALUE=DATE:20310701',
        'SUMMARY:Prod\\; 1', 'DESCRIPTION:It\\, too.',
        'URL:https://example.org/ticket/1', 'TRANSP:TRANSPARENT',
        'END:VEVENT', 'END:VCALENDAR', '']


def test_no_words_make_no_description():
    plain = DayEvent('u', date.max, 't', '', 'x', 0)
    lines = calendar('', [plain]).split('\r\n')
    assert not any(line.startswith('DESCRIPTION') for line in lines)
    assert 'DTSTART;VALUE=DATE:99991231' in lines
    assert not any(line.startswith('DTEND') for line in lines)
    assert 'DTSTAMP:19700101T000000Z' in lines


def test_the_stamp_is_that_of_utc_on_any_clock(monkeypatch):
    monkeypatch.setenv('TZ', 'Pacific/Kiritimati')
    time.tzset()
    try:
        assert 'DTSTAMP:20261130T002500Z\r\n' in calendar('', [EVENT])
    finally:
        monkeypatch.undo()
        time.tzset()


def test_early_years_have_four_digits():
    early = DayEvent('u', date(11, 1, 2), 't', '', 'x', 0)
    assert 'DTSTART;VALUE=DATE:00110102\r\n' in calendar('', [early])


@pytest.mark.parametrize(('text', 'expected'), [
    ('a\\b;c,d:e', 'a\\\\b\\;c\\,d:e'), ('one\r\ntwo\rthree\nfour',
                                         'one\\ntwo\\nthree\\nfour'),
    ('tab\tstays', 'tab\tstays'), ('bell\x07\x00\x7f goes', 'bell goes')])
def test_marks_and_lines_are_escaped(text, expected):
    assert escaped(text) == expected


@pytest.mark.parametrize(('line', 'expected'), [
    pytest.param('x' * 75, ['x' * 75], id='75 octets'),
    pytest.param('x' * 76, ['x' * 75, ' x'], id='one more'),
    pytest.param('x' * 149, ['x' * 75, ' ' + 'x' * 74], id='two lines'),
    pytest.param('x' * 150, ['x' * 75, ' ' + 'x' * 74, ' x'], id='three'),
    pytest.param('x' * 74 + 'ü', ['x' * 74, ' ü'], id='no letter is cut'),
    pytest.param('', [''], id='empty')])
def test_long_lines_are_folded(line, expected):
    assert folded(line) == '\r\n'.join(expected) + '\r\n'


# By the name that the oldest Hypothesis knows, too.
@given(st.text(alphabet=st.characters(blacklist_categories=('Cs', 'Cc')),
               max_size=200))
def test_folding_and_escaping_lose_nothing(text):
    line = folded(escaped(text))
    assert all(len(piece.encode()) <= 75 for piece in line.split('\r\n'))
    whole = line[:-2].replace('\r\n ', '')
    assert whole.replace('\\,', ',').replace('\\;', ';').replace(
        '\\\\', '\\') == text
