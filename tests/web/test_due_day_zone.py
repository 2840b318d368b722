"""The viewer's time zone: stages are due where their days end in it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from trac.util.datefmt import (
    format_date,
    format_datetime,
    get_timezone,
    to_datetime,
    utc,
)

from prodworkflow.domain.dates import due_moment
from prodworkflow.pages.due_day_zone import DueDayZone, end_in_zone

DAY = date(2031, 5, 4)
EAST = get_timezone('GMT +13:00')


@pytest.fixture
def zone():
    return DueDayZone(EAST, {due_moment(DAY): DAY})


def test_moment_of_a_day_is_the_end_of_it(zone):
    assert format_datetime(due_moment(DAY), 'iso8601', zone) \
        == '2031-05-04T23:59:59+13:00'


@pytest.mark.parametrize('seconds', [-1, 1])
def test_any_other_moment_is_what_it_is(zone, seconds):
    moment = due_moment(DAY) + timedelta(seconds=seconds)
    assert to_datetime(moment, zone) == moment
    assert format_date(moment, 'iso8601', zone) == '2031-05-05'


def test_it_is_a_zone_like_trac_s_own(zone):
    noon = datetime(2031, 1, 1, 12)
    aware = zone.normalize(zone.localize(noon))
    assert aware == EAST.localize(noon)
    assert (zone.utcoffset(noon), zone.dst(noon), zone.tzname(noon)) \
        == (timedelta(hours=13), timedelta(0), 'GMT +13:00')
    assert (zone.utcoffset(None), zone.dst(None), zone.tzname(None)) \
        == (None, None, None)
    assert str(zone) == 'GMT +13:00'
    assert aware.replace(tzinfo=zone).utcoffset() == timedelta(hours=13)


class Skipping:
    """A zone whose clocks go from 23:00 to 24:00, as pytz would have it."""

    def localize(self, moment, is_dst=False):
        return moment.replace(tzinfo=utc), is_dst

    def normalize(self, localized):
        moment, is_dst = localized
        return moment + timedelta(hours=-1 if is_dst else 1)


def test_day_without_a_last_hour_ends_on_that_day():
    assert end_in_zone(DAY, Skipping()).date() == DAY
