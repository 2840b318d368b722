"""Occurrences of a campaign by days: its releases, holds, launch and end."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from prodworkflow.domain.dates import day_of
from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.model.vocabulary import ENDED
from prodworkflow.domain.text import Message


class Kind(enum.Enum):
    """What happened on a day; a patch is a release that names its inputs."""

    PATCH = 'patch'
    RELEASE = 'release'
    LAUNCH = 'launch'
    END = 'end'


# What stands beside the marks of those that have no name of their own.
NAMES = {'launched': Message('launch'), 'closed': Message('campaign closed'),
         'abandoned': Message('campaign abandoned')}
KINDS = {'launched': Kind.LAUNCH, **dict.fromkeys(ENDED, Kind.END)}


@dataclass(frozen=True)
class Mark:
    """Something that happened on a day; `name` is the release's, if one."""

    kind: Kind
    day: date
    name: str


@dataclass(frozen=True)
class Hold:
    """A hold of the campaign; `last` is None while it lasts."""

    first: date
    last: date | None = None


@dataclass(frozen=True)
class Occurrences:
    """All of them, oldest first; `began` is the day of the first entry."""

    began: date | None = None
    marks: tuple[Mark, ...] = ()
    holds: tuple[Hold, ...] = ()


def occurrences(entries: Iterable[Entry]) -> Occurrences:
    """What the ledger tells of a campaign as a whole."""
    began: date | None = None
    marks: list[Mark] = []
    holds: list[Hold] = []
    for entry in entries:
        day = day_of(entry.time)
        began = began or day
        if entry.verb == 'held':
            holds.append(Hold(day))
        elif entry.verb == 'resumed' and holds:
            holds[-1] = Hold(holds[-1].first, day)
        elif entry.verb == 'released':
            marks.append(Mark(
                Kind.PATCH if entry.payload.get('touches') else Kind.RELEASE,
                day, str(entry.payload.get('release'))))
        elif entry.verb in NAMES:
            marks.append(Mark(KINDS[entry.verb], day, NAMES[entry.verb]))
    return Occurrences(began, tuple(marks), tuple(holds))
