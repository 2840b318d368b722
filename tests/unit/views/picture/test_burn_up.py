"""Burn-up: steps of signed against needed, ending with the counts of now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodworkflow.domain.canonical_json import plain
from prodworkflow.domain.model.item_list import AGREED
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.picture.burn_up import burn_up, Step
from prodworkflow.domain.views.readiness import readiness
from support.days import created, day, on
from support.factories import (
    ASKED,
    facts,
    moment,
    requirement,
    snapshot,
    state,
)
from support.groups import grouped

TODAY = day(30)
ALL = len(ASKED)


def told(found, hidden=(), today=TODAY):
    return readiness(decide(found, moment(today)),
                     hidden_tickets=frozenset(hidden))


def steps(entries, found, hidden=()):
    """The steps, by days after the first."""
    return [((s.day - day(0)).days, s.signed, s.needed)
            for s in burn_up(entries, told(found, hidden))]


def approved(number, key):
    return on(number, 'approved', key, contact='anna')


def test_steps_go_up_with_each_sign_off_and_end_with_the_counts():
    found = snapshot(['feature-freeze', 'software-quality'])
    assert steps([created(), approved(2, 'feature-freeze'),
                  approved(5, 'software-quality')], found) == [
        (0, 0, ALL), (2, 1, ALL), (5, 2, ALL)]


def test_patch_lets_them_go_down():
    found = snapshot(['feature-freeze'])
    assert steps([created(), approved(2, 'feature-freeze'),
                  approved(3, 'software-quality'),
                  on(9, 'released', stale=['software-quality'])], found) == [
        (0, 0, ALL), (2, 1, ALL), (3, 2, ALL), (9, 1, ALL)]


def test_what_was_approved_and_never_counted_makes_no_step():
    assert steps([created(), approved(2, 'feature-freeze')],
                 snapshot()) == [(0, 0, ALL)]


def test_what_counts_no_more_goes_down_with_the_last_entry_about_it():
    assert steps([created(), approved(2, 'feature-freeze'),
                  on(6, 'reported', 'feature-freeze')], snapshot()) == [
        (0, 0, ALL), (2, 1, ALL), (6, 0, ALL)]


def test_what_counts_although_the_ledger_does_not_say_so_is_signed_at_last():
    assert steps([created(), on(4, 'objected', 'feature-freeze')],
                 snapshot(['feature-freeze'])) == [(0, 0, ALL), (4, 1, ALL)]


def test_hidden_sign_offs_are_counted_in_no_step():
    found = snapshot(['feature-freeze', 'software-quality'])
    assert steps([created(), approved(2, 'feature-freeze'),
                  approved(5, 'software-quality')], found, [2]) == [
        (0, 0, ALL - 1), (2, 1, ALL - 1)]


def resting(signed):
    """A campaign in which software-quality rests on the feature freeze."""
    asked = [replace(requirement(k), rests_on=('feature-freeze',)
                     if k == 'software-quality' else ()) for k in ASKED]
    bare = state(requirements=asked)
    made = snapshot(signed)
    return replace(made, state=replace(
        bare, signoffs=made.state.signoffs)), created(bare)


def test_what_rests_on_something_goes_down_with_it():
    found, first = resting([])
    assert steps([first, approved(1, 'feature-freeze'),
                  approved(2, 'software-quality'),
                  on(5, 'withdrawn', 'feature-freeze')], found) == [
        (0, 0, ALL), (1, 1, ALL), (2, 2, ALL), (5, 0, ALL)]


def test_what_was_signed_before_its_base_was_done_anew_is_open_since_then():
    found, first = resting(['feature-freeze'])
    assert steps([first, approved(1, 'feature-freeze'),
                  approved(2, 'software-quality'),
                  on(5, 'withdrawn', 'feature-freeze'),
                  approved(6, 'feature-freeze')], found) == [
        (0, 0, ALL), (1, 1, ALL), (2, 2, ALL), (5, 0, ALL), (6, 1, ALL)]


def test_circle_of_bases_ends():
    asked = [replace(requirement('feature-freeze'),
                     rests_on=('feature-freeze', 'elsewhere'))]
    bare = state(requirements=asked)
    found = replace(snapshot(), state=bare,
                    tickets={'feature-freeze': facts('feature-freeze')})
    assert burn_up([created(bare), approved(1, 'feature-freeze')],
                   told(found))[-1].needed == 1


def of_group(met, text='weight >= 0.9', counts=''):
    found = grouped(met, text)
    return replace(found, state=replace(found.state, groups=tuple(
        replace(g, counts=counts) for g in found.state.groups)))


def signed_sites(*numbers):
    return [approved(n + 2, f'sites.s{n}') for n in numbers]


@pytest.mark.parametrize(('text', 'counts', 'found'), [
    ('weight >= 0.9', '', [(0, 0, 4), (1, 1, 4), (2, 2, 4), (3, 3, 4)]),
    ('at_least = 1', '', [(0, 0, 2), (1, 1, 2), (2, 2, 2), (3, 3, 3)]),
    ('all', '', [(0, 0, 5), (1, 1, 5), (2, 2, 5), (3, 3, 5)]),
    ('at_least = 9', '', [(0, 0, 5), (1, 1, 5), (2, 2, 5), (3, 3, 5)]),
    ('nonsense', '', [(0, 0, 5), (1, 1, 5), (2, 2, 5), (3, 3, 5)]),
    ('weight >= 0.9', AGREED, [(0, 0, 4), (1, 1, 4), (2, 2, 4), (3, 3, 4)]),
])
def test_of_a_group_only_as_many_as_its_rule_asks_for_are_needed(
        text, counts, found):
    group = of_group((0, 1), text, counts)
    assert steps([created(group.state), approved(1, 'feature-freeze'),
                  *signed_sites(0, 1)], group) == found


def test_members_without_weights_are_counted_each():
    group = of_group((), 'all')
    bare = replace(group.state, requirements=tuple(
        replace(r, weight='') for r in group.state.requirements))
    assert steps([created(bare), approved(1, 'feature-freeze'),
                  *signed_sites(0, 1, 2)],
                 of_group((0, 1, 2), 'all')) == [
        (0, 0, 5), (1, 1, 5), (2, 2, 5), (3, 3, 5), (4, 4, 5)]


def test_items_that_join_and_leave_let_needed_step():
    group = of_group((), 'all')
    new = {'key': 'sites.new', 'group': 'sites', 'item': 'new',
           'weight': '1'}
    entries = [created(group.state), approved(1, 'feature-freeze'),
               on(4, 'item-added', list='sites', requirements=[new]),
               on(7, 'item-dropped', list='sites', item='new')]
    dropped = replace(requirement('software-quality'), key='sites.new',
                      group='sites', item='new')
    found = replace(group, state=replace(group.state, dropped=(dropped,)))
    assert steps(entries, found) == [
        (0, 0, 5), (1, 1, 5), (4, 1, 6), (7, 1, 5)]


def test_agreed_weight_of_an_item_that_left_counts_in_the_whole():
    group = of_group((), 'weight >= 0.9', AGREED)
    entries = [created(group.state), approved(1, 'feature-freeze'),
               on(4, 'item-dropped', list='sites', item='s3')]
    gone = group.state.requirements[-1]
    found = replace(group, state=replace(
        group.state, requirements=group.state.requirements[:-1],
        dropped=(gone,)))
    assert steps(entries, found)[:2] == [(0, 0, 4), (1, 1, 4)]


def test_item_that_came_back_counts_once_in_what_was_agreed():
    group = of_group((), 'weight >= 0.9', AGREED)
    back = plain(group.state.requirements[-1])
    assert steps([created(group.state), approved(1, 'feature-freeze'),
                  on(4, 'item-dropped', list='sites', item='s3'),
                  on(6, 'item-returned', list='sites', requirements=[back])],
                 group) == [(0, 0, 4), (1, 1, 4)]


def test_waiver_counts_until_it_ends():
    waiver = {'reason': 'awaiting', 'until': day(6).isoformat()}
    assert steps([created(), on(2, 'waived', 'feature-freeze',
                                waiver=waiver)], snapshot()) == [
        (0, 0, ALL), (2, 1, ALL), (7, 0, ALL)]


def test_counts_of_now_stand_at_the_end_where_the_steps_cannot_know():
    made = created(state(requirements=[requirement('feature-freeze')]))
    assert burn_up([made], told(snapshot()))[-1] == Step(TODAY, 0, ALL)


def test_entry_of_a_later_day_does_not_come_after_the_end():
    found = burn_up([created(number=40)], told(snapshot()))
    assert [s.day for s in found] == [day(40)]


@pytest.mark.parametrize('entries', [
    [], [on(0, 'created')], [on(0, 'created', requirements=[{}])],
    [created(), on(1, 'waived', 'feature-freeze', waiver={})],
    [created(), on(1, 'waived', 'feature-freeze', waiver={'until': 'x'})]])
def test_ledger_that_cannot_be_read_has_no_steps(entries):
    assert burn_up(entries, told(snapshot())) == ()


@given(st.lists(st.tuples(
    st.integers(0, 40), st.sampled_from([*ASKED, 'elsewhere']),
    st.sampled_from(['approved', 'rejected', 'withdrawn', 'objected',
                     'reported', 'ticket-replaced'])), max_size=25))
def test_any_history_ends_with_the_counts_in_order(acts):
    entries = [created(), *(on(n, v, k, contact='anna')
                            for n, k, v in sorted(acts))]
    found = snapshot(['feature-freeze'])
    made = burn_up(entries, told(found))
    assert (made[-1].signed, made[-1].needed) == (1, ALL)
    assert [s.day for s in made] == sorted({s.day for s in made})
    assert all(0 <= s.signed <= s.needed for s in made)


def test_days_are_those_of_utc():
    assert burn_up([created()], told(snapshot()))[0].day == date(2026, 5, 1)
