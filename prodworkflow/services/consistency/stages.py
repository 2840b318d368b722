"""Stages and the launch beside the ledger: milestones, and what runs on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from prodworkflow import store
from prodworkflow.domain.model.campaign import Stage
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.text import Message
from prodworkflow.domain.views.readiness import astray, readiness
from prodworkflow.gateways.clock import now
from prodworkflow.gateways.milestones import make_milestone
from prodworkflow.services.consistency.findings import Deviation


@dataclass(frozen=True)
class StageComparison:
    """One stage and its milestone, as they were when the check began."""

    book: store.Book
    decision: Decision
    stage: Stage
    actor: str

    def milestone(self) -> Iterator[Deviation]:
        """That its milestone is gone."""
        stage = self.stage
        if stage.key not in self.decision.snapshot.milestones:
            yield Deviation(
                f'milestone {stage.milestone} is missing', 'make it anew',
                self._remake, lambda s: replace(
                    s, milestones={**s.milestones, stage.key: 0}))

    def completion(self) -> Iterator[Deviation]:
        """That it is closed or open and should not be, or nobody knows."""
        stage, snapshot = self.stage, self.decision.snapshot
        closed = bool(snapshot.milestones.get(stage.key))
        gate = self.decision.gate(stage.key)
        if closed and not gate.open and snapshot.state.campaign.blocks:
            yield Deviation(f'stage {stage.label} is closed while its gate '
                            f'is shut: {"; ".join(gate.reasons())}',
                            'reopen it')
        elif closed and not stage.closed:
            yield self._unseen('closed', True, 'stage-closed',
                               completed=snapshot.milestones[stage.key])
        elif stage.closed and not closed:
            yield self._unseen('reopened', False, 'stage-reopened',
                               because=Message('found by campaign check'))

    def _unseen(self, what: str, closed: bool, verb: str,
                **payload: Any) -> Deviation:
        stage = self.stage

        def mend() -> str:
            self._record(verb, stage=stage.key, **payload)
            return ''

        def foreseen(snapshot: Snapshot) -> Snapshot:
            return replace(snapshot, state=replace(
                snapshot.state, stages=tuple(
                    replace(s, closed=closed) if s.key == stage.key else s
                    for s in snapshot.state.stages)))
        return Deviation(f'stage {stage.label} was {what} while nobody was '
                         'watching', 'record it', mend, foreseen)

    def _remake(self) -> str:
        state = self.book.state
        make_milestone(self.book.env, self.stage, state.campaign.name,
                       len(state.stages))
        self._record('milestone-restored', stage=self.stage.key,
                     milestone=self.stage.milestone)
        return ''

    def _record(self, verb: str, **payload: Any) -> None:
        self.book.record(now(), self.actor, verb, **payload)


def launch_deviations(decision: Decision) -> Iterator[Deviation]:
    """That production goes on behind a shut gate."""
    if astray(decision):
        yield Deviation('; '.join([
            'production goes on although the launch gate is shut',
            *readiness(decision).lapses, *decision.launch.reasons()]),
            'put the campaign on hold')
