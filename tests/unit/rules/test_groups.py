"""A group of requirements is met when enough of it is, and says so."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from prodworkflow.domain.model.item_list import Group, Item, ItemList
from prodworkflow.domain.rules.decision import phrases
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.rules.groups import coverages, covered, unread
from prodworkflow.domain.rules.groups.evaluation import dropped_of
from prodworkflow.domain.views.readiness import readiness
from support.factories import (
    facts,
    KEYS,
    requirement,
    signoff,
    snapshot,
    state,
)

SITES = ItemList('sites', (Item('cnaf', 'CNAF', '6'), Item('gridka', 'GridKa',
                                                           '3'),
                           Item('ral', 'RAL', '1')))
MEMBERS = tuple(f'validated.{i.key}' for i in SITES.items)
ALL_WORDS = ('#11 GridKa', '#12 RAL')


def group(rule='all', **changes):
    return replace(Group('validated', KEYS[1], 'Validated at each site',
                         'sites', rule), **changes)


def decided(signed=(), rule='all', lists=(SITES,), groups=None, without=(),
            weights=True, **changes):
    """Three sites are asked in the second stage; the rest is signed."""
    base = [requirement(k) for k in ('feature-freeze', 'runtime-performance')]
    first = requirement('release-validated')
    asked = [replace(first, key=key, title=f'Validated at {i.name}',
                     ticket=n, group='validated', item=i.key,
                     weight=i.weight if weights else '', **changes)
             for n, (key, i) in enumerate(zip(MEMBERS, SITES.items), 10)
             if i.key not in without]
    said = [signoff(n, r.key) for n, r in enumerate([*base, *asked], 2)
            if r in base or r.item in signed]
    keys = {s.requirement for s in said}
    found = replace(
        state(said, [base[0], *asked, base[1]]), lists=lists,
        groups=(group(rule),) if groups is None else groups)
    plain = facts('release-validated')
    return decide(snapshot(state=found, tickets={
        r.key: replace(facts('feature-freeze') if r is base[0] else
                       facts('runtime-performance') if r is base[1]
                       else plain,
                       status='closed' if r.key in keys else 'new')
        for r in found.requirements}), 0)


def opened(decision):
    return [g.open for g in decision.gates]


ENOUGH = [
    pytest.param(('cnaf', 'gridka', 'ral'), 'all', True, id='all of all'),
    pytest.param(('cnaf', 'gridka'), 'all', False, id='two of all'),
    pytest.param(('cnaf', 'ral'), 'at_least = 2', True, id='two of two'),
    pytest.param(('cnaf',), 'at_least = 2', False, id='one of two'),
    pytest.param(('cnaf', 'gridka'), 'weight >= 0.9', True, id='the share'),
    pytest.param(('cnaf', 'ral'), 'weight >= 0.9', False, id='too little'),
    pytest.param((), 'at_least = 1', False, id='nobody'),
]


@pytest.mark.parametrize(('signed', 'rule', 'enough'), ENOUGH)
def test_gate_opens_when_the_coverage_rule_of_its_group_is_met(
        signed, rule, enough):
    assert opened(decided(signed, rule)) == [True, enough, enough]


def test_covered_requirement_stays_unmet_and_visible():
    decision = decided(['cnaf', 'gridka'], 'at_least = 2')
    last = decision.answer('validated.ral')
    assert (last.covered, last.met, last.blocks) == (True, False, False)
    assert last.as_dict()['covered'] is True
    assert (last.as_dict()['group'], last.as_dict()['item']) == (
        'validated', 'ral')
    met = decision.answer('validated.cnaf')
    assert (met.covered, met.blocks) == (False, False)
    assert decision.launch.unmet == ()


def test_unmet_requirement_of_an_uncovered_group_blocks():
    decision = decided(['cnaf'], 'at_least = 2')
    assert [a.requirement.item for a in decision.gates[1].unmet] == [
        'gridka', 'ral']
    assert [a.covered for a in decision.launch.answers] == [False] * 5


def test_a_group_is_told_in_one_phrase():
    decision = decided(['cnaf'], 'weight >= 0.9')
    words = ('Validated at each site: 1 of 3 sites (60 % of capacity), and '
             'it needs 90 % of capacity; open: #11 GridKa, #12 RAL')
    assert decision.gates[1].reasons() == [words]
    assert phrases(decision.launch.unmet, decision.launch.groups) == [words]
    assert decision.gates[0].reasons() == []
    assert decision.gates[0].groups == ()
    assert [g.group.key for g in decision.launch.groups] == ['validated']


WORDS = [
    pytest.param(['cnaf', 'gridka', 'ral'], 'all', {}, '3 of 3 sites (100 % '
                 'of capacity)', id='all'),
    pytest.param(['cnaf', 'ral'], 'at_least = 2', {}, '2 of 3 sites (70 % of '
                 'capacity); open: #11 GridKa', id='enough'),
    pytest.param([], 'all', {}, '0 of 3 sites (0 % of capacity), and it '
                 'needs all sites; open: #10 CNAF, #11 GridKa, #12 RAL',
                 id='none'),
    pytest.param(['cnaf'], 'at_least = 2', {'weights': False}, '1 of 3 '
                 'sites, and it needs at least 2 sites; open: #11 GridKa, '
                 '#12 RAL', id='without weights'),
    pytest.param(['cnaf'], 'at_least = 1', {'lists': ()}, '1 of 3 sites (60 '
                 '% of capacity); open: #11 gridka, #12 ral',
                 id='without its list'),
    pytest.param(['cnaf'], 'most', {}, '1 of 3 sites (60 % of capacity), '
                 'and it needs a rule that can be read; open: #11 GridKa, '
                 '#12 RAL', id='unread'),
]


@pytest.mark.parametrize(('signed', 'rule', 'given', 'words'), WORDS)
def test_a_group_tells_how_many_and_which(signed, rule, given, words):
    found = decided(signed, rule, **given).launch.groups[0]
    assert found.words == words


def test_a_group_is_plain_data():
    found = decided(['cnaf'], 'weight >= 0.9').launch.groups[0]
    assert json.loads(json.dumps(found.as_dict())) == {
        'key': 'validated', 'title': 'Validated at each site',
        'stage': KEYS[1], 'list': 'sites', 'rule': 'weight >= 0.9',
        'of': '', 'reached': False, 'met': 1, 'members': 3, 'agreed': 3,
        'share': 0.6, 'share_agreed': 0.6, 'dropped': [],
        'open': ['GridKa', 'RAL'], 'words': found.words}
    none = decided(weights=False, lists=()).launch.groups[0].as_dict()
    assert (none['share'], none['open'], none['reached']) == (
        None, ['cnaf', 'gridka', 'ral'], False)


def test_a_share_is_rounded_down_as_plain_data():
    thirds = ItemList('sites', tuple(Item(i.key, i.name, '1')
                                     for i in SITES.items))
    found = decided(['cnaf', 'ral'], 'at_least = 1').launch.groups[0]
    answers = tuple(replace(a, requirement=replace(a.requirement, weight='1'))
                    for a in found.answers)
    third = covered(replace(state(), lists=(thirds,)), group(), answers)
    assert third.share == Fraction(2, 3)
    assert third.as_dict()['share'] == 0.6666


def test_a_member_without_ticket_is_told_by_name():
    decision = decided(rule='at_least = 1', without=('ral',))
    found = decision.launch.groups[0]
    lost = replace(found.answers[0], requirement=replace(
        found.answers[0].requirement, ticket=None))
    assert found.name(lost) == 'CNAF'
    assert found.name(found.answers[1]) == '#11 GridKa'


def test_items_of_other_lists_name_no_member_of_the_group():
    other = ItemList('detectors', (Item('cnaf', 'Not this'),))
    found = decided(lists=(other, SITES)).launch.groups[0]
    assert found.names == {'cnaf': 'CNAF', 'gridka': 'GridKa', 'ral': 'RAL'}


DOUBTS = [
    pytest.param({'groups': (group(), group(key='x', title='Nothing'))},
                 'Nothing asks for nothing', id='a group of nobody'),
    pytest.param({'groups': ()}, 'Validated at CNAF belongs to no group of '
                 'its stage', id='no group'),
    pytest.param({'groups': (group(stage=KEYS[2]),)}, 'Validated at CNAF '
                 'belongs to no group of its stage', id='of another stage'),
    pytest.param({'rule': 'most'}, 'the rule of Validated at each site '
                 'cannot be read: "most" is no rule; ', id='an unread rule'),
]


@pytest.mark.parametrize(('given', 'words'), DOUBTS)
def test_group_with_an_unreadable_coverage_rule_shuts_all_gates(given, words):
    decision = decided(['cnaf', 'gridka', 'ral'], **given)
    assert opened(decision) == [False] * 3
    assert any(o.kind == 'in-doubt' and o.words.startswith(words)
               for o in decision.launch.obstacles)


def test_readable_coverage_rule_raises_no_doubt():
    assert unread(group('at_least = 2')) == ''
    assert unread(group('most')).startswith('"most" is no rule; write')
    assert opened(decided(['cnaf', 'gridka', 'ral'])) == [True] * 3


def test_groups_are_answered_in_their_order_each_of_its_own():
    decision = decided(['cnaf'])
    groups = (group(key='other'), group())
    found = coverages(replace(decision.snapshot.state, groups=groups),
                      decision.launch.answers)
    assert [len(c.answers) for c in found] == [0, 3]
    assert [(c.group.key, c.reached) for c in found] == [
        ('other', False), ('validated', False)]


def test_the_verdict_tells_of_the_group():
    found = readiness(decided(['cnaf'], 'at_least = 2'))
    assert not found.open
    assert found.reasons() == [
        'Validated at each site: 1 of 3 sites (60 % of capacity), and it '
        'needs at least 2 sites; open: #11 GridKa, #12 RAL']
    enough = readiness(decided(['cnaf', 'ral'], 'at_least = 2'))
    assert enough.open
    assert enough.reasons() == []


def test_what_a_group_counts_is_quoted_where_nothing_can_be_counted():
    assert unread(group(counts='heads')) == (
        '"heads" is nothing that can be counted')
    assert unread(group(counts='agreed')) == ''


def test_only_members_of_the_group_itself_have_dropped_out_of_it():
    gone = [replace(requirement('release-validated'), key=f'{of}.pic',
                    group=of, item='pic') for of in ('validated', 'other')]
    found = replace(state(), dropped=tuple(gone))
    assert dropped_of(found, group()) == (gone[0],)
