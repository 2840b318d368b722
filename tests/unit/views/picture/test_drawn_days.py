"""Days drawn exactly: the axis, today's foot, holds, and lines through all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.picture.chart import Chart
from prodworkflow.domain.views.picture.drawing import drawing
from prodworkflow.domain.views.picture.layout import NARROW, Speech, WIDE
from prodworkflow.domain.views.picture.occurrences import (
    Hold,
    Kind,
    Mark,
    Occurrences,
)
from prodworkflow.domain.views.readiness import readiness
from support.days import day
from support.factories import moment, snapshot


def bare(today, *marks, holds=(), **campaign):
    """A campaign that has only what happened in it, and perhaps a start."""
    found = snapshot()
    found = replace(found, state=replace(found.state, campaign=replace(
        found.state.campaign, **{'start': None, **campaign})))
    return Chart(readiness(decide(found, moment(today))), today, (),
                 Occurrences(day(0), marks, tuple(holds)), ())


def drawn(shown, layout, *styles, word=lambda d: f'{d.day}.{d.month}.'):
    """The shapes of these classes: what, its classes, its numbers, text."""
    return [' '.join(filter(None, (s.element, s.style,
                                   *s.attributes.values(), s.text)))
            for s in drawing(shown, layout, Speech(word)).shapes
            if {*s.style.split()} & {*styles}]


def axis(last, pixels, size=13, word=lambda d: f'{d.day}.{d.month}.',
         width=1010):
    """The axis of a campaign of some days; the day before it is at 100."""
    layout = replace(WIDE, left=100, right=100 + pixels * (last + 2),
                     size=size, width=width)
    return drawn(bare(day(last)), layout, 'pw-tl-grid', 'pw-tl-dim',
                 word=word)


def test_each_day_has_room_for_ten_figures_and_14_px():
    # Ten figures of 13 px are 80.6 px wide; a week is 95.2 or 94.5 px.
    assert axis(12, 13.6) == [
        'path pw-tl-grid M154.4,18V60M249.6,18V60',
        'text pw-tl-dim 157.4 14 4.5.', 'text pw-tl-dim 252.6 14 11.5.']
    assert axis(12, 13.5) == [
        'path pw-tl-grid M154,18V60', 'text pw-tl-dim 157 14 4.5.']


@pytest.mark.parametrize(('name', 'named'), [
    # 90 px of 98 that a week has, and 90.8.
    pytest.param('日' * 9, True, id='free'),
    pytest.param('日' * 8 + '...', False, id='not free')])
def test_day_is_not_named_where_the_one_before_stands(name, named):
    names = {day(3): 'A', day(10): name, day(17): 'B'}
    found = axis(19, 14, 10, lambda d: names.get(d, ''))
    assert found == [
        'path pw-tl-grid M156,18V60M254,18V60M352,18V60',
        'text pw-tl-dim 159 14 A', f'text pw-tl-dim 257 14 {name}',
        *(['text pw-tl-dim 355 14 B'] if named else [])]


@pytest.mark.parametrize(('width', 'named'), [(415, 3), (414, 2)])
def test_day_is_named_where_its_name_ends_within_the_picture(width, named):
    # The third begins at 355 and is 60 px wide.
    assert len(axis(19, 14, 10, lambda _: '日' * 6, width)) == 1 + named


NOW = 'pw-tl-now', 'pw-tl-on-fill'


@pytest.mark.parametrize(('layout', 'today', 'shapes'), [
    # 'today 1.5.' is 5.16 em wide, 'today 8.11.' 5.78; bold 1.15 times as
    # much, and 10 px more.
    pytest.param(WIDE, 0, [
        'rect pw-tl-now 206 96 87.1 18',
        'text pw-tl-on-fill pw-tl-mid 249.6 109.5 today 1.5.'], id='wide'),
    pytest.param(NARROW, 0, [
        'rect pw-tl-now 0 127 81.2 18',
        'text pw-tl-on-fill pw-tl-mid 40.6 140.5 today 1.5.'], id='narrow'),
    pytest.param(WIDE, 191, [
        'rect pw-tl-now 913.6 96 96.4 18',
        'text pw-tl-on-fill pw-tl-mid 961.8 109.5 today 8.11.'],
        id='wide, at the right'),
    pytest.param(NARROW, 191, [
        'rect pw-tl-now 276.2 127 89.8 18',
        'text pw-tl-on-fill pw-tl-mid 321.1 140.5 today 8.11.'],
        id='narrow, at the right')])
def test_foot_of_today_stays_in_the_picture(layout, today, shapes):
    other = Mark(Kind.RELEASE, day(191 - today), 'V2')
    assert drawn(bare(day(today), other), layout, *NOW) == shapes


def test_foot_of_today_is_no_wider_than_the_picture():
    assert drawn(bare(day(0)), NARROW, *NOW, word=lambda _: '日' * 40) == [
        'rect pw-tl-now 0 85 366 18',
        'text pw-tl-on-fill pw-tl-mid 183 98.5 today ' + '日' * 40]


def test_holds_are_bands_up_to_their_end_or_to_today():
    assert drawn(bare(day(191), holds=[
        Hold(day(10), day(20)), Hold(day(30), day(30)), Hold(day(150))]),
        WIDE, 'pw-tl-hold') == [
        'rect pw-tl-hold 262 18 40 75', 'rect pw-tl-hold 342 18 3 75',
        'rect pw-tl-hold 822 18 164 75']


def test_hold_that_lasts_ends_with_the_campaign():
    assert drawn(bare(day(300), Mark(Kind.END, day(191), 'the end'),
                      holds=[Hold(day(150))]), WIDE, 'pw-tl-hold') == [
        'rect pw-tl-hold 822 18 164 75']


def test_lines_lead_through_all_rows_but_to_no_today_after_the_end():
    marks = [Mark(Kind.PATCH, day(10), 'V2'),
             Mark(Kind.RELEASE, day(20), 'V3'),
             Mark(Kind.LAUNCH, day(180), 'launch'),
             Mark(Kind.END, day(191), 'the end')]
    assert drawn(bare(day(300), *marks, start=day(170),
                      launched=moment(day(180))), WIDE,
                 'pw-tl-patch-line', 'pw-tl-start-line',
                 'pw-tl-launch-line', 'pw-tl-today', *NOW) == [
        'line pw-tl-patch-line 262 18 262 109',
        'line pw-tl-patch-line 302 18 302 109',
        'line pw-tl-start-line 902 18 902 109',
        'line pw-tl-launch-line 942 18 942 109']


def test_launch_is_a_flag_and_the_end_a_box():
    marks = [Mark(Kind.LAUNCH, day(180), 'launch'),
             Mark(Kind.END, day(191), 'the end')]
    assert drawn(bare(day(300), *marks, launched=moment(day(180))), WIDE,
                 'pw-tl-launch', 'pw-tl-end-mark') == [
        'path pw-tl-launch M937,33L948,39L937,45Z',
        'path pw-tl-launch M937,65L948,71L937,77Z',
        'rect pw-tl-end-mark 981 66 10 10']
