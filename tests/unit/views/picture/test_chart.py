"""Bars of the chart: from when to when each stage runs, and how late."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.picture.chart import chart
from prodworkflow.domain.views.readiness import readiness
from support.days import created, day
from support.factories import KEYS, moment, snapshot

TODAY = day(30)


def bars(due, closed=None, **campaign):
    """The days of the bars: began, due, ended, until; two are due on 20."""
    found = snapshot(milestones={
        **dict.fromkeys(KEYS, 0), KEYS[1]: moment(closed) if closed else 0})
    found = replace(found, state=replace(
        found.state, stages=tuple(replace(s, due=d) for s, d in zip(
            found.state.stages, (day(20), due, day(40)))),
        campaign=replace(found.state.campaign, **campaign)))
    told = readiness(decide(found, moment(TODAY)))
    return [(b.began, b.due, b.ended, b.until)
            for b in chart(told, [created()]).bars]


@pytest.mark.parametrize(('due', 'closed', 'bar'), [
    pytest.param(day(25), None, (day(20), day(25), None, day(30)),
                 id='late'),
    pytest.param(day(30), None, (day(20), day(30), None, None),
                 id='due today'),
    pytest.param(day(35), None, (day(20), day(35), None, None),
                 id='to come'),
    pytest.param(None, None, (day(20), None, None, day(30)),
                 id='no due day'),
    pytest.param(None, day(28), (day(20), None, day(28), None),
                 id='closed, no due day'),
    pytest.param(day(25), day(25), (day(20), day(25), day(25), None),
                 id='closed on its due day'),
    pytest.param(day(25), day(28), (day(20), day(25), day(28), day(28)),
                 id='closed late'),
    pytest.param(day(25), day(15), (day(15), day(25), day(15), None),
                 id='closed before the one before was due'),
    pytest.param(day(10), None, (day(10), day(10), None, day(30)),
                 id='due before the one before')])
def test_second_stage_runs_from_the_due_day_of_the_first(due, closed, bar):
    assert bars(due, closed)[1] == bar


@pytest.mark.parametrize(('closed', 'bar'), [
    (None, (day(20), day(25), None, None)),
    (day(28), (day(20), day(25), day(28), day(28)))])
def test_after_the_end_only_what_was_closed_late_is_late(closed, bar):
    assert bars(day(25), closed, phase='abandoned')[1] == bar
