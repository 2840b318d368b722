"""How a forecast has moved since an earlier moment, in one sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from prodworkflow.domain.forecast.result import Forecast, Outlook
from prodworkflow.domain.text import Message


@dataclass(frozen=True)
class ForecastMove:
    """The forecast as it was, and as it is now."""

    was: Forecast
    now: Forecast

    def words(self, day: Callable[[date], str]) -> Message:
        """The sentence, with days as `day` writes them."""
        if _says_days(self.was) and _says_days(self.now):
            return self._days_moved(day)
        if _says_days(self.now):
            return self._days_found(day)
        if self.now.outlook is Outlook.READY:
            return self._become_ready(day)
        because = self.now.because
        if self.was.outlook is Outlook.READY:
            return Message('It was ready then; no forecast now: %(because)s.',
                           because=because)
        return Message('Ready was expected %(median)s (90 %%: %(ninety)s); no '
                       'forecast now: %(because)s.',
                       median=_median(self.was, day),
                       ninety=_ninety(self.was, day), because=because)

    def _days_moved(self, day: Callable[[date], str]) -> Message:
        was, now = self.was, self.now
        days = {'was': _median(was, day), 'now': _median(now, day),
                'former': _ninety(was, day), 'ninety': _ninety(now, day)}
        if was.median == now.median:
            return Message('Ready stays at %(now)s, but its 90 %% moved from '
                           '%(former)s to %(ninety)s.', **days)
        if was.ninety == now.ninety:
            return Message('Ready moved from %(was)s to %(now)s (90 %%: still '
                           '%(ninety)s).', **days)
        return Message('Ready moved from %(was)s to %(now)s (90 %%: from '
                       '%(former)s to %(ninety)s).', **days)

    def _days_found(self, day: Callable[[date], str]) -> Message:
        days = {'median': _median(self.now, day),
                'ninety': _ninety(self.now, day)}
        if self.was.outlook is Outlook.READY:
            return Message('It was ready then; ready is expected %(median)s '
                           'now (90 %%: %(ninety)s).', **days)
        return Message('Ready is expected %(median)s (90 %%: %(ninety)s); '
                       'there was no forecast then.', **days)

    def _become_ready(self, day: Callable[[date], str]) -> Message:
        if not _says_days(self.was):
            return Message('Ready now; there was no forecast then.')
        return Message('Ready now; it was expected %(median)s (90 %%: '
                       '%(ninety)s).', median=_median(self.was, day),
                       ninety=_ninety(self.was, day))


def forecast_move(was: Forecast | None,
                  now: Forecast | None) -> ForecastMove | None:
    """The move from one forecast to another; None where there is none.

    Nor where neither says anything.
    """
    if was is None or now is None or _told(was) == _told(now):
        return None
    return ForecastMove(was, now)


def _told(found: Forecast) -> tuple[bool, date | None, date | None]:
    """All that a forecast says of the launch."""
    return found.outlook is Outlook.READY, found.median, found.ninety


def _says_days(found: Forecast) -> bool:
    return found.outlook is Outlook.EXPECTED


def _median(found: Forecast, day: Callable[[date], str]) -> str:
    return day(found.median) if found.median else ''


def _ninety(found: Forecast, day: Callable[[date], str]) -> str:
    return day(found.ninety) if found.ninety else ''
