"""What somebody looks at before launching, and when a launch is offered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.model.campaign import Change
from prodworkflow.domain.model.known_issue import KnownIssue
from prodworkflow.domain.model.signoff import Waiver
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.launch_review import (
    launch_offered,
    launch_review,
)
from prodworkflow.domain.views.readiness import readiness
from support.factories import (
    ASKED,
    facts,
    KEYS,
    requirement,
    signoff,
    snapshot,
    state,
)
from support.groups import grouped

UNTIL = date(2026, 6, 10)
HELD = {'held_since': 5, 'held_by': 'anna', 'held_because': 'x'}


def decided(signed=ASKED, campaign=(), issues=(), **changes):
    found = snapshot(signed, **changes)
    now = replace(found.state, known_issues=issues, campaign=replace(
        found.state.campaign, **dict(campaign)))
    return decide(replace(found, state=now), 0)


@pytest.mark.parametrize(('signed', 'campaign', 'changes', 'offered'), [
    pytest.param(ASKED, {}, {}, True, id='open'),
    pytest.param((), {}, {}, False, id='shut'),
    pytest.param((), {'enforcement': 'advisory'}, {}, True,
                 id='shut, advisory'),
    pytest.param(ASKED, HELD, {}, False, id='on hold'),
    pytest.param(ASKED, {**HELD, 'enforcement': 'advisory'}, {}, False,
                 id='on hold, advisory'),
    pytest.param((), {'enforcement': 'advisory'}, {'doubts': ('?',)}, False,
                 id='in doubt, advisory'),
    pytest.param(ASKED, {'phase': 'launched', 'launched': 5}, {}, False,
                 id='launched'),
    pytest.param(ASKED, {'phase': 'abandoned'}, {}, False, id='abandoned'),
    pytest.param(ASKED, {'phase': 'over'}, {}, True, id='stages closed'),
    pytest.param(ASKED, {}, {'others': {KEYS[2]: (12,)}}, False,
                 id='open ticket'),
])
def test_launch_is_offered_when_its_gate_lets_pass(signed, campaign, changes,
                                                   offered):
    found = decided(signed, campaign, **changes)
    assert launch_offered(found) is offered
    told = readiness(found)
    review = launch_review(told)
    assert (review.told, review.offered) == (told, offered)
    assert review.left_out == ()


def test_review_names_the_stages_that_the_launch_closes_and_leaves():
    issue = KnownIssue(12, 'dora', 'So.', UNTIL, 500, 9)
    found = decided(issues=(issue,), others={KEYS[1]: (12,)},
                    milestones={KEYS[0]: 5, KEYS[1]: 0, KEYS[2]: 0})
    review = launch_review(readiness(found))
    assert [s.key for s in review.closes] == [KEYS[1]]
    assert [s.key for s in review.leaves] == [KEYS[2]]
    hidden = launch_review(readiness(found,
                                     hidden_stages=frozenset(KEYS[1:])))
    assert (hidden.closes, hidden.leaves) == ((), ())


def test_review_names_who_is_left_out():
    gone = requirement('software-quality', title='Site 9',
                       dropped=Change('dora', 5, '', 'flooded'))
    found = grouped((0, 1, 2), dropped=(gone,))
    review = launch_review(readiness(decide(found, 0)))
    assert [a.requirement.item for a in review.left_out] == ['s3']
    assert review.dropped == (gone,)
    everybody = launch_review(readiness(decide(grouped((0, 1, 2, 3)), 0)))
    assert (everybody.left_out, everybody.dropped) == ((), ())


def waived(until):
    key = 'physics-results'
    said = [signoff(n, k) for n, k in enumerate(list(ASKED)[:-1], 2)]
    said.append(signoff(20, key, 'waived', 'dora', 'administrator',
                        waiver=Waiver('awaiting', until)))
    return decide(snapshot(state=state(said), tickets={
        k: facts(k, 'closed') for k in ASKED}), 0)


@pytest.mark.parametrize(('until', 'shown'), [
    pytest.param(date(1970, 1, 1), 1, id='its last day'),
    pytest.param(date(1969, 12, 31), 0, id='lapsed')])
def test_review_has_the_waivers_in_force_that_may_be_seen(until, shown):
    found = waived(until)
    assert len(launch_review(readiness(found)).waivers) == shown
    assert launch_review(readiness(
        found, hidden_tickets=frozenset({7}))).waivers == ()
