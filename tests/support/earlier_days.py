"""Earlier days, as the clocks of Trac and of the plugin show them."""

from __future__ import annotations

import contextlib
from datetime import date, datetime, timedelta

import pytest
from trac.util.datefmt import utc

CLOCKS = ('prodworkflow.gateways.clock', 'prodworkflow.gateways.tickets',
          'prodworkflow.services.ticket_versions', 'trac.ticket.model',
          'trac.attachment')


@contextlib.contextmanager
def days_ago(days, hour=9):
    """Lets the clocks of Trac and of the plugin show an earlier day.

    They go on by a second each time that they are looked at.
    """
    moment = [datetime.combine(date.today() - timedelta(days), datetime.min
                               .time(), utc) + timedelta(hours=hour)]

    def show(zone=None):
        moment[0] += timedelta(seconds=1)
        return moment[0].astimezone(zone or utc)
    with pytest.MonkeyPatch.context() as patch:
        for module in CLOCKS:
            patch.setattr(f'{module}.datetime_now', show)
        yield moment
