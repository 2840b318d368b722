"""Coverage counts from what was agreed: what drops out, returns, is weighed.

Shares are told of what is left and of all that was agreed; where the rule is
bound to the latter, neither dropping nor weighing anew ever helps.
"""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodworkflow.domain.canonical_json import plain
from prodworkflow.domain.dates import day_of
from prodworkflow.domain.ledger.effects import EFFECTS
from prodworkflow.domain.model.item_list import AGREED
from prodworkflow.domain.model.signoff import Waiver
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.planning.list_changes import drop_problems
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.readiness import readiness
from support.factories import entry, signoff
from support.groups import grouped

NOW = 1781092800 * 10**6


def group_of(snapshot):
    return decide(snapshot, NOW).launch.groups[0]


def bound(met, text='weight >= 0.9', counts=AGREED):
    found = grouped(met, text)
    return replace(found, state=replace(found.state, groups=tuple(
        replace(g, counts=counts) for g in found.state.groups)))


def after(snapshot, verb, number=50, **payload):
    """The snapshot after an entry about its lists; its tickets follow."""
    state = EFFECTS[verb](snapshot.state, replace(
        entry(verb, **json.loads(json.dumps(payload))), number=number))
    return replace(snapshot, state=state)


def dropping(snapshot, item, keeps=True):
    return after(snapshot, 'item-dropped', list='sites', item=item,
                 reason='Flooded.', keeps=keeps)


def weighing(snapshot, item, weight):
    return after(snapshot, 'weight-changed', list='sites', item=item,
                 weight=weight, reason='Disks.')


def returning(snapshot, item):
    state = snapshot.state
    back = [r for r in state.dropped if r.item == item]
    former = state.lists[0].former_item(item)
    return after(snapshot, 'item-returned', list='sites',
                 item=plain(replace(former, left=0)),
                 requirements=plain(back), reason='Dry.')


def test_what_dropped_out_lowers_the_base_only_in_words_and_with_its_weight():
    found = group_of(dropping(grouped([0, 1]), 's3'))
    assert found.counted == ('2 of 3 sites (77.7 % of what is left, 70 % of '
                             'the capacity agreed)')
    assert found.words == (
        f'{found.counted}, and it needs 90 % of capacity; open: #4 Site 2; '
        'dropped out: Site 3')
    assert (found.share, found.agreed_share) == (
        Fraction(7, 9), Fraction(7, 10))
    told = found.as_dict()
    assert (told['share'], told['share_agreed']) == (0.7777, 0.7)
    assert (told['members'], told['agreed'], told['dropped']) == (
        3, 4, ['Site 3'])


def test_what_dropped_out_before_its_past_was_kept_counts_as_well():
    """An older entry keeps no item; the requirement has its weight."""
    found = group_of(dropping(grouped([0, 1]), 's3', keeps=False))
    assert found.agreed_share == Fraction(7, 10)
    assert found.words.endswith('dropped out: s3')


def test_the_base_of_a_group_of_before_is_not_lowered():
    found = group_of(grouped([0, 1, 2]))
    assert found.counted == '3 of 4 sites (90 % of capacity)'
    assert found.reached
    assert group_of(dropping(grouped([0, 1, 2]), 's3')).reached


CASES = [
    pytest.param('weight >= 0.9', '', [0, 1, 2], 's3', True,
                 id='a share of what is left'),
    pytest.param('weight >= 0.95', '', [0, 1, 2], 's3', True,
                 id='dropping raises the share of what is left'),
    pytest.param('weight >= 0.9', AGREED, [0, 1, 2], 's3', True,
                 id='enough of what was agreed'),
    pytest.param('weight >= 0.95', AGREED, [0, 1, 2], 's3', False,
                 id='dropping does not raise the share of what was agreed'),
    pytest.param('all', '', [0, 1, 2], 's3', True, id='all that are left'),
    pytest.param('all', AGREED, [0, 1, 2], 's3', False,
                 id='all that were agreed'),
    pytest.param('at_least = 3', AGREED, [0, 1, 2], 's3', True,
                 id='a number is a number'),
    pytest.param('at_least = 3', AGREED, [0, 1], 's3', False,
                 id='fewer than that'),
    pytest.param('all', 'promised', [0, 1, 2, 3], '', False,
                 id='nothing that can be counted'),
]


@pytest.mark.parametrize(('text', 'counts', 'met', 'item', 'reached'), CASES)
def test_a_rule_counts_what_is_left_or_what_was_agreed(
        text, counts, met, item, reached):
    found = bound(met, text, counts)
    found = dropping(found, item) if item else found
    decision = decide(found, NOW)
    assert decision.launch.groups[0].reached == reached
    assert decision.launch.open == reached


@pytest.mark.parametrize(('text', 'words'), [
    pytest.param('weight >= 0.9', '90 % of the capacity agreed', id='share'),
    pytest.param('all', 'all sites that were agreed', id='all'),
    pytest.param('at_least = 3', 'at least 3 sites', id='number'),
])
def test_a_rule_about_what_was_agreed_says_so(text, words):
    assert group_of(bound([0], text)).rule == words


def test_a_weight_that_was_changed_is_told_beside_the_agreed_one():
    found = weighing(grouped([0, 1, 2]), 's3', '5')
    group = group_of(found)
    assert group.counted == ('3 of 4 sites (94.7 % of what is left, 90 % of '
                             'the capacity agreed)')
    assert readiness(decide(found, NOW)).notes == [
        'the weight of Site 3 is 5, agreed were 10; changed by anna on '
        '1970-01-01: “Disks.”']
    hidden = frozenset({5})
    assert readiness(decide(found, NOW), '', hidden).notes == []
    assert readiness(decide(weighing(found, 's3', '10.0'),
                            NOW)).groups[0].counted == (
        '3 of 4 sites (90 % of capacity)')


@pytest.mark.parametrize(('item', 'weight'), [
    pytest.param('s3', '0.1', id='what is missing weighs less'),
    pytest.param('s0', '900', id='what is met weighs more'),
])
def test_no_weight_helps_a_rule_about_what_was_agreed(item, weight):
    found = bound([0, 1, 2], 'weight >= 0.95')
    assert not group_of(weighing(found, item, weight)).reached
    left = bound([0, 1, 2], 'weight >= 0.95', '')
    assert group_of(weighing(left, item, weight)).reached


def rejected(by='bruno'):
    found = grouped([0, 1, 2], 'weight >= 0.95')
    no = signoff(9, 'sites.s3', 'rejected', by, statement='It crashes.')
    return replace(found, state=replace(
        found.state, signoffs=(*found.state.signoffs, no)))


def test_a_rejection_stays_visible_when_its_item_drops_out():
    found = dropping(rejected(), 's3')
    told = readiness(decide(found, NOW))
    assert 'dropped out: Site 3 (rejected by bruno)' in told.groups[0].words
    assert told.notes == [
        'Software quality ok dropped out by anna on 1970-01-01: “Flooded.”; '
        'it was rejected by bruno: “It crashes.”']
    plain_told = told.as_dict()['stages'][0]
    assert plain_told['dropped'][0]['no'] == 'rejected by bruno: “It crashes.”'
    hidden = readiness(decide(found, NOW), '', frozenset({5}))
    assert hidden.notes == []
    assert 'Site 3' not in hidden.groups[0].words


def test_approval_after_a_rejection_is_no_rejection():
    found = rejected()
    found = replace(found, state=replace(found.state, signoffs=(
        *found.state.signoffs, signoff(10, 'sites.s3'))))
    assert 'rejected' not in group_of(dropping(found, 's3')).words


def test_one_that_comes_back_keeps_its_past():
    before = rejected()
    found = returning(dropping(before, 's3'), 's3')
    assert found.state.said_of('sites.s3') == before.state.said_of('sites.s3')
    answer = decide(found, NOW).answer('sites.s3')
    assert answer.reason.value == 'rejected'
    assert not decide(found, NOW).launch.open
    assert group_of(found).as_dict() == group_of(before).as_dict()


def waived(snapshot, key):
    leave = signoff(8, key, 'waived', 'dora', 'administrator',
                    waiver=Waiver('awaiting', day_of(NOW)))
    return replace(snapshot, state=replace(
        snapshot.state, signoffs=(*snapshot.state.signoffs, leave)))


def test_waivers_are_part_of_the_past():
    before = waived(grouped([0, 1]), 'sites.s3')
    found = returning(dropping(before, 's3'), 's3')
    assert (decide(found, NOW).answer('sites.s3').lifts
            == decide(before, NOW).answer('sites.s3').lifts)


def test_nothing_drops_out_that_a_rule_about_what_was_agreed_needs():
    found = bound([], 'weight >= 0.9').state
    light, heavy = found.lists[0].item('s3'), found.lists[0].item('s0')
    assert drop_problems(found, found.lists[0], light) == []
    assert drop_problems(found, found.lists[0], heavy) == [(
        'drop', 'Validated at each site needs 90 % of the capacity agreed, '
        'and without Site 0 nobody could reach that; keep it, and waive what '
        'is asked of it.')]
    every = bound([], 'all').state
    assert drop_problems(every, every.lists[0], light)


STEPS = st.lists(st.one_of(
    st.tuples(st.just('drop'), st.integers(0, 3)),
    st.tuples(st.just('back'), st.integers(0, 3)),
    st.tuples(st.just('weigh'), st.integers(0, 3),
              st.sampled_from(['0.1', '10', '45', '900']))), max_size=12)
RULES = st.sampled_from(['all', 'at_least = 2', 'at_least = 3',
                         'weight >= 0.5', 'weight >= 0.9', 'weight >= 1'])


def walk(snapshot: Snapshot, steps):
    """Everything that people do to a list, as far as it can be done."""
    yield snapshot
    for kind, n, *more in steps:
        item = f's{n}'
        found = snapshot.state.lists[0]
        if kind == 'drop' and found.item(item) and len(found.items) > 1:
            snapshot = dropping(snapshot, item)
        elif kind == 'back' and found.former_item(item):
            snapshot = returning(snapshot, item)
        elif kind == 'weigh' and found.item(item):
            snapshot = weighing(snapshot, item, *more)
        yield snapshot


@given(met=st.sets(st.integers(0, 3)), text=RULES, steps=STEPS)
def test_no_change_of_a_list_opens_a_gate_that_counts_what_was_agreed(
        met, text, steps):
    opened = [decide(each, NOW).launch.open
              for each in walk(bound(sorted(met), text), steps)]
    assert opened[0] or not any(opened)


@given(met=st.sets(st.integers(0, 3)), text=RULES, steps=STEPS)
def test_a_gate_that_counts_what_is_left_knows_nothing_of_the_way_there(
        met, text, steps):
    """Dropping, returning and weighing leave only the list as it is now."""
    *_, last = walk(grouped(sorted(met), text), steps)
    items = last.state.lists[0].items
    fresh = grouped(sorted(met), text)
    weights = {i.key: i.weight for i in items}
    kept = tuple(replace(r, weight=weights.get(r.item, ''))
                 for r in fresh.state.requirements
                 if not r.item or r.item in weights)
    fresh = replace(fresh, state=replace(fresh.state, requirements=kept))
    assert decide(last, NOW).launch.open == decide(fresh, NOW).launch.open


@given(met=st.sets(st.integers(0, 3)), text=RULES,
       counts=st.sampled_from(['', AGREED]), item=st.integers(0, 3))
def test_dropping_and_adding_again_opens_nothing(met, text, counts, item):
    before = bound(sorted(met), text, counts)
    found = returning(dropping(before, f's{item}'), f's{item}')
    one, other = decide(before, NOW), decide(found, NOW)
    assert one.launch.open == other.launch.open
    assert {a.requirement.key: a.words for a in one.launch.answers} == {
        a.requirement.key: a.words for a in other.launch.answers}
    assert one.launch.groups[0].share == other.launch.groups[0].share


def weighed(snapshot, **weights):
    """The snapshot with other weights of items, as no door records them."""
    state = snapshot.state
    return replace(snapshot, state=replace(state, requirements=tuple(
        replace(r, weight=weights.get(r.item, r.weight))
        for r in state.requirements), lists=tuple(replace(x, items=tuple(
            replace(i, weight=weights.get(i.key, i.weight))
            for i in x.items)) for x in state.lists)))


def test_all_that_dropped_out_are_named_by_themselves():
    found = grouped([0])
    assert group_of(found).left_words == ''
    assert group_of(dropping(dropping(found, 's3'), 's1')).left_words == (
        'dropped out: Site 3, Site 1')


def test_what_dropped_out_without_weights_is_told_by_number():
    bare = weighed(grouped([0, 1]), **dict.fromkeys(
        ('s0', 's1', 's2', 's3'), ''))
    found = group_of(dropping(bare, 's3'))
    assert (found.share, found.agreed_share) == (None, None)
    assert found.counted == '2 of 3 sites that are left, 4 were agreed'
    assert group_of(bare).counted == '2 of 4 sites'


def test_an_agreed_weight_that_cannot_be_read_gives_no_share_of_the_agreed():
    found = weighing(weighed(grouped([0, 1, 2]), s3='much'), 's3', '10')
    group = group_of(found)
    assert group.agreed == {'s3': 'much'}
    assert (group.share, group.agreed_share) == (Fraction(9, 10), None)
    assert group.counted == '3 of 4 sites (90 % of capacity)'
    assert group.as_dict()['share_agreed'] is None


def test_a_weight_that_cannot_be_read_differs_from_any_other_text():
    def agreed(was, now):
        return group_of(weighing(weighed(grouped([]), s3=was), 's3',
                                 now)).agreed

    assert agreed('much', 'more') == {'s3': 'much'}
    assert agreed('much', 'much') == {}


def test_what_dropped_out_before_its_past_was_kept_is_told_by_its_key():
    found = group_of(dropping(grouped([0, 1]), 's3', keeps=False))
    assert found.as_dict()['dropped'] == ['s3']


def test_what_weighs_more_since_adds_no_more_than_was_agreed():
    """30 and a bit of 590 are lacking: 20 by Site 2, and 10 by Site 3."""
    found = group_of(weighing(bound([0, 1], 'weight >= 0.165'), 's3', '500'))
    assert found.lacking == 2
