"""Forecasts on a real environment: what is recorded, and where it is told."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

import pytest
from trac.ticket.model import Ticket

from prodworkflow import store
from prodworkflow.api import SignOffRequest, Verdict
from prodworkflow.domain.model.person import Person
from prodworkflow.services.campaigns.releases import ReleaseRequest
from support.campaigns import CONTACTS, FULL, NAME
from support.permissions import hide

ADMIN = Person('coordinator', grants=frozenset(
    {'CAMPAIGN_ADMIN', 'CAMPAIGN_WAIVE', 'CAMPAIGN_LAUNCH',
     'CAMPAIGN_HOLD'}))
DAY = 86400 * 10**6


@pytest.fixture
def waits(env):
    """How long each sign-off of a requirement was waited for, as stored."""
    def answer(key):
        return [waited for waited, in env.db_query("""
            SELECT waited FROM prodworkflow_signoff WHERE requirement=%s
            ORDER BY campaign, number""", (key,))]
    return answer


@pytest.fixture
def panel(client):
    """The words of the panel's forecast, as somebody sees it."""
    def read(user='anna', where='/roadmap'):
        page = client(user).get(where).text
        return [' '.join(re.sub('<[^>]*>', '', words).split())
                for words in re.findall(
                    r'(?s)<p class="pw-forecast[^>]*>(.*?)</p>', page)]
    return read


def test_every_way_to_sign_records_how_long_it_was_waited_for(
        campaign, sign, client, system, waits):
    sign('feature-freeze')
    assert client('anna').act(2, 'resolve').status == 200
    for key in ('feature-freeze', 'software-quality'):
        (waited,) = waits(key)
        assert 0 < waited < DAY
    assert system.queries.ledger(NAME)[1].payload['waited'] == waits(
        'feature-freeze')[0]
    assert system.check(NAME, False, 'root') == []


def test_only_approvals_count_as_response_times(campaign, system, waits):
    system.record(NAME, 'feature-freeze', Person('anna'),
                  SignOffRequest(Verdict.REJECTED, 'Too early.'))
    system.sign(NAME, 'feature-freeze', 'anna', False, 'Now.')
    rejected, approved = waits('feature-freeze')
    assert rejected is None
    assert approved is not None


def test_response_time_is_counted_from_the_last_event(
        full, sign_full, system, waits):
    sign_full('release-validated')
    system.release(FULL, ADMIN, ReleaseRequest('V2', (), 'A new release.'))
    sign_full('release-validated')
    first, second = waits('release-validated')
    entries = system.queries.ledger(FULL)
    released = next(e for e in entries if e.verb == 'released')
    approved = entries[-1]
    assert abs(second - (approved.time - released.time)) < 2 * 10**6
    assert first != second


def test_approval_that_nobody_waited_for_has_no_response_time(
        create, system, waits):
    create(contacts={**CONTACTS, 'feature-freeze': ('anna', 'bruno')})
    system.sign(NAME, 'feature-freeze', 'anna', False, 'Fine.')
    system.sign(NAME, 'feature-freeze', 'bruno', False, 'So do I.')
    counted, more = waits('feature-freeze')
    assert counted is not None
    assert more is None


def test_forecast_with_too_little_history_is_withheld_everywhere(
        campaign, panel, admin, client):
    assert panel() == []
    (words,) = panel(where=f'/campaign/{quote(NAME)}')
    assert words.startswith('No forecast: too little is known')
    assert words in admin('campaign', 'show', NAME)[1]
    told = json.loads(client('anna').get(
        f'/campaign/{quote(NAME)}/gate').text)['forecast']
    assert told == {
        'state': 'too-little-known', 'words': words, 'median': None,
        'percentile_90': None, 'decided_by': None,
        'days_late': {'median': 0, 'percentile_90': 0}}


def test_panel_page_command_and_json_show_the_same_forecast(
        past_campaigns, campaign, panel, admin, client):
    (words,) = panel()
    assert re.fullmatch(
        r'Forecast: ready \d+ \w+( \d{4})? \(median\), \d+ \w+( \d{4})? '
        r'\(90 %\); decided by #\d+ Runtime performance ok, bruno\.', words)
    assert panel(where=f'/campaign/{quote(NAME)}') == [words]
    assert words in admin('campaign', 'show', NAME)[1]
    told = json.loads(client('anna').get(
        f'/campaign/{quote(NAME)}/gate').text)['forecast']
    assert (told['state'], told['words']) == ('expected', words)
    assert told['decided_by']['contact'] == 'bruno'
    stage = json.loads(client('anna').get(
        f'/campaign/{quote(NAME)}/gate?stage=1').text)['forecast']
    assert stage['median'] < told['median']
    assert stage['decided_by']['contact'] == 'anna'


def test_signing_and_holding_change_the_forecast(
        past_campaigns, campaign, sign, system, panel):
    sign('release-validated', 'remote-sites-validated',
         'runtime-performance')
    assert 'anna' in panel()[0]
    system.lifecycle.hold(NAME, Person('anna'), 'Jobs crash.')
    assert panel() == []
    assert panel(where=f'/campaign/{quote(NAME)}') == [
        'No forecast: the campaign is on hold by anna: Jobs crash.']


def test_ready_or_launched_campaign_shows_no_forecast(
        past_campaigns, campaign, sign, panel, admin):
    sign(*CONTACTS)
    assert panel() == []
    assert 'Forecast: ready now.' in admin('campaign', 'show', NAME)[1]
    admin('campaign', 'launch', NAME, '--reason=Go.')
    assert panel() == []
    assert 'Forecast' not in admin('campaign', 'show', NAME)[1]


def test_forecast_does_not_name_a_hidden_sign_off(past_campaigns, create, env,
                                                  panel):
    tickets = dict(zip(CONTACTS, create()))
    assert 'Runtime performance' in panel()[0]
    hide(env, tickets['runtime-performance'], 'coordinator', 'bruno')
    assert panel()[0].endswith('decided by a sign-off that you may not see.')
    assert 'Runtime performance' in panel('coordinator')[0]


def test_forecast_uses_the_latest_response_times_of_each_contact(
        create, sign, env):
    for number in range(8):
        create(f'Prod {number}')
        sign(*CONTACTS, name=f'Prod {number}')
    env.db_transaction("UPDATE prodworkflow_signoff SET waited=campaign")
    pace = store.snapshot(env, 8, True).pace
    assert set(pace) == {'anna', 'bruno'}
    assert len(pace['anna']) == len(pace['bruno']) == store.statements.ANSWERS
    assert min(pace['anna']) == 4  # four sign-offs in each of the last five
    assert store.snapshot(env, 8).pace is None


def test_response_times_of_many_contacts_are_read_at_once(create, env):
    create()
    people = json.dumps([f'user{n}' for n in range(600)])
    env.db_transaction("UPDATE prodworkflow_requirement SET contacts=%s",
                       (people,))
    assert store.underway(env).snapshots[0].pace == {}
    assert Ticket(env, 1).exists
