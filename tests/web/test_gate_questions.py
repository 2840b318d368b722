"""The gate, asked for one item or an earlier moment: HTTP and command."""

from __future__ import annotations

import json
import time
from datetime import datetime, timedelta, timezone
from urllib.parse import quote

import pytest
from trac.ticket.model import Ticket

from prodworkflow.api import CampaignRequest

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
    assert admin('campaign', 'gate', 'Sites', '--item=RAL')[0] == 0
    code, out, _err = admin('campaign', 'gate', 'Sites', '--item=CNAF')
    assert code == 1
    assert out.startswith('Of CNAF alone:\nSites, launch gate: shut')
    assert admin('campaign', 'gate', 'Sites', '--item=Nil')[0] == 2


def test_advisory_passage_of_an_item_is_recorded_once(
        sites, system, client):
    from prodworkflow.api import CampaignChanges
    from support.campaigns import ADMIN
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
