"""Gates of one item: what other items lack keeps it from nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prodworkflow.domain.model.item_list import Group, Item, ItemList
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.rules.items.item_gates import for_item, item_named
from support.factories import KEYS
from support.groups import grouped, SITES

ASKED = 10**12


def launch(met, item, text='all'):
    return for_item(decide(grouped(met, text), ASKED), item).launch


@pytest.mark.parametrize(('met', 'item', 'is_open'), [
    ((1,), 's1', True), ((1,), 'Site 1', True), ((1,), 's0', False),
    ((), 's1', False), ((0, 1, 2), 's3', False)])
def test_item_needs_what_is_asked_of_everybody_and_of_it(met, item, is_open):
    assert launch(met, item).open is is_open
    assert launch(met, item, 'at_least = 1').open is is_open


def test_what_is_asked_of_everybody_keeps_every_item_out():
    found = grouped((1,))
    unsigned = replace(found, state=replace(
        found.state, signoffs=found.state.signoffs[1:]))
    gate = for_item(decide(unsigned, ASKED), 's1').launch
    assert [a.requirement.key for a in gate.unmet] == ['feature-freeze']
    assert len(gate.reasons()) == 1


def test_other_lists_count_as_they_do_for_the_campaign():
    teams = ItemList('teams', (Item('s1', 'Team 1'), Item('s2', 'Team 2')))
    found = grouped((0,), lists=(SITES, teams))
    group = Group('sites', KEYS[0], 'Teams', 'teams', 'at_least = 1')
    decision = decide(replace(found, state=replace(
        found.state, groups=(group,))), ASKED)
    assert len(for_item(decision, 's0').launch.groups) == 1
    assert for_item(decision, 's0').launch.open


def test_namesakes_in_several_lists_all_count():
    """Which of them is meant, nobody knows: none may be forgotten."""
    teams = ItemList('teams', (Item('t', 'Site 1'), Item('s2', 'Team 2')))
    found = grouped((1,), 'at_least = 1', lists=(teams, SITES))
    asked = for_item(decide(found, ASKED), 'Site 1').launch
    assert asked.open
    for name in ('Site 2', 's2'):
        assert not for_item(decide(found, ASKED), name).launch.open
    with pytest.raises(KeyError):
        for_item(decide(found, ASKED), 'Site 9')


def test_tickets_of_others_out_of_place_are_not_in_its_way():
    found = grouped((0, 1))
    moved = replace(found, tickets={
        **found.tickets, 'sites.s0': replace(
            found.tickets['sites.s0'], milestone='elsewhere')})
    decision = decide(moved, ASKED)
    assert for_item(decision, 's1').launch.open
    assert not for_item(decision, 's0').launch.open
    assert not for_item(decision, 's0').gates[0].open
    gone = for_item(decide(replace(found, milestones={}), ASKED), 's1')
    assert [o.kind for o in gone.launch.obstacles] == ['milestone-missing']


def test_key_comes_before_name_and_nothing_is_an_error():
    twins = ItemList('sites', (Item('a', 'b'), Item('b', 'a')))
    state = grouped((), lists=(twins,)).state
    assert item_named(state, 'b')[1].name == 'a'
    with pytest.raises(KeyError):
        item_named(state, 'c')


def test_stage_gate_of_an_item_tells_nothing_of_tickets_of_others():
    found = grouped((0, 1))
    moved = replace(found, tickets={
        **found.tickets, 'sites.s0': replace(
            found.tickets['sites.s0'], milestone='elsewhere')})
    gate = for_item(decide(moved, ASKED), 's1').gates[0]
    assert gate.obstacles == ()


def test_member_is_covered_by_nobody_else():
    found = decide(grouped((0, 1), 'at_least = 1'), ASKED)
    answer, = (a for a in for_item(found, 's2').gates[0].answers
               if a.requirement.item == 's2')
    assert answer.as_dict()['covered'] is False


def test_item_that_is_not_there_is_named_by_its_error():
    found = grouped((1,))
    for missing in (lambda: item_named(found.state, 'Site 9'),
                    lambda: for_item(decide(found, ASKED), 'Site 9')):
        with pytest.raises(KeyError, match='Site 9'):
            missing()
