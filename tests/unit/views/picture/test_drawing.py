"""Drawing of the picture: inside its box, well-formed, no text on another."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prodworkflow.domain.forecast.result import Forecast, Outlook
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.picture.chart import chart
from prodworkflow.domain.views.picture.drawing import drawing
from prodworkflow.domain.views.picture.layout import NARROW, Speech, WIDE
from prodworkflow.domain.views.picture.shapes import path, text_width
from prodworkflow.domain.views.readiness import readiness
from support.days import created, day, on
from support.factories import KEYS, moment, snapshot

TODAY = day(30)
SPEECH = Speech(lambda d: f'{d:%d} {d:%b} {d.year}')
LAYOUTS = pytest.mark.parametrize('layout', [WIDE, NARROW],
                                  ids=['wide', 'narrow'])
ANY_DAY = st.dates(date(1970, 1, 2), date(9998, 1, 1))
LATER = st.integers(0, 400).map(lambda n: day(n))


def told(found=None, today=TODAY, forecast=None, dues=None, **campaign):
    found = found or snapshot(['feature-freeze'])
    changed = found.state
    if dues is not None:
        changed = replace(changed, stages=tuple(
            replace(s, due=d) for s, d in zip(changed.stages, dues)))
    changed = replace(changed, campaign=replace(changed.campaign, **campaign))
    made = readiness(decide(replace(found, state=changed), moment(today)))
    return replace(made, forecast=forecast)


def expected(median, ninety):
    return Forecast(Outlook.EXPECTED, TODAY, None, median, ninety)


def drawn(shown, entries, layout):
    return drawing(chart(shown, entries), layout, SPEECH)


def history(*more):
    return [created(), on(2, 'approved', 'feature-freeze', contact='anna'),
            *more]


def boxes(made, size):
    """Where its texts stand: left, right, base line, words."""
    found = []
    for shape in made.shapes:
        if shape.element == 'text' and shape.text:
            width = text_width(shape.text, size, 'strong' in shape.style)
            left = float(shape.attributes['x']) - width * (
                1 if 'pw-tl-end' in shape.style
                else .5 if 'pw-tl-mid' in shape.style else 0)
            found.append((left, left + width, float(shape.attributes['y']),
                          shape.text))
    return found


def of(made, style):
    return [s for s in made.shapes if s.style == style]


def assert_sound(made, size):
    """Well-formed, and nothing lies outside of the box."""
    ElementTree.fromstring(''.join([
        f'<svg viewBox="{made.box}">', *(
            f'<{s.element} class={quoteattr(s.style)} ' + ' '.join(
                f'{k}={quoteattr(v)}' for k, v in s.attributes.items())
            + f'>{escape(s.text)}</{s.element}>' for s in made.shapes),
        '</svg>']))
    for shape in made.shapes:
        given_ = shape.attributes
        numbers = [(float(x), float(y)) for x, y in re.findall(
            r'(-?[\d.]+),(-?[\d.]+)', given_.get('d', ''))]
        numbers += [(float(given_[x]), float(given_[y])) for x, y in (
            ('x', 'y'), ('x1', 'y1'), ('x2', 'y2'), ('cx', 'cy'))
            if x in given_]
        numbers += [(float(x), 0) for x in re.findall(
            r'H(-?[\d.]+)', given_.get('d', ''))]
        numbers += [(0, float(y)) for y in re.findall(
            r'V(-?[\d.]+)', given_.get('d', ''))]
        if shape.element == 'rect':
            numbers.append((numbers[0][0] + float(given_['width']),
                            numbers[0][1] + float(given_['height'])))
        assert numbers
        for x, y in numbers:
            assert -1 <= x <= made.width + 8, shape
            assert -1 <= y <= made.height, shape
    for left, right, y, words in boxes(made, size):
        assert left >= -1, words
        assert right <= made.width + 1, words
        assert y <= made.height


def assert_apart(made, size):
    for one, other in combinations(boxes(made, size), 2):
        assert (one[1] <= other[0] or other[1] <= one[0]
                or abs(one[2] - other[2]) >= size - 1), (one, other)


@LAYOUTS
def test_running_campaign_is_drawn_whole(layout):
    made = drawn(told(forecast=expected(day(60), day(80))), history(
        on(5, 'held'), on(9, 'resumed'), on(12, 'released', release='V2',
                                            stale=[], touches=['emc']),
        on(20, 'released', release='V3', stale=[]), on(25, 'held')), layout)
    assert_sound(made, layout.size)
    assert_apart(made, layout.size)
    for style, count in (('pw-tl-bar', 3), ('pw-tl-due', 3), ('pw-tl-hold', 2),
                         ('pw-tl-patch', 2), ('pw-tl-patch-line', 2),
                         ('pw-tl-start-line', 1), ('pw-tl-today', 1),
                         ('pw-tl-forecast', 2), ('pw-tl-median', 1),
                         ('pw-tl-ahead', 1), ('pw-tl-later', 1),
                         ('pw-tl-launch', 0), ('pw-tl-area', 1)):
        assert len(of(made, style)) == count, style
    texts = [s.text for s in made.shapes if s.element == 'text']
    assert {'patch V2', 'release V3', 'hold', 'today 31 May 2026'} <= {*texts}


@LAYOUTS
def test_late_stages_are_hatched_and_closed_ones_filled(layout):
    found = snapshot(['feature-freeze'], milestones={
        **dict.fromkeys(KEYS, 0), KEYS[0]: moment(day(33)),
        KEYS[1]: moment(day(20))})
    made = drawn(told(found, today=day(60)), history(), layout)
    assert len(of(made, 'pw-tl-hatch')) == 2
    assert len(of(made, 'pw-tl-done')) == 2
    assert_sound(made, layout.size)
    assert_apart(made, layout.size)


@LAYOUTS
def test_launched_and_ended_campaign_has_no_today(layout):
    made = drawn(told(launched=moment(day(40)), phase='closed',
                      today=day(900)),
                 history(on(40, 'launched'), on(50, 'closed')), layout)
    assert not of(made, 'pw-tl-today')
    assert len(of(made, 'pw-tl-end-mark')) == 1
    assert len(of(made, 'pw-tl-launch')) == 2
    assert len(of(made, 'pw-tl-launch-line')) == 1
    assert_sound(made, layout.size)
    assert_apart(made, layout.size)


@LAYOUTS
def test_campaign_without_days_or_entries_has_bars_up_to_today(layout):
    made = drawn(told(dues=[None] * 3, start=None), [], layout)
    assert len(of(made, 'pw-tl-bar')) == 3
    assert not of(made, 'pw-tl-due')
    assert not of(made, 'pw-tl-area')
    assert_sound(made, layout.size)
    assert_apart(made, layout.size)


@LAYOUTS
def test_names_that_find_no_room_are_left_out_not_drawn_over(layout):
    many = [on(10 + n % 2, 'released', release=f'V{n} of the long name',
               stale=[]) for n in range(20)]
    made = drawn(told(), history(*many), layout)
    assert_sound(made, layout.size)
    assert_apart(made, layout.size)
    names = [s.text for s in made.shapes if s.text.startswith('release V')]
    assert 1 <= len(names) < 20
    assert len(of(made, 'pw-tl-patch')) == 20


@LAYOUTS
def test_long_names_are_cut(layout):
    found = snapshot()
    found = replace(found, state=replace(found.state, stages=tuple(
        replace(s, title='Ж' * 200) for s in found.state.stages)))
    made = drawn(told(found), history(), layout)
    assert_sound(made, layout.size)
    assert_apart(made, layout.size)
    assert any(s.text.endswith('…') for s in made.shapes)


@LAYOUTS
def test_campaign_without_visible_stages_is_drawn(layout):
    shown = replace(told(), stages=())
    made = drawn(shown, history(), layout)
    assert_sound(made, layout.size)
    assert not of(made, 'pw-tl-bar')


@LAYOUTS
@settings(max_examples=60, deadline=None)
@given(dues=st.lists(st.none() | ANY_DAY | LATER, min_size=3, max_size=3),
       start=st.none() | ANY_DAY | LATER, closed=st.lists(
           st.none() | LATER, min_size=3, max_size=3),
       today=LATER, launched=st.none() | LATER,
       forecast=st.none() | st.tuples(LATER, st.integers(0, 99)),
       acts=st.lists(st.tuples(st.integers(0, 400), st.sampled_from(
           ['held', 'resumed', 'released', 'launched', 'closed',
            'approved'])), max_size=12))
def test_any_days_give_a_sound_picture(layout, dues, start, closed, today,
                                       launched, forecast, acts):
    found = snapshot(milestones={
        k: moment(d) if d else 0 for k, d in zip(KEYS, closed)})
    median = forecast and forecast[0]
    shown = told(found, today, dues=dues, start=start,
                 launched=moment(launched) if launched else 0,
                 forecast=median and expected(
                     median, median + timedelta(forecast[1])))
    made = drawn(shown, [created(), *(
        on(n, verb, 'feature-freeze' if verb == 'approved' else '',
           release=f'V{n}', stale=['feature-freeze'])
        for n, verb in sorted(acts))], layout)
    assert_sound(made, layout.size)
    assert_apart(made, layout.size)


def test_today_of_a_far_reader_is_cut_into_the_picture():
    speech = Speech(lambda d: f'{d:%A %d %B} {d.year} after midday')
    made = drawing(chart(told(), history()), NARROW, speech)
    assert_sound(made, NARROW.size)




@pytest.mark.parametrize(('points', 'drawn'), [
    pytest.param([(1, 2)], 'M1,2', id='one point'),
    pytest.param([(1, 2), (3, 2), (3, 2), (4, 2), (4, 5)], 'M1,2H4V5',
                 id='level'),
    pytest.param([(1, 2), (1, 5), (4, 5), (6, 5)], 'M1,2V5H6',
                 id='level at the end'),
    pytest.param([(1, 2), (3, 4), (5, 4), (6, 7)], 'M1,2L3,4H5L6,7',
                 id='slopes')])
def test_a_path_has_no_points_in_the_midst_of_a_level_line(points, drawn):
    assert path('x', *points).attributes['d'] == drawn
