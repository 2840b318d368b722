"""The section *Since*: what has changed, and the day of the last meeting."""

from __future__ import annotations

import re
from datetime import date, timedelta
from urllib.parse import quote

import pytest

from prodworkflow.api import SignOffRequest, Verdict
from support.campaigns import ANNA
from support.earlier_days import days_ago

PAGE = '/campaign/2011%20Prod'


def since(page):
    """The words of the section."""
    part = page.text.split('<h2 id="since"')[1].split('<h2 ')[0]
    return ' '.join(re.sub('<[^>]*>', ' ', part).split())


def day(ago):
    return (date.today() - timedelta(ago)).isoformat()


def links(page):
    """The days that the section's links lead to."""
    part = page.text.split('<h2 id="since"')[1].split('<h2 ')[0]
    return re.findall(r'href="[^"]*[?;]since=([\d-]+)"', part)


@pytest.fixture
def told(meeting):
    return f'/campaign/{quote(meeting.name)}'


def test_what_changed_since_a_day_is_told_by_kind(meeting, told, client):
    shown = since(client('anna').get(f'{told}?since={day(4)}'))
    assert '1 rejected' in shown
    assert 'Key plots of TRG' in shown
    assert 'The resolution is worse than last time.' in shown
    assert '1 withdrawn or objected to' in shown
    assert '2 waived' in shown
    assert 'asked again' not in shown
    assert 'on hold' not in shown


def test_what_a_patch_asks_again_is_told_with_the_release(told, client):
    shown = since(client('anna').get(f'{told}?since={day(11)}'))
    assert re.search(r'\d+ asked again', shown)
    assert 'moved the campaign to release V1.1' in shown
    assert 'put the campaign on hold' in shown
    assert 'dropped Site 40' in shown
    assert 'added KIT' in shown
    assert 'moved the start from' in shown


def test_nothing_has_changed_is_said(campaign, client):
    shown = since(client('anna').get(f'{PAGE}?since={day(-1)}'))
    assert 'Nothing has changed since' in shown


def test_links_lead_to_yesterday_and_to_the_last_meeting(campaign, client):
    page = client('anna').get(PAGE)
    assert links(page) == [day(1), day(7)]
    assert 'type="date" name="since"' in page.text


def test_day_of_a_meeting_is_remembered_for_one_person(campaign, client):
    anna = client('anna')
    answer = anna.post(PAGE, {'act': 'meeting', 'day': day(3)})
    assert answer.status == 200
    assert 'Remembered: the meeting of' in answer.text
    assert links(anna.get(PAGE)) == [day(1), day(3)]
    assert links(client('bruno').get(PAGE)) == [day(1), day(7)]


def test_during_a_meeting_the_one_before_stays_the_last_one(campaign, client):
    anna = client('anna')
    anna.post(PAGE, {'act': 'meeting', 'day': day(5)})
    anna.post(PAGE, {'act': 'meeting', 'day': day(0)})
    assert links(anna.get(PAGE)) == [day(1), day(5)]


@pytest.mark.parametrize('typed', ['', 'soon', '2026-13-01', '9999-01-01'])
def test_no_day_is_remembered_where_none_was_typed(campaign, client, typed):
    anna = client('anna')
    answer = anna.post(PAGE, {'act': 'meeting', 'day': typed})
    assert answer.status == 400
    assert 'Write the day of the meeting' in answer.text
    assert links(anna.get(PAGE)) == [day(1), day(7)]


@pytest.mark.parametrize('text', ['yesterday', '2026-02-30', '0001-01-01'])
def test_an_address_with_no_day_is_refused_by_name(campaign, client, text):
    answer = client('anna').get(f'{PAGE}?since={text}')
    assert answer.status == 400
    assert 'since is a day' in answer.text
    assert text in answer.text


def test_looking_remembers_nothing(campaign, client, env):
    client('anna').get(f'{PAGE}?since={day(2)}')
    assert not env.db_query("SELECT * FROM session_attribute WHERE name LIKE "
                            "'prodworkflow.meeting%'")


def test_a_day_begins_where_the_reader_is(campaign, client, system, env):
    with days_ago(2, 23):
        system.record('2011 Prod', 'feature-freeze', ANNA,
                      SignOffRequest(Verdict.APPROVED, 'Fine.'))
    env.config.set('trac', 'default_timezone', 'GMT +5:00')
    env.config.save()
    shown = since(client('bruno').get(f'{PAGE}?since={day(1)}'))
    assert '1 signed' in shown
