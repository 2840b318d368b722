"""Days and times, as texts and in UTC."""

from __future__ import annotations

from datetime import date

import pytest

from prodworkflow.domain.dates import day_of, day_or_none, moment, typed_day

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
