"""What few further members of a group would reach its rule."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.progress.sufficient import (
    bound,
    counted,
    reached_part,
    sufficient,
)
from support.factories import moment, stage
from support.groups import grouped


def group(met, text='weight >= 0.9', **changes):
    found = decide(grouped(met, text), moment(stage(1).due)).gates[0]
    each = found.groups[0]
    if changes:
        each = replace(each, group=replace(each.group, **changes)).judged()
    return each


@pytest.mark.parametrize(('text', 'met', 'words'), [
    pytest.param('weight >= 0.9', (0,), 'Site 1 and Site 2 would be enough',
                 id='the heaviest'),
    pytest.param('weight >= 0.9', (1, 2, 3), 'Site 0 would be enough',
                 id='one'),
    pytest.param('weight >= 0.9', (0, 1, 2), '', id='reached'),
    pytest.param('at_least = 3', (0, 1), 'any one that is open would be '
                 'enough', id='any one'),
    pytest.param('at_least = 3', (0,), 'any 2 that are open would be enough',
                 id='any of several'),
    pytest.param('at_least = 3', (), 'any 3 that are open would be enough',
                 id='any but one'),
    pytest.param('at_least = 4', (0, 1), 'Site 2 and Site 3 would be enough',
                 id='at least all'),
    pytest.param('all', (1,), 'Site 0, Site 2 and Site 3 would be enough',
                 id='all'),
    pytest.param('at_least = 5', (0,), '', id='more than there are'),
    pytest.param('nonsense', (0,), '', id='unreadable'),
])
def test_members_that_would_be_enough(text, met, words):
    assert sufficient(group(met, text)) == words


def test_four_are_named_and_one_without_a_name_by_its_key():
    every = group((), 'all')
    assert sufficient(every) == (
        'Site 0, Site 1, Site 2 and Site 3 would be enough')
    assert sufficient(replace(every, names={'s0': 'CNAF'})) == (
        'CNAF, s1, s2 and s3 would be enough')


@pytest.mark.parametrize(('text', 'words'), [
    ('weight >= 0.9', 'the 3 largest that are open would be enough'),
    ('all', '')])
def test_many_are_counted_not_named(monkeypatch, text, words):
    monkeypatch.setattr(
        'prodworkflow.domain.views.progress.sufficient.NAMED', 2)
    assert sufficient(group((), text)) == words


@pytest.mark.parametrize(('text', 'at'), [
    ('weight >= 0.9', .9), ('weight >= 45 %', .45), ('all', 1),
    ('at_least = 3', .75), ('at_least = 9', 1), ('nonsense', None)])
def test_bound_of_a_rule_on_the_scale_of_its_group(text, at):
    assert bound(group((0,), text)) == at


@pytest.mark.parametrize(('text', 'part'), [
    ('weight >= 0.9', Fraction(2, 5)), ('all', .25), ('at_least = 3', .25),
    ('nonsense', .25)])
def test_part_that_is_reached_is_of_weight_where_the_rule_is(text, part):
    assert reached_part(group((0,), text)) == part


def test_rule_about_what_was_agreed_is_measured_by_it():
    assert reached_part(group((0,), counts='agreed')) == Fraction(2, 5)


def test_unreadable_weights_are_counted_by_number():
    each = group((0,))
    each = replace(each, answers=tuple(
        replace(a, requirement=replace(a.requirement, weight='heavy'))
        for a in each.answers)).judged()
    assert reached_part(each) == .25
    assert sufficient(each) == ''


@pytest.mark.parametrize(('text', 'met', 'words'), [
    ('weight >= 0.9', (0,), '40 % of 90 % capacity'),
    ('weight >= 0.9', (0, 1, 2), '90 % of capacity, enough'),
    ('at_least = 2', (0,), '1 of 4, needs at least 2 sites'),
    ('all', (0,), '1 of 4, all needed'),
    ('all', (0, 1, 2, 3), '4 of 4, enough')])
def test_words_are_short(text, met, words):
    assert counted(group(met, text)) == words
