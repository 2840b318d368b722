"""Section *Waited for*: whom the campaign waits for, by person."""

from __future__ import annotations

from typing import Any

from trac.web.chrome import add_stylesheet

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.views.waits.people import waited_people
from prodworkflow.web.campaign_page.context import PageContext


def data(page: PageContext) -> dict[str, Any]:
    """What the section shows."""
    add_stylesheet(page.req, 'prodworkflow/prodworkflow_people.css')
    people = waited_people(page.told, page.req.authname)
    return {'people': people, 'count': people.count, **_reminders(page)}


def _reminders(page: PageContext) -> dict[str, Any]:
    """Whether the reader may remind others, and when each last was (µs)."""
    reminders = page.system.reminders
    may = (page.person.administrator and not page.told.campaign.ended
           and reminders.reaches_anybody())
    return {'may_remind': may, 'today': day_of(page.decision.asked),
            'day_of': day_of, 'reminded': reminders.reminded(
                page.decision.snapshot.id) if may else {}}
