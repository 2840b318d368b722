"""Days within sentences: as their reader writes days, else ISO 8601."""

from __future__ import annotations

import json
from datetime import date

import pytest

from prodworkflow.domain.text import Message, said_day

DAY = date(2026, 12, 24)
UNTIL = Message('until %(until)s', until=DAY)


@pytest.fixture
def reader(monkeypatch):
    """Somebody reads who writes days like 24.12.26."""
    monkeypatch.setattr(Message, 'reader_gettext', staticmethod(str))
    monkeypatch.setattr(Message, 'reader_day', staticmethod(
        lambda day: day.strftime('%d.%m.%y')))


@pytest.fixture
def nobody(monkeypatch):
    """A command or a mail says it."""
    monkeypatch.setattr(Message, 'reader_gettext', staticmethod(str))
    monkeypatch.setattr(Message, 'reader_day', staticmethod(lambda day: ''))


def test_a_day_is_said_as_its_reader_writes_it(reader):
    assert said_day(DAY) == '24.12.26'
    assert str(UNTIL) == 'until 24.12.26'
    assert str(Message('(%(words)s)', words=UNTIL)) == '(until 24.12.26)'


def test_a_day_is_iso_where_nobody_reads(nobody):
    assert str(UNTIL) == 'until 2026-12-24'
    assert said_day(DAY) == '2026-12-24'


def test_machines_read_iso_days(reader):
    assert json.dumps(UNTIL) == '"until 2026-12-24"'
    assert f'{UNTIL}' == 'until 2026-12-24'


def test_a_day_in_a_kept_message_is_read_back(reader):
    kept = json.loads(json.dumps(UNTIL.as_dict()))
    assert kept['params'] == {'until': '2026-12-24'}
    assert str(Message.of(kept)) == 'until 24.12.26'


def test_a_name_that_looks_like_a_day_stays_as_it_is(reader):
    kept = Message('release %(release)s', release='2026-12-24').as_dict()
    assert str(Message.of(kept)) == 'release 2026-12-24'


@pytest.mark.parametrize('kept', [24, 'tomorrow'], ids=str)
def test_what_is_no_day_is_read_back_as_it_is(reader, kept):
    said = Message('on %(day)s', day=kept).as_dict()
    assert str(Message.of(said)) == f'on {kept}'
