"""What waits for somebody in all campaigns: how many, and which is next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.rules.decision import Decision
from prodworkflow.domain.text import Message
from prodworkflow.domain.views.my_signoffs import due_day, waiting_keys


@dataclass(frozen=True)
class WaitingSignOff:
    """A sign-off that waits for somebody, late or because it is its turn.

    `item` is the site or subdetector that it is about, if any.
    """

    campaign: str
    title: str
    ticket: int
    milestone: str
    late: bool
    due: date | None
    item: str = ''


@dataclass(frozen=True)
class WaitingCount:
    """How many sign-offs wait for a person, and how many of them are late."""

    total: int = 0
    late: int = 0

    @classmethod
    def of(cls, waiting: Sequence[WaitingSignOff]) -> WaitingCount:
        """The number of these."""
        return cls(len(waiting), sum(each.late for each in waiting))

    @property
    def words(self) -> Message:
        """A sentence without full stop: `3 sign-offs wait for you, 1 late`."""
        if not self.total:
            return Message('nothing waits for you')
        if not self.late:
            return Message('1 sign-off waits for you' if self.total == 1 else
                           '%(total)s sign-offs wait for you',
                           total=self.total)
        return Message('1 sign-off waits for you, %(late)s late'
                       if self.total == 1 else
                       '%(total)s sign-offs wait for you, %(late)s late',
                       total=self.total, late=self.late)


def waiting_signoffs(decision: Decision,
                     person: Person) -> Iterator[WaitingSignOff]:
    """What of a campaign waits for a person, by the rules alone."""
    state = decision.snapshot.state
    found = waiting_keys(decision, person)
    for key in found.due:
        requirement = state.requirement(key)
        yield WaitingSignOff(
            state.campaign.name, requirement.title, requirement.ticket or 0,
            state.stage(requirement.stage).milestone, key in found.late,
            due_day(decision, requirement), requirement.item)


def next_after(requirement: Requirement,
               waiting: Iterable[WaitingSignOff]) -> WaitingSignOff | None:
    """Which of these somebody signs next, who has just signed a requirement.

    One about the same site or subdetector first, then what is late, then what
    is due first.
    """
    def urgency(each: WaitingSignOff) -> tuple[bool, bool, date]:
        return (not requirement.item or each.item != requirement.item,
                not each.late, each.due or date.max)
    return min((each for each in waiting
                if each.ticket != requirement.ticket),
               key=urgency, default=None)
