"""A refusal keeps what was typed, also where its form is shown no more."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from trac.perm import PermissionSystem

from prodworkflow.api import CampaignChanges, SignerChanges, Verdict
from support.campaigns import ADMIN, FULL, NAME, PANEL_OF
from support.http_client import words_of

TYPED = 'All 7 are < fine.'
SHOWN = 'All 7 are &lt; fine.'
PAGE = f'/campaign/{quote(NAME)}'
PANEL = PANEL_OF.format(quote(NAME))
LOST = 'Typed, but not recorded, for it has no field now: '


@pytest.mark.parametrize(('where', 'fields', 'status'), [
    pytest.param(PAGE, {'act': 'resume'}, 409, id='resume what runs'),
    pytest.param(f'{PAGE}/launch', {}, 409, id='launch behind a shut gate'),
    pytest.param(PANEL, {'act': 'hold', 'revision': 'x'}, 400, id='hold'),
    pytest.param(PANEL, {'act': 'release', 'release': 'V1'}, 400,
                 id='release'),
    pytest.param(PANEL, {'act': 'change', 'contact:feature-freeze': 'nobody'},
                 400, id='contacts'),
    pytest.param(PANEL, {'act': 'reschedule', 'start': 'soon'}, 400,
                 id='start'),
    pytest.param(PANEL, {'act': 'items', 'item_name': 'X'}, 400, id='items'),
    pytest.param(PANEL, {'act': 'deputy', 'deputy': 'eve', 'for': 'nobody'},
                 400, id='deputy'),
])
def test_reason_stays_on_the_page(campaign, client, where, fields, status):
    answer = client('coordinator').post(where, {'reason': TYPED, **fields})
    assert answer.status == status
    assert SHOWN in answer.text


@pytest.mark.parametrize('end', ['close', 'abandon'])
def test_reason_stays_where_the_campaign_has_ended_meanwhile(campaign, client,
                                                             end, system):
    user = client('coordinator')
    user.get(PANEL)
    user.post(PANEL, {'act': 'abandon', 'reason': 'No need.'})
    for where, act in ((PANEL, end), (PAGE, 'hold'), (f'{PAGE}/launch', '')):
        answer = user.post(where, {'act': act, 'reason': TYPED})
        assert (answer.status, LOST in words_of(answer)) == (409, True)
        assert f'“{SHOWN}”' in answer.text


def test_reason_of_a_launch_stays_where_the_right_is_gone(ready, client, env,
                                                          system):
    PermissionSystem(env).grant_permission('anna', 'CAMPAIGN_LAUNCH')
    anna, page = client('anna'), f'/campaign/{FULL}/launch'
    assert 'value="launch"' in anna.get(page).text
    PermissionSystem(env).revoke_permission('anna', 'CAMPAIGN_LAUNCH')
    env.config.set('trac', 'permission_policies', 'DefaultPermissionPolicy')
    env.config.save()  # a fresh environment, which knows no former rights
    answer = anna.post(page, {'reason': TYPED})
    assert answer.status == 403
    assert f'“{SHOWN}”' in answer.text
    assert 'value="launch"' not in answer.text
    assert anna.get(page).status == 403
    assert not system.queries.decision(FULL).snapshot.state.campaign.launched


def test_evidence_and_statement_stay_in_the_box(full, client, sign_full):
    sign_full('feature-freeze')
    path = f'/campaign/{FULL}/sign'
    answer = client('anna').post(path, {
        'requirement': 'memory-leaks', 'verdict': 'approved',
        'statement': TYPED, 'value:memory_growth': '< many'})
    assert answer.status == 400
    assert f'value="{SHOWN}"' in answer.text
    assert 'value="&lt; many"' in answer.text


def test_what_a_contact_typed_stays_who_is_none_any_more(full, client,
                                                         system):
    anna = client('anna')
    anna.get(f'/ticket/{full["memory-leaks"]}')
    system.change(FULL, ADMIN, CampaignChanges('On leave.', staff=(
        ('memory-leaks', SignerChanges(('bruno',))),)))
    answer = anna.post(f'/campaign/{FULL}/sign', {
        'requirement': 'memory-leaks', 'verdict': Verdict.APPROVED.value,
        'statement': TYPED, 'value:memory_growth': '0.5 kB/event'})
    assert answer.status == 409
    words = words_of(answer)
    assert ('Typed, but not recorded, for you may not say it here now: '
            'Statement All 7 are &lt; fine.') in words
    assert '0.5 kB/event' in words


def test_reason_of_a_waiver_stays_who_may_waive_no_more(full, client):
    answer = client('anna').post(f'/campaign/{FULL}/sign', {
        'requirement': 'feature-freeze', 'verdict': 'waived',
        'statement': TYPED, 'reason': 'awaiting', 'until': '2031-01-01'})
    assert answer.status == 409
    words = words_of(answer)
    for each in ('Statement All 7 are &lt; fine.', 'Reason awaiting',
                 'Until 2031-01-01'):
        assert each in words
