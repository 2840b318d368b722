"""Addresses of a campaign's page: what they ask for, kept from link to link.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from trac.util.datefmt import datetime_now, to_datetime, to_utimestamp
from trac.web.api import HTTPBadRequest

from prodworkflow.domain.dates import typed_day
from prodworkflow.domain.planning.request import FIRST_YEAR, LAST_YEAR
from prodworkflow.translation import _
from prodworkflow.web.forms import form_text

KEPT = ('since', 'show', 'sort', 'what', 'who', 'stage', 'item', 'from',
        'history')


def asked(req: Any) -> dict[str, str]:
    """What an address asks of the page; {} where a form was sent."""
    if req.method == 'POST':
        return {}
    found = {name: form_text(req.args, name) for name in KEPT}
    return {name: text for name, text in found.items() if text}


def kept(req: Any, *names: str, **changes: str) -> dict[str, str]:
    """The arguments of an address without `names`, with the changes."""
    return {**{name: text for name, text in asked(req).items()
               if name not in names}, **changes}


def day_asked(req: Any, name: str) -> date | None:
    """The day that an argument names; None for none, else 400."""
    text = asked(req).get(name)
    if not text:
        return None
    day = typed_day(text)
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise HTTPBadRequest(_(
            '%(name)s is a day, written as 2026-11-23; "%(text)s" is none.',
            name=name, text=text[:64]))
    return day


def beginning(req: Any, day: date) -> int:
    """When a day begins for who reads the page, in µs UTC."""
    found: int = to_utimestamp(to_datetime(day, req.tz))
    return found


def today(req: Any) -> date:
    """The day that it is for who reads the page."""
    found: date = datetime_now(req.tz).date()
    return found
