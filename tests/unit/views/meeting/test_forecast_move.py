"""How a forecast has moved, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from prodworkflow.domain.forecast.result import Forecast, Outlook
from prodworkflow.domain.views.meeting.forecast_move import forecast_move

TODAY = date(2026, 2, 1)
READY = Forecast(Outlook.READY, TODAY, None)
UNKNOWN = Forecast(Outlook.TOO_LITTLE_KNOWN, TODAY, None,
                   because='too little is known')
HELD = Forecast(Outlook.ON_HOLD, TODAY, None, because='on hold')

UNDECIDED = Forecast(Outlook.TOO_LITTLE_KNOWN, TODAY, None)


def expected(median, ninety):
    return Forecast(Outlook.EXPECTED, TODAY, None, date(2026, 2, median),
                    date(2026, 2, ninety))


@pytest.mark.parametrize(('was', 'now', 'words'), [
    (expected(4, 9), expected(2, 8),
     'Ready moved from 4.2. to 2.2. (90 %: from 9.2. to 8.2.).'),
    (expected(4, 9), expected(2, 9),
     'Ready moved from 4.2. to 2.2. (90 %: still 9.2.).'),
    (expected(4, 9), expected(4, 8),
     'Ready stays at 4.2., but its 90 % moved from 9.2. to 8.2..'),
    (UNKNOWN, expected(4, 9),
     'Ready is expected 4.2. (90 %: 9.2.); there was no forecast then.'),
    (READY, expected(4, 9),
     'It was ready then; ready is expected 4.2. now (90 %: 9.2.).'),
    (expected(4, 9), READY,
     'Ready now; it was expected 4.2. (90 %: 9.2.).'),
    (HELD, READY, 'Ready now; there was no forecast then.'),
    (READY, HELD, 'It was ready then; no forecast now: on hold.'),
    (replace(UNKNOWN, median=date(2026, 2, 4)), HELD,
     'Ready was expected 4.2. (90 %: ); no forecast now: on hold.'),
    (replace(UNKNOWN, ninety=date(2026, 2, 9)), HELD,
     'Ready was expected  (90 %: 9.2.); no forecast now: on hold.'),
    (expected(4, 9), HELD, 'Ready was expected 4.2. (90 %: 9.2.); '
     'no forecast now: on hold.')])
def test_move_is_told_in_one_sentence(was, now, words):
    told = forecast_move(was, now).words(lambda d: f'{d.day}.{d.month}.')
    assert str(told) == words


@pytest.mark.parametrize(('was', 'now'), [
    (None, READY), (READY, None), (READY, READY), (UNKNOWN, HELD),
    (expected(4, 9), expected(4, 9)),
    (UNDECIDED, replace(UNDECIDED, outlook=Outlook.ON_HOLD))])
def test_nothing_is_told_where_nothing_moved_or_is_known(was, now):
    assert forecast_move(was, now) is None
