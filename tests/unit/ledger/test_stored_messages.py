"""Entries keep the id and parameters of a message beside its English text."""

from __future__ import annotations

import json

import pytest

from prodworkflow.domain import ledger
from prodworkflow.domain.canonical_json import canonical
from prodworkflow.domain.ledger.history import history
from prodworkflow.domain.ledger.payloads import (
    message_of,
    messages_of,
    with_messages,
)
from prodworkflow.domain.text import Message
from support.factories import chain, entry, state
from support.ledgers import EVERY

OPEN = Message('#%(ticket)s is open', ticket=3)
OPEN_DATA = {'id': '#%(ticket)s is open', 'params': {'ticket': 3}}


@pytest.mark.parametrize(('payload', 'stored'), [
    pytest.param({}, {}, id='nothing'),
    pytest.param({'reason': 'crashes', 'seen': 7, 'stale': ['a']},
                 {'reason': 'crashes', 'seen': 7, 'stale': ['a']},
                 id='no message'),
    pytest.param({'because': OPEN},
                 {'because': '#3 is open', 'because_messages': OPEN_DATA},
                 id='a message'),
    pytest.param({'reasons': [OPEN, 'as said']},
                 {'reasons': ['#3 is open', 'as said'],
                  'reasons_messages': [OPEN_DATA, None]}, id='a list'),
    pytest.param({'reasons': (OPEN,)},
                 {'reasons': ['#3 is open'],
                  'reasons_messages': [OPEN_DATA]}, id='a tuple'),
    pytest.param({'rests_on': [{'words': OPEN, 'waivers': []}]},
                 {'rests_on': [{'words': '#3 is open', 'waivers': [],
                                'words_messages': OPEN_DATA}]},
                 id='an inner table'),
])
def test_a_message_gets_a_field_with_its_id_and_parameters(payload, stored):
    found = with_messages(payload)
    assert found == stored
    assert not [v for v in found.values() if isinstance(v, Message)]
    assert json.loads(canonical(found)) == stored


def test_an_entry_is_sealed_with_its_messages():
    sealed = chain(entry('refused', 'feature-freeze', reasons=[OPEN]))
    assert sealed[-1].payload == {'reasons': ['#3 is open'],
                                  'reasons_messages': [OPEN_DATA]}
    assert ledger.broken(sealed, sealed[-1].hash) == []
    assert ledger.fold(sealed) == ledger.fold(
        chain(entry('refused', 'feature-freeze', reasons=['#3 is open'])))


@pytest.mark.parametrize('verb', sorted(EVERY))
def test_an_entry_without_messages_is_sealed_as_before(verb):
    was = entry(verb, **EVERY[verb])
    assert ledger.seal(None, was).payload == was.payload


@pytest.mark.parametrize('data', [
    pytest.param(None, id='entry from before'),
    pytest.param('x', id='no table'),
    pytest.param({}, id='no id'),
    pytest.param({'id': '%(a)s', 'params': {}}, id='parameter missing'),
    pytest.param({'id': '%(ticket)d', 'params': {'ticket': 'x'}},
                 id='no pattern'),
    pytest.param({'id': 'it is shut', 'params': {}}, id='another text'),
])
def test_the_text_counts_where_its_message_cannot_be_read(data):
    payload = {'because': '#3 is open', 'because_messages': data,
               'reasons': ['#3 is open'], 'reasons_messages': [data]}
    for found in message_of(payload, 'because'), *messages_of(payload,
                                                              'reasons'):
        assert found == '#3 is open'
        assert not isinstance(found, Message)


@pytest.mark.parametrize('data', [None, 'x', [], [OPEN_DATA, None]])
def test_reasons_are_read_where_their_messages_do_not_fit(data):
    assert messages_of({'reasons': ['a'], 'reasons_messages': data},
                       'reasons') == ['a']
    assert messages_of({'reasons': 'a'}, 'reasons') == []


def test_the_reason_of_a_hold_is_read_as_the_message_that_it_was():
    stored = with_messages({'reason': OPEN})
    event = history(chain(entry('held', **stored)), state())[-1]
    assert event.words == 'put the campaign on hold: “#3 is open”'
    assert event.words.params['said'].params == {'ticket': 3}
