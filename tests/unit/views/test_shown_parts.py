"""Decisions, states, previews and news without what is hidden; pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.model.campaign import Change
from prodworkflow.domain.model.item_list import Item, ItemList
from prodworkflow.domain.model.known_issue import Concern
from prodworkflow.domain.model.notifications import (
    ConcernNews,
    News,
    StrandedNews,
)
from prodworkflow.domain.model.person import Deputy
from prodworkflow.domain.planning.schedule import Moved, Shift
from prodworkflow.domain.planning.undone import LostApprovals, Undone
from prodworkflow.domain.rules.answers import Obstacle
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.text import Message
from prodworkflow.domain.views.visibility import (
    HiddenWords,
    shown_news,
    shown_shift,
    shown_undone,
    StateFilter,
    VisibilityFilter,
)
from prodworkflow.domain.views.visibility.hidden_words import HIDDEN
from support.factories import ASKED, KEYS, requirement, snapshot, state
from support.groups import grouped

JUNE_10 = 1781049600 * 10**6
ALL = list(ASKED)


def seen(found, tickets=(), stages=()):
    return VisibilityFilter(decide(found, JUNE_10), frozenset(tickets),
                            frozenset(stages)).seen


@pytest.mark.parametrize(('signed', 'tickets', 'stages'), [
    pytest.param((), (), (), id='nothing hidden'),
    pytest.param(ALL, (3,), (), id='open'),
    pytest.param(ALL[:2] + ALL[3:], (3,), (), id='shut by what is hidden'),
    pytest.param((), (3,), KEYS[:1], id='a stage'),
    pytest.param(ALL[:-1], (), KEYS[2:], id='the last stage'),
    pytest.param((), range(9), KEYS, id='all'),
])
def test_a_gate_is_open_or_shut_whatever_is_hidden(signed, tickets, stages):
    found = snapshot(signed)
    whole, shown = decide(found, JUNE_10), seen(found, tickets, stages)
    assert shown.launch.open is whole.launch.open
    assert shown.passes(shown.launch) is whole.passes(whole.launch)
    for gate in whole.gates:
        if gate.stage.key not in stages:
            assert shown.gate(gate.stage.key).open is gate.open


def test_what_is_hidden_and_keeps_a_gate_shut_is_one_obstacle():
    shown = seen(snapshot(ALL[:2] + ALL[4:]), (3, 4))
    assert shown.launch.obstacles == (Obstacle('hidden', HIDDEN),)
    assert shown.gates[0].obstacles == (Obstacle('hidden', HIDDEN),)
    assert {a.requirement.ticket for a in shown.launch.answers} == {
        1, 2, 5, 6, 7}
    assert ALL[2] not in shown.snapshot.tickets


def test_a_doubt_keeps_its_kind_without_what_is_hidden_of_it():
    found = replace(snapshot(ALL), doubts=('#3 is odd', 'all is odd'))
    shown = seen(found, (3,))
    assert [o.words for o in shown.launch.obstacles] == [HIDDEN, 'all is odd']
    assert {o.kind for o in shown.launch.obstacles} == {'in-doubt'}
    assert shown.snapshot.doubts == (HIDDEN, 'all is odd')


def test_a_state_is_without_hidden_tickets_stages_and_items():
    asked = [requirement(ALL[0], ticket=1, item='a', contacts=('zoe',)),
             requirement(ALL[1], ticket=2, item='b')]
    whole = replace(
        state(requirements=asked),
        lists=(ItemList('sites', (Item('a', 'A'), Item('b', 'B'),
                                  Item('c', 'C'))),),
        concerns=(Concern(1, 'eve', 0, 'x', 1), Concern(9, 'eve', 0, 'x', 2)))
    whole = replace(whole, campaign=replace(
        whole.campaign, held_because='#1 was withdrawn', deputies=(
            Deputy('carl', 'zoe', date(2026, 6, 1), date(2026, 6, 2)),
            Deputy('carl', 'anna', date(2026, 6, 1), date(2026, 6, 2))),
        moved=Change('carl', 0, '', 'for #1'),
        changed=Change('carl', 0, '', 'as #1')))
    found = StateFilter(whole, frozenset({1}), frozenset(KEYS[1:2])).seen
    assert [r.ticket for r in found.requirements] == [2]
    assert [i.key for i in found.lists[0].items] == ['b', 'c']
    assert [s.key for s in found.stages] == [KEYS[0], KEYS[2]]
    assert [c.ticket for c in found.concerns] == [9]
    assert found.campaign.held_because == HIDDEN
    assert [d.stands_for for d in found.campaign.deputies] == ['anna']
    assert found.campaign.moved.reason == HIDDEN
    assert found.campaign.changed.reason == HIDDEN
    assert StateFilter(whole, frozenset(), frozenset()).seen is whole


def test_a_state_is_without_the_requirements_of_hidden_stages():
    found = StateFilter(state(), frozenset(), frozenset(KEYS[1:2])).seen
    assert [r.ticket for r in found.requirements] == [1, 2, 3, 6, 7]


def test_other_tickets_are_shown_but_for_those_that_are_hidden():
    found = snapshot(ALL, others={KEYS[0]: (70, 71), KEYS[1]: (72,)})
    shown = seen(found, (71,), KEYS[1:2])
    assert shown.snapshot.others == {KEYS[0]: (70,)}
    assert [o.ticket for o in shown.launch.obstacles] == [70]
    assert shown.snapshot.state == StateFilter(
        found.state, frozenset({71}), frozenset(KEYS[1:2])).seen
    assert [o.ticket for o in shown.gates[0].obstacles] == [
        o.ticket for o in decide(found, JUNE_10).gates[0].obstacles
        if o.ticket != 71]


def test_groups_of_a_gate_are_without_hidden_members():
    group, = seen(grouped((0,)), (3, 4)).gates[0].groups
    assert [a.requirement.ticket for a in group.answers] == [2, 5]


def test_concerns_are_shown_but_for_those_that_are_hidden():
    found = snapshot(ALL)
    found = replace(found, state=replace(found.state, concerns=tuple(
        Concern(n, 'eve', 0, 'x', n, requirement=ALL[n]) for n in (1, 2))))
    veil = VisibilityFilter(decide(found, JUNE_10), frozenset({1}),
                            frozenset())
    assert [c.ticket for c in veil.concerns()] == [2]


# Previews and news

FILTER = StateFilter(state(), frozenset({1}), frozenset(KEYS[1:2]))


def test_a_preview_of_contacts_tells_what_is_visible():
    one, two = (requirement(key) for key in ALL[:2])
    lost = Undone((LostApprovals(one, ('anna',), True),
                   LostApprovals(two, ('anna',), True)), state().stages[:2])
    found = shown_undone(lost, FILTER)
    assert [a.requirement for a in found.approvals] == [two]
    assert found.stages == state().stages[:1]


def test_a_preview_of_a_start_tells_what_is_visible():
    stages = state().stages
    found = shown_shift(Shift(None, None, tuple(
        Moved(s.key, s.label, s.milestone, None, date(2026, 6, 1))
        for s in stages),
        (stages[1].label, 'other')), FILTER)
    assert [m.key for m in found.moved] == [KEYS[0], KEYS[2]]
    assert found.stays == ('other',)


WORDS = HiddenWords(frozenset({7}), frozenset({'Secret'}))


@pytest.mark.parametrize(('news', 'shown'), [
    pytest.param(News('P', 'Secret', 'x', 'eve', ()), None, id='milestone'),
    pytest.param(News('P', 'M', Message('#7 is open'), 'eve', ()),
                 News('P', 'M', HIDDEN, 'eve', ()), id='reason'),
    pytest.param(ConcernNews('P', Concern(7, 'eve', 0, 'x', 1), ()), None,
                 id='concern'),
    pytest.param(ConcernNews('P', Concern(8, 'eve', 0, 'see #7', 1), ()),
                 ConcernNews('P', Concern(8, 'eve', 0, HIDDEN, 1), ()),
                 id='words of a concern'),
    pytest.param(StrandedNews('P', ('#7 x', '#8 y'), ()),
                 StrandedNews('P', (HIDDEN, '#8 y'), ()), id='nobody left'),
])
def test_news_tell_what_a_recipient_may_see(news, shown):
    assert shown_news(news, WORDS) == shown
