"""The gate, asked for one item or an earlier moment: HTTP and command."""

from __future__ import annotations

import json
import time
from datetime import datetime, timedelta, timezone
from urllib.parse import quote

import pytest
from trac.ticket.model import Ticket

from prodworkflow.api import (
    CampaignRequest,
    InvalidRequest,
    SignOffRequest,
    Verdict,
)
from support.campaigns import ADMIN, NAME
from support.permissions import hide

SITES = '''
title = "Sites"
[lists]
sites = [{name = "RAL", contacts = ["anna"]},
         {name = "CNAF", contacts = ["bruno"]}]
[[stage]]
key = "only"
title = "Only"
[[stage.requirement]]
key = "all"
title = "All"
[[stage.requirement]]
key = "site"
title = "Site {site}"
for_each = "sites"
coverage = "all"
'''
GATE = '/campaign/Sites/gate'


@pytest.fixture
def sites(system):
    """The tickets of what is asked of everybody, of RAL and of CNAF."""
    return system.create(CampaignRequest(
        'Sites', 'sites', 'V1', contacts={'all': ('anna',)},
        template_text=SITES), 'coordinator')


def sign(system, *keys):
    for key in keys:
        system.sign('Sites', key, 'bruno' if key == 'site.cnaf' else 'anna',
                    False, 'Fine.')


def test_one_item_may_run_while_others_lack_something(
        sites, system, client, admin):
    sign(system, 'all')
    assert client().get(f'{GATE}?item=RAL').status == 409
    sign(system, 'site.ral')
    answer = client().get(f'{GATE}?item=RAL')
    told = json.loads(answer.text)
    assert answer.status == 200
    assert told['item'] == {'key': 'ral', 'name': 'RAL'}
    assert [r['key'] for r in told['stages'][0]['requirements']] == [
        'all', 'site.ral']
    assert client().get(f'{GATE}?item=CNAF').status == 409
    assert client().get(GATE).status == 409
    answer = client().get(f'{GATE}?item=Nil&format=text')
    assert answer.status == 404
    assert 'there is RAL, CNAF' in answer.text
    for empty in ('', '%20'):  # a script's variable that is not set
        answer = client().get(f'{GATE}?item={empty}')
        assert answer.status == 400
        assert 'item is empty' in answer.text
    code, _out, err = admin('campaign', 'gate', 'Sites', '--item=')
    assert code == 2
    assert 'leave --item out' in err
    assert admin('campaign', 'gate', 'Sites', '--item=RAL')[0] == 0
    code, out, _err = admin('campaign', 'gate', 'Sites', '--item=CNAF')
    assert code == 1
    assert out.startswith('Of CNAF alone:\nSites, launch gate: shut')
    assert admin('campaign', 'gate', 'Sites', '--item=Nil')[0] == 2


def test_advisory_passage_of_an_item_is_recorded_once(
        sites, system, client):
    from prodworkflow.api import CampaignChanges
    system.change('Sites', ADMIN, CampaignChanges(
        enforcement='advisory', reason='Try.'))
    assert client('anna').get(f'{GATE}?item=RAL').status == 200
    assert client('anna').get(f'{GATE}?item=RAL').status == 200
    passed = [e for e in system.queries.ledger('Sites')
              if e.verb == 'passed']
    assert [e.payload['item'] for e in passed] == ['RAL']


def iso(moment):
    return quote(moment.isoformat(timespec='seconds'))


def test_gate_is_as_it_was(sites, system, client, admin, env):
    time.sleep(1.1)
    made = datetime.now(timezone.utc)
    other = Ticket(env)
    other.populate({'summary': 'Other', 'status': 'new',
                    'milestone': 'Sites: 1. Only', 'reporter': 'eve'})
    time.sleep(1.1)
    sign(system, 'all', 'site.ral', 'site.cnaf')
    time.sleep(1.1)
    signed = datetime.now(timezone.utc)
    time.sleep(1.1)
    other.insert()
    assert client().get(GATE).status == 409
    then = client().get(f'{GATE}?at={iso(signed)}')
    told = json.loads(then.text)
    assert then.status == 200, then.text
    assert told['at'] == told['asked'] == signed.isoformat(
        timespec='seconds')
    assert client().get(f'{GATE}?at={iso(made)}').status == 409
    reasons = json.loads(client().get(f'{GATE}?at={iso(made)}').text)
    assert {r['reason'] for r in reasons['stages'][0]['requirements']} == {
        'awaiting'}
    assert client().get(f'{GATE}?at={iso(made)}&item=RAL').status == 409
    assert client().get(f'{GATE}?at={iso(signed)}&item=RAL').status == 200
    code, out, _err = admin('campaign', 'gate', 'Sites', '--json',
                            f'--at={signed.isoformat(timespec="seconds")}')
    assert code == 0
    assert json.loads(out)['at'] == told['at']


def test_moments_that_tell_nothing_never_pass(sites, system, client, admin):
    sign(system, 'all', 'site.ral', 'site.cnaf')
    assert client().get(GATE).status == 200
    now = datetime.now(timezone.utc)
    for at, status in (('', 400), ('yesterday', 400), ('2026-05-03', 400),
                       (iso(now + timedelta(hours=1)), 400),
                       (iso(now - timedelta(days=900)), 404)):
        assert client().get(f'{GATE}?at={at}').status == status, at
    assert admin('campaign', 'gate', 'Sites', '--at=noon')[0] == 2
    assert admin('campaign', 'gate', 'Sites', '--at=2001-01-01T00:00Z')[0] == 2


def test_shut_gate_answers_409_whatever_the_asker_has(sites, site):
    import urllib.error
    import urllib.request
    asked = urllib.request.Request(site + GATE, headers={
        'If-None-Match': '*'})
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(asked)
    with caught.value as answer:
        assert answer.code == 409


@pytest.fixture
def asked(client, admin):
    """The same question by HTTP and command: status, exit code, both JSONs."""
    def asking(query, *options):
        answer = client().get(f'{GATE}{query}')
        code, out, _err = admin('campaign', 'gate', 'Sites', *options,
                                '--json')
        return answer.status, code, *(
            {k: v for k, v in json.loads(text).items()
             if k not in ('asked', 'at', 'notes')}
            for text in (answer.text, out))
    return asking


@pytest.mark.parametrize(('signed', 'query', 'options', 'status', 'code'), [
    pytest.param(('all',), '', (), 409, 1, id='launch'),
    pytest.param(('all',), '?stage=1', ('1',), 409, 1, id='number'),
    pytest.param(('all', 'site.ral'), '?item=RAL', ('--item=RAL',), 200, 0,
                 id='item'),
    pytest.param(('all', 'site.ral'), '?item=cnaf', ('--item=cnaf',), 409, 1,
                 id='key of an item'),
    pytest.param(('all', 'site.ral'), '?stage=only&item=RAL',
                 ('only', '--item=RAL'), 200, 0, id='stage and item'),
    pytest.param(('all', 'site.ral', 'site.cnaf'), '?stage=only', ('only',),
                 200, 0, id='key of a stage'),
])
def test_command_says_what_http_says(sites, system, asked, env, signed, query,
                                     options, status, code):
    env.config.set('trac', 'base_url', 'https://trac.example.org/p')
    env.config.save()
    sign(system, *signed)
    found = asked(query, *options)
    assert found[:2] == (status, code)
    assert found[2] == found[3]
    [first, *_] = found[2]['stages'][0]['requirements']
    assert first['address'] == 'https://trac.example.org/p/ticket/1'
    assert [s['by'] for s in first['signoffs']] == ['anna']
    assert first['signoffs'][0]['statement'] == 'Fine.'


def test_command_refuses_what_http_refuses(sites, client, admin):
    for query, options, status in (
            ('?stage=9', ('9',), 404),
            ('?item=Nil', ('--item=Nil',), 404),
            ('?stage=9&at=2001-01-01T00:00Z',
             ('9', '--at=2001-01-01T00:00Z'), 404),
            ('?at=2001-01-01', ('--at=2001-01-01',), 400),
            ('?at=2999-01-01T00:00:00.5%2B02:00',
             ('--at=2999-01-01T00:00:00.5+02:00',), 400)):
        assert client().get(GATE + query).status == status, query
        assert admin('campaign', 'gate', 'Sites', *options)[0] == 2, options
        assert admin('campaign', 'gate', 'Sites', '--json',
                     *options)[0] == 2, options
    assert client().get(f'{GATE}?item=RAL&item=CNAF').status == 400


def test_former_stage_has_its_name_of_then(sites, env, system, client):
    from trac.ticket.model import Milestone
    time.sleep(1.1)
    made = datetime.now(timezone.utc)
    time.sleep(1.1)
    milestone = Milestone(env, 'Sites: 1. Only')
    milestone.name = 'Another'
    milestone.update()

    def name(query=''):
        return json.loads(client().get(GATE + query).text)['stages'][0][
            'milestone']
    assert (name(), name(f'?at={iso(made)}')) == ('Another',
                                                  'Sites: 1. Only')


def test_open_gate_answers_304_while_it_is_open_and_the_same(
        sites, system, site):
    import urllib.error
    import urllib.request

    def ask(tag='', query=''):
        request = urllib.request.Request(
            site + GATE + query, headers={'If-None-Match': tag})
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.status, answer.headers['ETag']
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers['ETag']
    status, shut = ask()
    assert status == 409
    assert ask(shut) == (409, shut)
    assert ask('*')[0] == 409
    sign(system, 'all', 'site.ral', 'site.cnaf')
    status, tag = ask(shut)
    assert (status, tag != shut) == (200, True)
    assert ask(tag) == (304, tag)
    assert ask(f'"x", {tag}') == (304, tag)
    assert ask(tag[2:]) == (304, tag)
    assert ask(tag, '?item=RAL')[0] == 200
    assert ask(tag, '?format=text')[0] == 200
    system.record('Sites', 'all', ADMIN, SignOffRequest(
        Verdict.REJECTED, 'No.'))
    assert ask(tag)[0] == 409


def test_what_if_lets_nobody_pass_and_changes_nothing(sites, system):
    sign(system, 'site.ral', 'site.cnaf')
    told = system.passages.what_if('Sites', ['all:approved'], None)
    assert told.told.open
    assert (told.status, told.as_dict()['passes']) == (409, False)
    assert told.as_dict()['assumed'] == {'all': 'approved'}
    assert not system.queries.decision('Sites').launch.open
    with pytest.raises(InvalidRequest, match='there is all, '):
        system.passages.what_if('Sites', ['none:approved'], None)
    with pytest.raises(InvalidRequest, match='approved, rejected, withdrawn'):
        system.passages.what_if('Sites', ['all:waived'], None)


def test_item_whose_tickets_are_hidden_is_unknown(sites, env, client):
    hide(env, sites[1])
    answer = client('eve').get(f'{GATE}?item=RAL')
    assert answer.status == 404
    assert 'there is CNAF' in answer.text
    assert client('coordinator').get(f'{GATE}?item=RAL').status == 409


def test_statement_about_a_hidden_ticket_is_not_told(sites, system, env,
                                                     client):
    hide(env, sites[1])
    system.sign('Sites', 'all', 'anna', False, f'As #{sites[1]} shows.')

    def said(user):
        told = json.loads(client(user).get(GATE).text)
        return {r['key']: [s['statement'] for s in r['signoffs']]
                for r in told['stages'][0]['requirements']}
    assert said('coordinator')['all'] == [f'As #{sites[1]} shows.']
    assert said('coordinator').keys() - said('eve').keys() == {'site.ral'}
    [shown] = said('eve')['all']
    assert 'something that you may not see' in shown


def test_addresses_of_all_tickets_are_made_from_one(campaign, system):
    """A sixth of what the answer took was quoting each by itself."""
    asked = []

    class Site:
        def ticket(self):
            asked.append('ticket')
            return '/trac/ticket'
    answer = system.passages.answer(system.queries.decision(NAME), '', None,
                                    href=Site())
    for number in range(1, 8):
        assert f'"address": "/trac/ticket/{number}"' in answer.as_json()
    assert asked == ['ticket']
