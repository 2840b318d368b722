"""Day of the last meeting, which each reader may set for a campaign.

It is kept in their Trac session, and nowhere else: it changes nothing that
others see.  Of a meeting that is today the one before it stays the last one,
so that the page goes on telling what has changed since then.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from trac.util.datefmt import format_date, user_time

from prodworkflow.domain.dates import typed_day
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.planning.request import FIRST_YEAR
from prodworkflow.translation import _
from prodworkflow.web.forms import form_text
from prodworkflow.web.meeting.addresses import today
from prodworkflow.web.notices.field_problems import keep_problems
from prodworkflow.web.notices.refusal_warnings import warn_of

# What the form calls its act.
MEETING = 'meeting'
WEEK = timedelta(7)
REMEMBERED = 2


def last_meeting(req: Any, campaign: int) -> date:
    """The last remembered day before today, or a week ago."""
    now = today(req)
    return max((d for d in _days(req, campaign) if d < now),
               default=now - WEEK)


def remembered(req: Any, campaign: int) -> str | None:
    """The notice that the day of a form is kept; None with a warning."""
    day = typed_day(form_text(req.args, 'day'))
    if day is None or day.year < FIRST_YEAR or day > today(req):
        error = InvalidRequest([('day', _(
            'Write the day of the meeting as 2026-11-23, today or earlier.'
        ))])
        warn_of(req, error)
        keep_problems(req, error)
        return None
    days = [d for d in _days(req, campaign) if d < day] + [day]
    req.session[_name(campaign)] = ' '.join(
        d.isoformat() for d in days[-REMEMBERED:])
    req.session.save()
    return str(_('Remembered: the meeting of %(day)s.',
                 day=user_time(req, format_date, day)))


def _days(req: Any, campaign: int) -> list[date]:
    texts = req.session.get(_name(campaign), '').split()
    return [day for day in map(typed_day, texts) if day]


def _name(campaign: int) -> str:
    return f'prodworkflow.meeting.{campaign}'
