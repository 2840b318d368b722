"""Short days with their weekday: `Thu, Feb 4`, in the reader's locale."""

from __future__ import annotations

from typing import Any

from trac.util.datefmt import datetime_now, from_utimestamp
from trac.util.translation import has_babel

if has_babel:
    from babel.dates import format_skeleton


def short_day(req: Any, moment: int) -> str:
    """The day of a moment (µs UTC) where the reader is; its year if another.
    """
    time = from_utimestamp(moment).astimezone(req.tz)
    other = time.year != datetime_now(req.tz).year
    if has_babel:
        return str(format_skeleton('yMMMEd' if other else 'MMMEd', time,
                                   locale=req.locale or 'en_US'))
    return f'{time:%a} {time.day} {time:%b}{time: %Y}' if other else (
        f'{time:%a} {time.day} {time:%b}')
