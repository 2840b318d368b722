"""What is listed of a campaign: sign-offs alone, and groups at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.model.item_list import Group
from prodworkflow.domain.model.person import Deputy
from prodworkflow.domain.planning.requirement_sets import (
    found_sets,
    requirement_sets,
)
from support.factories import ASKED, requirement, state

SITES = Group('site', 'software-preparation', 'Validated on each site',
              'sites', 'at_least = 2')


def member(item, **changes):
    return replace(requirement('feature-freeze'), key=f'site.{item}',
                   title=f'Validated on {item}', group='site', item=item,
                   **changes)


def listed(*requirements, stage='', group=SITES):
    return requirement_sets(replace(state(requirements=requirements),
                                    groups=(group,)),
                            stage)


def test_the_members_of_a_group_are_one_part_where_the_first_stands():
    lone = requirement('feature-freeze')
    first, last = member('cnaf'), member('ral')
    alone, whole = listed(lone, first, last)
    assert (alone.key, alone.title, alone.group, alone.needs) == (
        'feature-freeze', 'Feature Freeze', None, '')
    assert (whole.key, whole.title, whole.requirements, whole.needs) == (
        'site', 'Validated on each site', (first, last), 'at least 2 sites')
    assert [p.key for p in listed(first, lone, last)] == [
        'site', 'feature-freeze']


def test_a_part_of_one_requirement_has_what_it_has():
    one, = listed(requirement('feature-freeze', contacts=('anna', 'bruno'),
                              quorum=2))
    assert (one.contacts, one.quorum, one.deputies) == (
        ('anna', 'bruno'), 2, ())


def test_without_a_stage_the_parts_of_all_stages_are_listed():
    found = requirement_sets(state())
    assert [p.key for p in found] == list(ASKED)
    assert {p.group for p in found} == {None}


def test_a_member_of_no_group_stands_alone():
    one, = listed(replace(member('cnaf'), group='farm'))
    assert (one.key, one.group) == ('site.cnaf', None)


def test_requirement_sets_of_a_stage_are_its_own():
    here, there = requirement('feature-freeze'), requirement('physics-results')
    assert [p.key for p in listed(here, there, stage=there.stage)] == [
        'physics-results']


@pytest.mark.parametrize(('field', 'one', 'other'), [
    ('contacts', ('anna',), ('anna', 'bruno')),
    ('quorum', 1, 2),
    ('deputies', (), (Deputy('bruno', 'anna', None, None),)),
])
def test_group_tells_only_what_its_members_have_in_common(field, one, other):
    same, = listed(member('a', **{field: one}), member('b', **{field: one}))
    assert getattr(same, field) == one
    apart, = listed(member('a', **{field: one}),
                    member('b', **{field: other}))
    assert getattr(apart, field) is None


def test_group_with_an_unreadable_coverage_rule_is_listed_all_the_same():
    one, = listed(member('a'), group=replace(SITES, rule='most'))
    assert one.needs == 'a rule that can be read'


@pytest.mark.parametrize(('text', 'keys'), [
    pytest.param('each SITE', ['site.cnaf', 'site.ral'], id='group'),
    pytest.param('ral', ['site.ral'], id='item'),
    pytest.param('#1', ['feature-freeze', 'site.cnaf', 'site.ral'],
                 id='ticket'),
    pytest.param('eve', ['site.cnaf'], id='contact'),
    pytest.param('zoe', ['feature-freeze'], id='deputy'),
    pytest.param('freeze', ['feature-freeze'], id='title'),
    pytest.param('nobody', [], id='nothing'),
])
def test_sets_are_found_by_a_text_in_them(text, keys):
    deputy = Deputy('zoe', 'anna', date(2026, 7, 1), date(2026, 7, 14))
    sets = listed(requirement('feature-freeze', deputies=(deputy,)),
                  member('cnaf', contacts=('eve',)), member('ral'))
    found = found_sets(sets, text)
    assert [r.key for each in found for r in each.requirements] == keys
    assert all(each.group in (None, SITES) for each in found)


def test_what_is_found_of_a_group_stays_one_of_the_group():
    one, = found_sets(listed(member('cnaf'), member('ral')), 'on RAL')
    assert (one.group, one.title) == (SITES, 'Validated on each site')
    assert [r.item for r in one.requirements] == ['ral']
    assert found_sets(listed(member('cnaf')), 'xx') == ()
