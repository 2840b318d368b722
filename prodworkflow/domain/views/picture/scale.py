"""Scale of days: where a day lies on the axis, and which days it names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

# Days between two marks of the axis; then whole years, more and more.
STEPS = (1, 2, 7, 14, 28, 91, 182, 364, 1820, 3640, 18200, 36400, 182000,
         364000, 3640000)
LEAST = 8
MONDAY = 1


@dataclass(frozen=True)
class Scale:
    """An axis from day `first` to `last`, by ordinals, between two places."""

    first: int
    last: int
    left: float
    right: float

    @classmethod
    def of(cls, days: Iterable[date], left: float, right: float) -> Scale:
        """An axis that holds all these days, at least one, and some room."""
        ordinals = [d.toordinal() for d in days]
        first, last = min(ordinals), max(ordinals)
        room = max((LEAST - (last - first)) // 2, (last - first) // 40, 1)
        return cls(max(first - room, 1),
                   min(last + room, date.max.toordinal()), left, right)

    def place(self, day: date) -> float:
        """Where a day lies; one beyond the axis lies at its end."""
        ordinal = min(max(day.toordinal(), self.first), self.last)
        return self.left + self.pixels * (ordinal - self.first)

    @property
    def pixels(self) -> float:
        """The width of a day."""
        return (self.right - self.left) / (self.last - self.first)

    def ticks(self, width: float) -> list[date]:
        """The days to name, so that each has so much room for its name.

        From a week on they are Mondays.
        """
        step = next((s for s in STEPS if s * self.pixels >= width), STEPS[-1])
        begin = (self.first if step < 7
                 else self.first + (MONDAY - self.first) % 7)
        return [date.fromordinal(o)
                for o in range(begin, self.last + 1, step)]
