"""How far a stage is, in few words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.readiness import readiness
from support.factories import ASKED, KEYS, snapshot

NOW = 20000 * 86400 * 10**6
FIRST = [key for key, (number, _) in ASKED.items() if number == 1]
SECOND = [key for key, (number, _) in ASKED.items() if number == 2]


def words(found, number):
    return readiness(decide(found, NOW)).stages[number - 1].words


@pytest.mark.parametrize(('signed', 'changes', 'number', 'expected'), [
    pytest.param([], {}, 1, '3 missing', id='nothing signed'),
    pytest.param(FIRST[:2], {}, 1, '1 missing', id='one left'),
    pytest.param(FIRST, {}, 1, 'may be closed', id='all signed'),
    pytest.param(FIRST, {'milestones': {**dict.fromkeys(KEYS, 0),
                                        KEYS[0]: 5}}, 1, 'closed',
                 id='closed'),
    pytest.param([], {'milestones': {**dict.fromkeys(KEYS, 0), KEYS[0]: 5}},
                 1, 'closed although its gate is shut', id='closed and shut'),
    pytest.param(SECOND, {}, 2, 'waits for the stages before it',
                 id='signed before its turn'),
    pytest.param([*FIRST, *SECOND], {'milestones': {KEYS[0]: 0, KEYS[2]: 0}},
                 2, 'waits for what is out of place', id='no milestone'),
])
def test_a_stage_says_how_far_it_is(signed, changes, number, expected):
    assert words(replace(snapshot(signed), **changes), number) == expected
