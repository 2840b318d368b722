"""What came of a verdict: its record, and what it did to its stage."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.signoff_outcome import before, effect, recorded
from prodworkflow.domain.views.visibility import VisibilityFilter
from support.factories import (
    ASKED,
    facts,
    KEYS,
    moment,
    requirement,
    signoff,
    snapshot,
    state,
)
from support.groups import grouped

MAY = moment(date(2026, 5, 20))
NOTHING = frozenset()


def stage_of(decision):
    return VisibilityFilter(decision, NOTHING, NOTHING).stage(
        decision.gates[0])


def effect_of(found, number, key):
    """What the sign-off of that number did to the first stage."""
    now = decide(found, MAY)
    said = next(s for s in found.state.signoffs if s.number == number)
    return effect(stage_of(before(now, said)), stage_of(now), key)


def campaign(*said, closed=()):
    """Seven requirements, with what was said of them."""
    return snapshot(
        state=state(list(said), [requirement(k) for k in ASKED]),
        tickets={k: facts(k, 'closed' if k in closed else 'new')
                 for k in ASKED},
        milestones=dict.fromkeys(KEYS, 0))


FREEZE, QUALITY = 'feature-freeze', 'software-quality'


def test_an_approval_adds_one_to_its_stage():
    found = campaign(signoff(2), closed=[FREEZE])
    assert effect_of(found, 2, FREEZE) == (
        '1. Software preparation: 0 → 1 of 3 sign-offs')


@pytest.mark.parametrize('verdict', ['rejected', 'withdrawn'])
def test_a_no_takes_one_from_its_stage(verdict):
    found = campaign(signoff(2), signoff(3, QUALITY),
                     signoff(4, verdict=verdict), closed=[QUALITY])
    assert effect_of(found, 4, FREEZE) == (
        '1. Software preparation: 2 → 1 of 3 sign-offs')


def test_a_no_of_what_was_open_changes_no_number():
    assert effect_of(campaign(signoff(2, verdict='rejected')), 2,
                     FREEZE) is None


def test_a_former_decision_needs_no_ticket():
    found = campaign(signoff(2))
    found = replace(found, tickets={k: v for k, v in found.tickets.items()
                                    if k != FREEZE})
    said = found.state.signoffs[0]
    assert not before(decide(found, MAY), said).answer(FREEZE).met


@pytest.mark.parametrize(('met', 'rule', 'words'), [
    pytest.param((0,), 'weight >= 0.9', 'Validated at each site: 0 → 40 % of '
                 'capacity, needs 90 % of weight', id='by weight'),
    pytest.param((1, 2, 3, 0), 'weight >= 0.9', 'Validated at each site: 60 → '
                 '100 % of capacity, enough', id='reached'),
])
def test_of_a_group_the_capacity_is_told(met, rule, words):
    found = grouped(met, rule)
    number = len(found.state.signoffs) + 1
    told = effect_of(found, number, f'sites.s{met[-1]}')
    assert told.startswith(words.partition(', needs')[0])
    assert (', enough' in told) is ('enough' in words)
    assert (', needs ' in told) is ('needs' in words)


def test_of_a_group_without_weights_the_members_are_told():
    found = grouped((0, 1))
    found = replace(found, state=replace(found.state, requirements=tuple(
        replace(r, weight='') for r in found.state.requirements)))
    assert effect_of(found, 4, 'sites.s1').startswith(
        'Validated at each site: 1 → 2 of 4 sites')


def test_of_a_group_in_which_nothing_changed_nothing_is_told():
    found = grouped((0,))
    said = signoff(9, 'sites.s1', verdict='reported')
    found = replace(found, state=replace(found.state, signoffs=(
        *found.state.signoffs, said)))
    assert effect_of(found, 9, 'sites.s1') is None


def test_what_is_not_in_a_group_tells_of_the_whole_stage():
    found = grouped((0, 1, 2, 3))
    assert effect_of(found, 2, FREEZE).startswith('1. Software preparation: ')


def test_the_record_is_the_last_of_that_person_and_kind():
    said = (signoff(2), signoff(3, verdict='rejected'), signoff(4),
            signoff(5, signer='bruno'), signoff(6, QUALITY))
    found = campaign(*said).state
    assert recorded(found, FREEZE, 'anna', 'approved') == said[2]
    assert recorded(found, FREEZE, 'anna', 'rejected') == said[1]
    assert recorded(found, FREEZE, 'eve', 'approved') is None
