"""The ledger: nothing changes in it unseen, and its fold is the state."""

from __future__ import annotations

import copy
import json
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from prodworkflow.domain import ledger
from prodworkflow.domain.ledger import creation, effects
from prodworkflow.domain.ledger.comparison import differences
from prodworkflow.domain.ledger.history import history
from prodworkflow.domain.model.signoff import SignOff
from prodworkflow.domain.model.state import State
from support.factories import chain, entry, FREEZE, state
from support.ledgers import EVERY, OF_LISTS

LONG = chain(
    entry('approved', 'feature-freeze', role='contact', statement='Fine.',
          seen=7, ticket=1),
    entry('closed-unsigned', 'software-quality', seen=8, ticket=2,
          resolution='invalid'),
    entry('withdrawn', 'feature-freeze', role='anyone', statement='', seen=9),
    entry('stage-closed', stage='software-preparation', completed=1),
)
ONLY_TOLD = ('milestone-restored', 'ticket-moved', 'ticket-entered',
             'ticket-left', 'refused', 'passed', 'ticket-turned-away')
OF_DEPUTIES = ('deputy-named', 'deputy-ended')
OF_ISSUES = ('tolerated', 'toleration-ended')
OF_CAMPAIGN = ('release-renamed', 'released', 'held', 'resumed', 'launched',
               'closed', 'abandoned', 'enforcement-changed', 'rescheduled',
               'freeze-changed', 'word-renamed')


def test_the_chain_holds_and_folds_to_the_state():
    assert ledger.broken(LONG, LONG[-1].hash) == []
    folded = ledger.fold(LONG)
    assert folded.campaign == state(freeze=FREEZE).campaign
    assert folded.stages[0].closed
    freeze, quality = folded.requirements[:2]
    assert (freeze.seen, freeze.unsigned) == (9, False)
    assert (quality.seen, quality.unsigned) == (8, True)
    assert folded.signoffs[0] == SignOff(
        2, 'feature-freeze', 'approved', 'anna', 'contact', 'V1', 1000,
        'Fine.', 'anna')


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


@pytest.mark.parametrize('payload', [
    pytest.param([], id='list'), pytest.param([['a', 1]], id='pairs'),
    pytest.param([1], id='numbers'), pytest.param(None, id='nothing'),
    pytest.param(5, id='number'), pytest.param('x', id='text'),
])
@pytest.mark.parametrize('was', [{}, {'a': 1}])
def test_payload_of_another_type_breaks_the_chain(payload, was):
    """Whatever JSON somebody writes into the row by hand."""
    sealed = ledger.seal(None, entry('refused', **was))
    assert ledger.broken([replace(sealed, payload=payload)], sealed.hash)


@given(st.integers(0, 4), st.sampled_from(
    ['actor', 'verb', 'requirement', 'release', 'previous', 'hash']),
    st.text())
def test_any_other_text_in_any_entry_breaks_the_chain(place, name, text):
    assume(getattr(LONG[place], name) != text)
    tampered = list(LONG)
    tampered[place] = replace(LONG[place], **{name: text})
    assert ledger.broken(tampered, LONG[-1].hash)


@pytest.mark.parametrize('place', range(6))
def test_inserted_entry_breaks_the_chain(place):
    """Even one that is sealed behind the entry before it."""
    forged = ledger.seal(LONG[place - 1] if place else None,
                         entry('approved', 'feature-freeze', role='contact',
                               statement='', seen=1))
    assert ledger.broken([*LONG[:place], forged, *LONG[place:]],
                         LONG[-1].hash)


@given(st.permutations(range(5)))
def test_any_other_order_of_entries_breaks_the_chain(order):
    found = ledger.broken([LONG[n] for n in order], LONG[-1].hash)
    assert bool(found) is (order != sorted(order))


def test_each_break_of_the_chain_is_told_with_the_number_of_its_entry():
    dropped = [*LONG[:1], *LONG[2:]]
    assert ledger.broken(dropped, LONG[-1].hash) == [
        'entry 2 is missing: entry 3 stands in its place',
        'entry 3 does not follow from the entry before it']
    changed = [replace(LONG[0], actor='eve'), *LONG[1:]]
    assert ledger.broken(changed, LONG[-1].hash) == [
        'entry 1 (created) was changed after it was written']
    assert ledger.broken(LONG[:-1], LONG[-1].hash) == [
        'the last entry is not the one that was written last']
    assert ledger.broken([], '') == [
        'the last entry is not the one that was written last']


def test_the_seal_of_an_entry_is_the_same_for_ever():
    """Ledgers that were written long ago must still verify."""
    sealed = ledger.seal(None, entry('approved', 'feature-freeze',
                                     statement='Größe \U0001f600', seen=1))
    assert sealed.previous == '0' * 64
    assert sealed.hash == (
        '5d0369d646fbe00bb871061d7939d7d4'
        '01e98542bb296f96932ff8c895d8bbd7')


def test_resealing_one_entry_breaks_the_next():
    forged = ledger.seal(LONG[0], replace(LONG[1], actor='eve'))
    assert ledger.broken([LONG[0], forged, *LONG[2:]],
                         LONG[-1].hash) == [
        'entry 3 does not follow from the entry before it']


@pytest.mark.parametrize('verb', effects.VERBS)
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
    with pytest.raises(ledger.LedgerError) as unknown:
        ledger.fold(chain(entry('sung')))
    assert str(unknown.value) == 'entry 2: unknown verb "sung"'
    with pytest.raises(ledger.LedgerError) as broken:
        ledger.fold(chain(entry('approved', 'feature-freeze')))
    assert str(broken.value) == ("entry 2 (approved) cannot be read: "
                                 "KeyError('role')")
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


@pytest.mark.parametrize('verb', effects.VERBS[2:])
def test_entry_of_an_unknown_requirement_or_stage_is_an_error(verb):
    """What is only told changes nothing, and so needs nothing."""
    wrong = entry(verb, 'no-such', **{**EVERY[verb], 'stage': 'no-such'})
    if verb in OF_CAMPAIGN:
        assert (ledger.fold(chain(wrong)).campaign
                != ledger.fold(chain()).campaign) or verb == 'resumed'
    elif verb in OF_LISTS:
        assert ledger.fold(chain(wrong)).lists != ledger.fold(chain()).lists
    elif verb in OF_DEPUTIES:
        assert bool(ledger.fold(chain(wrong)).campaign.deputies) is (
            verb == 'deputy-named')
    elif verb in OF_ISSUES:
        assert bool(ledger.fold(chain(wrong)).known_issues) is (
            verb == 'tolerated')
    elif verb in ONLY_TOLD:
        assert ledger.fold(chain(wrong)) == ledger.fold(chain())
    else:
        with pytest.raises(ledger.LedgerError, match='entry 2'):
            ledger.fold(chain(wrong))


@pytest.mark.parametrize('before', [
    pytest.param([], id='under way'),
    pytest.param([entry('removed')], id='removed'),
])
def test_a_campaign_is_created_once(before):
    again = entry('created', **creation.plan_payload(state()))
    with pytest.raises(ledger.LedgerError):
        ledger.fold(chain(*before, again))


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(['key', 'stage', 'start', 'due', 'contacts']),
        inner, max_size=3), max_leaves=5)
words = st.sampled_from([
    'campaign', 'stages', 'requirements', 'role', 'statement', 'seen',
    'ticket', 'ticket_time', 'stage', 'milestone'])


@given(st.sampled_from(effects.VERBS),
       st.sampled_from(['', 'feature-freeze', 'no-such']),
       st.dictionaries(words, plain))
def test_replay_of_any_entries_gives_a_state_or_a_ledger_error(
        verb, key, payload):
    try:
        found = ledger.apply(state(), entry(verb, key, **payload))
        assert isinstance(found, State)
    except ledger.LedgerError as error:
        assert verb in str(error)


steps = st.lists(st.sampled_from([
    v for v in effects.VERBS[2:] if v not in OF_LISTS]).map(
    lambda verb: entry(verb, 'feature-freeze', **EVERY[verb])), max_size=12)


@given(steps, st.integers(0, 12))
def test_folding_goes_on_from_any_entry(entries, place):
    sealed = chain(*entries)
    found = ledger.fold(sealed[:place + 1])
    for each in sealed[place + 1:]:
        before = copy.deepcopy(found)
        after = ledger.apply(found, each)
        assert found == before
        found = after
    assert found == ledger.fold(sealed)
    assert ledger.broken(sealed, sealed[-1].hash) == []


@given(steps)
def test_plan_reads_back_from_the_ledger(entries):
    found = ledger.fold(chain(*entries))
    first = entry('created', **json.loads(ledger.canonical(
        creation.plan_payload(found))))
    assert ledger.apply(creation.NOTHING, first) == replace(
        found, signoffs=(), known_issues=(), concerns=())


@pytest.mark.parametrize('text', [
    pytest.param('\x00\x1f\x7f', id='control'),
    pytest.param('"\\/\b\f\n\r\t', id='escaped'),
    pytest.param('Größe', id='Latin'),
    pytest.param('\u2028\u2029\ufeff\uffff', id='separators'),
    pytest.param('e\u0301', id='not composed'),
    *(pytest.param(chr(plane << 16 | 0xfffd), id=f'plane {plane}')
      for plane in range(17)),
    pytest.param('\ud800', id='half a pair'),
])
def test_canonical_json_of_any_text_is_ascii(text):
    written = ledger.canonical({'said': text})
    assert written.isascii()
    assert json.loads(written) == {'said': text}


def test_canonical_json_tells_composed_from_decomposed_letters():
    assert ledger.canonical('\xe9') != ledger.canonical('e\u0301')


@pytest.mark.parametrize('value', [
    pytest.param(float('nan'), id='no number'),
    pytest.param(float('inf'), id='infinite')])
def test_canonical_json_refuses_nan_and_infinity(value):
    with pytest.raises(ValueError, match='not JSON compliant'):
        ledger.canonical({'measured': value})


@given(st.dictionaries(st.text(), st.text() | st.integers()
                       | st.lists(st.text())))
def test_canonical_json_of_any_script_reads_back(value):
    text = ledger.canonical(value)
    assert json.loads(text) == value
    assert text.isascii()
    assert text == ledger.canonical(dict(reversed(list(value.items()))))


def test_a_chain_is_verified_on_from_an_entry_that_was_verified_before():
    entries = chain(entry('held', reason='x'), entry('resumed', reason='y'))
    head = entries[-1].hash
    for n in range(1, 4):
        assert ledger.broken(entries[n:], head, entries[n - 1]) == []
    assert ledger.broken(entries[2:], head, entries[0]) == [
        'entry 2 is missing: entry 3 stands in its place',
        'entry 3 does not follow from the entry before it']
    assert ledger.broken(entries[1:], head) == [
        'entry 1 is missing: entry 2 stands in its place',
        'entry 2 does not follow from the entry before it']
