"""Stages and the launch beside the ledger: milestones, and what runs on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from prodworkflow import store
from prodworkflow.domain.model.campaign import Stage
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.text import joined_by, Message
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
                Message('milestone %(milestone)s is missing',
                        milestone=stage.milestone), Message('make it anew'),
                self._remake, lambda s: replace(
                    s, milestones={**s.milestones, stage.key: 0}))

    def completion(self) -> Iterator[Deviation]:
        """That it is closed or open and should not be, or nobody knows."""
        stage, snapshot = self.stage, self.decision.snapshot
        closed = bool(snapshot.milestones.get(stage.key))
        gate = self.decision.gate(stage.key)
        if closed and not gate.open and snapshot.state.campaign.blocks:
            yield Deviation(Message(
                'stage %(label)s is closed while its gate is shut: %(why)s',
                label=stage.label, why=joined_by('; ', gate.reasons())),
                Message('reopen it'))
        elif closed and not stage.closed:
            yield self._unseen(Message(
                'stage %(label)s was closed while nobody was watching',
                label=stage.label), True, 'stage-closed',
                               completed=snapshot.milestones[stage.key])
        elif stage.closed and not closed:
            yield self._unseen(Message(
                'stage %(label)s was reopened while nobody was watching',
                label=stage.label), False, 'stage-reopened',
                               because=Message('found by campaign check'))

    def _unseen(self, words: Message, closed: bool, verb: str,
                **payload: Any) -> Deviation:
        stage = self.stage

        def mend() -> list[str]:
            self._record(verb, stage=stage.key, **payload)
            return []

        def foreseen(snapshot: Snapshot) -> Snapshot:
            return replace(snapshot, state=replace(
                snapshot.state, stages=tuple(
                    replace(s, closed=closed) if s.key == stage.key else s
                    for s in snapshot.state.stages)))
        return Deviation(words, Message('record it'), mend, foreseen)

    def _remake(self) -> list[str]:
        state = self.book.state
        make_milestone(self.book.env, self.stage, state.campaign.name,
                       len(state.stages))
        self._record('milestone-restored', stage=self.stage.key,
                     milestone=self.stage.milestone)
        return []

    def _record(self, verb: str, **payload: Any) -> None:
        self.book.record(now(), self.actor, verb, **payload)


def launch_deviations(decision: Decision) -> Iterator[Deviation]:
    """That production goes on behind a shut gate."""
    if astray(decision):
        yield Deviation(joined_by('; ', [
            Message('production goes on although the launch gate is shut'),
            *readiness(decision).lapses, *decision.launch.reasons()]),
            Message('put the campaign on hold'))
