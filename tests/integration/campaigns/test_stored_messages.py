"""What the rules say is kept in the ledger with its id and parameters."""

from __future__ import annotations

import json

import pytest

from prodworkflow.api import SignOffRequest, Verdict
from prodworkflow.domain.model.person import Person
from support.campaigns import NAME

AWAITED = {
    'id': '%(requirement)s %(words)s', 'params': {
        'requirement': '#3 Resources estimate', 'words': {
            'id': 'awaits %(signers)s', 'params': {'signers': {
                'id': '%(items)s or %(last)s',
                'params': {'items': 'anna', 'last': 'bruno'}}}}}}


@pytest.fixture
def last(env):
    """The payload of the latest entry of a verb, as it is stored."""
    return lambda verb: json.loads(env.db_query("""
        SELECT payload FROM prodworkflow_ledger WHERE verb=%s
        ORDER BY number DESC LIMIT 1""", (verb,))[0][0])


@pytest.mark.parametrize(('enforcement', 'verb', 'field'), [
    pytest.param('standard', 'refused', 'reasons', id='refused'),
    pytest.param('advisory', 'stage-closed', 'against', id='advisory'),
])
def test_the_reasons_of_a_shut_gate_are_kept_as_messages(
        create, admin, system, last, enforcement, verb, field):
    create(enforcement=enforcement)
    admin('milestone', 'completed', f'{NAME}: 1. Software preparation', 'now')
    found = last(verb)
    assert found[field][2] == '#3 Resources estimate awaits anna or bruno'
    assert found[f'{field}_messages'][2] == AWAITED
    assert system.check(NAME, False, 'root') == []


def test_the_reason_of_an_automatic_hold_is_kept_as_a_message(
        launched, system, last):
    system.record(NAME, 'physics-results', Person('anna'),
                  SignOffRequest(Verdict.REJECTED, 'A hole in phi.'))
    held = last('held')
    assert held['reason'].startswith('#7 was rejected by anna (entry ')
    assert held['reason_messages']['params']['because']['id'] == (
        '%(tickets)s was %(verdict)s by %(person)s')
    campaign = system.queries.decision(NAME).snapshot.state.campaign
    assert campaign.held_because == held['reason']
    assert last('stage-reopened')['because_messages']
    answer = last('launched')['rests_on'][0]
    assert answer['words_messages']['id'] == 'signed off by %(signers)s'
    assert system.check(NAME, False, 'root') == []
