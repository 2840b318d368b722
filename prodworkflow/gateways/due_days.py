"""Due days of Trac's milestones that are stages, by their moments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from trac.ticket.model import Milestone, MilestoneCache
from trac.util.datefmt import to_datetime

from prodworkflow import store
from prodworkflow.domain.dates import day_in_utc, is_due_moment
from prodworkflow.gateways.milestones import move_milestone


class _Kept(NamedTuple):
    """What was read: Trac's milestones, stages among them, their days."""

    milestones: Any
    stages: set[str]
    days: Mapping[datetime, date]


class DueDays:
    """The due days of all stages, for all threads of a process.

    Read anew whenever Trac reads its milestones anew: stages are made, renamed
    and removed together with milestones.
    """

    def __init__(self, env: Any) -> None:
        self.env = env
        self._kept: _Kept | None = None

    def by_moment(self) -> Mapping[datetime, date]:
        """The days (UTC), by the moments at which stages are due."""
        return self._read().days

    def day(self, milestone: str, due: datetime) -> date | None:
        """The day for which a moment stands where a milestone is shown.

        It may be one that was typed and is not stored yet.
        """
        kept = self._read()
        return kept.days.get(due) or (
            day_in_utc(due) if milestone in kept.stages
            and is_due_moment(due) else None)

    def keep(self, milestone: Milestone, zone: Any) -> None:
        """Have a stage's milestone due on the day that was said in a zone.

        Nothing for other milestones, and where that is stored already.
        """
        if (milestone.due and not is_due_moment(milestone.due)
                and milestone.name in self._read().stages):
            with store.process_lock(self.env):
                move_milestone(self.env, milestone.name,
                               to_datetime(milestone.due, zone).date())

    # Internal methods

    def _read(self) -> _Kept:
        milestones = MilestoneCache(self.env).milestones
        kept = self._kept
        if kept is None or kept.milestones is not milestones:
            stages = store.stage_milestones(self.env)
            kept = self._kept = _Kept(milestones, stages, {
                due: day_in_utc(due) for name, due, *_ in milestones.values()
                if due and name in stages})
        return kept
