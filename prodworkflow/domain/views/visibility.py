"""Leaves out of a decision what one viewer may not see."""

from __future__ import annotations

from dataclasses import dataclass, replace

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.forecast.estimate import forecast
from prodworkflow.domain.forecast.result import Forecast
from prodworkflow.domain.model.campaign import Stage
from prodworkflow.domain.rules.answers import Answer, Obstacle
from prodworkflow.domain.rules.decision import Coverage, Decision, Gate
from prodworkflow.domain.views.stage import StageReadiness


@dataclass(frozen=True)
class VisibilityFilter:
    """Leaves out what the viewer may not see."""

    decision: Decision
    tickets: frozenset[int]
    stages: frozenset[str]

    def stage(self, gate: Gate) -> StageReadiness:
        """A stage with what may be seen of it."""
        stage = gate.stage
        answers = tuple(
            a for a in self.decision.of_stage(stage.key)
            if a.requirement.ticket not in self.tickets)
        own = tuple(o for o in self.obstacles(gate) if o.stage == stage.key)
        closed = self.decision.closed(stage)
        state = self.decision.snapshot.state
        return StageReadiness(
            stage, answers, own, gate.open, closed,
            0 if closed else self._late(stage),
            tuple(self._group(g, answers) for g in gate.groups
                  if g.group.stage == stage.key),
            tuple(r for r in state.dropped if r.stage == stage.key
                  and r.ticket not in self.tickets))

    @staticmethod
    def _group(group: Coverage, seen: tuple[Answer, ...]) -> Coverage:
        """The group with those of its answers that the viewer may see."""
        keys = {a.requirement.key for a in seen}
        return replace(group, answers=tuple(
            a for a in group.answers if a.requirement.key in keys))

    def obstacles(self, gate: Gate) -> tuple[Obstacle, ...]:
        """The obstacles of a gate that may be seen."""
        return tuple(o for o in gate.obstacles
                     if o.ticket not in self.tickets
                     and o.stage not in self.stages)

    def forecast(self, gate: Gate) -> Forecast | None:
        """The forecast; what decides it only where it may be seen."""
        pace = self.decision.snapshot.pace
        if pace is None:
            return None
        found = forecast(self.decision, gate, pace)
        hidden = (found.critical and found.critical.answer.requirement)
        return (replace(found, critical=None)
                if hidden and (hidden.ticket in self.tickets
                               or hidden.stage in self.stages) else found)

    def _late(self, stage: Stage) -> int:
        today = day_of(self.decision.asked)
        return max((today - stage.due).days, 0) if stage.due else 0
