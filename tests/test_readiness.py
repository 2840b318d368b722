"""What people are told of a decision, and what is kept from them."""

from __future__ import annotations

import json

import pytest
from factories import ASKED, KEYS, requirement, snapshot, state

from prodworkflow.gates import decide
from prodworkflow.readiness import readiness

JUNE_10 = 1781049600 * 10**6


def told(signed=(), gate='', hidden=(), stages=(), **changes):
    return readiness(decide(snapshot(signed, **changes), JUNE_10), gate,
                     frozenset(hidden), frozenset(stages))


VERDICTS = [
    pytest.param({}, 'Not ready: 7 of 7 sign-offs missing; next: '
                 '#1 Feature Freeze, anna.', id='nothing signed'),
    pytest.param({'signed': list(ASKED)[:6]}, 'Not ready: 1 of 7 sign-offs '
                 'missing; next: #7 Physics results ok, anna.', id='one left'),
    pytest.param({'signed': ASKED}, 'Ready: all 7 sign-offs are given.',
                 id='ready'),
    pytest.param({'signed': ASKED, 'milestones': dict.fromkeys(KEYS, 1)},
                 'Ready: all 7 sign-offs are given, all stages are closed.',
                 id='closed'),
    pytest.param({'signed': ASKED, 'others': {KEYS[0]: (12,)}},
                 'Not ready: #12 is open in 2011 Prod: 1. Software '
                 'preparation.', id='open ticket'),
    pytest.param({'state': state(enforcement='advisory')},
                 'Not ready: 7 of 7 sign-offs missing; next: #1 Feature '
                 'Freeze, anna (advisory: nothing is blocked).',
                 id='advisory'),
    pytest.param({'state': state(requirements=[
        requirement(k, contacts=()) for k in ASKED])},
        'Not ready: 7 of 7 sign-offs missing; next: #1 Feature Freeze, which '
        'has no contacts.', id='no contacts'),
    pytest.param({'hidden': [1]}, 'Not ready: 6 of 6 sign-offs missing; '
                 'next: #2 Software quality ok, anna.', id='first hidden'),
    pytest.param({'hidden': range(8)}, 'Not ready: it waits for something '
                 'that you may not see.', id='all hidden'),
    pytest.param({'signed': ASKED, 'hidden': [3]},
                 'Ready: all sign-offs are given.', id='ready, one hidden'),
    pytest.param({'signed': list(ASKED)[:3], 'gate': '1'},
                 'Ready: all 3 sign-offs are given.', id='first gate'),
]


@pytest.mark.parametrize(('given', 'verdict'), VERDICTS)
def test_the_verdict_is_one_sentence(given, verdict):
    assert told(**given).verdict == verdict


@pytest.mark.parametrize('given', [
    pytest.param({'hidden': [3]}, id='a ticket'),
    pytest.param({'hidden': [3], 'others': {KEYS[0]: (3,)}}, id='another'),
    pytest.param({'stages': [KEYS[0]]}, id='a stage'),
    pytest.param({'stages': [KEYS[0]], 'milestones': {}}, id='a lost stage'),
])
def test_nothing_is_told_of_what_is_hidden(given):
    found = told(**given)
    text = json.dumps(found.as_dict()) + found.as_text()
    for word in ('#3', 'Resources estimate', 'resources-estimate'):
        assert word not in text
    if 'stages' in given:
        assert 'Software preparation' not in text
    assert found.veiled
    assert 'there may be more that you may not see' in found.as_text()
    assert not found.open


def test_days_late_are_counted_until_a_stage_is_closed():
    assert [s.late for s in told().stages] == [9, 8, 7]
    closed = told(milestones={KEYS[0]: 1, KEYS[1]: 0, KEYS[2]: 0})
    assert [s.late for s in closed.stages] == [0, 8, 7]


def test_the_text_names_the_gate_and_every_reason():
    lines = told(list(ASKED)[:6], 'pre-production').as_text().splitlines()
    assert lines[0] == '2011 Prod, pre-production gate: shut'
    assert lines[2:] == ['  - #7 Physics results ok awaits anna']
    assert told(ASKED).as_text().startswith('2011 Prod, launch gate: open')


def test_an_answer_about_one_gate_leaves_later_stages_out():
    assert [s.stage.number for s in told(gate='2').stages] == [1, 2]
    with pytest.raises(KeyError):
        told(gate='9')


def test_the_whole_answer_is_plain_data():
    found = json.loads(json.dumps(told().as_dict()))
    assert found['start'] == '2026-06-29'
    assert found['asked'] == '2026-06-10T00:00:00+00:00'
    assert found['stages'][0]['due'] == '2026-06-01'
    assert found['stages'][0]['needed'] == 3
