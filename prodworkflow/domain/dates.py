"""Calendar days and times: UTC days, due days, typed dates, ISO 8601."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone

# Of a due day, in UTC: the same day from UTC-12 to UTC+11:59, a whole day.
NOON = time(12)


_DAY = re.compile(r'\d{4}-\d\d-\d\d')


# A + in an address that nobody quoted is a blank.
_MOMENT = re.compile(
    r'(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d)(?:(:\d\d)(?:\.(\d{1,6}))?)?'
    r'([Zz]|[ +-]\d\d:?\d\d)?', re.ASCII)


def day_of(moment: int) -> date:
    """The calendar day, in UTC, of a moment in microseconds UTC."""
    return datetime.fromtimestamp(moment // 10**6, timezone.utc).date()


def due_moment(day: date) -> datetime:
    """The moment that a due day is stored as: its noon, in UTC."""
    return datetime.combine(day, NOON, timezone.utc)


def day_in_utc(moment: datetime) -> date:
    """The calendar day, in UTC, of a moment with a time zone."""
    return moment.astimezone(timezone.utc).date()


def is_due_moment(moment: datetime) -> bool:
    """Whether a moment with a time zone stands for a due day."""
    return moment.astimezone(timezone.utc).time() == NOON


def due_moment_of(typed: datetime, shown: datetime | None) -> datetime:
    """The moment to store for one that was typed on a clock of any zone.

    What counts is the day on that clock.  `shown` is the moment that is stored
    and was shown as the end of its day (UTC): that same day keeps it.
    """
    day = typed.date()
    if shown and day_in_utc(shown) == day:
        return shown
    return due_moment(day)


def end_of_day(day: date) -> datetime:
    """The last second of a day on a clock of no zone.

    A due day ends with it, for whoever looks at that clock.
    """
    return datetime.combine(day, time()) + timedelta(days=1, seconds=-1)


def day_or_none(text: str | None) -> date | None:
    """The calendar day of a stored text like `2026-06-29`; None for none.

    ValueError if it is no day.
    """
    return date.fromisoformat(text) if text else None


def typed_day(text: str) -> date | None:
    """The calendar day that somebody typed as YYYY-MM-DD; None if it is none.

    Stricter than `date.fromisoformat`, which from Python 3.11 on reads other
    forms of ISO 8601 as well.
    """
    stripped = text.strip()
    try:
        return date.fromisoformat(stripped) if _DAY.fullmatch(stripped) \
            else None
    except ValueError:
        return None


def typed_moment(text: str) -> int | None:
    """The moment (µs UTC) that somebody typed in ISO 8601; None if none.

    `2026-05-03T12:00Z`; seconds are taken, with a fraction, and other zones.
    Without a zone it is UTC.
    """
    found = _MOMENT.fullmatch(text.strip())
    if not found:
        return None
    day, clock, seconds, fraction, zone = found.groups()
    sign = '-' if zone and zone[0] == '-' else '+'
    away = zone[1:].replace(':', '') if zone and zone not in 'Zz' else '0000'
    try:
        typed = datetime.fromisoformat(
            f'{day}T{clock}{seconds or ":00"}.{(fraction or "").ljust(6, "0")}'
            f'{sign}{away[:2]}:{away[2:]}')
        since = typed - datetime(1970, 1, 1, tzinfo=timezone.utc)
    except (ValueError, OverflowError):
        return None
    return since // timedelta(microseconds=1)


def exact_moment(time: int) -> str:
    """A time in µs as ISO 8601, UTC, with its fraction of a second if any."""
    since = datetime(1970, 1, 1, tzinfo=timezone.utc)
    return (since + timedelta(microseconds=time)).isoformat()


def moment(time: int) -> str | None:
    """A time in µs as ISO 8601, UTC; None for 0."""
    return datetime.fromtimestamp(time // 10**6, timezone.utc).isoformat() \
        if time else None
