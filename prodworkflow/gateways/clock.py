"""Clock: the present time, as the ledger keeps it."""

from __future__ import annotations

from trac.util.datefmt import datetime_now, to_utimestamp, utc


def now() -> int:
    """The present time in microseconds since 1970, UTC."""
    return to_utimestamp(datetime_now(utc))
