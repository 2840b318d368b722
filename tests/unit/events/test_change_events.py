"""What a change of a campaign tells those outside of Trac."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prodworkflow.domain.events.change_events import events_of
from prodworkflow.domain.events.gates import open_gates
from prodworkflow.domain.text import Message
from support.changes import changed, said, signed, standing
from support.factories import KEYS, requirement

FREEZE, VALIDATED, PERFORMANCE = (
    'feature-freeze', 'release-validated', 'runtime-performance')
ASKED = [requirement(FREEZE, contacts=('anna', 'bruno'), release_bound=True),
         requirement(VALIDATED, contacts=('bruno',)),
         requirement(PERFORMANCE, contacts=('bruno',))]
NOTHING = standing(ASKED)
SIGNED = signed(ASKED, FREEZE)
READY = signed(ASKED, *(r.key for r in ASKED))
HELD = {'held_since': 1, 'held_by': 'eve', 'held_because': 'A leak.'}


def told(before, after, *entries, gates=None):
    change = changed(before, after, *entries)
    return events_of(change, gates if gates is not None
                     else open_gates(change.before))


def names(events):
    return [(e.type.value, e.subject) for e in events]


def test_new_campaign_asks_those_whose_turn_it_is():
    event, = told(None, NOTHING, gates={})
    assert (event.type.value, event.subject, event.requirement) == (
        'asked', FREEZE, ASKED[0])
    assert event.facts == {'people': ['anna', 'bruno']}
    assert event.line == ('2011 Prod: #1 Feature Freeze waits for anna and '
                          'bruno.')


def test_sign_off_opens_a_gate_and_asks_the_next():
    events = told(NOTHING, SIGNED, said('approved', FREEZE, 'anna',
                                        statement='Fine.'))
    assert names(events) == [('signed', FREEZE), ('asked', VALIDATED),
                             ('gate-opened', KEYS[0])]
    assert events[0].line == ('2011 Prod: anna has signed off #1 Feature '
                              'Freeze: “Fine.”')
    assert events[0].facts == {'by': 'anna', 'entry': 50,
                               'statement': 'Fine.'}
    assert events[2].line == ('2011 Prod: the gate of stage 1. Software '
                              'preparation is open.')
    assert events[2].facts == {'gate': 'stage', 'stage': KEYS[0],
                               'open': True, 'passes': True, 'reasons': []}


def test_who_waited_already_is_not_asked_once_more():
    two = [replace(ASKED[0], quorum=2), *ASKED[1:]]
    events = told(standing(two), signed(two, FREEZE), said(
        'approved', FREEZE, 'anna', statement='Fine.'))
    assert names(events) == [('signed', FREEZE)]


def test_last_sign_off_opens_the_launch_gate():
    almost = signed(ASKED, FREEZE, VALIDATED)
    events = told(almost, READY, said('approved', PERFORMANCE, 'bruno',
                                      statement=''))
    assert names(events) == [('signed', PERFORMANCE),
                             ('gate-opened', KEYS[2]),
                             ('gate-opened', 'launch')]
    assert events[0].line.endswith('ok: without a word.')
    assert events[2].line == '2011 Prod: the launch gate is open.'
    assert events[2].facts['gate'] == 'launch'
    assert events[2].facts['stage'] is None


@pytest.mark.parametrize(('verb', 'line'), [
    ('rejected', 'bruno has rejected #1 Feature Freeze: “It leaks.”'),
    ('withdrawn', 'bruno has withdrawn the approval of #1 Feature Freeze: '
                  '“It leaks.”')])
def test_rejection_shuts_the_gates(verb, line):
    rejected = standing(ASKED, known=SIGNED.state.signers)
    events = told(SIGNED, rejected, said(verb, FREEZE, 'bruno',
                                         statement='It leaks.'))
    assert names(events) == [(verb, FREEZE), ('asked', FREEZE),
                             ('gate-shut', KEYS[0])]
    assert events[0].line == f'2011 Prod: {line}'
    shut = events[-1]
    assert shut.line.startswith('2011 Prod: the gate of stage 1. Software '
                                'preparation is shut: #1 Feature Freeze')
    assert shut.facts['open'] is False
    assert len(shut.facts['reasons']) == 1


def test_what_was_signed_for_another_release_is_stale_and_asked_again():
    asked = [replace(ASKED[0], stale=9), *ASKED[1:]]
    after = signed(asked, FREEZE, release='V2')
    events = told(SIGNED, after, said('released', release='V2'))
    assert names(events)[:2] == [('stale', FREEZE), ('asked', FREEZE)]
    assert events[0].facts['reason'] == 'stale'
    assert events[0].line.startswith(
        '2011 Prod: the approval of #1 Feature Freeze counts no more: ')
    assert events[1].facts == {'people': ['anna', 'bruno']}
    assert [e for e in told(after, after) if e.type.value == 'stale'] == []


@pytest.mark.parametrize(('verb', 'type_'), [
    ('held', 'held'), ('resumed', 'resumed'), ('launched', 'launched')])
def test_what_is_done_with_a_campaign_has_its_reason(verb, type_):
    events = told(READY, READY, said(verb, by='eve', reason='A leak.'))
    assert names(events) == [(type_, '')]
    assert events[0].facts['statement'] == 'A leak.'
    assert 'eve has' in events[0].line


def test_reason_of_the_rules_is_english_for_programs():
    why = Message('#%(n)s was withdrawn', n=1)
    event, = told(READY, READY, said(
        'held', by='prodworkflow', reason=str(why),
        reason_messages=why.as_dict()))
    assert type(event.facts['statement']) is str
    assert event.facts['statement'] == '#1 was withdrawn'


def test_token_by_which_a_machine_holds_is_named():
    event, = told(READY, READY, said('held', by='anna', reason='A leak.',
                                     token='nightly'))
    assert (event.facts['by'], event.facts['token']) == ('anna', 'nightly')


def test_hold_shuts_the_launch_gate_alone():
    after = signed(ASKED, *(r.key for r in ASKED), **HELD)
    event, = told(READY, after)
    assert (event.type.value, event.subject) == ('gate-shut', 'launch')
    assert event.line.startswith('2011 Prod: the launch gate is shut: ')


def test_gates_are_told_against_what_was_told_last():
    """Time alone may have shut one meanwhile, or somebody else's doing."""
    assert names(told(READY, READY, gates=dict.fromkeys(('', *KEYS), True))
                 ) == []
    assert names(told(READY, READY, gates={'': True, KEYS[0]: True,
                                           KEYS[2]: True})) == [
        ('gate-opened', KEYS[1])]


def test_verdict_on_what_is_gone_is_told_to_nobody():
    assert told(NOTHING, NOTHING, said('approved', 'gone', 'anna')) == []


def test_requirement_without_a_ticket_is_named_by_its_title():
    lost = [replace(ASKED[0], ticket=None), *ASKED[1:]]
    event = told(standing(lost), standing(lost),
                 said('rejected', FREEZE, 'anna', statement='No.'))[0]
    assert event.line == '2011 Prod: anna has rejected Feature Freeze: “No.”'


def test_programs_are_told_too_who_is_awaited_for_what_is_stale():
    asked = [replace(ASKED[0], stale=9), *ASKED[1:]]
    event = told(SIGNED, signed(asked, FREEZE, release='V2'),
                 said('released', release='V2'))[0]
    assert event.requirement == asked[0]
    assert event.line == ('2011 Prod: the approval of #1 Feature Freeze '
                          'counts no more: was signed for another release '
                          'than V2.')
    assert event.facts == {'reason': 'stale', 'words': (
        'was signed for another release than V2; awaits anna or bruno')}


@pytest.mark.parametrize(('verb', 'entry'), [
    ('approved', said('approved', FREEZE, 'anna', statement='Fine.')),
    ('rejected', said('rejected', FREEZE, 'anna', statement='No.'))])
def test_verdict_is_told_with_its_requirement(verb, entry):
    assert told(NOTHING, NOTHING, entry)[0].requirement == ASKED[0]


def test_gates_that_shut_say_which_and_why():
    shut = [e for e in told(READY, standing(ASKED)) if not e.facts.get(
        'open', True)]
    assert [(e.facts['gate'], e.facts['stage']) for e in shut] == [
        *(('stage', key) for key in KEYS), ('launch', None)]
    assert shut[-1].line == (
        '2011 Prod: the launch gate is shut: '
        + ', '.join(shut[-1].facts['reasons'][:-1])
        + f' and {shut[-1].facts["reasons"][-1]}.')
