"""Reads the rows of campaigns: three statements, however many there are."""

from __future__ import annotations

import json
import marshal
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from . import rows, versions
from .listing import FOLDED, Folded, IN_FOLDED
from .moment import one_moment
from .statements import (
    CAMPAIGNS,
    IN_STAGE,
    LATEST_OVER,
    OTHERS,
    PACE,
    REQUIREMENTS,
    REVISION,
    UNDERWAY,
)

PEOPLE = 400
# Where a transaction that has begun already shows each statement the newest.
TRIES = 3
# So many other open tickets of a stage are named; of more it is only told
# that there are.
ON_THE_ROADMAP, AT_THE_DOORS = 5, 20
# Of so many stages each can be looked at by itself: no database joins more
# than a few hundred SELECTs to one statement.
FEW_STAGES = 50

_NAME, _PHASE = (3 + rows.CAMPAIGN.index(c) for c in ('name', 'phase'))
_STAGE, _MILESTONE = (rows.STAGE.index(c) - len(rows.STAGE) - 4
                      for c in ('stage', 'milestone'))
_TICKET, _CONTACTS = (1 + rows.REQUIREMENT.index(c)
                      for c in ('ticket', 'contacts'))
_SIGNOFF = rows.SIGNOFF.index('number') - len(rows.SIGNOFF) - 1
_WITHOUT_REFERENCES = 2


@dataclass
class Record:
    """All that is stored of one campaign and its tickets, row by row.

    `stages` and `requirements` are rows of the first two statements; there
    is at least one of a stage, which is without one where there is none.
    What was said of a requirement are rows behind its own.
    `others` maps a stage's key to some of the other open tickets in its
    milestone, `crowded` holds the stages that have more.  `pace` is None
    where it was not asked for.  `settled` says that no statement saw another
    revision than the first.
    """

    id: int
    stages: list[tuple]
    requirements: list[tuple] = field(default_factory=list)
    others: dict[str, list[int]] = field(default_factory=dict)
    crowded: set[str] = field(default_factory=set)
    pace: dict[str, list[int]] | None = None
    settled: bool = False

    @property
    def version(self) -> str | None:
        """Of which version the database is."""
        return self.stages[0][2]

    @property
    def revision(self) -> int:
        return int(self.stages[0][1])

    @property
    def name(self) -> str:
        return self.stages[0][_NAME] or ''

    @property
    def phase(self) -> str:
        return self.stages[0][_PHASE] or ''

    @property
    def tickets(self) -> list[int]:
        """The ids of all tickets that it tells of."""
        return list(dict.fromkeys(
            [row[_TICKET] for row in self.requirements if row[_TICKET]]
            + [t for tickets in self.others.values() for t in tickets]))

    @property
    def milestones(self) -> list[str]:
        """The names of all milestones that it tells of."""
        return [row[_MILESTONE] for row in self.stages if row[_MILESTONE]]

    @property
    def contacts(self) -> set[str]:
        """Who may sign; '' stands for the administrators."""
        return {c for row in self.requirements if row[_SIGNOFF] is None
                for c in _names(row[_CONTACTS])}

    def complete(self, stage: str, numbers: list[int], most: int) -> None:
        """Take in a stage's other tickets, or without one the revision."""
        if not stage:
            self.settled = numbers == [self.revision]
            return
        self.others[stage] = numbers[:most]
        if numbers[most:]:
            self.crowded.add(stage)

    def text(self) -> bytes:
        """All of it, in bytes that are the same for the same rows only."""
        kept = ([row[:-1] for row in self.stages], self.requirements,
                sorted(self.others.items()), sorted(self.crowded),
                self.settled,
                None if self.pace is None else sorted(self.pace.items()))
        try:
            return marshal.dumps(kept, _WITHOUT_REFERENCES)
        except ValueError:  # a driver that has kinds of values of its own
            return repr(kept).encode()


class Records(NamedTuple):
    """The campaigns under way, and the latest of those that are over."""

    now: list[Record]
    over: list[Record]

    @property
    def folded(self) -> list[Folded]:
        """The latest campaigns that are over, newest first."""
        return [Folded(r.name, r.phase) for r in reversed(self.over)]

    @property
    def over_count(self) -> int:
        """How many campaigns are over in all."""
        return max((int(r.stages[0][-1]) for r in (*self.now, *self.over)),
                   default=0)


def underway_records(env: Any) -> Records:
    """The rows of all campaigns under way; three statements."""
    where = (f"c.phase<>'removed' AND (c.phase NOT IN {IN_FOLDED} "
             f"OR {LATEST_OVER})")
    with one_moment(env) as db:
        for _ in range(TRIES):
            found = _begun(db, where, ())
            now = [r for r in found if r.phase not in FOLDED]
            if now:
                _complete(db, now, UNDERWAY, (), True, _EVERYWHERE)
            if all(r.settled for r in now):
                break
    return Records(now, [r for r in found if r.phase in FOLDED])


def record(env: Any, campaign: int, paced: bool,
           to_write: bool) -> Record | None:
    """The rows of one campaign, or None; three statements.

    Outdated where this node must not write (`to_write`) what it reads.
    """
    with one_moment(env) as db:
        for _ in range(TRIES):
            found = _begun(db, 'c.id=%s', (campaign,))
            if not found:
                return None
            if to_write:
                versions.demand(found[0].version)
            _complete(db, found, 'c.id=%s', (campaign,), paced,
                      _in_each_stage(found[0]))
            if found[0].settled:
                break
    return found[0]


def _begun(db: Any, where: str, args: tuple) -> list[Record]:
    return [Record(int(id_), list(group)) for id_, group in groupby(
        db(CAMPAIGNS % (versions.column(db), where), args), itemgetter(0))]


class _Others(NamedTuple):
    """How other open tickets are asked for, and how many are named."""

    statement: str
    args: tuple
    most: int


_EVERYWHERE = _Others(OTHERS % (UNDERWAY, UNDERWAY), (), ON_THE_ROADMAP)


def _in_each_stage(record: Record) -> _Others:
    """Of one campaign; as many for each stage as tell that there are more."""
    stages = [(row[_STAGE], row[_MILESTONE]) for row in record.stages
              if row[_MILESTONE]]
    if len(stages) > FEW_STAGES:
        return _Others(OTHERS % ('c.id=%s', 'c.id=%s'),
                       (record.id, record.id), AT_THE_DOORS)
    args: list[Any] = []
    for stage, milestone in stages:
        args += [record.id, stage, record.id, milestone, AT_THE_DOORS + 1]
    return _Others(' UNION ALL '.join([*[IN_STAGE] * len(stages), REVISION]),
                   (*args, record.id), AT_THE_DOORS)


def _complete(db: Any, records: list[Record], where: str, args: tuple,
              paced: bool, others: _Others) -> None:
    by_id = {record.id: record for record in records}
    for row in db(REQUIREMENTS % (where, where), (*args, *args)):
        if row[0] in by_id:  # if not, begun between the two statements
            by_id[row[0]].requirements.append(row)
    for record in records:
        record.requirements.sort(key=_place)
    people = _people(records) if paced else []
    pace: dict[str, list[int]] = {}
    for (id_, word), group in groupby(db(
            f'{others.statement}{PACE * len(people)} ORDER BY 1, 2, 3',
            (*others.args, *people)), itemgetter(0, 1)):
        numbers = [int(row[2]) for row in group]
        if not id_:
            pace[word or ''] = numbers
        elif id_ in by_id:
            by_id[id_].complete(word, numbers, others.most)
    if paced:
        for record in records:
            record.pace = {c: pace[c] for c in record.contacts if c in pace}


def _place(row: tuple) -> list[int]:
    """By what a requirement's row is put in its place: position, sign-off.

    Here, for a database sorts wide rows of many campaigns in a file.
    """
    return [n if isinstance(n, int) else 0 for n in (row[-1], row[_SIGNOFF])]


def _people(records: Iterable[Record]) -> list[str]:
    """All contacts, as many as every database can be asked for at once."""
    return sorted(set().union(*(r.contacts for r in records)))[:PEOPLE]


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
