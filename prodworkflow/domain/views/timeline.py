"""Timeline of a campaign: its stages and the start of production, by days."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.model.campaign import Campaign
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.text import Message
from prodworkflow.domain.views.readiness import Readiness
from prodworkflow.domain.views.stage import StageReadiness


class Kind(enum.Enum):
    """What a point of the timeline is: a stage, or production."""

    STAGE = 'stage'
    START = 'start'
    LAUNCH = 'launch'


@dataclass(frozen=True)
class Point:
    """What is planned for a day, None for none, or happened on it.

    `began` is the day of the point before it, None for the first; `ended` is
    when it was over, None if it is not.  `state` are words; `milestone` is
    that of a stage.
    """

    kind: Kind
    title: str
    day: date | None
    state: str = ''
    began: date | None = None
    ended: date | None = None
    late: int = 0
    milestone: str = ''


@dataclass(frozen=True)
class Timeline:
    """The points of a campaign in its order, and today (UTC)."""

    today: date
    points: tuple[Point, ...]

    @property
    def first(self) -> date:
        """The earliest day that is drawn."""
        return min(self._days)

    @property
    def last(self) -> date:
        """The latest day that is drawn."""
        return max(self._days)

    def place(self, day: date) -> float:
        """Where a day lies between the first and the last: 0 to 100."""
        span = (self.last - self.first).days
        return 100 * (day - self.first).days / span if span else 50.0

    def distance(self, day: date) -> Message:
        """How far a day is from today, in words."""
        return distance(day, self.today)

    @property
    def summary(self) -> Message:
        """The next day that is not over; that there is none."""
        coming = [p for p in self.points if p.day and not p.ended]
        if not coming:
            return Message('no day is planned any more')
        point = min(coming, key=lambda p: p.day or self.today)
        return Message('next: %(title)s %(distance)s', title=point.title,
                       distance=distance(point.day or self.today, self.today,
                                         True))

    @property
    def _days(self) -> list[date]:
        return [self.today, *(d for p in self.points for d in (
            p.day, p.ended) if d)]


def distance(day: date, today: date, late: bool = False) -> Message:
    """How far a day is from today, in words: `in 3 days`, `2 days late`.

    `late` says that something is due that day, and is not done.
    """
    days = (day - today).days
    if late or days >= 0:
        return days_away(days)
    return (Message('yesterday') if days == -1
            else Message('%(days)s days ago', days=-days))


def days_away(days: int) -> Message:
    """How far away the day is on which something is due, in words."""
    if days < 0:
        return (Message('1 day late') if days == -1
                else Message('%(days)s days late', days=-days))
    if days <= 1:
        return (Message('today'), Message('tomorrow'))[days]
    return Message('in %(days)s days', days=days)


def timeline(told: Readiness) -> Timeline:
    """The timeline of a campaign as its viewer may see it."""
    points: list[Point] = []
    began: date | None = None
    for stage in told.stages:
        points.append(_of_stage(stage, told.decision.snapshot, began))
        began = stage.stage.due or began
    return Timeline(day_of(told.decision.asked),
                    (*points, *_production(told.campaign, began)))


def _of_stage(stage: StageReadiness, snapshot: Snapshot,
              began: date | None) -> Point:
    closed = snapshot.milestones.get(stage.stage.key)
    return Point(
        Kind.STAGE, stage.stage.label, stage.stage.due,
        Message('%(signed)s of %(needed)s signed, %(state)s',
                signed=stage.signed, needed=stage.needed, state=stage.words),
        began, day_of(closed) if closed else None, stage.late,
        stage.stage.milestone)


def _production(campaign: Campaign, began: date | None) -> list[Point]:
    """The planned start, and the launch where there was one."""
    launched = day_of(campaign.launched) if campaign.launched else None
    points = []
    if campaign.start:
        points.append(Point(Kind.START, Message('Production planned'),
                            campaign.start, '', began, launched))
    if launched:
        points.append(Point(Kind.LAUNCH, Message('Production launched'),
                            launched, '', None, launched))
    return points
