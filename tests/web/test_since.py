"""The section *Since*: what has changed, and the day of the last meeting."""

from __future__ import annotations

import re
from datetime import date, timedelta
from urllib.parse import quote

import pytest

from prodworkflow.api import EvidenceInput, SignOffRequest, Verdict
from support.campaigns import ADMIN, ANNA, CONTACTS, FULL, NAME
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


def test_reported_evidence_is_a_change(full, client, system):
    system.record(FULL, 'memory-leaks', ANNA, SignOffRequest(
        Verdict.REPORTED, '', EvidenceInput({'memory_growth': '2'})))
    shown = since(client('anna').get(f'/campaign/{FULL}'))
    assert '1 with evidence reported' in shown
    assert 'Nothing has changed' not in shown


def test_nothing_has_changed_is_said(campaign, client):
    shown = since(client('anna').get(f'{PAGE}?since={day(-1)}'))
    assert 'Nothing has changed since' in shown


def test_creation_is_told_where_nothing_else_has_happened(
        campaign, client, sign):
    """A campaign that is new since that day is what has changed."""
    shown = since(client('anna').get(PAGE))
    assert 'The campaign was created on' in shown
    assert 'Nothing has changed' not in shown
    sign('feature-freeze')
    assert 'was created' not in since(client('anna').get(PAGE))


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


@pytest.fixture
def ten_days_old(create, sign, env):
    """It was made ten days ago; its first stage was signed four days ago.

    In another one anna took a day, and bruno three.
    """
    create('Before')
    sign(*CONTACTS, name='Before')
    for who, days in (('anna', 1), ('bruno', 3)):
        env.db_transaction("UPDATE prodworkflow_signoff SET waited=%s "
                           "WHERE signer=%s", (days * 86400 * 10**6, who))
    with days_ago(10):
        create()
    with days_ago(4):
        sign('feature-freeze', 'software-quality', 'resources-estimate')


def test_that_the_forecast_moved_is_told(ten_days_old, client):
    shown = since(client('anna').get(f'{PAGE}?since={day(6)}'))
    assert re.search(r'Forecast Ready moved from \S.* to \S.* '
                     r'\(90 %: (from \S.* to|still) \S.*\)\.', shown)
    minutes = client('anna').get(f'{PAGE}/meeting?since={day(6)}').text
    was, now = re.search(r'\* Forecast: Ready moved from ([\d-]+) to '
                         r'([\d-]+) ', minutes).groups()
    # The first stage took six days; then came two of three days each.
    assert was == day(10 - 6 - 2 * 3)
    assert now > was


def test_there_was_no_forecast_while_it_was_on_hold(ten_days_old, client,
                                                    system):
    with days_ago(3):
        system.lifecycle.hold(NAME, ADMIN, 'A problem.')
    assert re.search(r'Ready was expected .* \(90 %: .*\); no forecast now: '
                     'the campaign is on hold by coordinator: A problem',
                     since(client('anna').get(f'{PAGE}?since={day(3)}')))
    with days_ago(1):
        system.lifecycle.resume(NAME, ADMIN, 'Solved.')
    assert re.search(r'Ready is expected .*; there was no forecast then\.',
                     since(client('anna').get(f'{PAGE}?since={day(2)}')))


def test_no_forecast_is_told_of_before_the_campaign(ten_days_old, client):
    assert 'Ready' not in since(client('anna').get(f'{PAGE}?since={day(11)}'))
