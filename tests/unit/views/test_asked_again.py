"""What a move asks again: of whom, how fast they answer, for when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.planning.releases.effect import Fate, release_effect
from prodworkflow.domain.planning.releases.request import ReleaseRequest
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.moves.asked_again import (
    DAY,
    rows_asked_again,
    touch_counts,
)
from prodworkflow.domain.views.readiness import readiness
from support.factories import facts, requirement, signoff, snapshot, state

NOW = 20000 * DAY
KEYS = ('software-quality', 'release-validated', 'physics-results')


def decided(pace=None):
    """Two are signed: one rests on the tracker, one on the calorimeter."""
    asked = [requirement(KEYS[0], release_bound=True, inputs=('tracker',)),
             requirement(KEYS[1], release_bound=True, due=date(2026, 7, 1),
                         inputs=('calorimeter',), contacts=('bruno',)),
             requirement(KEYS[2], release_bound=True, inputs=('tracker',))]
    made = state([signoff(2, KEYS[0]), signoff(3, KEYS[1], signer='bruno')],
                 asked)
    tickets = {KEYS[0]: facts(KEYS[0], 'closed'),
               KEYS[1]: facts(KEYS[1], 'closed'), KEYS[2]: facts(KEYS[2])}
    return decide(replace(snapshot(), state=made, pace=pace,
                          tickets=tickets), NOW)


def rows(pace=None, touches=()):
    decision = decided(pace)
    effect = release_effect(decision, ReleaseRequest('V2', touches, 'Why.'),
                            None)
    return effect, rows_asked_again(effect, decision)


def test_each_is_told_with_its_due_day():
    effect, found = rows()
    assert [(r.moved.requirement.key, r.usual, r.due) for r in found] == [
        (KEYS[0], None, date(2026, 6, 1)), (KEYS[1], None, date(2026, 7, 1))]
    assert [len(effect.of(fate)) for fate in Fate] == [2, 0, 1, 0]
    assert [r.moved.requirement.key for r in rows(touches=('tracker',))[1]
            ] == [KEYS[0]]


@pytest.mark.parametrize(('pace', 'usual'), [
    pytest.param({'anna': [DAY, 3 * DAY, 9 * DAY]}, [3, None], id='median'),
    pytest.param({'anna': [1], 'bruno': [2 * DAY]}, [1, 2],
                 id='at least one'),
    pytest.param({'anna': []}, [None, None], id='nothing'),
])
def test_the_usual_answer_is_that_of_the_contacts(pace, usual):
    assert [r.usual for r in rows(pace)[1]] == usual


def test_inputs_count_the_signed_ones_that_rest_on_them():
    assert touch_counts(decided()) == {'tracker': 1, 'calorimeter': 1}


def test_inputs_count_what_is_signed_in_part():
    plain = decided().snapshot
    found = decide(replace(plain, state=plain.state.having(replace(
        plain.state.requirement(KEYS[0]), quorum=2))), NOW)
    assert touch_counts(found) == {'tracker': 1, 'calorimeter': 1}


def test_administrators_answer_for_what_has_no_contacts():
    plain = decided({'': [4 * DAY], 'anna': [DAY]}).snapshot
    state = plain.state.having(replace(
        plain.state.requirement(KEYS[0]), contacts=()))
    found = decide(replace(plain, state=replace(state, signoffs=tuple(
        replace(s, role='administrator', contact='')
        for s in state.signoffs))), NOW)
    effect = release_effect(found, ReleaseRequest('V2', (), 'Why.'), None)
    assert [r.usual for r in rows_asked_again(effect, found)] == [4]


def test_the_decision_once_it_has_moved_is_known():
    effect, _ = rows()
    assert readiness(decided()).verdict.startswith('Not ready: 1 of 3')
    assert readiness(effect.after).verdict.startswith('Not ready: 3 of 3')
