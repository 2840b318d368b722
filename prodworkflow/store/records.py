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

LATEST, ANSWERS, PEOPLE = 10, 20, 400
# So many other open tickets of a stage are named; of more it is only told
# that there are.
ON_THE_ROADMAP, AT_THE_DOORS = 5, 100

_CAMPAIGNS = f"""
    SELECT c.id, c.revision, %s, {rows.columns(rows.CAMPAIGN, 'c')},
           {rows.columns(rows.BESIDE, 'c')},
           {rows.columns(rows.STAGE, 's')}, m.name, m.completed,
           c.head,
           (SELECT COUNT(*) FROM prodworkflow_campaign
            WHERE phase IN {IN_FOLDED})
    FROM prodworkflow_campaign AS c
    LEFT JOIN prodworkflow_stage AS s ON s.campaign=c.id
    LEFT JOIN milestone AS m ON m.name=s.milestone
    WHERE %s ORDER BY c.id, s.number
    """

_REQUIREMENTS = f"""
    SELECT r.campaign, {rows.columns(rows.REQUIREMENT, 'r')},
           t.id, t.status, t.resolution, t.milestone,
           (SELECT MAX(h.time) FROM ticket_change AS h
            WHERE h.ticket=t.id AND h.field IN ('status', 'resolution')),
           (SELECT v.time FROM prodworkflow_ledger AS v
            WHERE v.campaign=r.campaign AND v.number=r.stale),
           {rows.columns(rows.SIGNOFF, 'o')}, r.position
    FROM prodworkflow_campaign AS c
    JOIN prodworkflow_requirement AS r ON r.campaign=c.id
    LEFT JOIN ticket AS t ON t.id=r.ticket AND t.time=r.ticket_time
    LEFT JOIN prodworkflow_signoff AS o
      ON o.campaign=r.campaign AND o.requirement=r.requirement
    WHERE %s
    """

_OTHERS = """
    SELECT s.campaign, s.stage, t.id
    FROM prodworkflow_campaign AS c
    JOIN prodworkflow_stage AS s ON s.campaign=c.id
    JOIN ticket AS t ON t.milestone=s.milestone
    LEFT JOIN prodworkflow_requirement AS r
      ON r.ticket=t.id AND r.ticket_time=t.time AND r.campaign=s.campaign
    WHERE COALESCE(t.status, '')<>'closed' AND r.ticket IS NULL AND %s
    """

# Beside the others in one statement; an index ends each at its limit, so
# that it costs the same however long a contact's history is.
_PACE = f"""
    UNION ALL SELECT 0, contact, waited FROM (
        SELECT contact, waited FROM prodworkflow_signoff
        WHERE contact=%s AND waited IS NOT NULL
        ORDER BY time DESC LIMIT {ANSWERS}) AS answers
    """

_LATEST_OVER = f"""
    c.id>=COALESCE((SELECT MIN(latest.id) FROM (
        SELECT id FROM prodworkflow_campaign
        WHERE phase IN {IN_FOLDED}
        ORDER BY id DESC LIMIT {LATEST}) AS latest), 0)
    """

_UNDERWAY = f"c.phase<>'removed' AND c.phase NOT IN {IN_FOLDED}"
_NAME, _PHASE = (3 + rows.CAMPAIGN.index(c) for c in ('name', 'phase'))
_MILESTONE = rows.STAGE.index('milestone') - len(rows.STAGE) - 4
_TICKET, _CONTACTS = (1 + rows.REQUIREMENT.index(c)
                      for c in ('ticket', 'contacts'))
_SIGNOFF = rows.SIGNOFF.index('number') - len(rows.SIGNOFF) - 1
_WITHOUT_REFERENCES = 2


@dataclass
class Record:
    """All that is stored of one campaign and its tickets, row by row.

    `stages` and `requirements` are rows of the first two statements; there
    is at least one of a stage, which is without one where there is none.
    `others` maps a stage's key to some of the other open tickets in its
    milestone, `crowded` holds the stages that have more.  `pace` is None
    where it was not asked for.
    """

    id: int
    stages: list[tuple]
    requirements: list[tuple] = field(default_factory=list)
    others: dict[str, list[int]] = field(default_factory=dict)
    crowded: set[str] = field(default_factory=set)
    pace: dict[str, list[int]] | None = None

    @property
    def version(self) -> str | None:
        """Of which version the database is."""
        return self.stages[0][2]

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
        return {c for row in self.requirements for c in _names(row[_CONTACTS])}

    def text(self) -> bytes:
        """All of it, in bytes that are the same for the same rows only."""
        kept = ([row[:-1] for row in self.stages], self.requirements,
                sorted(self.others.items()), sorted(self.crowded),
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
             f"OR {_LATEST_OVER})")
    with env.db_query as db:
        found = _begun(db, where, ())
        now = [r for r in found if r.phase not in FOLDED]
        if now:
            _complete(db, now, _UNDERWAY, (), True, ON_THE_ROADMAP)
    return Records(now, [r for r in found if r.phase in FOLDED])


def record(env: Any, campaign: int, paced: bool,
           to_write: bool) -> Record | None:
    """The rows of one campaign, or None; three statements.

    Outdated where this node must not write (`to_write`) what it reads.
    """
    with env.db_query as db:
        found = _begun(db, 'c.id=%s', (campaign,))
        if to_write and found:
            versions.demand(found[0].version)
        if found:
            _complete(db, found, 'c.id=%s', (campaign,), paced, AT_THE_DOORS)
    return found[0] if found else None


def _begun(db: Any, where: str, args: tuple) -> list[Record]:
    return [Record(int(id_), list(group)) for id_, group in groupby(
        db(_CAMPAIGNS % (versions.column(db), where), args), itemgetter(0))]


def _complete(db: Any, records: list[Record], where: str, args: tuple,
              paced: bool, most: int) -> None:
    by_id = {record.id: record for record in records}
    for row in db(_REQUIREMENTS % where, args):
        if row[0] in by_id:  # if not, begun between the two statements
            by_id[row[0]].requirements.append(row)
    for record in records:
        record.requirements.sort(key=_place)
    people = _people(records) if paced else []
    pace: dict[str, list[int]] = {}
    for (id_, word), group in groupby(db(
            f'{_OTHERS % where}{_PACE * len(people)} ORDER BY 1, 2, 3',
            (*args, *people)), itemgetter(0, 1)):
        numbers = [int(row[2]) for row in group]
        if not id_:
            pace[word or ''] = numbers
        elif id_ in by_id:
            _add_others(by_id[id_], word, numbers, most)
    if paced:
        for record in records:
            record.pace = {c: pace[c] for c in record.contacts if c in pace}


def _place(row: tuple) -> list[int]:
    """By what a requirement's row is put in its place: position, sign-off.

    Here, for a database sorts wide rows of many campaigns in a file.
    """
    return [n if isinstance(n, int) else 0 for n in (row[-1], row[_SIGNOFF])]


def _add_others(record: Record, stage: str, tickets: list[int],
                most: int) -> None:
    record.others[stage] = tickets[:most]
    if tickets[most:]:
        record.crowded.add(stage)


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
