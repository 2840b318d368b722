"""Days as the reader of a page writes them, also within sentences.

The rules say days by their date; who reads a page has a time zone and a
format of days, in Trac's preferences.  Mails, commands and tickets, which
many people read, keep to ISO 8601.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from trac.util.datefmt import format_date, user_time

from prodworkflow.domain.dates import typed_day
from prodworkflow.domain.text import said_day

_reading = threading.local()


def follow_reader(req: Any) -> None:
    """Write days as who made a request does, until the thread has another."""
    _reading.req, _reading.written = weakref.ref(req), {}


def reader_day(day: date) -> str:
    """A day as who reads the page writes days; '' where nobody does."""
    found = getattr(_reading, 'req', None)
    req = found and found()
    if req is None:
        return ''
    written: dict[date, str] = _reading.written
    if day not in written:
        written[day] = str(user_time(req, format_date, day))
    return written[day]


def as_read(typed: str) -> str:
    """A day that was typed as YYYY-MM-DD, as who reads the page writes it."""
    day = typed_day(typed)
    return typed if day is None else said_day(day)


@contextmanager
def nobody_reads() -> Iterator[None]:
    """Context manager: what is said meanwhile is not for the page."""
    before, _reading.req = getattr(_reading, 'req', None), None
    try:
        yield
    finally:
        _reading.req = before
