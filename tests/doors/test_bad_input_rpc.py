"""What machines send to trac-ticketrpc: nothing is signed for another."""

from __future__ import annotations

import json

import pytest

from support.bad_input import calm, TRACES
from support.campaigns import NAME

GOOD = {'id': '1', 'project': 'Tests', 'resolution': 'fixed', 'text': 'x'}
MEGABYTE = 'x' * 1000000


def call(method='ticket.close', **params):
    return {'jsonrpc': '2.0', 'id': 1, 'method': method,
            'params': {**GOOD, **params}}


@pytest.fixture
def by_rpc(attacked_site):
    """Sends JSON as bruno, who may not sign ticket 1."""
    return lambda body: attacked_site.send(
        '/ticketrpc', json.dumps(body).encode(), user='bruno',
        headers={'Content-Type': 'application/json'})


WRONG = {
    **{f'ticket {name}': call(id=number) for name, number in {
        'null': None, 'none': '', 'negative': '-1', 'huge': '9' * 30,
        'list': ['1'], 'object': {'id': 1}, 'word': 'one', 'nul': '1\x00',
        'sql': "1' OR '1'='1", 'not there': '4711'}.items()},
    'no such method': call('ticket.open'), 'a name': call('__class__'),
    'method null': call(None), 'method of 1 MB': call(MEGABYTE),
    'nothing': {'jsonrpc': '2.0', 'method': 'ticket.close'},
    'params of another type': {**call(), 'params': 'x'},
    'a list': [], 'null': None, '1 MB of text': MEGABYTE,
}


@pytest.mark.parametrize('body', WRONG.values(), ids=WRONG)
def test_invalid_rpc_call_changes_nothing(attacked_site, by_rpc,
                                          unchanged_site, body):
    answer = by_rpc(body)
    assert '"result"' not in answer.text
    assert not TRACES.search(answer.text)


@pytest.mark.parametrize('params', [
    pytest.param({}, id='as it is meant'),
    pytest.param({'resolution': 'x' * 1000}, id='an odd resolution'),
    pytest.param({'text': '<script>alert(1)</script>'}, id='markup'),
])
def test_another_persons_ticket_closed_by_rpc_is_not_signed(
        attacked_site, by_rpc, params):
    by_rpc(call(**params))
    not_signed(attacked_site, 'feature-freeze')
    calm(attacked_site.get('/ticket/1'), params.get('text', ''))


def test_rpc_comment_of_a_megabyte_signs_nothing(attacked_site, by_rpc):
    """Nobody looks: Trac's wiki takes minutes for so long a word."""
    by_rpc(call(id='2', text=MEGABYTE))
    not_signed(attacked_site, 'software-quality')


def not_signed(attacked_site, key):
    attacked_site.calm = {}  # closed it may be
    assert not attacked_site.system.queries.decision(NAME).answer(key).met
    assert 'approved' not in [e.verb for e
                              in attacked_site.system.queries.ledger(NAME)]
    assert attacked_site.system.check(None, False, 'coordinator') == []
