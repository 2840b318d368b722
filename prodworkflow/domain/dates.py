"""Calendar days and ISO 8601 texts of times in microseconds UTC."""

from __future__ import annotations

from datetime import date, datetime, timezone


def day_of(moment: int) -> date:
    """The calendar day, in UTC, of a moment in microseconds UTC."""
    return datetime.fromtimestamp(moment // 10**6, timezone.utc).date()


def day_or_none(text: str | None) -> date | None:
    """The calendar day of a text like `2026-06-29`; None for none."""
    return date.fromisoformat(text) if text else None


def moment(time: int) -> str | None:
    """A time in µs as ISO 8601, UTC; None for 0."""
    return datetime.fromtimestamp(time // 10**6, timezone.utc).isoformat() \
        if time else None
