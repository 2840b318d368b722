"""Forms of a campaign: launch, close, hold, release and change over HTTP."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from prodworkflow.domain.model.vocabulary import Phase
from support.campaigns import CONTACTS, FULL, NAME
from support.http_client import words_of

PAGE = f'/admin/production/campaigns/{quote(NAME)}'


def test_campaign_is_launched_and_closed_on_its_page(
        campaign, sign, client, system):
    sign(*CONTACTS)
    user = client('coordinator')
    told = user.post(PAGE, {'act': 'launch', 'reason': 'Go.'})
    assert told.status == 200
    assert 'Launched: the start of production is recorded.' in told.text
    told = user.post(PAGE, {'act': 'close', 'reason': 'All is produced.'})
    assert '2011 Prod is closed.' in told.text
    state = system.queries.decision(NAME).snapshot.state
    assert state.campaign.phase == Phase.CLOSED.value


def test_campaign_page_moves_to_a_release_and_says_what_is_stale(
        ready, client, system):
    page = f'/admin/production/campaigns/{FULL}'
    told = client('coordinator').post(page, {
        'act': 'release', 'release': 'V1.1', 'touches': 'emc',
        'reason': 'Clusters were split.'})
    assert told.status == 200
    text = words_of(told)
    assert 'Full is on release V1.1. To be signed again: #4, #6, #8 and #9.' \
        in text
    assert 'Carried over: #5 and #7.' in text
    told = client('coordinator').post(page, {
        'act': 'release', 'release': 'V1.2', 'reason': 'Only the notes.'})
    assert 'Full is on release V1.2. ' in words_of(told)


def test_change_form_without_changes_says_so(campaign, client, system):
    state = system.queries.decision(NAME).snapshot.state
    fields = {'act': 'change', 'reason': 'x', 'enforcement': 'standard'}
    for r in state.requirements:
        fields[f'contact:{r.key}'] = ', '.join(r.contacts)
        fields[f'quorum:{r.key}'] = str(r.quorum)
    told = client('coordinator').post(PAGE, fields)
    assert 'Nothing was changed.' in told.text
    assert len(system.queries.ledger(NAME)) == 1
    told = client('coordinator').post(PAGE, {
        **fields, 'contact:feature-freeze': 'bruno'})
    assert '1 changed.' in told.text
    assert system.queries.requirement(NAME,
                                      'feature-freeze').contacts == ('bruno',)


@pytest.mark.parametrize(('fields', 'status'), [
    pytest.param({'act': 'sing'}, 400, id='unknown act'),
    pytest.param({}, 400, id='no act'),
    pytest.param({'act': 'hold', 'reason': ''}, 400, id='no reason'),
    pytest.param({'act': 'launch', 'reason': 'x'}, 409, id='gate shut'),
    pytest.param({'act': 'change', 'enforcement': 'lax', 'reason': 'x'},
                 400, id='lax'),
    pytest.param({'act': 'release', 'release': '', 'reason': 'x'}, 400,
                 id='no release'),
    pytest.param({'act': 'hold', 'reason': 'x', '__FORM_TOKEN': 'forged'},
                 400, id='forged'),
])
def test_invalid_campaign_form_is_refused_with_a_status(
        campaign, client, system, fields, status):
    for where in (PAGE, f'/campaign/{quote(NAME)}'):
        assert client('coordinator').post(where, fields).status == status
    assert len(system.queries.ledger(NAME)) == 1


def test_admin_page_of_an_unknown_campaign_is_not_found(client):
    assert client('coordinator').get(
        '/admin/production/campaigns/None').status == 404
