"""Scale of days and shapes: places, names of days, widths of texts."""

from __future__ import annotations

from datetime import date

import pytest

from prodworkflow.domain.views.picture.scale import Scale
from prodworkflow.domain.views.picture.shapes import (
    cut,
    hatching,
    number,
    text_width,
)

DAYS = [date(2026, 6, 1), date(2026, 7, 1)]


def test_days_lie_between_the_ends_in_their_order():
    scale = Scale.of(DAYS, 100, 420)
    assert [scale.place(d) for d in DAYS] == [110, 410]
    assert scale.place(date(1900, 1, 1)) == 100
    assert scale.place(date(2900, 1, 1)) == 420


@pytest.mark.parametrize(('width', 'days'), [
    (10, 33), (20, 17), (70, 5), (140, 3), (900, 1)])
def test_days_are_named_where_their_names_have_room(width, days):
    ticks = Scale.of(DAYS, 100, 420).ticks(width)
    assert len(ticks) == days
    if days < 17:
        assert all(t.weekday() == 0 for t in ticks)


def test_single_day_has_room_around_it_and_the_ends_of_time_have_none():
    assert Scale.of([DAYS[0]], 0, 80).place(DAYS[0]) == 40
    ends = Scale.of([date.min, date.max], 0, 100)
    assert (ends.place(date.min), ends.place(date.max)) == (0, 100)
    assert ends.ticks(50)


def test_more_than_there_is_room_for_is_cut_with_an_ellipsis():
    words = '1. Software preparation'
    assert cut(words, 1000, 13) == words
    short = cut(words, 100, 13)
    assert short.endswith('…')
    assert text_width(short, 13) <= 100
    assert cut(words, 1, 13) == ''


def test_full_width_letters_are_as_wide_as_high():
    assert text_width('日本', 10) == 20
    assert text_width('𠀀m', 10) == 20
    assert text_width('il', 10) < text_width('ab', 10) < text_width('AB', 10)
    assert text_width('ab', 10, True) > text_width('ab', 10)


def test_hatching_stays_in_its_box():
    assert hatching('h', 0, 0, 0, 14).attributes['d'] == 'M0,0'
    assert hatching('h', 0, 0, 4, 14).attributes['d'].count('M') >= 3


def test_numbers_are_short():
    assert [number(n) for n in (1.0, 10.04, 2.25, 100)] == [
        '1', '10', '2.2', '100']
