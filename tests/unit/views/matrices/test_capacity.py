"""The capacity strip shows what is signed, and where the rule is met."""

from __future__ import annotations

from dataclasses import replace

from prodworkflow.domain.model.item_list import AGREED
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.marks import WORDS
from prodworkflow.domain.views.matrices.capacity import ORDER, strip
from prodworkflow.domain.views.readiness import readiness
from support.groups import grouped

NOW = 20000 * 86400 * 10**6


def column(met, rule='weight >= 0.9', **changes):
    found, = readiness(decide(grouped(met, rule), NOW)).groups
    return replace(found, **changes)


def test_every_state_has_its_place():
    assert {*ORDER} == {*WORDS}
    assert len(ORDER) == len(WORDS)


def test_what_is_signed_comes_first_and_the_largest_before_the_smaller():
    found = strip(column((1, 3)))
    assert [(s.name, s.state, s.part) for s in found.segments] == [
        ('Site 1', 'met', 30), ('Site 3', 'met', 10),
        ('Site 0', 'awaiting', 40), ('Site 2', 'awaiting', 20)]
    assert found.bound == 90
    assert found.words == 'Site 0 and Site 2 would be enough'


def test_a_label_has_letter_and_name_where_there_is_room():
    found = strip(column((1,)))
    assert [s.label for s in found.segments] == [
        'Site 1', 'A Site 0', 'A Site 2', 'A Site 3']
    assert replace(found.segments[0], part=2).label == ''


def test_small_items_of_one_state_are_one_part():
    plain = column(())
    tiny = replace(plain, answers=tuple(replace(a, requirement=replace(
        a.requirement, item=f's{n}', weight='100' if n == 0 else '1'))
        for n, a in enumerate(plain.answers)), names={'s0': 'CNAF'})
    found = strip(tiny)
    assert [(s.name, s.label) for s in found.segments] == [
        ('CNAF', 'A CNAF'), ('', '')]
    assert round(sum(s.part for s in found.segments)) == 100


def test_a_rule_that_is_not_about_capacity_has_no_line():
    assert strip(column((1,), 'at_least = 2')).bound is None


def test_without_weights_there_is_no_strip():
    plain = column(())
    assert strip(replace(plain, answers=tuple(
        replace(a, requirement=replace(a.requirement, weight=''))
        for a in plain.answers))) is None


def test_what_was_agreed_leaves_room_for_who_dropped_out():
    plain = column((0,))
    left = replace(plain.answers[0].requirement, item='s9', weight='100')
    found = strip(replace(plain, dropped=(left,), group=replace(
        plain.group, counts=AGREED)))
    assert sum(s.part for s in found.segments) == 50
    assert found.bound == 90


def weighing(plain, *weights):
    """The column with other weights of its items."""
    return replace(plain, answers=tuple(
        replace(a, requirement=replace(a.requirement, weight=w))
        for a, w in zip(plain.answers, weights)))


def test_an_item_without_a_name_is_called_by_its_key():
    assert [s.name for s in strip(column((1,), names={})).segments] == [
        's1', 's0', 's2', 's3']


def test_the_strip_is_as_wide_as_its_weights_however_small():
    found = strip(weighing(column(()), '0.1', '0.1', '0.1', '0.1'))
    assert [s.part for s in found.segments] == [25, 25, 25, 25]


def test_names_that_have_no_room_leave_one_part():
    found = strip(weighing(column((), names={
        f's{n}': 'x' * 40 for n in range(4)}), '1', '1', '1', '1'))
    assert [(s.name, s.state, s.part) for s in found.segments] == [
        ('', 'awaiting', 100)]


def test_what_was_agreed_of_an_item_counts_where_it_is_more():
    plain = column((0,))
    found = strip(replace(plain, agreed={'s0': '140', 's1': '3'},
                          group=replace(plain.group, counts=AGREED)))
    assert [s.part for s in found.segments] == [20, 15, 10, 5]
