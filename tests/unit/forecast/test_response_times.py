"""Since when somebody is asked, and how long it took them; pure."""

from __future__ import annotations

import pytest

from prodworkflow.domain.forecast.response_times import (
    in_payload,
    turn,
    unmet_of,
    waited,
)
from prodworkflow.domain.rules.gates import decide
from support.factories import (
    ASKED,
    facts,
    KEYS,
    requirement,
    signoff,
    snapshot,
    state,
)

ALL = list(ASKED)
FREEZE, LATER = ALL[0], 'release-validated'
NOW = 1000


def decided(said=(), changes=None, closed=(), milestones=(), **given):
    """All tickets were made at 100; what is said is said at its number."""
    asked = [requirement(k, **(changes or {}).get(k, {})) for k in ALL]
    return decide(snapshot(
        state=state(said, asked),
        tickets={k: facts(k, 'closed' if k in closed else 'new')
                 for k in ALL},
        milestones={**dict.fromkeys(KEYS, 0), **dict(milestones)},
        **given), NOW)


def signed(number, keys=(), **changes):
    return [signoff(number + n, k, **changes) for n, k in enumerate(keys)]


FIRST = ALL[:3]
TURNS = [
    pytest.param(FREEZE, {}, 100, id='when its ticket was made'),
    pytest.param(FREEZE, {'changes': {FREEZE: {'seen': 50}}}, 100,
                 id='made anew'),
    pytest.param(FREEZE, {'changes': {FREEZE: {'seen': 300}}}, 300,
                 id='open again'),
    pytest.param(FREEZE, {'changes': {FREEZE: {
        'seen': 300, 'unsigned': True}}}, 100, id='closed by a side door'),
    pytest.param(FREEZE, {'said': signed(400, [FREEZE], verdict='rejected')},
                 400, id='rejected'),
    pytest.param(FREEZE, {'said': signed(400, [FREEZE])}, 100,
                 id='approved'),
    pytest.param(FREEZE, {'said': signed(400, [ALL[1]]), 'changes': {
        FREEZE: {'rests_on': (ALL[1],)}}}, 400, id='its base was signed'),
    pytest.param(FREEZE, {'said': signed(400, [ALL[2]]), 'changes': {
        FREEZE: {'rests_on': (ALL[1],)}}}, 100, id='another was signed'),
    pytest.param(FREEZE, {'voided': {FREEZE: 500}}, 500, id='stale'),
    pytest.param(FREEZE, {'voided': {LATER: 500}}, 100, id='another stale'),
    pytest.param(FREEZE, {'voided': {FREEZE: 5000}}, NOW,
                 id='never later than now'),
    pytest.param(LATER, {}, 100, id='not its turn yet'),
    pytest.param(LATER, {'milestones': {KEYS[0]: 600}}, 600,
                 id='the stage before was closed'),
    pytest.param(LATER, {'milestones': {KEYS[1]: 600, KEYS[2]: 700}}, 100,
                 id='later stages were closed'),
    pytest.param(LATER, {'said': signed(700, FIRST), 'closed': FIRST}, 702,
                 id='the stage before was signed'),
    pytest.param(LATER, {'said': signed(700, FIRST), 'closed': FIRST,
                         'milestones': {KEYS[0]: 600}}, 600,
                 id='closed before it was signed'),
    pytest.param(LATER, {'said': signed(700, FIRST[:2]),
                         'closed': FIRST[:2]}, 100,
                 id='the stage before lacks one'),
    pytest.param(LATER, {'said': [*signed(700, FIRST),
                                  *signed(800, ['physics-results'])],
                         'closed': FIRST}, 702,
                 id='signed later, of another stage'),
]


@pytest.mark.parametrize(('key', 'given', 'since'), TURNS)
def test_waiting_is_counted_since_the_last_event_that_made_it_their_turn(
        key, given, since):
    decision = decided(**given)
    assert turn(decision, key) == since
    assert waited(decision, key) == NOW - since
    assert in_payload(decision, key) == {'waited': NOW - since}


def test_met_requirement_has_no_waiting_time():
    decision = decided(signed(700, [FREEZE]), closed=[FREEZE])
    assert waited(decision, FREEZE) is None
    assert in_payload(decision, FREEZE) == {}


def test_stage_without_requirements_delays_no_turn():
    asked = [requirement(LATER)]
    decision = decide(snapshot(state=state((), asked), tickets={
        LATER: facts(LATER)}), NOW)
    assert turn(decision, LATER) == 100


def test_a_stage_whose_milestone_is_gone_has_not_passed():
    decision = decide(snapshot(milestones={}), NOW)
    assert turn(decision, LATER) == 100


def test_unmet_requirements_are_listed_by_their_own_stage():
    decision = decided(signed(700, FIRST[1:]), closed=FIRST[1:])
    assert [[a.requirement.key for a in unmet_of(decision, g.stage)]
            for g in decision.gates] == [[FREEZE], ALL[3:5], ALL[5:]]


def test_waiting_without_any_event_begins_at_time_zero():
    asked = [requirement(LATER, ticket_time=0, seen=0)]
    unsigned = [requirement(LATER, ticket_time=0, unsigned=True, seen=9)]
    for found in (asked, unsigned):
        for milestones in ({}, dict.fromkeys(KEYS, 0)):
            decision = decide(snapshot(state=state((), found), tickets={
                LATER: facts(LATER)}, milestones=milestones), NOW)
            assert turn(decision, LATER) == 0
