"""Stages of a campaign as a compact pipeline, the present one marked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.rules.decision import Coverage
from prodworkflow.domain.views.progress.sufficient import (
    bound,
    counted,
    reached_part,
    sufficient,
)
from prodworkflow.domain.views.readiness import Readiness
from prodworkflow.domain.views.stage import StageReadiness
from prodworkflow.domain.views.timeline import days_away

# So many open sign-offs that belong to no group are named.
NAMED = 3


@dataclass(frozen=True)
class GroupProgress:
    """A group: how far it is and its rule's bound, in percent of its bar.

    `words` say how far it is; `enough` what few further members would reach
    the rule, or is ''.
    """

    group: Coverage
    words: str
    met: float
    bound: float | None
    enough: str


@dataclass(frozen=True)
class StageProgress:
    """A stage: the day on which it was closed, if any, and how late it is.

    `present` marks the stage that the campaign is in.  `open` are the first
    open sign-offs without a group, `more` how many there are beside them.
    """

    readiness: StageReadiness
    present: bool
    ended: date | None
    late: str
    groups: tuple[GroupProgress, ...]
    open: tuple[Answer, ...]
    more: int

    @property
    def missing(self) -> int:
        """How many sign-offs are missing that the gate needs."""
        return self.readiness.blocking


def present_stage(told: Readiness) -> str:
    """The key of the stage that a campaign is in: the first not closed.

    '' where all are closed, and after the end.
    """
    if told.campaign.ended:
        return ''
    return next((s.stage.key for s in told.stages if not s.closed), '')


def stage_progress(told: Readiness) -> list[StageProgress]:
    """The visible stages of a campaign in their order."""
    now = present_stage(told)
    return [_of(told, stage, stage.stage.key == now)
            for stage in told.stages]


def _of(told: Readiness, stage: StageReadiness,
        present: bool) -> StageProgress:
    closed = told.decision.snapshot.milestones.get(stage.stage.key)
    ended = day_of(closed) if closed else None
    open_ = [a for a in stage.single if a.blocks]
    return StageProgress(
        stage, present, ended, _lateness(
            stage.stage.due, ended or day_of(told.decision.asked), ended),
        tuple(_group(g, told.veiled) for g in stage.groups if g.answers),
        tuple(open_[:NAMED]), len(open_[NAMED:]))


def _lateness(due: date | None, day: date, ended: date | None) -> str:
    """How far the due day is from `day`; '' for a stage closed in time."""
    if due is None or (ended and ended <= due):
        return ''
    return days_away((due - day).days)


def _group(group: Coverage, veiled: bool) -> GroupProgress:
    """A group; where members are hidden, no word about what is enough."""
    at = bound(group)
    return GroupProgress(
        group, counted(group), float(100 * reached_part(group)),
        None if at is None else 100 * at,
        '' if veiled else sufficient(group))
