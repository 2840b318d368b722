"""The ledger: nothing changes in it unseen, and its fold is the state."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from factories import chain, entry, state
from hypothesis import given
from hypothesis import strategies as st

from prodworkflow import ledger
from prodworkflow.differences import differences
from prodworkflow.history import history
from prodworkflow.model import SignOff

LONG = chain(
    entry('approved', 'feature-freeze', role='contact', statement='Fine.',
          seen=7, ticket=1),
    entry('closed-unsigned', 'software-quality', seen=8, ticket=2,
          resolution='invalid'),
    entry('withdrawn', 'feature-freeze', role='anyone', statement='', seen=9),
    entry('stage-closed', stage='software-preparation', completed=1),
)
EVERY = {
    'created': {}, 'removed': {'reason': 'wrong'},
    'approved': {'role': 'contact', 'statement': 'Fine.', 'seen': 1},
    'rejected': {'role': 'contact', 'statement': 'No.', 'seen': 1},
    'withdrawn': {'role': 'anyone', 'statement': '', 'seen': 1},
    'closed-unsigned': {'seen': 1, 'resolution': ''},
    'reopened': {'seen': 1}, 'restored': {'seen': 1},
    'ticket-missing': {}, 'ticket-replaced': {'ticket': 9, 'ticket_time': 5},
    'stage-closed': {'stage': 'pre-production', 'against': ['#3 is open']},
    'stage-reopened': {'stage': 'pre-production', 'because': 'of it'},
    'stage-renamed': {'stage': 'pre-production', 'milestone': 'M'},
    'milestone-missing': {'stage': 'pre-production'},
    'milestone-restored': {'stage': 'pre-production'},
    'ticket-moved': {'from': '', 'to': 'M'},
    'ticket-entered': {'stage': 'pre-production', 'ticket': 9},
    'ticket-left': {'stage': 'pre-production', 'ticket': 9},
    'refused': {'what': 'closing the stage', 'stage': 'pre-production'},
}


def test_the_chain_holds_and_folds_to_the_state():
    assert ledger.broken(LONG, LONG[-1].hash) == []
    folded = ledger.fold(LONG)
    assert folded.campaign == state().campaign
    assert folded.stages[0].closed
    freeze, quality = folded.requirements[:2]
    assert (freeze.seen, freeze.unsigned) == (9, False)
    assert (quality.seen, quality.unsigned) == (8, True)
    assert folded.signoffs[0] == SignOff(
        2, 'feature-freeze', 'approved', 'anna', 'contact', 'V1', 1000,
        'Fine.')


CHANGES = [
    pytest.param({'time': 1}, id='time'),
    pytest.param({'actor': 'eve'}, id='actor'),
    pytest.param({'verb': 'rejected'}, id='verb'),
    pytest.param({'requirement': 'x'}, id='requirement'),
    pytest.param({'release': 'V2'}, id='release'),
    pytest.param({'payload': {'role': 'contact'}}, id='payload'),
    pytest.param({'previous': 'f' * 64}, id='previous'),
    pytest.param({'hash': 'f' * 64}, id='hash'),
    pytest.param({'campaign': 2}, id='campaign'),
    pytest.param({'number': 9}, id='number'),
]


@pytest.mark.parametrize('changes', CHANGES)
@pytest.mark.parametrize('place', range(5))
def test_any_change_of_any_entry_is_found(changes, place):
    tampered = [replace(e, **changes) if n == place else e
                for n, e in enumerate(LONG)]
    assert ledger.broken(tampered, LONG[-1].hash)


@pytest.mark.parametrize('changed', [
    pytest.param(LONG[1:], id='first dropped'),
    pytest.param(LONG[:2] + LONG[3:], id='one dropped'),
    pytest.param([LONG[0], LONG[2], LONG[1], *LONG[3:]], id='swapped'),
    pytest.param([*LONG[:2], *LONG[1:]], id='doubled'),
    pytest.param(LONG[:-1], id='last dropped'),
    pytest.param([], id='all dropped'),
])
def test_dropped_swapped_and_doubled_entries_are_found(changed):
    assert ledger.broken(changed, LONG[-1].hash)


def test_resealing_one_entry_breaks_the_next():
    forged = ledger.seal(LONG[0], replace(LONG[1], actor='eve'))
    assert ledger.broken([LONG[0], forged, *LONG[2:]],
                         LONG[-1].hash) == [
        'entry 3 does not follow from the entry before it']


@pytest.mark.parametrize('verb', ledger.VERBS)
def test_every_verb_folds_and_has_words(verb):
    payload = EVERY[verb]
    if verb == 'created':
        entries = chain()
    else:
        entries = chain(entry(verb, 'feature-freeze', **payload))
    folded = ledger.fold(entries)
    words = history(entries, state())[-1].words
    assert words != verb
    assert 'None' not in words
    assert differences(folded, folded) == []


def test_unknown_verbs_and_broken_payloads_are_errors():
    with pytest.raises(ledger.LedgerError, match='unknown verb "sung"'):
        ledger.fold(chain(entry('sung')))
    with pytest.raises(ledger.LedgerError, match='cannot be read'):
        ledger.fold(chain(entry('approved', 'feature-freeze')))
    with pytest.raises(ledger.LedgerError, match='cannot be read'):
        ledger.fold(chain(entry('ticket-missing', 'no-such')))


def test_a_campaign_is_over_when_all_its_stages_are_closed():
    keys = [s.key for s in state().stages]
    closings = [entry('stage-closed', stage=k) for k in keys]
    assert ledger.fold(chain(*closings)).campaign.phase == 'over'
    reopened = chain(*closings, entry('stage-reopened', stage=keys[1],
                                      because=''))
    assert ledger.fold(reopened).campaign.phase == 'underway'
    assert ledger.fold(chain(entry('removed'))).campaign.phase == 'removed'


def test_a_replaced_ticket_is_asked_for_anew():
    folded = ledger.fold(chain(
        entry('ticket-missing', 'feature-freeze'),
        entry('ticket-replaced', 'feature-freeze', ticket=9,
              ticket_time=5)))
    freeze = folded.requirements[0]
    assert (freeze.ticket, freeze.ticket_time, freeze.since) == (9, 5, 3)


def test_differences_are_told_row_by_row():
    other = replace(state(), stages=state().stages[:2])
    assert differences(state(), other) == [
        'stage pre-production is in the ledger, not in its table']
    assert differences(other, state()) == [
        'stage pre-production is in its table, not in the ledger']
    assert differences(state(), state(phase='over')) == [
        "campaign: phase is 'over', the ledger says 'underway'"]


@given(st.dictionaries(st.text(), st.text() | st.integers()
                       | st.lists(st.text())))
def test_canonical_text_reads_back_whatever_the_script(value):
    text = ledger.canonical(value)
    assert json.loads(text) == value
    assert text.isascii()
    assert text == ledger.canonical(dict(reversed(list(value.items()))))
