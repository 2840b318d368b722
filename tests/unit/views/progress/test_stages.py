"""Stages as a compact pipeline: the present one, days, groups."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.progress.stages import (
    present_stage,
    stage_progress,
)
from prodworkflow.domain.views.readiness import readiness
from support.factories import KEYS, moment, snapshot
from support.groups import grouped

TODAY = date(2026, 6, 2)
FIRST = ('feature-freeze', 'software-quality', 'resources-estimate')


def told(found=None, today=TODAY, hidden=(), **campaign):
    found = found or snapshot()
    if campaign:
        found = replace(found, state=replace(found.state, campaign=replace(
            found.state.campaign, **campaign)))
    return readiness(decide(found, moment(today)),
                     hidden_tickets=frozenset(hidden))


def closed(day):
    return snapshot(FIRST, milestones={
        **dict.fromkeys(KEYS, 0), KEYS[0]: moment(day)})


def test_first_stage_that_is_not_closed_is_the_present_one():
    assert present_stage(told()) == KEYS[0]
    assert present_stage(told(closed(TODAY))) == KEYS[1]
    assert [s.present for s in stage_progress(told(closed(TODAY)))] == [
        False, True, False]


@pytest.mark.parametrize(('milestones', 'phase'), [
    (dict.fromkeys(KEYS, moment(TODAY)), 'over'),
    (dict.fromkeys(KEYS, 0), 'abandoned')])
def test_none_is_present_when_all_are_closed_or_it_has_ended(
        milestones, phase):
    assert present_stage(told(snapshot(milestones=milestones),
                              phase=phase)) == ''


def test_due_days_are_told_by_their_distance():
    assert [s.late for s in stage_progress(told())] == [
        '1 day late', 'today', 'tomorrow']


@pytest.mark.parametrize(('day', 'words'), [
    (date(2026, 5, 30), ''), (date(2026, 6, 1), ''),
    (date(2026, 6, 3), '2 days late')])
def test_closed_stage_is_late_by_the_day_on_which_it_was_closed(day, words):
    first = stage_progress(told(closed(day), today=date(2026, 6, 9)))[0]
    assert (first.ended, first.late) == (day, words)


def test_open_sign_offs_are_named_and_the_rest_counted(monkeypatch):
    monkeypatch.setattr('prodworkflow.domain.views.progress.stages.NAMED', 2)
    first = stage_progress(told())[0]
    assert [a.requirement.key for a in first.open] == list(FIRST[:2])
    assert (first.more, first.missing) == (1, 3)


def test_stage_without_a_due_day_is_not_late():
    found = snapshot()
    found = replace(found, state=replace(found.state, stages=tuple(
        replace(s, due=None) for s in found.state.stages)))
    assert {s.late for s in stage_progress(told(found))} == {''}


def test_group_has_its_bar_its_bound_and_what_would_be_enough():
    group, = stage_progress(told(grouped((0,))))[0].groups
    assert (group.met, group.bound) == (40, 90)
    assert group.enough == 'Site 1 and Site 2 would be enough'


def test_nothing_is_enough_where_members_are_hidden():
    group, = stage_progress(told(grouped((0,)), hidden=[5]))[0].groups
    assert group.enough == ''


def test_group_with_an_unreadable_rule_has_no_bound():
    assert stage_progress(told(grouped((0,), 'x')))[0].groups[0].bound is None
