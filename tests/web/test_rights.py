"""What Trac refuses is offered to nobody, and told in one line everywhere."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

import pytest
from trac.perm import PermissionSystem

from prodworkflow.api import DeputyRequest
from prodworkflow.domain.dates import day_of
from prodworkflow.gateways.clock import now
from support.campaigns import ADMIN, NAME
from support.http_client import words_of
from support.policies import refuse_by_permission, WAYS

KEY = 'resources-estimate'
SIGN = f'/campaign/{quote(NAME)}/sign'
TODAY = day_of(now())


@pytest.fixture(params=WAYS)
def refused(request, env, campaign):
    """The ticket that Trac refuses to anna, and what is said of her."""
    refuse, words = WAYS[request.param]
    refuse(env, 'anna', campaign[KEY])
    return (campaign[KEY], f'anna {words} #{campaign[KEY]} in Trac',
            request.param)


def answer_of(client, key=KEY, user='coordinator'):
    told = json.loads(client(user).get(
        f'/campaign/{quote(NAME)}/gate').text)
    return next(r for s in told['stages'] for r in s['requirements']
                if r['key'] == key)


def test_every_face_names_those_whom_trac_lets(refused, client, admin):
    number, words, _way = refused
    answer = answer_of(client)
    assert (answer['awaits'], answer['words']) == (['bruno'], 'awaits bruno')
    assert answer['contacts'] == ['anna', 'bruno']
    for page in ('/roadmap', f'/campaign/{quote(NAME)}'):
        told = words_of(client('coordinator').get(page))
        assert f'anna, bruno #{number}' not in told
        assert 'named to sign, but refused by Trac: anna may not ' in told
    box = words_of(client('bruno').get(f'/ticket/{number}'))
    assert 'May sign bruno' in box
    assert f'Cannot sign {words}' in box
    shown = ' '.join(admin('campaign', 'show', NAME)[1].split())
    assert f'#{number} Resources estimate: awaits bruno' in shown
    assert 'named to sign, but refused by Trac: anna may not ' in ' '.join(
        admin('campaign', 'check', NAME)[1].split())


def test_whom_trac_refuses_is_offered_nothing(refused, client):
    number, words, way = refused
    mine = client('anna').get('/campaign')
    assert f'value="{NAME}/{KEY}"' not in mine.text
    if 'may not see' in words:
        assert f'#{number} ' not in words_of(mine)
        assert client('anna').get(f'/ticket/{number}').status == 403
        return
    assert words in words_of(mine)
    box = client('anna').get(f'/ticket/{number}')
    for verdict in ('approved', 'withdrawn', 'waived', 'objected'):
        assert f'name="verdict" value="{verdict}"' not in box.text
    if 'fails' not in way:  # Trac's own page fails with its policy
        assert words in words_of(box)


@pytest.mark.parametrize('way', ['authz file', 'no comments', 'no fields'])
def test_a_refusal_by_trac_keeps_what_was_typed(way, env, campaign, client,
                                                verbs):
    refuse, words = WAYS[way]
    anna = client('anna')
    anna.get(f'/ticket/{campaign[KEY]}')
    before = verbs()
    refuse(env, 'anna', campaign[KEY])
    answer = anna.post(SIGN, {
        'requirement': KEY, 'verdict': 'approved',
        'statement': 'Both numbers are < 5.'})
    assert answer.status == 403
    told = words_of(answer)
    assert (f'Nothing was recorded: anna {words} #{campaign[KEY]} in Trac; '
            'it awaits bruno.') in told
    assert 'Both numbers are &lt; 5.' in answer.text
    chosen = anna.post('/campaign', {
        'sel': f'{NAME}/{KEY}', 'statement': 'Both numbers are < 5.'})
    assert chosen.status == 403
    assert (f'Nothing was signed. anna {words} #{campaign[KEY]} in Trac; '
            'it awaits bruno.') in words_of(chosen)
    assert 'value="Both numbers are &lt; 5."' in chosen.text
    assert verbs() == before


def test_who_may_only_comment_may_say_no(env, campaign, client, verbs):
    WAYS['no fields'][0](env, 'anna', campaign[KEY])
    anna = client('anna')
    assert 'value="rejected"' in anna.get(f'/ticket/{campaign[KEY]}').text
    answer = anna.post(SIGN, {'requirement': KEY, 'verdict': 'rejected',
                              'statement': 'The disk space is missing.'})
    assert answer.status == 200
    assert verbs()[-1] == 'rejected'


def test_a_policy_that_fails_is_logged_once(env, campaign, client, path):
    WAYS['a policy that fails'][0](env, 'anna', campaign[KEY])
    env.config.set('logging', 'log_type', 'file')
    env.config.save()
    for page in ('/roadmap', '/campaign', f'/campaign/{quote(NAME)}',
                 f'/ticket/{campaign[KEY]}'):
        assert client('coordinator').get(page).status == 200
        assert client('bruno').get(page).status == 200
    log = (path / 'log' / 'trac.log').read_text(encoding='utf-8')
    # Trac opened its log twice: each line of it may be there twice.
    assert len({line for line in log.splitlines() if (
        'A permission policy fails, and what it is asked counts as refused'
        in line)}) == 1


def test_a_group_is_awaited_as_long_as_trac_lets_a_member(env, create,
                                                          client):
    system = PermissionSystem(env)
    for person in ('anna', 'bruno'):
        system.grant_permission(person, 'core')
    numbers = create(contacts={KEY: ('@core',)})
    WAYS['authz file'][0](env, 'anna', numbers[2])
    assert answer_of(client)['awaits'] == ['@core']
    system.revoke_permission('bruno', 'core')
    assert answer_of(client)['awaits'] == []
    assert answer_of(client)['words'] == (
        f'awaits nobody, for anna may not change #{numbers[2]} in Trac; a '
        'holder of CAMPAIGN_ADMIN names others')


def test_a_deputy_is_awaited_where_the_contact_is_refused(env, campaign,
                                                          client, system):
    system.deputies.name(ADMIN, DeputyRequest(
        f'eve for anna {TODAY}..{TODAY}'))
    refuse_by_permission(env, 'anna', campaign['feature-freeze'])
    answer = answer_of(client, 'feature-freeze')
    assert answer['awaits'] == ['eve']
    assert answer['words'] == 'awaits eve (for anna)'
    told = words_of(client('coordinator').get('/roadmap'))
    assert re.search(r'waits for [^·]*eve \(\d\)', told)


def test_without_contacts_the_administrators_are_awaited(env, create, client):
    create(contacts={})
    assert answer_of(client)['awaits'] == ['coordinator']


ACTION = 'id="action_{}"'


def test_trac_offers_no_action_that_the_rules_refuse(campaign, client):
    number = campaign[KEY]
    contact = client('anna').get(f'/ticket/{number}')
    assert ACTION.format('resolve') in contact.text
    assert 'Not offered below' not in contact.text
    other = client('eve').get(f'/ticket/{number}')
    assert ACTION.format('resolve') not in other.text
    assert ACTION.format('leave') in other.text
    assert ('Not offered below: resolve. #3 is the sign-off ticket '
            '"Resources estimate" of campaign 2011 Prod: only anna or bruno '
            'may sign and so close it.') in words_of(other).replace(
                '&#34;', '"')


def test_trac_offers_the_box_alone_where_closing_does_not_do(full, client,
                                                            sign_full):
    sign_full('feature-freeze')
    number = full['memory-leaks']
    page = client('anna').get(f'/ticket/{number}')
    assert ACTION.format('resolve') not in page.text
    assert 'Not offered below: resolve. #' in words_of(page)
    assert 'asks for measured values' in words_of(page)


def test_trac_offers_all_where_nothing_is_blocked(create, client):
    numbers = create(enforcement='advisory')
    page = client('eve').get(f'/ticket/{numbers[2]}')
    assert ACTION.format('resolve') in page.text
    assert 'Not offered below' not in page.text


def test_after_the_launch_only_who_may_is_offered_to_reopen(launched, client):
    number = launched[KEY]
    assert ACTION.format('reopen') in client('anna').get(
        f'/ticket/{number}').text
    other = client('eve').get(f'/ticket/{number}')
    assert ACTION.format('reopen') not in other.text
    assert 'Not offered below: reopen. Production of 2011 Prod is launched' \
        in words_of(other)


def test_a_refused_comment_stays_in_its_field(campaign, client):
    answer = client('eve').resolve(campaign[KEY], comment='The sum is < 5.')
    assert answer.status == 409
    assert 'The sum is &lt; 5.</textarea>' in answer.text
