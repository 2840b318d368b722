"""Due days of a plan, as its preview shows them: which are past already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from prodworkflow.domain.model.campaign import Stage
from prodworkflow.domain.planning.plan import Plan
from prodworkflow.domain.planning.requirement_sets import RequirementSet
from prodworkflow.domain.text import Message
from prodworkflow.domain.views.timeline import distance


@dataclass(frozen=True)
class DueDay:
    """When something is due: its day, None without a planned start.

    `days` is how many days before the start; `past` says how long ago it was,
    '' for a day that is not past.
    """

    day: date | None
    days: int
    past: str = ''


def stage_due(plan: Plan, stage: Stage) -> DueDay:
    """When a stage is due."""
    days = next(s.due for s in plan.template.stages if s.key == stage.key)
    return _due(plan, stage.due, days)


def own_due(plan: Plan, part: RequirementSet) -> DueDay | None:
    """When requirements are due that have a day of their own; else None."""
    days = next(r.due for r in plan.template.requirements
                if r.key == part.key)
    return (None if days is None
            else _due(plan, part.requirements[0].due, days))


def _due(plan: Plan, day: date | None, days: int) -> DueDay:
    past = ('' if day is None or plan.today is None or day >= plan.today else
            Message('past: %(when)s', when=distance(day, plan.today)))
    return DueDay(day, days, past)
