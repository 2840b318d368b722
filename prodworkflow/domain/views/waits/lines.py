"""Lines of what waits for a person: one sign-off, or several alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from prodworkflow.domain.rules.answers import Answer
from prodworkflow.domain.rules.decision import Coverage
from prodworkflow.domain.text import Message
from prodworkflow.domain.views.timeline import days_away


@dataclass(frozen=True)
class AskedSignOff:
    """An unmet sign-off: since when it is asked, when due, and why.

    `since` is in µs UTC; `days` are left until `due`, negative after it; None
    without a day.  `needed` says that a gate waits for it.
    """

    answer: Answer
    since: int
    due: date | None
    days: int | None
    needed: bool
    why: str
    group: Coverage | None = None

    @property
    def late(self) -> bool:
        """Whether its day is over."""
        return self.days is not None and self.days < 0

    @property
    def harm(self) -> tuple[bool, bool, int, int]:
        """What orders sign-offs, the most harmful first."""
        days = self.days if self.days is not None else 10 ** 6
        return (not (self.needed and self.late), not self.late, days,
                self.since)


@dataclass(frozen=True)
class WaitedLine:
    """A line of a person: sign-offs of one group that are alike, or one."""

    asked: tuple[AskedSignOff, ...]

    @property
    def first(self) -> AskedSignOff:
        """What the sign-offs of the line have in common."""
        return self.asked[0]

    @property
    def title(self) -> str:
        """The title of the group, or of the sign-off."""
        group = self.first.group
        return group.group.title if group else \
            self.first.answer.requirement.title

    @property
    def distance(self) -> Message | str:
        """That it is late, and for how long; '' if it is not."""
        days = self.first.days
        return days_away(days) if days is not None and days < 0 else ''

    def name(self, asked: AskedSignOff) -> str:
        """The name of a member of the group."""
        item = asked.answer.requirement.item
        return asked.group.names.get(item, item) if asked.group else ''


def lines_of(asked: Iterable[AskedSignOff],
             day_of: Mapping[int, date]) -> tuple[WaitedLine, ...]:
    """The lines for a person, the most harmful first.

    `day_of` maps the times since when something is asked to their days.
    """
    found: dict[tuple[object, ...], list[AskedSignOff]] = {}
    for each in sorted(asked, key=lambda a: a.harm):
        found.setdefault(_alike(each, day_of[each.since]), []).append(each)
    return tuple(WaitedLine(tuple(line)) for line in found.values())


def _alike(asked: AskedSignOff, since: date) -> tuple[object, ...]:
    """What sign-offs of one line have in common."""
    requirement = asked.answer.requirement
    if asked.group is None:
        return (requirement.key,)
    return (asked.group.group.key, asked.answer.reason, asked.why, since,
            asked.due)
