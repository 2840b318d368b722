"""Which gates a group opens, and what is left over beyond its rule."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodworkflow.domain.model.item_list import Group
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.readiness import readiness
from support.factories import KEYS, requirement
from support.groups import grouped

OPEN = [
    pytest.param((0, 1, 2), 'weight >= 0.9', True, id='90 %'),
    pytest.param((0, 1, 3), 'weight >= 0.9', False, id='80 %'),
    pytest.param((0, 1, 2, 3), 'all', True, id='all'),
    pytest.param((0, 1, 2), 'all', False, id='not all'),
    pytest.param((2, 3), 'at_least = 2', True, id='two'),
    pytest.param((3,), 'at_least = 2', False, id='one'),
    pytest.param((0, 1, 2, 3), 'at_least = 5', False, id='out of reach'),
    pytest.param((0, 1, 2, 3), 'nearly all', False, id='unreadable'),
    pytest.param((0, 1, 2, 3), '', False, id='no rule'),
]


AGREED = [
    pytest.param((0, 1, 2), 'weight >= 0.9', True, id='90 % of all'),
    pytest.param((0, 1, 2), 'weight >= 0.95', False,
                 id='all that are left, 90 % of all'),
    pytest.param((0, 1, 2), 'all', False, id='all that are left'),
    pytest.param((0, 1, 2), 'at_least = 3', True, id='three'),
    pytest.param((0, 1), 'at_least = 3', False, id='two'),
]


@pytest.mark.parametrize(('met', 'text', 'opens'), AGREED)
def test_a_gate_opens_when_enough_of_what_was_agreed_is_met(
        met, text, opens):
    """Site 3 has dropped out, and still counts in the whole."""
    found = grouped(met, text)
    state = found.state
    gone = state.requirement('sites.s3')
    found = replace(found, state=replace(
        state, dropped=(gone,),
        requirements=tuple(r for r in state.requirements if r != gone),
        groups=tuple(replace(g, counts='agreed') for g in state.groups)))
    assert decide(found, 0).launch.open is opens


@pytest.mark.parametrize(('met', 'text', 'opens'), OPEN)
def test_a_gate_opens_when_enough_of_a_group_is_met(met, text, opens):
    decision = decide(grouped(met, text), 0)
    assert decision.launch.open is opens
    assert bool(decision.launch.reasons()) is not opens


def test_unmet_member_of_a_covered_group_is_shown_and_blocks_nothing():
    gate = decide(grouped((0, 1, 2)), 0).launch
    left = gate.answers[-1]
    assert (left.met, left.covered, left.blocks) == (False, True, False)
    assert left.as_dict()['covered'] is True
    assert gate.unmet == ()
    assert gate.groups[0].words == (
        '3 of 4 sites (90 % of capacity); open: #5 Site 3')
    assert gate.groups[0].as_dict()['open'] == ['Site 3']


def test_a_shut_group_tells_its_rule_and_names_who_is_open():
    gate = decide(grouped((0, 1, 3)), 0).launch
    assert gate.reasons() == [
        'Validated at each site: 3 of 4 sites (80 % of capacity), and it '
        'needs 90 % of capacity; open: #4 Site 2']
    assert [a.requirement.item for a in gate.unmet] == ['s2']


def test_a_single_requirement_is_needed_beside_a_covered_group():
    found = grouped((0, 1, 2, 3))
    signoffs = found.state.signoffs[1:]
    shut = replace(found, state=replace(found.state, signoffs=signoffs))
    assert not decide(shut, 0).launch.open


BROKEN = [
    pytest.param({'groups': ()}, 'belongs to no group', id='no group'),
    pytest.param({'requirements': (requirement('feature-freeze'),)},
                 'Validated at each site asks for nothing', id='empty group'),
    pytest.param({'groups': (Group('sites', KEYS[1], 'T', 'sites'),)},
                 'belongs to no group of its stage', id='other stage'),
    pytest.param({'groups': (Group('sites', KEYS[0], 'T', 'sites', 'x'),)},
                 'cannot be read', id='unreadable rule'),
]


@pytest.mark.parametrize(('changes', 'words'), BROKEN)
def test_a_group_that_is_in_doubt_opens_nothing(changes, words):
    gate = decide(grouped((0, 1, 2, 3), **changes), 0).launch
    assert not gate.open
    assert any(words in o.words for o in gate.obstacles)


@pytest.mark.parametrize('bad', ['', '0', 'x', '-1'])
def test_a_weight_that_is_none_opens_nothing(bad):
    found = grouped((0, 1, 2, 3))
    first, *others = found.state.requirements[1:]
    broken = replace(found.state, requirements=(
        found.state.requirements[0], replace(first, weight=bad), *others))
    assert not decide(replace(found, state=broken), 0).launch.open


@given(st.sets(st.sampled_from(range(4))), st.sampled_from(
    ['all', 'at_least = 1', 'at_least = 3', 'weight >= 0.5',
     'weight >= 0.95']), st.sampled_from(range(4)))
def test_removing_an_approval_never_opens_a_gate(met, text, gone):
    after = decide(grouped(sorted(met - {gone}), text), 0).launch
    before = decide(grouped(sorted(met), text), 0).launch
    assert before.open or not after.open


def test_a_stage_that_enough_signed_is_told_with_what_is_left_over():
    told = readiness(decide(grouped((0, 1, 2)), 0))
    assert told.verdict == ('Ready: 4 of 5 sign-offs are given, and they are '
                            'enough.')
    assert readiness(decide(grouped((0, 1, 2, 3)), 0)).verdict == (
        'Ready: all 5 sign-offs are given.')
