"""Calendar days and times: UTC days, due days, typed dates, ISO 8601."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone

# Of a due day, in UTC: the same day from UTC-12 to UTC+11:59, a whole day.
NOON = time(12)


_DAY = re.compile(r'\d{4}-\d\d-\d\d')


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


def moment(time: int) -> str | None:
    """A time in µs as ISO 8601, UTC; None for 0."""
    return datetime.fromtimestamp(time // 10**6, timezone.utc).isoformat() \
        if time else None
