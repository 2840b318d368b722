"""Decision: what the rules say of gates and groups, in words and as JSON.

A decision explains itself: pages, commands and files take the words from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from prodworkflow.domain.model.campaign import Stage
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.rules.answers import (
    Answer,
    ENDED,
    IN_DOUBT,
    named,
    Obstacle,
    ON_HOLD,
)
from prodworkflow.domain.rules.groups.coverage import Coverage
from prodworkflow.domain.rules.launch.open_tickets import (
    naming_help,
    OpenIssue,
    TicketHelp,
)
from prodworkflow.domain.text import Message

UNPASSABLE = (IN_DOUBT, ON_HOLD, ENDED)


@dataclass(frozen=True)
class Gate:
    """The gate of a stage: whether it may be closed, and why not."""

    stage: Stage
    answers: tuple[Answer, ...]
    obstacles: tuple[Obstacle, ...]
    groups: tuple[Coverage, ...] = ()

    @property
    def open(self) -> bool:
        """Whether the stage may be closed."""
        return (not self.obstacles and not self.unmet
                and all(g.reached for g in self.groups))

    @property
    def unmet(self) -> tuple[Answer, ...]:
        """The answers that keep the gate shut, in the campaign's order."""
        return tuple(a for a in self.answers if a.blocks)

    def reasons(self) -> list[str]:
        """Every reason for a shut gate, each a phrase without full stop."""
        return phrases(self.unmet, self.groups) + [
            o.words for o in self.obstacles]


@dataclass(frozen=True)
class Decision:
    """The evaluation of a whole campaign at the time `asked` (µs UTC).

    `before_launch` is what keeps the launch gate shut apart from requirements,
    in all stages; `stops` keep production from starting although it would be
    open: the campaign is on hold, or has ended. `issues` are the known issues
    whose tickets are open, those that lapsed among them.
    """

    snapshot: Snapshot
    asked: int
    gates: tuple[Gate, ...]
    before_launch: tuple[Obstacle, ...] = ()
    stops: tuple[Obstacle, ...] = ()
    issues: tuple[OpenIssue, ...] = ()

    @cached_property
    def launch(self) -> Gate:
        """The launch gate: downstream of all stages, and no stop."""
        return replace(self.gates[-1], obstacles=(*self.stops,
                                                  *self.before_launch))

    @cached_property
    def open_gates(self) -> frozenset[str]:
        """The keys of the stages whose gates are open."""
        return frozenset(g.stage.key for g in self.gates if g.open)

    @property
    def launch_unheld(self) -> Gate:
        """The launch gate as it would be without a hold."""
        return replace(self.gates[-1], obstacles=self.before_launch)

    def naming_help(self, known: Mapping[int, TicketHelp]) -> Decision:
        """The same decision, naming who can help with open tickets."""
        if not known:
            return self
        return replace(
            self, gates=tuple(replace(g, obstacles=naming_help(
                g.obstacles, known, False)) for g in self.gates),
            before_launch=naming_help(self.before_launch, known, True))

    def passes(self, gate: Gate) -> bool:
        """Whether a gate lets pass: it is open, or shut and blocks nothing.

        `advisory` lets pass what the rules have against it, but no doubt, no
        hold and no end of a campaign.
        """
        campaign = self.snapshot.state.campaign
        return gate.open or not (
            campaign.blocks or campaign.ended
            or any(o.kind in UNPASSABLE for o in gate.obstacles))

    @property
    def closed_by_launch(self) -> tuple[Stage, ...]:
        """The stages that a launch closes: those open still that may be.

        Stages close in order: none behind one that stays open.
        """
        found = []
        for gate in self.gates:
            if not self.closed(gate.stage):
                if not self.passes(gate):
                    break
                found.append(gate.stage)
        return tuple(found)

    def gate(self, stage: str) -> Gate:
        """Look up a gate by its stage's key or number; KeyError if none."""
        for gate in self.gates:
            if stage in (gate.stage.key, str(gate.stage.number)):
                return gate
        raise KeyError(stage)

    def of_stage(self, key: str) -> tuple[Answer, ...]:
        """The answers about a stage's own requirements."""
        return tuple(a for a in self.gates[-1].answers
                     if a.requirement.stage == key)

    def answer(self, key: str) -> Answer:
        """Look up an answer by requirement key; KeyError if there is none."""
        for answer in self.gates[-1].answers:
            if answer.requirement.key == key:
                return answer
        raise KeyError(key)

    def closed(self, stage: Stage) -> bool:
        """Whether the milestone of a stage is completed in Trac."""
        return bool(self.snapshot.milestones.get(stage.key))


def phrases(unmet: tuple[Answer, ...],
            groups: tuple[Coverage, ...]) -> list[str]:
    """Unmet answers as phrases without full stop, one for each whole group."""
    found: list[str] = []
    seen = set()
    whole = {g.group.key: g for g in groups if not g.reached}
    for answer in unmet:
        group = whole.get(answer.requirement.group)
        if group is None:
            found.append(Message('%(requirement)s %(words)s',
                                 requirement=named(answer),
                                 words=answer.words))
        elif group.group.key not in seen:
            seen.add(group.group.key)
            found.append(_of_group(group))
    return found + [_of_group(g) for k, g in whole.items() if k not in seen]


def _of_group(group: Coverage) -> Message:
    return Message('%(group)s: %(words)s', group=group.group.title,
                   words=group.words)
