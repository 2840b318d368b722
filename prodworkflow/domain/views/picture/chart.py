"""Chart: what the picture of a campaign by days shows, without geometry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.views.picture.burn_up import burn_up, Step
from prodworkflow.domain.views.picture.occurrences import (
    Kind,
    Occurrences,
    occurrences,
)
from prodworkflow.domain.views.readiness import Readiness
from prodworkflow.domain.views.stage import StageReadiness


@dataclass(frozen=True)
class Bar:
    """A stage from the day on which it began to the one on which it is due.

    `ended` is the day on which it was closed, None if it is not; `until` is
    the day up to which it is late, None if it is in time.
    """

    stage: StageReadiness
    began: date
    due: date | None
    ended: date | None
    until: date | None

    @property
    def last(self) -> date:
        """The day to which its bar runs: the due day, or the last known."""
        return max(self.due or self.until or self.ended or self.began,
                   self.began)

    @property
    def part(self) -> float:
        """How much of what is needed is signed, from 0 to 1."""
        needed = self.stage.needed
        return 1.0 if self.ended else (
            self.stage.signed / needed if needed else 0.0)

    @property
    def days(self) -> Iterator[date]:
        """All days that it has."""
        return (d for d in (self.began, self.due, self.ended, self.until)
                if d)


@dataclass(frozen=True)
class Chart:
    """A campaign by days, as its viewer may see it.

    `median` and `ninety` are the forecast, None where there is none; `over`
    is the day on which the campaign ended.
    """

    told: Readiness
    today: date
    bars: tuple[Bar, ...]
    happened: Occurrences
    steps: tuple[Step, ...]

    @property
    def start(self) -> date | None:
        """The planned start of production."""
        day: date | None = self.told.campaign.start
        return day

    @property
    def median(self) -> date | None:
        """The expected day, if there is one that is to come."""
        forecast = self.told.forecast
        return forecast.median if forecast else None

    @property
    def ninety(self) -> date | None:
        """The day up to which it is ready nine times of ten."""
        forecast = self.told.forecast
        return forecast.ninety if forecast and forecast.median else None

    @property
    def launched(self) -> date | None:
        """The day on which production was launched."""
        time: int = self.told.campaign.launched
        return day_of(time) if time else None

    @property
    def over(self) -> date | None:
        """The day on which the campaign was closed or abandoned."""
        return next((m.day for m in self.happened.marks
                     if m.kind is Kind.END), None)

    @property
    def signed(self) -> int:
        """How many sign-offs are signed now."""
        return sum(s.signed for s in self.told.stages)

    @property
    def needed(self) -> int:
        """How many sign-offs open the gate, those that are signed with them.
        """
        return sum(s.needed for s in self.told.stages)

    @property
    def days(self) -> list[date]:
        """All days that are drawn; after the end, today is not."""
        happened = self.happened
        found = [self.start, self.median, self.ninety, self.launched,
                 None if self.over else self.today, happened.began,
                 *(d for bar in self.bars for d in bar.days),
                 *(m.day for m in happened.marks),
                 *(h.first for h in happened.holds),
                 *(h.last for h in happened.holds)]
        return [day for day in found if day]


def chart(told: Readiness, entries: Iterable[Entry]) -> Chart:
    """The chart of a campaign; without entries it has no burn-up."""
    entries = list(entries)
    today, happened = day_of(told.decision.asked), occurrences(entries)
    bars: list[Bar] = []
    began = happened.began or today
    for stage in told.stages:
        bars.append(_bar(told, stage, began, today))
        began = stage.stage.due or began
    return Chart(told, today, tuple(bars), happened,
                 burn_up(entries, told) if entries else ())


def _bar(told: Readiness, stage: StageReadiness, began: date,
         today: date) -> Bar:
    closed = told.decision.snapshot.milestones.get(stage.stage.key)
    ended, due = day_of(closed) if closed else None, stage.stage.due
    last = ended or today
    late = due is not None and last > due and not (
        told.campaign.ended and not ended)
    return Bar(stage, min(began, due or last, last), due, ended,
               last if late or (due is None and not ended) else None)
