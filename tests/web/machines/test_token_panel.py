"""The panel of tokens in the preferences: made, seen once, revoked."""

from __future__ import annotations

import re

import pytest
from trac.perm import PermissionSystem

from prodworkflow.domain.planning.tokens import TokenRequest
from support.campaigns import NAME
from support.http_client import words_of
from support.tokens import Machine

PANEL = '/prefs/production-tokens'
SECRET = re.compile('pwf_[1-9][0-9]*_[A-Za-z0-9_-]{43}')
MAKE = {'make': '1', 'scope': ['gate:read', 'hold'], 'name': 'nightly',
        'campaign': NAME, 'expires': '2099-12-31'}


@pytest.fixture
def anna(client):
    return client('anna')


def make(client, **changes):
    return client.post(PANEL, {**MAKE, **changes})


def test_token_is_made_and_its_secret_seen_once(campaign, system, anna, site):
    answer = make(anna)
    [secret] = SECRET.findall(answer.text)
    assert (answer.status, answer.url) == (200, f'{site}{PANEL}')
    assert 'no-store' in answer.headers['Cache-Control']
    found = system.tokens.of_secret(secret)
    assert (found.owner, found.name, found.campaign) == ('anna', 'nightly',
                                                         NAME)
    assert found.scopes == ('gate:read', 'hold')
    assert Machine(site, f'Bearer {secret}').send(
        '/campaign/2011%20Prod/gate').status == 409
    again = anna.get(PANEL)
    assert secret[6:] not in again.text
    for words in ('nightly', 'gate:read, hold', NAME, '2099',
                  'in force'):
        assert words in words_of(again)


def test_panel_proposes_a_last_day_and_explains_scopes(campaign, anna):
    page = anna.get(PANEL)
    assert re.search(r'name="expires" value="20\d\d-\d\d-\d\d"', page.text)
    for scope in ('gate:read', 'evidence:write', 'hold', 'feed:read'):
        assert f'value="{scope}"' in page.text
    assert 'You have none.' in page.text


@pytest.mark.parametrize(('changes', 'told'), [
    pytest.param({'scope': []}, 'Say what the token is for; there is',
                 id='no scope'),
    pytest.param({'scope': 'approve'}, 'There is no scope "approve"',
                 id='no such scope'),
    pytest.param({'campaign': 'Nothing'}, 'There is no campaign "Nothing"',
                 id='no such campaign'),
    pytest.param({'scope': 'gate:read', 'requirement': 'nothing'},
                 '2011 Prod has no requirement "nothing".',
                 id='no such requirement'),
    pytest.param({'expires': '2001-01-01'}, 'is past; the last day of a '
                 'token is today or later.', id='a past day'),
    pytest.param({'name': '7'}, 'The name 7 is a number', id='a number')])
def test_mistakes_stand_at_their_fields_and_what_was_typed_stays(
        campaign, anna, system, changes, told):
    answer = make(anna, **changes)
    assert answer.status == 400
    assert told in words_of(answer).replace('&#34;', '"')
    assert system.tokens.listed() == []
    if 'name' not in changes:
        assert 'value="nightly"' in answer.text


def test_own_token_is_revoked_and_nobody_elses(campaign, system, anna, site):
    mine = system.tokens.add(TokenRequest('anna', 'hold')).token
    other = system.tokens.add(TokenRequest('bruno', 'hold')).token
    assert other.name not in anna.get(PANEL).text
    answer = anna.post(PANEL, {'revoke': str(other.id)})
    assert answer.status == 400
    assert 'There is no token "2"; there is 1 (anna-1).' in words_of(
        answer).replace('&#34;', '"')
    answer = anna.post(PANEL, {'revoke': str(mine.id)})
    assert (answer.status, answer.url) == (200, f'{site}{PANEL}')
    assert 'The token anna-1 is revoked.' in words_of(answer)
    assert [bool(t.revoked) for t in system.tokens.listed()] == [True, False]


def test_panel_is_for_those_who_see_campaigns(campaign, env, client):
    assert 'Production tokens' not in client().get('/prefs').text
    assert client().get(PANEL).status == 404
    rights = PermissionSystem(env)
    for user, action in rights.get_all_permissions():
        if action in ('ROADMAP_VIEW', 'CAMPAIGN_VIEW', 'TRAC_ADMIN'):
            rights.revoke_permission(user, action)
    bruno = client('bruno')
    assert 'Production tokens' not in bruno.get('/prefs').text
    assert bruno.get(PANEL).status == 404


def test_nothing_is_made_without_the_form_token_or_by_a_link(
        campaign, system, anna, site):
    jar = [('Cookie', '; '.join(f'{c.name}={c.value}' for c in anna.jar))]
    sent = Machine(site)
    assert sent.send(f'{PANEL}?make=1&scope=hold', headers=jar).status == 200
    for kind in ('application/x-www-form-urlencoded', 'text/plain',
                 'application/json'):
        reply = sent.send(f'{PANEL}?make=1&scope=hold', 'POST',
                          b'make=1&scope=hold',
                          [*jar, ('Content-Type', kind)])
        assert reply.status == 400, kind
    assert system.tokens.listed() == []


def test_token_makes_no_token(campaign, system, site):
    """The header means nothing in the preferences."""
    made = system.tokens.add(TokenRequest('anna', 'gate:read'))
    assert Machine(site, f'Bearer {made.secret}').send(PANEL).status == 404
