"""People and days in cells, as the reader has set them; each written once."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from trac.util.datefmt import format_date, from_utimestamp, user_time
from trac.web.chrome import Chrome

from prodworkflow.domain.model.person import GROUP
from prodworkflow.translation import _

# So many people stand in a cell; of more it says how many.
MOST = 2


class CellTexts:
    """Writes what stands in the cells of one page."""

    def __init__(self, env: Any, req: Any) -> None:
        self._env, self._req = env, req
        self._person = lru_cache(maxsize=None)(self._named)
        self._day = lru_cache(maxsize=None)(self._written)

    def people(self, names: tuple[str, ...]) -> str:
        """The first people by name, and how many there are more."""
        told = ', '.join(map(self._person, names[:MOST]))
        return f'{told} +{len(names) - MOST}' if names[MOST:] else told

    def day(self, time: int) -> str:
        """The day of a moment in µs UTC; '' for 0."""
        if not time:
            return ''
        there = from_utimestamp(time).astimezone(self._req.tz)
        return self._day(there.date())

    def due(self, day: date | None) -> str:
        """A calendar day; '' for none."""
        return self._day(day) if day else ''

    # Internal methods

    def _named(self, name: str) -> str:
        if name.startswith(GROUP):
            return _("group %(name)s", name=name[1:])
        return str(Chrome(self._env).format_author(self._req, name))

    def _written(self, day: date) -> str:
        return str(user_time(self._req, format_date, day))
