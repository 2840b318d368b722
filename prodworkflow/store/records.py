"""Raw rows of a campaign, as read, before they become a snapshot."""

from __future__ import annotations

import json
import marshal
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from prodworkflow.domain.model.snapshot import CLOSED
from prodworkflow.domain.options import WAIVER_DAYS
from prodworkflow.store import rows
from prodworkflow.store.listings import FinishedCampaign

_NAME, _PHASE = (3 + rows.CAMPAIGN.index(c) for c in ('name', 'phase'))


_ISSUES, _CONCERNS = (3 + len(rows.CAMPAIGN) + rows.BESIDE.index(c)
                      for c in ('known_issues', 'concerns'))


_STAGE, _MILESTONE = (rows.STAGE.index(c) - len(rows.STAGE) - 5
                      for c in ('stage', 'milestone'))


_TICKET, _CONTACTS = (1 + rows.REQUIREMENT.index(c)
                      for c in ('ticket', 'contacts'))


_SIGNOFF = rows.SIGNOFF.index('number') - len(rows.SIGNOFF) - 1


_WITHOUT_REFERENCES = 2


@dataclass
class CampaignRows:
    """All stored rows of one campaign and its tickets.

    `stages` and `requirements` are rows of the first two statements; a
    campaign without stages has one row with empty columns. The sign-offs of a
    requirement are rows behind its own. `others` maps a stage's key to some of
    the other open tickets in its milestone; `crowded` holds the stages that
    have more; `begun` maps known issues among them to their times of creation
    in µs UTC. `pace` maps contacts to their past response times in µs; None
    where it was not asked for. `consistent` says that all statements saw one
    revision; `done` are the statuses that count as done, `waiver_days` the
    longest waiver of the site.
    """

    id: int
    stages: list[tuple]
    requirements: list[tuple] = field(default_factory=list)
    others: dict[str, list[int]] = field(default_factory=dict)
    crowded: set[str] = field(default_factory=set)
    begun: dict[int, int] = field(default_factory=dict)
    pace: dict[str, list[int]] | None = None
    consistent: bool = False
    done: frozenset[str] = CLOSED
    waiver_days: int = WAIVER_DAYS

    @property
    def version(self) -> str | None:
        """The schema version of the database."""
        return self.stages[0][2]

    @property
    def revision(self) -> int:
        """The campaign's revision, which each lock of it increments."""
        return int(self.stages[0][1])

    @property
    def name(self) -> str:
        """The campaign's name; '' where it cannot be read."""
        return self.stages[0][_NAME] or ''

    @property
    def phase(self) -> str:
        """The campaign's phase as it is stored."""
        return self.stages[0][_PHASE] or ''

    @property
    def tickets(self) -> list[int]:
        """The ids of all tickets in these rows, each once."""
        return list(dict.fromkeys(
            [row[_TICKET] for row in self.requirements if row[_TICKET]]
            + [t for tickets in self.others.values() for t in tickets]))

    @property
    def milestones(self) -> dict[str, str]:
        """The milestones in these rows, by the keys of their stages."""
        return {row[_STAGE]: row[_MILESTONE] for row in self.stages
                if row[_MILESTONE]}

    @property
    def set_apart(self) -> frozenset[int]:
        """The tickets that were tolerated or noted after the launch.

        None where they cannot be read.
        """
        first = self.stages[0]
        return (_issue_numbers(first[_ISSUES])
                | _issue_numbers(first[_CONCERNS]))

    @property
    def contacts(self) -> set[str]:
        """All contacts; '' stands for the administrators."""
        return {c for row in self.requirements if row[_SIGNOFF] is None
                for c in _names(row[_CONTACTS])}

    def in_order(self) -> None:
        """Sort the requirements by position, each before its sign-offs.

        In Python, because a database sorts wide rows of many campaigns in a
        file.
        """
        self.requirements.sort(key=_place)

    def complete(self, stage: str, found: dict[int, int], most: int) -> None:
        """Add a stage's other tickets; of stage '' the revision that was seen.

        `found` maps them to their times of creation. Known issues are named
        beside the most that are named of the rest.
        """
        if not stage:
            self.consistent = list(found) == [self.revision]
            return
        known = self.set_apart
        rest = [number for number in found if number not in known]
        named = {*rest[:most], *known}
        self.others[stage] = [number for number in found if number in named]
        self.begun.update((number, found[number])
                          for number in self.others[stage] if number in known)
        if rest[most:]:
            self.crowded.add(stage)

    def text(self) -> bytes:
        """A cache key: bytes that are equal for equal rows only."""
        kept = ([row[:-1] for row in self.stages], self.requirements,
                sorted(self.others.items()), sorted(self.crowded),
                sorted(self.begun.items()),
                self.consistent, sorted(self.done), self.waiver_days,
                None if self.pace is None else sorted(self.pace.items()))
        try:
            return marshal.dumps(kept, _WITHOUT_REFERENCES)
        except ValueError:  # a driver that has kinds of values of its own
            return repr(kept).encode()


class AllCampaignRows(NamedTuple):
    """The campaigns under way, and the latest finished ones."""

    now: list[CampaignRows]
    over: list[CampaignRows]

    @property
    def folded(self) -> list[FinishedCampaign]:
        """The latest finished campaigns, newest first."""
        return [FinishedCampaign(r.name, r.phase) for r in reversed(self.over)]

    @property
    def over_count(self) -> int:
        """The number of all finished campaigns."""
        return max((int(r.stages[0][-1]) for r in (*self.now, *self.over)),
                   default=0)


def _place(row: tuple) -> list[int]:
    """Sort key of a requirement's row: position, then number of the sign-off.
    """
    return [n if isinstance(n, int) else 0 for n in (row[-1], row[_SIGNOFF])]


@lru_cache(maxsize=1024)
def _names(text: str | None) -> tuple[str, ...]:
    """The names in a stored list; none where it cannot be read."""
    try:
        names = json.loads(text or '[]')
    except ValueError:
        return ()
    if not isinstance(names, list):
        return ()
    return tuple(n for n in names if isinstance(n, str)) or ('',)


@lru_cache(maxsize=1024)
def _issue_numbers(text: str | None) -> frozenset[int]:
    """The tickets in stored known issues; none where they cannot be read."""
    try:
        return frozenset(int(each['ticket'])
                         for each in json.loads(text or '[]'))
    except (KeyError, TypeError, ValueError):
        return frozenset()
