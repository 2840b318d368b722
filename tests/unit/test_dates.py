"""Days and times, as texts and in UTC."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta, timezone

import pytest

from prodworkflow.domain.dates import (
    day_in_utc,
    day_of,
    day_or_none,
    due_moment,
    due_moment_of,
    end_of_day,
    exact_moment,
    is_due_moment,
    moment,
    typed_day,
    typed_moment,
)

MIDNIGHT = 1781049600 * 10**6  # 2026-06-10, UTC


@pytest.mark.parametrize(('text', 'day'), [
    pytest.param('2026-06-10', date(2026, 6, 10), id='a day'),
    pytest.param(' 2026-06-10\n', date(2026, 6, 10), id='blanks around it'),
    pytest.param('0001-01-01', date(1, 1, 1), id='the first of all'),
    pytest.param('', None, id='nothing'),
    pytest.param('2026-02-30', None, id='no such day'),
    pytest.param('2026-6-1', None, id='one digit'),
    pytest.param('20260610', None, id='ISO 8601 without hyphens'),
    pytest.param('2026-W24-3', None, id='day of a week'),
    pytest.param('2026-06-10T00:00', None, id='a time'),
    pytest.param('٢٠٢٦-٠٦-١٠', None, id='other digits'),
    pytest.param('tomorrow', None, id='a word'),
])
def test_typed_day_is_read_in_one_form_only(text, day):
    assert typed_day(text) == day


@pytest.mark.parametrize(('text', 'day'), [
    pytest.param('2026-06-10', date(2026, 6, 10), id='a day'),
    pytest.param('', None, id='empty'),
    pytest.param(None, None, id='none'),
])
def test_stored_day_is_read_back(text, day):
    assert day_or_none(text) == day


def test_stored_text_that_is_no_day_is_an_error():
    with pytest.raises(ValueError, match='soon'):
        day_or_none('soon')


@pytest.mark.parametrize(('time', 'day'), [
    pytest.param(MIDNIGHT - 1, 9, id='just before midnight'),
    pytest.param(MIDNIGHT, 10, id='midnight'),
])
def test_day_of_a_time_is_the_one_in_utc(time, day):
    assert day_of(time) == date(2026, 6, day)


@pytest.mark.parametrize(('time', 'text'), [
    pytest.param(MIDNIGHT + 999999, '2026-06-10T00:00:00+00:00', id='time'),
    pytest.param(0, None, id='never'),
])
def test_time_as_text_is_to_the_second_in_utc(time, text):
    assert moment(time) == text


DAY = date(2026, 6, 10)
NOON = datetime(2026, 6, 10, 12, tzinfo=timezone.utc)


def clock(hours, *time):
    """A moment on the clock of a zone that many hours east of UTC."""
    return datetime(*time, tzinfo=timezone(timedelta(hours=hours)))


def test_due_day_is_stored_as_its_noon_in_utc():
    assert due_moment(DAY) == NOON
    assert due_moment(DAY).tzinfo is timezone.utc


@pytest.mark.parametrize(('moment', 'is_one'), [
    pytest.param(NOON, True, id='noon in UTC'),
    pytest.param(clock(14, 2026, 6, 11, 2), True, id='noon in UTC, elsewhere'),
    pytest.param(clock(14, 2026, 6, 10, 12), False, id='noon elsewhere'),
    pytest.param(NOON.replace(microsecond=1), False, id='just after'),
])
def test_moment_of_a_due_day_is_known_by_its_time(moment, is_one):
    assert is_due_moment(moment) is is_one


def test_day_in_utc_is_that_of_no_other_clock():
    assert day_in_utc(clock(14, 2026, 6, 11, 13)) == DAY
    assert day_in_utc(clock(14, 2026, 6, 11, 14)) == date(2026, 6, 11)


@pytest.mark.parametrize(('typed', 'shown', 'stored'), [
    pytest.param(clock(14, 2026, 6, 10, 0), None, NOON, id='in the east'),
    pytest.param(clock(-12, 2026, 6, 10, 23), None, NOON, id='in the west'),
    pytest.param(clock(14, 2026, 6, 10, 23, 59, 59), NOON, NOON,
                 id='untouched'),
    pytest.param(clock(2, 2026, 6, 10, 1), NOON.replace(hour=23),
                 NOON.replace(hour=23), id='untouched, of an older milestone'),
    pytest.param(clock(2, 2026, 6, 10, 1),
                 datetime(2026, 6, 9, 23, tzinfo=timezone.utc), NOON,
                 id='another day'),
])
def test_day_that_was_typed_is_the_one_on_that_clock(typed, shown, stored):
    assert due_moment_of(typed, shown) == stored


def test_day_ends_with_its_last_second_on_any_clock():
    assert end_of_day(DAY) == datetime(2026, 6, 10, 23, 59, 59)
    assert end_of_day(DAY).tzinfo is None


@pytest.fixture(params=['Pacific/Kiritimati', 'Etc/GMT+12'])
def far_zone(request, monkeypatch):
    """A machine whose clock is half a day or more from UTC."""
    monkeypatch.setenv('TZ', request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def test_days_are_those_of_utc_on_any_clock(far_zone):
    late = datetime(2026, 6, 10, 12, tzinfo=timezone.utc)
    assert day_in_utc(late) == date(2026, 6, 10)
    assert is_due_moment(late)
    assert not is_due_moment(late.replace(hour=0))
    assert not is_due_moment(late.replace(hour=22))


@pytest.mark.parametrize(('text', 'seconds'), [
    ('2026-06-10T00:00Z', 0), (' 2026-06-10t00:00:07z', 7),
    ('2026-06-10 00:01', 60), ('2026-06-10T02:00:01+02:00', 1),
    ('2026-06-10T02:00 02:00', 0), ('2026-06-09T22:00-02:00', 0),
    ('2026-06-10T02:00:03+0200', 3), ('2026-06-10T00:00:01.5Z', 1.5),
    ('2026-06-10T00:00:00.000007', 7e-6)])
def test_typed_moment_is_read_with_its_zone(text, seconds):
    assert typed_moment(text) == MIDNIGHT + seconds * 10**6


@pytest.mark.parametrize('text', [
    '', 'now', '2026-06-10', '2026-02-30T00:00Z', '2026-06-10T24:01Z',
    '2026-06-10T00:00+99:00', '1781049600', '2026-06-10T00:00Zx',
    '2026-06-10T00:00.5Z', '2026-06-10T00:00:00.Z',
    '2026-06-10T00:00:00.0000001Z', '2026-06-10T00:00:00,5Z'])
def test_what_is_no_moment_is_none(text):
    assert typed_moment(text) is None


def test_exact_moment_has_its_fraction_if_there_is_one():
    assert exact_moment(MIDNIGHT) == '2026-06-10T00:00:00+00:00'
    assert exact_moment(MIDNIGHT + 7) == '2026-06-10T00:00:00.000007+00:00'
