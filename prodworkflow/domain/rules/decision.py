"""Decision: what the rules say of gates and groups, in words and as JSON.

A decision explains itself: pages, commands and files take the words from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

from prodworkflow.domain.model.campaign import Stage
from prodworkflow.domain.model.coverage_rule import percent, share_of
from prodworkflow.domain.model.item_list import Group
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.rules.answers import (
    Answer,
    ENDED,
    IN_DOUBT,
    named,
    Obstacle,
    ON_HOLD,
)
from prodworkflow.domain.rules.launch.open_tickets import OpenIssue
from prodworkflow.domain.text import Message, NAMED

UNPASSABLE = (IN_DOUBT, ON_HOLD, ENDED)


@dataclass(frozen=True)
class Coverage:
    """The evaluation of one group: how many members are met, and if enough.

    `names` maps item keys to names; `rule` is the coverage rule in words;
    `lacking` is how many more have to be met at the least.
    """

    group: Group
    answers: tuple[Answer, ...]
    reached: bool
    rule: str
    names: Mapping[str, str]
    lacking: int = 0

    @property
    def missing(self) -> int:
        """How many of its members are missing, counted once each."""
        return 0 if self.reached else min(max(self.lacking, 1),
                                          len(self.open))

    @property
    def met(self) -> int:
        """The number of members that are met."""
        return sum(a.met for a in self.answers)

    @property
    def open(self) -> tuple[Answer, ...]:
        """The members that are not met, in order."""
        return tuple(a for a in self.answers if not a.met)

    @property
    def share(self) -> Fraction | None:
        """The share of the weight that is met; None without weights."""
        return share_of([a.requirement.weight for a in self.answers],
                        [a.requirement.weight for a in self.answers if a.met])

    @property
    def counted(self) -> str:
        """The number met, in words: `38 of 40 sites (96 % of capacity)`."""
        share = self.share
        if share is None:
            return Message('%(met)s of %(count)s %(list)s', met=self.met,
                           count=len(self.answers), list=self.group.list)
        return Message('%(met)s of %(count)s %(list)s (%(share)s of '
                       'capacity)', met=self.met, count=len(self.answers),
                       list=self.group.list, share=percent(share))

    @property
    def words(self) -> str:
        """The evaluation as a sentence, with all unmet members by name."""
        return self._naming(len(self.open))

    @property
    def brief(self) -> str:
        """Like `words`, with at most NAMED unmet members by name."""
        return self._naming(NAMED)

    def _naming(self, most: int) -> str:
        """The sentence, with at most `most` unmet members by name."""
        words = self.counted
        if not self.reached:
            words = Message('%(counted)s, and it needs %(rule)s',
                            counted=words, rule=self.rule)
        unmet = self.open
        names = ', '.join(self.name(a) for a in unmet[:most])
        if unmet[most:]:
            names = Message('%(names)s, %(count)s more', names=names,
                            count=len(unmet) - most)
        return Message('%(words)s; open: %(names)s', words=words,
                       names=names) if names else words

    def name(self, answer: Answer) -> str:
        """The name of a member with its ticket: `#12 CNAF`."""
        requirement = answer.requirement
        name = self.names.get(requirement.item, requirement.item)
        return name if requirement.ticket is None else (
            f'#{requirement.ticket} {name}')

    def as_dict(self) -> dict[str, Any]:
        """The evaluation as JSON; `share` is rounded down to four digits."""
        share = self.share
        return {'key': self.group.key, 'title': self.group.title,
                'stage': self.group.stage, 'list': self.group.list,
                'rule': self.group.rule, 'reached': self.reached,
                'met': self.met, 'members': len(self.answers),
                'share': None if share is None
                else int(share * 10000) / 10000,
                'open': [self.names.get(a.requirement.item,
                                        a.requirement.item)
                         for a in self.open],
                'words': self.words}


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

    @property
    def launch_unheld(self) -> Gate:
        """The launch gate as it would be without a hold."""
        return replace(self.gates[-1], obstacles=self.before_launch)

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
