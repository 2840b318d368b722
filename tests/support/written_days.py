"""Days as the pages of an English reader write them."""

from __future__ import annotations

from datetime import date

from trac.util.datefmt import format_date
from trac.util.translation import get_negotiated_locale


def written(day):
    """A day, or an ISO text of one, as an American English page has it."""
    if isinstance(day, str):
        day = date.fromisoformat(day)
    return format_date(day, locale=get_negotiated_locale(['en_US']))
