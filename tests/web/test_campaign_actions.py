"""Forms of a campaign: launch, close, hold, release and change over HTTP."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from trac.ticket.model import Version

from prodworkflow.api import SignOffRequest, Verdict
from prodworkflow.domain.model.person import Person
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


def test_pages_say_that_a_hold_before_the_launch_is_lifted_without_the_gate(
        campaign, sign, client, system):
    """As it is: only production needs an open gate to go on."""
    user, page = client('coordinator'), f'/campaign/{quote(NAME)}'
    user.post(PAGE, {'act': 'hold', 'reason': 'Wait.'})
    assert 'Lifts the hold; the campaign goes on.' in user.get(page).text
    assert 'gate open otherwise' not in words_of(user.get(PAGE))
    user.post(PAGE, {'act': 'resume', 'reason': 'Go on.'})
    assert not system.queries.decision(NAME).snapshot.state.campaign.held_since
    sign(*CONTACTS)
    user.post(PAGE, {'act': 'launch', 'reason': 'Go.'})
    user.post(PAGE, {'act': 'hold', 'reason': 'Stop.'})
    assert 'gate has to be open otherwise' in words_of(user.get(page))
    assert 'gate has to be open otherwise' in words_of(user.get(PAGE))


def confirmed(page):
    """The hidden field of the preview that a page shows."""
    return re.search('name="confirm" value="(.*?)"', page.text)[1]


def test_campaign_page_shows_a_move_to_a_release_before_it_is_done(
        ready, client, system):
    page = f'/admin/production/campaigns/{FULL}'
    user = client('coordinator')
    fields = {'act': 'release', 'release': 'V1.1', 'touches': 'emc',
              'reason': 'Clusters were split.'}
    told = user.post(page, fields)
    text = words_of(told)
    assert told.status == 200
    assert ('Full would move from V1 to V1.1: 4 to be signed again, 2 '
            'carried over, 0 not signed yet.') in text
    assert '#8 Physics results ok: emc it rests on emc' in text
    assert 'The verdict would be: Not ready: ' in text
    counts = re.search(r'asked again\d.*? in all\d', text)[0]
    assert counts == ('asked again4 carried over2 not signed yet0 stay: '
                      'not bound to a release3 in all9')
    assert ('#7 Physics results ok: tracking: it rests only on tracking and '
            'geometry, which the patch does not touch') in text
    assert 'Stage 3. pre-production reopens.' in text
    assert 'Mail goes to anna, bruno, and to those who follow' in text
    assert system.queries.decision(FULL).snapshot.state.campaign.release == (
        'V1')
    told = user.post(page, {**fields, 'confirm': confirmed(told)})
    text = words_of(told)
    assert 'Full is on release V1.1. To be signed again: #4, #6, #8 and #9.' \
        in text
    assert 'Carried over: #5 and #7.' in text


def test_a_move_to_a_release_is_shown_again_if_its_effect_has_changed(
        ready, client, system):
    page = f'/admin/production/campaigns/{FULL}'
    user = client('coordinator')
    fields = {'act': 'release', 'release': 'V1.1', 'reason': 'A patch.'}
    shown = confirmed(user.post(page, fields))
    system.record(FULL, 'release-validated', Person('bruno'), SignOffRequest(
        Verdict.WITHDRAWN, 'A doubt.'))
    told = user.post(page, {**fields, 'confirm': shown})
    assert '5 to be signed again' in words_of(told)
    assert confirmed(told) != shown
    assert system.queries.decision(FULL).snapshot.state.campaign.release == (
        'V1')


def test_a_release_is_renamed_on_the_campaign_page(ready, client, system,
                                                    env):
    page = f'/admin/production/campaigns/{FULL}'
    user = client('coordinator')
    fields = {'act': 'release', 'release': 'V1.0', 'renamed': '1',
              'reason': 'As built.'}
    told = user.post(page, fields)
    assert told.status == 400
    assert ('Trac has not renamed the version V1 to V1.0; rename it there '
            'first, or move to V1.0 without --renamed.') in words_of(told)
    version = Version(env, 'V1')
    version.name = 'V1.0'
    version.update()
    told = user.post(page, fields)
    assert 'Release V1 is called V1.0 from now on.' in words_of(told)
    told = user.post(page, {**fields, 'confirm': confirmed(told)})
    assert 'Nothing has to be signed again.' in words_of(told)
    assert system.queries.decision(FULL).launch.open


def test_a_move_without_a_reason_or_with_a_mistake_is_not_shown(
        ready, client):
    page = f'/admin/production/campaigns/{FULL}'
    for fields in ({'release': 'V1.1'}, {'release': 'V1', 'reason': 'x'},
                   {'release': 'V2', 'touches': 'emcal', 'reason': 'x'}):
        told = client('coordinator').post(page, {'act': 'release', **fields})
        assert told.status == 400
        assert 'name="confirm"' not in told.text


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
