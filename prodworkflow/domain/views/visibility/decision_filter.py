"""Visibility filter: removes tickets and milestones that a viewer may not see.

Those are the ones for which the viewer lacks TICKET_VIEW or MILESTONE_VIEW.
Whether a gate is open is never hidden.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.forecast.estimate import forecast, UNCOUNTED
from prodworkflow.domain.forecast.result import Forecast, Outlook
from prodworkflow.domain.model.campaign import Stage
from prodworkflow.domain.model.known_issue import Concern
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.rules.answers import Answer, Obstacle
from prodworkflow.domain.rules.decision import Coverage, Decision, Gate
from prodworkflow.domain.rules.gates import NO_STAGE
from prodworkflow.domain.rules.launch.open_tickets import OpenIssue
from prodworkflow.domain.rules.objections.concerns import open_concerns
from prodworkflow.domain.views.stage import StageReadiness
from prodworkflow.domain.views.visibility.answer_filter import shown_answer
from prodworkflow.domain.views.visibility.hidden_words import (
    HIDDEN,
    HiddenWords,
)
from prodworkflow.domain.views.visibility.state_filter import StateFilter

# What is hidden and keeps a gate shut, in the place of all of it.
SHUT_BY_HIDDEN = Obstacle('hidden', HIDDEN)


@dataclass(frozen=True)
class VisibilityFilter:
    """Removes hidden tickets and milestones from a decision.

    `tickets` are hidden ids, `stages` the keys of stages whose milestone is
    hidden.
    """

    decision: Decision
    tickets: frozenset[int]
    stages: frozenset[str]

    @cached_property
    def states(self) -> StateFilter:
        """The filter of the campaign's state."""
        return StateFilter(self.decision.snapshot.state, self.tickets,
                           self.stages)

    @property
    def words(self) -> HiddenWords:
        """The filter of sentences."""
        return self.states.words

    @cached_property
    def seen(self) -> Decision:
        """The decision with its visible parts only.

        Its gates are open as they are: what is hidden is one obstacle.
        """
        whole = self.decision
        if not (self.tickets or self.stages):
            return whole
        gates = tuple(self._gate(g) for g in whole.gates
                      if g.stage.key not in self.stages)
        made = replace(
            whole, snapshot=self._snapshot(whole.snapshot),
            gates=gates or (Gate(NO_STAGE, (), ()),),
            before_launch=self._obstacles(whole.before_launch),
            stops=self._obstacles(whole.stops), issues=self.issues())
        if whole.launch_unheld.open or not made.launch_unheld.open:
            return made
        return replace(made, before_launch=(*made.before_launch,
                                            SHUT_BY_HIDDEN))

    def answer(self, key: str) -> Answer:
        """The answer about a requirement whose ticket is visible.

        KeyError if there is no such requirement.
        """
        return shown_answer(self.decision.answer(key), self.tickets,
                            self.words)

    def stage(self, gate: Gate) -> StageReadiness:
        """The visible part of a stage."""
        stage = replace(gate.stage,
                        due=self.decision.snapshot.due(gate.stage))
        answers = self._answers(self.decision.of_stage(stage.key))
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

    def obstacles(self, gate: Gate) -> tuple[Obstacle, ...]:
        """The visible obstacles of a gate."""
        return self._obstacles(gate.obstacles)

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
        if not (self.tickets or self.stages):
            return found
        found = replace(
            found, because=UNCOUNTED
            if found.outlook is Outlook.TOO_LITTLE_KNOWN
            else self.words.shown(found.because))
        critical = found.critical and found.critical.answer.requirement
        return (found if critical and self.states.visible(critical)
                else replace(found, critical=None))

    # Internal methods

    def _answers(self, answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
        """The visible answers, without what is hidden in them."""
        if not (self.tickets or self.stages):
            return answers
        return tuple(self._shown[a.requirement.key] for a in answers
                     if a.requirement.key in self._shown)

    @cached_property
    def _shown(self) -> dict[str, Answer]:
        return {a.requirement.key: shown_answer(a, self.tickets, self.words)
                for a in self.decision.gates[-1].answers
                if self.states.visible(a.requirement)}

    def _obstacles(self, all_: tuple[Obstacle, ...]) -> tuple[Obstacle, ...]:
        if not (self.tickets or self.stages):
            return all_
        return tuple(replace(o, words=self.words.shown(o.words))
                     for o in all_ if o.ticket not in self.tickets
                     and o.stage not in self.stages)

    def _group(self, group: Coverage, seen: tuple[Answer, ...]) -> Coverage:
        """The group with its visible members only, also of those dropped."""
        shown = {a.requirement.key: a for a in seen}
        return replace(
            group, dropped=tuple(r for r in group.dropped
                                 if r.ticket not in self.tickets),
            answers=tuple(shown[a.requirement.key] for a in group.answers
                          if a.requirement.key in shown))

    def _gate(self, gate: Gate) -> Gate:
        answers = self._answers(gate.answers)
        made = replace(
            gate, answers=answers, obstacles=self.obstacles(gate),
            groups=tuple(self._group(g, answers) for g in gate.groups
                         if g.group.stage not in self.stages))
        if gate.open or not made.open:
            return made
        return replace(made, obstacles=(*made.obstacles, SHUT_BY_HIDDEN))

    def _snapshot(self, snapshot: Snapshot) -> Snapshot:
        state = self.states.seen
        keys = {r.key for r in state.requirements}
        return replace(
            snapshot, state=state,
            tickets={k: t for k, t in snapshot.tickets.items() if k in keys},
            others={stage: tuple(t for t in found if t not in self.tickets)
                    for stage, found in snapshot.others.items()
                    if stage not in self.stages},
            doubts=tuple(self.words.each(snapshot.doubts)))

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
