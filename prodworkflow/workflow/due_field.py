"""The field of a milestone's due date: what counts is the day typed in it."""

from __future__ import annotations

from typing import Any

from trac.ticket.model import MilestoneCache
from trac.util.datefmt import parse_date, user_time, utc

from prodworkflow.domain.dates import due_moment_of
from prodworkflow.web.forms import form_text

DATE_MAX = 64  # Trac looks at longer ones for minutes


def take_due_day(env: Any, req: Any, name: str) -> None:
    """Let Trac read the day that was typed, as it is stored for a stage.

    The day that was shown changes nothing. TracError if it is no date.
    """
    text = form_text(req.args, 'duedate')
    if 'due' not in req.args or not 0 < len(text) <= DATE_MAX:
        return
    stored = MilestoneCache(env).milestones.get(name)
    moment = due_moment_of(user_time(req, parse_date, text, hint='datetime'),
                           stored[1] if stored else None)
    req.args['duedate'] = moment.astimezone(utc).isoformat()
