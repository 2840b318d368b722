"""An answer explains itself: its words, its lists and its plain data."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.model.signoff import Bound, Waiver
from prodworkflow.domain.rules.answers import (
    Answer,
    Lift,
    named,
    Obstacle,
    Reason,
)
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.text import joined
from support.factories import (
    ASKED,
    facts,
    KEYS,
    requirement,
    signoff,
    snapshot,
    state,
)

MISPLACED = {**snapshot(ASKED).tickets,
             'feature-freeze': facts('feature-freeze', 'closed',
                                     milestone='Elsewhere')}
MISPLACED.pop('physics-results')

OBSTACLES = [
    pytest.param({'doubts': ('who knows',)},
                 Obstacle('in-doubt', 'who knows'), id='doubt'),
    pytest.param({'others': {KEYS[1]: (12, 13)}}, Obstacle(
        'open-ticket', '#12 is open in 2011 Prod: 2. Release validation',
        12, KEYS[1]), id='open ticket'),
    pytest.param({'milestones': dict.fromkeys(KEYS[1:], 0)}, Obstacle(
        'milestone-missing',
        'there is no milestone 2011 Prod: 1. Software preparation',
        None, KEYS[0]), id='milestone missing'),
    pytest.param({'tickets': MISPLACED}, Obstacle(
        'ticket-moved', '#1 Feature Freeze is in Elsewhere, not in '
        '2011 Prod: 1. Software preparation', 1, KEYS[0]),
        id='ticket moved'),
]


@pytest.mark.parametrize(('changes', 'obstacle'), OBSTACLES)
def test_an_obstacle_names_what_it_is_about(changes, obstacle):
    """Whoever may not see that ticket or stage can so be told nothing."""
    gate = decide(snapshot(ASKED, **changes), 0).launch
    assert gate.obstacles[0] == obstacle
    assert not gate.open


def test_every_open_ticket_is_an_obstacle_of_its_own():
    gate = decide(snapshot(ASKED, others={KEYS[1]: (12, 13)}), 0).launch
    assert [o.ticket for o in gate.obstacles] == [12, 13]


def test_reasons_name_unmet_requirements_first_then_obstacles():
    gate = decide(snapshot(list(ASKED)[:6], others={KEYS[0]: (12,)}),
                  0).launch
    assert gate.reasons() == [
        '#7 Physics results ok awaits anna',
        '#12 is open in 2011 Prod: 1. Software preparation']
    assert [named(a) for a in gate.unmet] == ['#7 Physics results ok']


def test_a_requirement_without_ticket_is_called_by_its_title():
    asked = [requirement(k, ticket=None) for k in ASKED]
    decision = decide(snapshot(state=state(requirements=asked), tickets={}),
                      0)
    assert named(decision.answer('feature-freeze')) == 'Feature Freeze'


@pytest.mark.parametrize(('people', 'text'), [
    pytest.param([], '', id='nobody'),
    pytest.param(['anna'], 'anna', id='one'),
    pytest.param(['anna', 'bruno'], 'anna or bruno', id='two'),
    pytest.param(('anna', 'bruno', 'dora'), 'anna, bruno or dora',
                 id='three'),
])
def test_people_are_listed_as_in_a_sentence(people, text):
    assert joined(people, 'or') == text


def test_the_answers_of_a_stage_are_its_own():
    decision = decide(snapshot(), 0)
    assert [[a.requirement.ticket for a in decision.of_stage(k)]
            for k in KEYS] == [[1, 2, 3], [4, 5], [6, 7]]


def test_a_stage_is_closed_when_trac_says_so():
    """The ledger's word does not count here: Trac may know better."""
    decision = decide(snapshot(milestones={KEYS[0]: 5, KEYS[1]: 0}), 0)
    assert [decision.closed(g.stage) for g in decision.gates] == [
        True, False, False]


def test_met_and_unmet_answers_of_a_decision_are_plain_data():
    decision = decide(snapshot(['feature-freeze']), 0)
    met, unmet = (json.loads(json.dumps(decision.answer(key).as_dict()))
                  for key in ('feature-freeze', 'software-quality'))
    assert (met['answer'], met['reason'], met['signed_by']) == (
        'met', None, ['anna'])
    assert (unmet['answer'], unmet['reason'], unmet['signed_by']) == (
        'unmet', 'awaiting', [])


def test_a_waived_answer_is_plain_data_with_its_waivers():
    leave = signoff(5, verdict='waived', signer='dora', waiver=Waiver(
        'out-of-bounds', date(2026, 6, 30), (Bound('leak', '', '5 kB'),)))
    lift = Lift(Reason.OUT_OF_BOUNDS, 'is 4 kB', leave)
    answer = Answer(requirement('feature-freeze'), Reason.OUT_OF_BOUNDS,
                    'waived', ('anna',), True, (lift,))
    assert answer.met
    assert json.loads(json.dumps(answer.as_dict())) == {
        'key': 'feature-freeze', 'title': 'Feature Freeze', 'ticket': 1,
        'answer': 'waived', 'reason': 'out-of-bounds', 'words': 'waived',
        'quorum': 1, 'signed_by': ['anna'], 'contacts': ['anna'],
        'awaits': [], 'group': '', 'item': '', 'evidence': [],
        'covered': False, 'rests_on': [],
        'waivers': [{
            'reason': 'out-of-bounds', 'words': 'is 4 kB',
            'waived_by': 'dora', 'because': 'Fine.', 'entry': 5,
            'at': '1970-01-01T00:00:00+00:00',
            'days_left': 0, 'until': '2026-06-30', 'bounds': [
                {'name': 'leak', 'at_least': '', 'at_most': '5 kB'}]}]}


@pytest.mark.parametrize(('reason', 'waived', 'closing'), [
    pytest.param('out-of-bounds', 'out-of-bounds', 'tolerable', id='out'),
    pytest.param('not-enough-statistics', 'out-of-bounds', 'tolerable',
                 id='of too few, within what is tolerable'),
    pytest.param('not-enough-statistics', 'not-enough-statistics', 'waived',
                 id='of too few'),
    pytest.param('awaiting', 'awaiting', 'waived', id='nobody has signed'),
    pytest.param('awaiting', '', 'waived', id='no waiver is there')])
def test_the_waiver_says_as_what_a_ticket_is_closed(reason, waived, closing):
    leave = signoff(5, verdict='waived', waiver=waived and Waiver(
        waived, date(2026, 6, 30), ()))
    lift = Lift(Reason(reason), 'few', leave)
    answer = Answer(requirement('feature-freeze'), Reason(reason), 'waived',
                    (), True, (lift,))
    assert answer.closing == closing
    if waived:
        assert lift.as_dict()['reason'] == reason


def test_unknown_gate_or_answer_is_an_error_that_names_it():
    decision = decide(snapshot(), 0)
    with pytest.raises(KeyError, match='stage-9'):
        decision.gate('stage-9')
    with pytest.raises(KeyError, match='no-such'):
        decision.answer('no-such')


HELD = {'held_since': 5, 'held_by': 'anna', 'held_because': 'x'}


@pytest.mark.parametrize(('signed', 'campaign', 'doubts', 'passes'), [
    pytest.param(ASKED, {}, (), True, id='open'),
    pytest.param((), {}, (), False, id='shut'),
    pytest.param((), {'enforcement': 'strict'}, (), False, id='strict'),
    pytest.param((), {'enforcement': 'advisory'}, (), True, id='advisory'),
    pytest.param(ASKED, {'enforcement': 'advisory'}, (), True,
                 id='advisory, open'),
    pytest.param((), {'enforcement': 'advisory'}, ('?',), False,
                 id='advisory, in doubt'),
    pytest.param(ASKED, {'enforcement': 'advisory'}, ('?',), False,
                 id='advisory, signed, in doubt'),
    pytest.param((), {'enforcement': 'lax'}, (), False, id='unknown word'),
    pytest.param(ASKED, {'enforcement': 'advisory', **HELD}, (), False,
                 id='advisory, on hold'),
    pytest.param((), {'enforcement': 'advisory', 'phase': 'closed'}, (),
                 False, id='advisory, closed'),
    pytest.param((), {'enforcement': 'advisory', 'phase': 'sung'}, (), False,
                 id='advisory, unknown phase'),
])
def test_advisory_lets_pass_all_but_doubt_hold_and_end(signed, campaign,
                                                       doubts, passes):
    found = snapshot(signed, doubts=doubts)
    found = replace(found, state=replace(found.state, campaign=replace(
        found.state.campaign, **campaign)))
    decision = decide(found, 0)
    assert decision.passes(decision.launch) is passes


def test_stage_of_an_ended_campaign_passes_only_when_open():
    for word in ('standard', 'advisory'):
        shut = decide(snapshot(state=state(phase='abandoned',
                                           enforcement=word)), 0)
        assert not shut.passes(shut.gate('1'))
