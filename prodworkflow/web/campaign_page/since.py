"""Section *Since*: what has changed since a day."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from trac.util.datefmt import format_date, user_time

from prodworkflow.domain.views.meeting.forecast_move import forecast_move
from prodworkflow.domain.views.meeting.former import former_forecast
from prodworkflow.domain.views.meeting.since import changes_since
from prodworkflow.web.campaign_page.context import PageContext
from prodworkflow.web.meeting.addresses import (
    beginning,
    day_asked,
    kept,
    today,
)
from prodworkflow.web.meeting.day import last_meeting

# So many names stand in a line; the history has the others.
SHOWN = 6


def data(page: PageContext) -> dict[str, Any]:
    """What the section shows."""
    req, now = page.req, today(page.req)
    last = last_meeting(req, page.decision.snapshot.id)
    day = day_asked(req, 'since') or last
    moment = beginning(req, day)
    changes = changes_since(page.history, moment,
                            page.told.decision.snapshot.state)
    moved = forecast_move(
        former_forecast(page.decision, page.entries, moment),
        page.told.forecast)
    return {'day': day, 'last': last, 'yesterday': now - timedelta(1),
            'today': now, 'changes': changes, 'shown': SHOWN,
            'others': kept(req, 'since'), 'move': moved,
            'forecast': moved and moved.words(
                partial(user_time, req, format_date)),
            'count': changes.count + bool(moved),
            'created': next((e.time for e in page.entries[:1]
                             if e.time >= moment), 0)}
