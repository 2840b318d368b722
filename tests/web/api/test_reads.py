"""Reads of the API: what pages tell, as JSON, by pages and with ETags."""

from __future__ import annotations

from trac.perm import PermissionSystem

from support.api_client import of, ROOT
from support.campaigns import FULL, NAME
from support.hidden_tickets import HIDING

LISTS = ('requirements', 'evidence', 'waivers', 'known-issues', 'ledger',
         'requirements/feature-freeze/sign-offs',
         'requirements/feature-freeze/evidence')


def test_everything_of_a_campaign_is_there(full, sign_full, api, site):
    sign_full('feature-freeze', 'memory-leaks')
    eve = api('eve')
    [line] = eve.get('/campaigns').json
    assert line['name'] == FULL
    assert line['href'] == f'{site}{ROOT}{of(FULL)}'
    campaign = eve.get(of(FULL)).json
    assert campaign['release'] == 'V1'
    assert campaign['open'] is False
    decision = eve.get(of(FULL, 'decisions')).json
    assert decision['verdict'] == campaign['verdict'] == line['verdict']
    assert decision['gate'] == 'launch'
    found = {name: eve.get(of(FULL) + '/' + name) for name in LISTS}
    assert {name: a.status for name, a in found.items()} == dict.fromkeys(
        LISTS, 200)
    keys = [r['key'] for r in found['requirements'].json]
    assert keys[0] == 'feature-freeze'
    [signed] = found['requirements/feature-freeze/sign-offs'].json
    assert (signed['verdict'], signed['signer']) == ('approved', 'anna')
    growth = next(e for e in found['evidence'].json
                  if e['name'] == 'memory_growth')
    assert growth['given'] == '0.5 kB/event'
    assert found['ledger'].json[0]['verb'] == 'created'
    assert len(found['ledger'].json[0]['hash']) == 64
    assert eve.get(of(FULL, 'hold')).json['held'] is None


def test_decisions_take_what_the_gate_takes(campaign, sign, api):
    sign('feature-freeze')
    told = api().get(of(NAME, 'decisions') + '?stage=1').json
    assert told['gate'] != 'launch'
    assert api().get(of(NAME, 'decisions') + '?stage=x').problem(
        404).startswith('There is no stage "x"')
    assert 'is a moment like' in api().get(
        of(NAME, 'decisions') + '?at=x').problem(400)
    assert 'no item' in api().get(
        of(NAME, 'decisions') + '?item=RAL').problem(404)


def test_lists_come_by_pages(campaign, api, site):
    got, path = [], of(NAME, 'requirements') + '?limit=3'
    while path:
        answer = api().get(path)
        got.append([r['key'] for r in answer.json])
        link = answer.headers.get('link', '')
        path = link.partition('>')[0][len(f'<{site}{ROOT}'):]
        assert not link or link.endswith('; rel="next"')
    assert [len(each) for each in got] == [3, 3, 1]
    assert len({key for each in got for key in each}) == 7


def test_query_is_read_strictly(campaign, api):
    for query, words in (
            ('limit=0', 'limit is a number from 1 to 1000'),
            ('limit=x', 'limit has to be of type integer'),
            ('limit=1&limit=2', 'limit is given twice'),
            ('limt=1', 'Did you mean limit'),
            ('limit=%ff', 'is no UTF-8'),
            ('&'.join(f'{n}=1' for n in range(21)), 'more than 20 fields')):
        assert words in api().get('/campaigns?' + query).problem(400), query


def test_who_has_it_already_gets_304(campaign, api, sign):
    for path in ('/campaigns', of(NAME), of(NAME, 'ledger'),
                 of(NAME, 'decisions'), '/openapi.json'):
        tag = api().get(path).headers['etag']
        again = api().get(path, {'If-None-Match': f'"x", W/{tag}'})
        assert (again.status, again.text) == (304, ''), path
    tag = api().get(of(NAME)).headers['etag']
    sign('feature-freeze')
    fresh = api().get(of(NAME), {'If-None-Match': tag})
    assert fresh.status == 200
    assert fresh.headers['etag'] != tag


def test_head_answers_as_get_without_a_body(campaign, api):
    answer = api().send('HEAD', of(NAME), None)
    assert (answer.status, answer.text) == (200, '')
    assert answer.headers['etag'] == api().get(of(NAME)).headers['etag']


def test_unknown_addresses_and_methods_are_problems(campaign, api):
    assert 'openapi.json' in api().get('/nothing').problem(404)
    assert api().get(of('Nil')).problem(404).startswith(
        'There is no campaign')
    assert 'no requirement "x"' in api().get(
        of(NAME, 'requirements', 'x', 'sign-offs')).problem(404)
    for path, allowed in ((of(NAME, 'hold'), 'GET, POST, HEAD'),
                          (of(NAME, 'launch'), 'POST'),
                          ('/openapi.json', 'GET, HEAD')):
        answer = api().send('DELETE', path, None)
        assert allowed in answer.problem(405)
        assert answer.headers['allow'] == allowed


def test_hidden_requirement_is_none(hiding, api):
    for path in ('/requirements/estimate/evidence',
                 '/requirements/signed/sign-offs'):
        assert 'no requirement' in api('anna').get(
            of(HIDING) + path).problem(404)
        assert 'no requirement' in api('anna').post(
            of(HIDING) + path, {'verdict': 'approved'} if 'sign' in path
            else {'values': {'disk': '1 TB'}}).problem(404)


def test_templates_are_for_administrators(api):
    assert 'CAMPAIGN_ADMIN' in api('anna').get('/templates').problem(403)
    names = [t['name'] for t in api('coordinator').get('/templates').json]
    assert 'path-to-production' in names


def test_who_may_see_no_campaigns_sees_none(campaign, api, env):
    PermissionSystem(env).revoke_permission('anonymous', 'ROADMAP_VIEW')
    assert 'CAMPAIGN_VIEW' in api().get(of(NAME)).problem(403)
