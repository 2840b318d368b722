"""Calendar days and times: UTC days, typed dates, ISO 8601 texts."""

from __future__ import annotations

import re
from datetime import date, datetime, timezone

_DAY = re.compile(r'\d{4}-\d\d-\d\d')


def day_of(moment: int) -> date:
    """The calendar day, in UTC, of a moment in microseconds UTC."""
    return datetime.fromtimestamp(moment // 10**6, timezone.utc).date()


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
