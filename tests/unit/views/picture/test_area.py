"""Burn-up as an area: each line of it where its counts and days say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prodworkflow.domain.forecast.result import Forecast, Outlook
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.picture.area import burn_up_area
from prodworkflow.domain.views.picture.burn_up import Step
from prodworkflow.domain.views.picture.chart import Chart
from prodworkflow.domain.views.picture.layout import NARROW, Speech, WIDE
from prodworkflow.domain.views.picture.occurrences import (
    Kind,
    Mark,
    Occurrences,
)
from prodworkflow.domain.views.picture.scale import Scale
from prodworkflow.domain.views.readiness import readiness
from support.days import day
from support.factories import moment, snapshot

TODAY = day(30)
# 10 px a day from 300 on; at most 10 are needed, 10 px each from 200 up.
SCALE = Scale(day(0).toordinal(), day(50).toordinal(), 300, 800)
TOP, BOTTOM = 100, 200
STEPS = (Step(day(0), 2, 10), Step(day(10), 4, 10), Step(day(20), 1, 7))


def burnt(steps=STEPS, median=None, ninety=None, ended=None):
    """A chart in which 1 of 7 is signed now."""
    told = replace(
        readiness(decide(snapshot(['feature-freeze']), moment(TODAY))),
        forecast=Forecast(Outlook.EXPECTED, TODAY, None, median, ninety))
    marks = (Mark(Kind.END, ended, 'the end'),) if ended else ()
    return Chart(told, TODAY, (), Occurrences(marks=marks), steps)


def drawn(found, layout=WIDE, say=str):
    """The shapes as lines: what, its classes, its numbers, its text."""
    return [' '.join(filter(None, (s.element, s.style,
                                   *s.attributes.values(), s.text)))
            for s in burn_up_area(layout, SCALE, TOP, BOTTOM, found,
                                  Speech(lambda d: d.isoformat(), say))]


LINES = [
    'line pw-tl-grid 300 200 800 200',
    'line pw-tl-grid 300 100 800 100',
    'path pw-tl-area M300,200V180H400V160H500V190H600V200Z',
    'path pw-tl-needed M300,100H500V130H600',
    'path pw-tl-signed M300,180H400V160H500V190H600']


def test_wide_area_has_its_numbers_and_its_legend_in_front():
    assert drawn(burnt()) == [
        *LINES,
        'text pw-tl-dim pw-tl-end 200 104 10',
        'text pw-tl-dim pw-tl-end 200 204 0',
        'text pw-tl-strong 2 104 Signed against needed',
        'line pw-tl-signed 2 119 20 119',
        'text 24 123 signed: 1',
        'line pw-tl-needed 2 137 20 137',
        'text 24 141 needed: 7']


def test_narrow_area_has_its_numbers_within_and_its_legend_above():
    assert drawn(burnt(), NARROW) == [
        *LINES,
        'text pw-tl-dim pw-tl-end 362 98 10',
        'text pw-tl-dim pw-tl-end 362 198 0',
        'text pw-tl-strong 2 66 Signed against needed',
        'line pw-tl-signed 2 81 20 81',
        'text 24 85 signed: 1',
        # 'signed: 1' is 4.8 em wide, 57.6 px.
        'line pw-tl-needed 99.6 81 117.6 81',
        'text 121.6 85 needed: 7']


def test_forecast_leads_from_what_is_signed_now_to_all_that_is_needed():
    assert drawn(burnt(median=day(40), ninety=day(50)))[5:7] == [
        'path pw-tl-ahead M600,190L700,130',
        'path pw-tl-later M600,190L800,130']


def test_half_a_forecast_is_not_drawn():
    assert drawn(burnt(median=day(40))) == drawn(burnt())


@pytest.mark.parametrize(('ended', 'path'), [
    pytest.param(day(24), 'M300,180H400V160H500V190H540', id='later'),
    pytest.param(day(15), 'M300,180H400V160H500V190H500', id='earlier')])
def test_lines_end_with_the_campaign_or_with_the_last_step(ended, path):
    assert drawn(burnt(ended=ended))[4] == f'path pw-tl-signed {path}'


def test_where_nothing_is_needed_the_lines_lie_at_the_bottom_below_1():
    assert drawn(burnt((Step(day(0), 0, 0),)))[2:6] == [
        'path pw-tl-area M300,200H600Z',
        'path pw-tl-needed M300,200H600',
        'path pw-tl-signed M300,200H600',
        'text pw-tl-dim pw-tl-end 200 104 1']


def test_more_signed_than_needed_reaches_the_top():
    assert drawn(burnt((Step(day(0), 10, 5),)))[3:6] == [
        'path pw-tl-needed M300,150H600',
        'path pw-tl-signed M300,100H600',
        'text pw-tl-dim pw-tl-end 200 104 10']


@pytest.mark.parametrize(('said', 'text'), [
    # 8 em of 13 px are 104; 8.36 em 108.7, and 108 there are.
    ('日' * 8, '日' * 8), ('日' * 8 + '.', '日' * 7 + '…')])
def test_legend_is_cut_where_the_days_begin(said, text):
    words = drawn(burnt(), say=lambda _: said)
    assert words[9] == f'text 24 123 {text}'
    assert words[11] == f'text 24 141 {text}'
