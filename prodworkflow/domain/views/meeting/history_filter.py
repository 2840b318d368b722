"""Filter of a campaign's history: what, who, which stage, site, from when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from prodworkflow.domain.ledger.history import Event
from prodworkflow.domain.views.meeting.kinds import Kind, kind_of


@dataclass(frozen=True)
class HistoryFilter:
    """What is to be shown; '' or 0 for all.

    `who` is a login, `stage` and `item` are keys, `start` is a moment in µs
    UTC.
    """

    what: Kind | None = None
    who: str = ''
    stage: str = ''
    item: str = ''
    start: int = 0

    def chosen(self, events: Sequence[Event]) -> list[Event]:
        """The events that are asked for, newest first."""
        return [e for e in reversed(events) if self._takes(e)]

    def _takes(self, event: Event) -> bool:
        return (event.time >= self.start
                and self.what in (None, kind_of(event))
                and self.who in ('', event.actor)
                and self.stage in ('', event.stage)
                and self.item in ('', event.item))


def people(events: Sequence[Event]) -> list[str]:
    """Who did something, by name."""
    return sorted({e.actor for e in events if e.actor}, key=str.casefold)


def kinds(events: Sequence[Event]) -> list[Kind]:
    """The kinds of events that there are, in their order."""
    there = {kind_of(e) for e in events}
    return [kind for kind in Kind if kind in there]
