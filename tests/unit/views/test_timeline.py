"""The timeline of a campaign: its stages and production by days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.readiness import readiness
from prodworkflow.domain.views.timeline import distance, Kind, timeline
from support.factories import KEYS, moment, snapshot, stage

TODAY = date(2026, 6, 2)


def drawn(found=None, today=TODAY, stages=(), **changes):
    found = found or snapshot()
    if changes:
        found = replace(found, state=replace(found.state, campaign=replace(
            found.state.campaign, **changes)))
    return timeline(readiness(decide(found, moment(today)),
                              hidden_stages=frozenset(stages)))


def test_stages_and_the_start_come_in_order_each_after_the_last():
    made = drawn()
    assert made.today == TODAY
    assert [(p.kind, p.title, p.began, p.day) for p in made.points] == [
        (Kind.STAGE, '1. Software preparation', None, date(2026, 6, 1)),
        (Kind.STAGE, '2. Release validation', date(2026, 6, 1),
         date(2026, 6, 2)),
        (Kind.STAGE, '3. pre-production', date(2026, 6, 2),
         date(2026, 6, 3)),
        (Kind.START, 'Production planned', date(2026, 6, 3),
         date(2026, 6, 29))]
    assert [p.late for p in made.points] == [1, 0, 0, 0]
    assert made.points[0].state == '0 of 3 signed, 3 missing'
    assert made.points[0].milestone == '2011 Prod: 1. Software preparation'


def test_a_closed_stage_says_when():
    closed = moment(date(2026, 5, 20))
    found = snapshot(['feature-freeze', 'software-quality',
                      'resources-estimate'],
                     milestones={**dict.fromkeys(KEYS, 0), KEYS[0]: closed})
    point = drawn(found).points[0]
    assert (point.ended, point.late) == (date(2026, 5, 20), 0)
    assert point.state == '3 of 3 signed, closed'
    assert drawn(found).first == date(2026, 5, 20)


def test_a_launch_is_a_point_and_ends_the_plan():
    launched = moment(date(2026, 7, 1))
    *_, start, launch = drawn(today=date(2026, 7, 5),
                              launched=launched).points
    assert start.ended == launch.day == launch.ended == date(2026, 7, 1)
    assert (launch.kind, launch.title) == (Kind.LAUNCH, 'Production launched')
    assert (start.state, launch.state, launch.began) == ('', '', None)


def test_a_stage_without_a_day_has_no_place_and_breaks_no_row():
    found = snapshot()
    stages = (stage(1), stage(2, due=None), stage(3))
    made = drawn(replace(found, state=replace(found.state, stages=stages)))
    assert [p.day for p in made.points] == [
        date(2026, 6, 1), None, date(2026, 6, 3), date(2026, 6, 29)]
    assert made.points[2].began == date(2026, 6, 1)


def test_without_a_start_there_is_no_point_for_it():
    assert [p.kind for p in drawn(start=None).points] == [Kind.STAGE] * 3


def test_hidden_stages_are_left_out():
    assert [p.title for p in drawn(stages=[KEYS[1]]).points] == [
        '1. Software preparation', '3. pre-production', 'Production planned']


@pytest.mark.parametrize(('day', 'place'), [
    pytest.param(date(2026, 6, 1), 0, id='the first'),
    pytest.param(date(2026, 6, 15), 50, id='the middle'),
    pytest.param(date(2026, 6, 29), 100, id='the last'),
])
def test_days_lie_between_the_first_and_the_last(day, place):
    assert drawn().place(day) == place


def test_how_far_a_day_is_counts_from_today():
    made = drawn()
    assert made.distance(TODAY) == 'today'
    assert made.distance(TODAY + timedelta(days=3)) == 'in 3 days'


def test_a_single_day_lies_in_the_middle():
    found = snapshot()
    made = drawn(replace(found, state=replace(
        found.state, stages=(stage(1, due=TODAY),))), start=None)
    assert (made.first, made.last, made.place(TODAY)) == (TODAY, TODAY, 50)


@pytest.mark.parametrize(('today', 'changes', 'words'), [
    pytest.param(TODAY, {}, 'next: 1. Software preparation 1 day late',
                 id='late'),
    pytest.param(date(2026, 5, 1), {},
                 'next: 1. Software preparation in 31 days', id='early'),
    pytest.param(date(2026, 6, 1), {}, 'next: 1. Software preparation today',
                 id='today'),
])
def test_the_summary_names_what_comes_next(today, changes, words):
    assert drawn(today=today, **changes).summary == words


def test_the_summary_says_that_nothing_is_planned():
    found = snapshot()
    made = drawn(replace(found, state=replace(
        found.state, stages=(stage(1, due=None),))), start=None)
    assert made.summary == 'no day is planned any more'


@pytest.mark.parametrize(('day', 'late', 'words'), [
    pytest.param(2, False, 'today', id='today'),
    pytest.param(2, True, 'today', id='due today'),
    pytest.param(3, False, 'tomorrow', id='tomorrow'),
    pytest.param(1, False, 'yesterday', id='yesterday'),
    pytest.param(1, True, '1 day late', id='one late'),
    pytest.param(4, False, 'in 2 days', id='in days'),
    pytest.param(4, True, 'in 2 days', id='due in days'),
])
def test_a_distance_is_in_days(day, late, words):
    assert distance(date(2026, 6, day), TODAY, late) == words


@pytest.mark.parametrize(('late', 'words'), [
    pytest.param(True, '3 days late', id='late'),
    pytest.param(False, '3 days ago', id='past')])
def test_a_past_day_is_late_or_ago(late, words):
    assert distance(date(2026, 5, 30), TODAY, late) == words
