"""Request filter of due days: Trac's pages show them in every time zone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from trac.core import Component, implements
from trac.db.pool import TimeoutError as NoConnection
from trac.ticket.model import Milestone
from trac.web.api import IRequestFilter

from prodworkflow.api import CampaignSystem
from prodworkflow.pages.due_day_zone import DueDayZone, end_in_zone


class DueDayFilter(Component):
    """Shows the milestones of stages due on the same day in every time zone.

    On the roadmap and in its calendar, on the pages of milestones and wherever
    Trac tells when they are due. Other milestones stay as they are.
    """

    implements(IRequestFilter)

    # IRequestFilter methods

    def pre_process_request(self, req: Any, handler: Any) -> Any:
        zone_of = req.callbacks.get('tz')
        if 'tz' in vars(req):
            req.tz = self._zone(req.tz)
        elif zone_of:
            req.callbacks['tz'] = partial(self._lazy_zone, zone_of)
        return handler

    def post_process_request(self, req: Any, template: str | None, data: Any,
                             metadata: Any) -> tuple[Any, Any, Any]:
        if template and data:
            due_days = CampaignSystem(self.env).queries.due_days
            for milestone in _milestones(data):
                day = due_days.day(milestone.name, milestone.due)
                if day:  # Trac calls it late when that is over
                    milestone.due = end_in_zone(day, req.tz)
        return template, data, metadata

    # Internal methods

    def _lazy_zone(self, zone_of: Any, req: Any) -> Any:
        return self._zone(zone_of(req))

    def _zone(self, zone: Any) -> Any:
        """That zone with its due days; as it is, where there are none."""
        try:
            days = CampaignSystem(self.env).queries.due_days.by_moment()
        except (self.env.db_exc.Error, NoConnection):
            return zone  # the page that says so is about to be made
        return DueDayZone(zone, days) if days else zone


def _milestones(data: Any) -> Iterator[Milestone]:
    """The milestones that a page shows, its own copies."""
    for each in (data.get('milestone'), *(data.get('milestones') or ())):
        if isinstance(each, Milestone) and each.due:
            yield each
