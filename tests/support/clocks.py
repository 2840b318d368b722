"""Clocks on the wall in Berlin, which change twice a year."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

HOUR = timedelta(hours=1)


def changes(year):
    """When the clocks change (UTC): the last Sundays of March and October."""
    return [_last_sunday(year, month) for month in (3, 10)]


def moments(day, at):
    """The moments, in µs UTC, at which clocks in Berlin show a time of a day.

    None in the hour that is left out in spring, two in that of the autumn.
    """
    shown = datetime.combine(day, at)
    found = []
    for offset in (2, 1):
        moment = (shown - offset * HOUR).replace(tzinfo=timezone.utc)
        spring, autumn = changes(day.year)
        if (spring <= moment < autumn) == (offset == 2):
            found.append(int(moment.timestamp()) * 10**6)
    return found


def _last_sunday(year, month):
    last = date(year, month, 31)
    sunday = last - timedelta((last.weekday() + 1) % 7)
    return datetime.combine(sunday, time(1), timezone.utc)
