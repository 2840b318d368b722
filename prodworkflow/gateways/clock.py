"""The present time."""

from __future__ import annotations

from trac.util.datefmt import datetime_now, to_utimestamp, utc


def now() -> int:
    """This moment in microseconds UTC."""
    return to_utimestamp(datetime_now(utc))
