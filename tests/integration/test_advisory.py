"""Advisory means it: gates and commands pass, say why not, and record it."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from trac.ticket.model import Ticket

from prodworkflow.api import CampaignChanges, GateShut
from support.campaigns import ADMIN, CONTACTS, NAME

GATE = f'/campaign/{quote(NAME)}/gate'
FIRST = f'{NAME}: 1. Software preparation'


@pytest.fixture
def advisory(create):
    create(enforcement='advisory')


@pytest.fixture
def forged(env):
    """A row written by hand: the record agrees with its ledger no more."""
    def forge():
        env.db_transaction('UPDATE prodworkflow_requirement SET quorum=7 '
                           "WHERE requirement='physics-results'")
    return forge


def passages(system):
    return [e for e in system.queries.ledger(NAME) if e.verb == 'passed']


def test_shut_gate_answers_200_and_says_what_would_be_refused(
        advisory, client, system):
    answer = client('anna').get(GATE)
    told = json.loads(answer.text)
    assert (answer.status, told['open'], told['passes']) == (200, False, True)
    assert '#1 Feature Freeze awaits anna' in told['reasons']
    assert '(advisory: nothing is blocked)' in told['verdict']
    entry, = passages(system)
    assert (entry.actor, entry.payload['against']) == ('anna',
                                                       told['reasons'])
    revision = system.queries.decision(NAME).snapshot.revision
    assert answer.headers['ETag'].startswith(f'W/"{revision}-')


def test_machine_that_asks_every_minute_passes_once_until_reasons_change(
        advisory, client, system, sign):
    robot = client('anna')
    tags = {robot.get(GATE).headers['ETag'] for _ in range(4)}
    assert (len(passages(system)), len(tags)) == (1, 1)
    client('bruno').get(GATE)
    robot.get(f'{GATE}?stage=1')
    assert len(passages(system)) == 3
    robot.get(GATE)
    assert len(passages(system)) == 3
    sign('feature-freeze')
    for _ in range(2):
        robot.get(GATE)
    assert len(passages(system)) == 4


def test_campaign_gate_exits_0_and_records_it_once(advisory, admin, system):
    for _ in range(2):
        code, out, _ = admin('campaign', 'gate', NAME)
        assert code == 0
        assert 'shut, but lets pass (advisory' in out
        assert '#1 Feature Freeze awaits anna' in out
    assert admin('campaign', 'gate', NAME, '2')[0] == 0
    assert len(passages(system)) == 2
    assert 'passed the launch gate, against the rules: #1' in admin(
        'campaign', 'show', NAME)[1]


def test_open_and_standard_gates_record_no_passage(create, client, system,
                                                   sign):
    create()
    assert client('anna').get(GATE).status == 409
    sign(*CONTACTS)
    assert client('anna').get(GATE).status == 200
    assert passages(system) == []


def test_campaign_admits_passes_and_records_it(advisory, sign, admin, system,
                                               env):
    sign('feature-freeze')
    ticket = Ticket(env)
    ticket.populate({'summary': 'x', 'type': 'task', 'status': 'new'})
    number = str(ticket.insert())
    for _ in range(2):
        code, _, err = admin('campaign', 'admits', NAME, number)
        assert code == 0
        assert 'is frozen' in err
        assert 'Nothing is blocked (advisory enforcement)' in err
    entry, = passages(system)
    assert entry.payload['tickets'] == [number]


def test_in_doubt_nothing_passes_advisory_or_not(
        advisory, forged, client, admin, system, stored):
    forged()
    answer = client('anna').get(GATE)
    told = json.loads(answer.text)
    assert (answer.status, told['passes']) == (409, False)
    assert 'advisory: nothing is blocked' not in told['verdict']
    assert admin('campaign', 'gate', NAME)[0] == 1
    assert admin('campaign', 'admits', NAME)[0] == 1
    assert admin('milestone', 'completed', FIRST, 'now')[0] == 2
    assert stored(1) == [False]
    with pytest.raises(GateShut, match='does not agree with its ledger'):
        system.lifecycle.launch(NAME, ADMIN, 'Go.')
    assert passages(system) == []


def test_milestone_page_in_doubt_refuses_advisory_or_not(advisory, forged,
                                                         client, stored):
    forged()
    answer = client('eve').post('/milestone/' + quote(FIRST), {
        'action': 'edit', 'id': FIRST, 'name': FIRST, 'completed': '1',
        'completeddate': '2020-01-01T00:00:00Z', 'due': '',
        'description': '', 'save': '1'})
    assert answer.status == 409
    assert 'does not agree with its ledger' in answer.text
    assert stored(1) == [False]


def test_hold_binds_in_advisory_too(advisory, client, system):
    system.lifecycle.hold(NAME, ADMIN, 'Jobs crash.')
    assert client('anna').get(GATE).status == 409
    with pytest.raises(GateShut, match='on hold'):
        system.lifecycle.launch(NAME, ADMIN, 'Go.')
    system.lifecycle.resume(NAME, ADMIN, 'Mended.')
    system.lifecycle.launch(NAME, ADMIN, 'Go.')
    assert system.queries.ledger(NAME)[-1].payload['against']


def test_what_passes_shuts_when_enforcement_is_raised(advisory, client,
                                                      system):
    assert client('anna').get(GATE).status == 200
    system.change(NAME, ADMIN, CampaignChanges('Enough.', 'standard'))
    assert client('anna').get(GATE).status == 409
