"""What tokens do by the API, in whose name, and what they never do."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from trac.perm import PermissionSystem

from support.campaigns import ANNA, FULL, NAME
from support.tokens import Machine

API = '/campaign/api/v1/campaigns'
ONE, MORE = f'{API}/{quote(NAME)}', f'{API}/{FULL}'
LEAKS = f'{MORE}/requirements/memory-leaks/evidence'
HOLD = {'reason': 'Jobs fail.'}
PERSONS = [
    (f'{ONE}/requirements/feature-freeze/sign-offs',
     {'verdict': 'approved', 'statement': 'Fine.'}),
    (f'{ONE}/requirements/feature-freeze/sign-offs',
     {'verdict': 'rejected', 'statement': 'No.'}),
    (f'{ONE}/requirements/feature-freeze/sign-offs',
     {'verdict': 'withdrawn', 'statement': 'No.'}),
    (f'{ONE}/waivers', {'requirement': 'feature-freeze',
                        'reason': 'awaiting', 'statement': 'x',
                        'until': '2099-01-01'}),
    (f'{ONE}/launch', HOLD), (f'{ONE}/resume', HOLD),
    (API, {'name': 'New', 'template': 'path-to-production'})]


def post(sent, address, told, headers=()):
    return sent.send(address, 'POST', json.dumps(told).encode(), [
        ('Content-Type', 'application/json'), *headers])


def last(system, name=NAME):
    return system.queries.ledger(name)[-1]


def values(system):
    """The values to report of the memory leaks of the campaign."""
    asks = system.queries.requirement(FULL, 'memory-leaks').asks
    return {'values': {asks.values[0].name: '0.5 kB/event'}}


def test_evidence_by_a_token_names_its_owner_and_the_token(
        full, system, machine):
    reply = post(machine('evidence:write', name='nightly', campaign=FULL,
                         requirement='memory-leaks'), LEAKS, values(system))
    assert reply.status == 201, reply.text
    entry = last(system, FULL)
    assert (entry.verb, entry.actor, entry.payload['token']) == (
        'reported', 'anna', 'nightly')
    assert not system.queries.decision(FULL).answer('memory-leaks').met
    assert system.check(FULL, False, 'root') == []


def test_hold_by_a_token_is_told_without_its_secret(
        campaign, system, mailbox, token, machine):
    made = token('hold', name='watchdog')
    reply = post(machine(secret=made.secret), f'{ONE}/hold', HOLD)
    assert reply.status == 201, reply.text
    assert last(system).payload['token'] == 'watchdog'
    assert system.queries.decision(NAME).snapshot.state.campaign.held_since
    assert mailbox.mails
    assert not [m for m in mailbox.mails
                if made.secret.split('_', 2)[2] in str(m)]


@pytest.mark.parametrize(('address', 'told'), PERSONS)
def test_no_token_does_what_persons_do(campaign, env, system, machine,
                                       address, told):
    """Not even one of an administrator, with every scope there is."""
    system.lifecycle.hold(NAME, ANNA, 'x')
    before = system.queries.ledger(NAME)
    reply = post(machine('gate:read,evidence:write,hold,feed:read',
                         owner='coordinator'), address, told)
    assert reply.status == 403
    assert reply.problem
    assert system.queries.ledger(NAME) == before
    assert system.queries.names() == [NAME]


def test_session_beside_a_token_adds_nothing_to_it(campaign, client, system,
                                                   token):
    """The form token of the session that came along is none of its own."""
    anna = client('anna')
    anna.get('/about')
    cookies = {c.name: c.value for c in anna.jar}
    beside = [('Cookie', '; '.join(f'{k}={v}' for k, v in cookies.items())),
              ('X-Trac-Form-Token', cookies['trac_form_token'])]
    address, told = PERSONS[0]
    before = system.queries.ledger(NAME)
    for header in (f'Bearer {token("hold").secret}', 'Bearer nonsense'):
        reply = post(Machine(anna.site, header), address, told, beside)
        assert reply.status in (401, 403)
        assert system.queries.ledger(NAME) == before
    assert post(Machine(anna.site), address, told, beside).status == 201


def test_token_holds_no_more_than_its_owner_may(campaign, env, machine):
    """eve is no contact; a robot of its own has CAMPAIGN_HOLD."""
    PermissionSystem(env).grant_permission('robot', 'CAMPAIGN_HOLD')
    reply = post(machine('hold', owner='eve'), f'{ONE}/hold', HOLD)
    assert reply.status == 403
    assert 'only its contacts' in reply.problem
    assert post(machine('hold', owner='robot'), f'{ONE}/hold',
                HOLD).status == 201


def test_token_reports_for_no_requirement_of_others(full, system, machine):
    before = system.queries.ledger(FULL)
    reply = post(machine('evidence:write', owner='eve'), LEAKS,
                 values(system))
    assert reply.status == 403
    assert 'only ' in reply.problem
    assert system.queries.ledger(FULL) == before


def test_token_of_another_campaign_or_requirement_reports_nothing(
        full, campaign, system, machine):
    told = values(system)
    before = system.queries.ledger(FULL)
    for more in ({'campaign': NAME},
                 {'campaign': FULL, 'requirement': 'feature-freeze'}):
        reply = post(machine('evidence:write', **more), LEAKS, told)
        assert reply.status in (403, 404)
        assert reply.problem
    assert post(machine('gate:read,hold'), LEAKS, told).status == 403
    assert system.queries.ledger(FULL) == before


def test_token_reads_what_its_campaign_is_about_and_no_list_of_all(
        full, campaign, machine):
    sent = machine('gate:read', campaign=FULL)
    for path in ('', '/decisions', '/requirements', '/evidence', '/ledger'):
        assert sent.send(MORE + path).status == 200, path
        assert sent.send(ONE + path).status in (403, 404), path
    assert sent.send(API).status == 403
    assert machine('gate:read').send(API).status == 200
    assert sent.send('/campaign/api/v1/openapi.json').status == 200
