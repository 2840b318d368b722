"""Deputies of people on the page of a campaign."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import pytest

from prodworkflow.domain.dates import day_of
from prodworkflow.gateways.clock import now
from support.campaigns import NAME
from support.http_client import words_of

PAGE = f'/admin/production/campaigns/{quote(NAME)}'
TODAY = day_of(now())
WEEK = TODAY + timedelta(7)
FIELDS = {'act': 'deputy', 'deputy': 'eve', 'for': 'anna',
          'first': str(TODAY), 'last': str(WEEK), 'reason': 'Leave.'}


def deputies(system, name=NAME):
    found = system.queries.decision(name).snapshot.state.campaign.deputies
    return [str(d) for d in found]


def test_a_deputy_is_named_and_ended_on_the_page(campaign, client, system):
    user = client('coordinator')
    told = user.post(PAGE, FIELDS)
    assert told.status == 200
    assert f'The deputies of {NAME} are changed.' in words_of(told)
    assert f'eve for anna, {TODAY} to {WEEK}' in words_of(told)
    assert deputies(system) == [f'eve for anna {TODAY}..{WEEK}']
    box = words_of(client('eve').get('/ticket/1'))
    assert 'anna or eve (for anna)' in box
    told = user.post(PAGE, {'act': 'deputy', 'ends': 'eve for anna'})
    assert told.status == 200
    assert deputies(system) == []


def test_a_deputy_is_named_in_all_campaigns_at_once(campaign, create, client,
                                                    system):
    create('2012 Prod')
    told = client('coordinator').post(PAGE, {**FIELDS, 'everywhere': '1'})
    assert told.status == 200
    assert deputies(system) == deputies(system, '2012 Prod') == [
        f'eve for anna {TODAY}..{WEEK}']


def test_a_refused_deputy_comes_back_as_typed(campaign, client, system):
    yesterday = TODAY - timedelta(1)
    told = client('coordinator').post(PAGE, {**FIELDS,
                                             'first': str(yesterday)})
    assert told.status == 400
    assert 'begins in the past' in words_of(told)
    assert 'name="deputy" list="prodworkflow-users" value="eve"' in told.text
    assert deputies(system) == []


def test_only_an_administrator_names_deputies(campaign, client, system):
    told = client('anna').post(f'/campaign/{quote(NAME)}', FIELDS)
    assert told.status == 409
    assert 'only a holder of CAMPAIGN_ADMIN may' in words_of(told)
    assert deputies(system) == []


@pytest.mark.parametrize('fields', [
    pytest.param({**FIELDS, 'reason': 'a\x01b'}, id='reason'),
    pytest.param({**FIELDS, 'reason': 'x' * 10001}, id='long reason'),
    pytest.param({'act': 'deputy', 'ends': 'eve for anna',
                  'reason': 'a\x01b'}, id='reason of an end'),
    pytest.param({**FIELDS, 'deputy': '%s %(x)s'}, id='deputy'),
    pytest.param({**FIELDS, 'for': ''}, id='for nobody'),
    pytest.param({**FIELDS, 'first': '0000-00-00'}, id='first day'),
    pytest.param({'act': 'deputy', 'ends': 'x' * 5000}, id='end of nothing'),
    pytest.param({'act': 'deputy'}, id='nothing'),
])
def test_a_deputy_of_nonsense_is_refused(fields, campaign, client, system):
    told = client('coordinator').post(PAGE, fields)
    assert told.status == 400
    assert len(system.queries.ledger(NAME)) == 1
