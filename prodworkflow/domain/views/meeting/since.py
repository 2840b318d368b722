"""What has changed in a campaign since a moment, a line for each kind.

It is read from the visible events of the history alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from prodworkflow.domain.ledger.history import Event
from prodworkflow.domain.model.state import State
from prodworkflow.domain.views.meeting.kinds import Kind, kind_of

# More members of one group than these are told by their number.
NAMED = 3
LINES = {Kind.SIGNED: 'met', Kind.REJECTED: 'rejected',
         Kind.ASKED_AGAIN: 'stale', Kind.WAIVED: 'waived',
         Kind.WITHDRAWN: 'withdrawn', Kind.REPORTED: ''}
TOLD = (Kind.MEMBERS, Kind.HOLDS, Kind.RELEASES)
QUOTED = (Kind.REJECTED, Kind.WAIVED, Kind.WITHDRAWN)


@dataclass(frozen=True)
class Mention:
    """A sign-off that changed, or `count` of one group under its title.

    `by` and `said` are who did it and why, where a meeting asks for that.
    """

    title: str
    ticket: int | None = None
    count: int = 1
    by: str = ''
    said: str = ''


@dataclass(frozen=True)
class ChangeLine:
    """What changed in one way: so many sign-offs, with their names.

    `mark` is the code of the state that they came to; '' where evidence was
    reported, which may come to any.
    """

    kind: Kind
    mark: str
    count: int
    mentions: tuple[Mention, ...]


@dataclass(frozen=True)
class Changes:
    """All changes since a moment; `told` are events in their own words."""

    lines: tuple[ChangeLine, ...]
    told: tuple[Event, ...]
    moved: tuple[Event, ...]

    @property
    def count(self) -> int:
        """How many changes there are."""
        return (sum(line.count for line in self.lines) + len(self.told)
                + len(self.moved))


def changes_since(events: Sequence[Event], moment: int,
                  state: State) -> Changes:
    """The changes from a moment (µs UTC) on.

    `state` is the campaign's, without what is hidden from the reader.
    """
    late = [e for e in events if e.time >= moment]
    found = {kind: _latest(e for e in late if kind_of(e) is kind
                           and e.requirement) for kind in LINES}
    found[Kind.ASKED_AGAIN] += _again(events, moment, state)
    found[Kind.REPORTED] = _merely_reported(found)
    lines = [ChangeLine(kind, mark, len(found[kind]), _mentions(
        found[kind], state, kind in QUOTED))
        for kind, mark in LINES.items() if found[kind]]
    return Changes(
        tuple(lines), tuple(e for e in late if kind_of(e) in TOLD),
        tuple(e for e in late if e.verb == 'rescheduled'))


def _latest(events: Iterable[Event]) -> list[Event]:
    """The last event of each requirement."""
    return list({e.requirement: e for e in events}.values())


def _merely_reported(found: Mapping[Kind, list[Event]]) -> list[Event]:
    """The reports about sign-offs of which nothing else is told."""
    told = {e.requirement for kind, events in found.items()
            if kind is not Kind.REPORTED for e in events}
    return [e for e in found[Kind.REPORTED] if e.requirement not in told]


def _again(events: Iterable[Event], moment: int,
           state: State) -> list[Event]:
    """What was signed before a release that asks it again, as events."""
    signed: set[str] = set()
    known = {r.key: r for r in state.requirements}
    found: dict[str, Event] = {}
    for event in events:
        if kind_of(event) is Kind.SIGNED:
            signed.add(event.requirement)
        for key in event.again:
            if key in signed and key in known and event.time >= moment:
                found[key] = Event(
                    event.number, event.time, event.actor, event.words,
                    known[key].stage, requirement=key, title=known[key].title,
                    ticket=known[key].ticket)
        signed.difference_update(event.again)
    return list(found.values())


def _mentions(events: Sequence[Event], state: State,
              quoted: bool) -> tuple[Mention, ...]:
    """The sign-offs by name; many of one group as a number of it."""
    group_of = {r.key: r.group for r in state.requirements if r.group}
    titles = {g.key: g.title for g in state.groups}
    members: dict[str, list[Event]] = {}
    for event in events:
        members.setdefault(group_of.get(event.requirement, ''), []).append(
            event)
    found: list[Mention] = []
    for key, some in members.items():
        if key and len(some) > NAMED and not quoted:
            found.append(Mention(titles.get(key, key), count=len(some)))
        else:
            found += [Mention(e.title, e.ticket, 1,
                              e.actor if quoted else '',
                              e.said if quoted else '') for e in some]
    return tuple(found)
