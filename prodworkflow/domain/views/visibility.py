"""Visibility filter: removes tickets and milestones that a viewer may not see.

Those are the ones for which the viewer lacks TICKET_VIEW or MILESTONE_VIEW.
Whether a gate is open is never hidden.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.forecast.estimate import forecast
from prodworkflow.domain.forecast.result import Forecast
from prodworkflow.domain.model.campaign import Stage
from prodworkflow.domain.model.known_issue import Concern
from prodworkflow.domain.rules.answers import Answer, Obstacle
from prodworkflow.domain.rules.decision import Coverage, Decision, Gate
from prodworkflow.domain.rules.launch.open_tickets import OpenIssue
from prodworkflow.domain.rules.objections.concerns import open_concerns
from prodworkflow.domain.views.stage import StageReadiness


@dataclass(frozen=True)
class VisibilityFilter:
    """Removes hidden tickets and milestones from a decision.

    `tickets` are hidden ids, `stages` the keys of stages whose milestone is
    hidden.
    """

    decision: Decision
    tickets: frozenset[int]
    stages: frozenset[str]

    def stage(self, gate: Gate) -> StageReadiness:
        """The visible part of a stage."""
        stage = gate.stage
        answers = tuple(
            a for a in self.decision.of_stage(stage.key)
            if a.requirement.ticket not in self.tickets)
        own = tuple(o for o in self.obstacles(gate) if o.stage == stage.key)
        closed = self.decision.closed(stage)
        state = self.decision.snapshot.state
        return StageReadiness(
            stage, answers, own, gate.open, closed,
            self._late(stage, gate),
            tuple(self._group(g, answers) for g in gate.groups
                  if g.group.stage == stage.key),
            tuple(r for r in state.dropped if r.stage == stage.key
                  and r.ticket not in self.tickets))

    def _group(self, group: Coverage, seen: tuple[Answer, ...]) -> Coverage:
        """The group with its visible members only, also of those dropped."""
        keys = {a.requirement.key for a in seen}
        return replace(group, answers=tuple(
            a for a in group.answers if a.requirement.key in keys),
            dropped=tuple(r for r in group.dropped
                          if r.ticket not in self.tickets))

    def obstacles(self, gate: Gate) -> tuple[Obstacle, ...]:
        """The visible obstacles of a gate."""
        return tuple(o for o in gate.obstacles
                     if o.ticket not in self.tickets
                     and o.stage not in self.stages)

    def issues(self) -> tuple[OpenIssue, ...]:
        """The visible known issues, those that lapsed among them."""
        return tuple(i for i in self.decision.issues
                     if i.issue.ticket not in self.tickets
                     and i.stage.key not in self.stages)

    def concerns(self) -> tuple[Concern, ...]:
        """The visible concerns after the launch, latest first."""
        return tuple(c for c in open_concerns(self.decision.snapshot)
                     if c.ticket not in self.tickets)

    def forecast(self, gate: Gate) -> Forecast | None:
        """The forecast, without a hidden sign-off that decides it."""
        pace = self.decision.snapshot.pace
        if pace is None:
            return None
        found = forecast(self.decision, gate, pace)
        hidden = (found.critical and found.critical.answer.requirement)
        return (replace(found, critical=None)
                if hidden and (hidden.ticket in self.tickets
                               or hidden.stage in self.stages) else found)

    def _late(self, stage: Stage, gate: Gate) -> int:
        """Days after the due date of a stage, 0 if it is done or not late."""
        if stage.due is None or self._done(stage, gate):
            return 0
        return max((day_of(self.decision.asked) - stage.due).days, 0)

    def _done(self, stage: Stage, gate: Gate) -> bool:
        """Whether nothing of a stage itself is left to do."""
        return (self.decision.closed(stage)
                or self.decision.snapshot.state.campaign.ended
                or not (any(a.blocks for a
                            in self.decision.of_stage(stage.key))
                        or any(o.stage == stage.key for o in (
                            *gate.obstacles,
                            *self.decision.launch.obstacles))))
