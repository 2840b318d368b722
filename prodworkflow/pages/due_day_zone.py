"""Time zone of a viewer in which stages are due at the end of their days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Any

from prodworkflow.domain.dates import end_of_day


def end_in_zone(day: date, zone: Any) -> datetime:
    """The last second of a day in one of Trac's time zones.

    Where clocks skip it, the one that is as far before them: on that day, too.
    """
    found: datetime = zone.normalize(zone.localize(end_of_day(day),
                                                   is_dst=True))
    return found


class DueDayZone(tzinfo):
    """A time zone of Trac's, but for some moments that stand for days.

    `days` has them. No moment is on the same day from UTC-12 to UTC+14, so in
    each zone these are where the day ends there.
    """

    def __init__(self, zone: Any, days: Mapping[datetime, date]) -> None:
        self._zone, self._days = zone, days

    def fromutc(self, moment: datetime) -> datetime:
        """The moment as `zone` has it; of a due day, its end there."""
        utc = moment.replace(tzinfo=timezone.utc)
        day = self._days.get(utc)
        return (end_in_zone(day, self._zone) if day
                else utc.astimezone(self._zone))

    def localize(self, moment: datetime, is_dst: Any = False) -> datetime:
        """A moment on the clock of this zone, as in Trac's zones."""
        found: datetime = self._zone.localize(moment, is_dst=is_dst)
        return found

    def normalize(self, moment: datetime) -> datetime:
        """A moment after arithmetic, as in Trac's zones."""
        found: datetime = self._zone.normalize(moment)
        return found

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        """How far this zone is from UTC at a moment."""
        return self._at(moment).utcoffset() if moment else None

    def dst(self, moment: datetime | None) -> timedelta | None:
        """What daylight saving time adds at a moment."""
        return self._at(moment).dst() if moment else None

    def tzname(self, moment: datetime | None) -> str | None:
        """The name of this zone at a moment."""
        return self._at(moment).tzname() if moment else None

    def __str__(self) -> str:
        return str(self._zone)

    def _at(self, moment: datetime) -> datetime:
        return self.localize(moment.replace(tzinfo=None))
