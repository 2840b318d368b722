"""Reads campaigns: a fixed number of statements, however many there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ..model import (
    Campaign,
    Entry,
    Requirement,
    SignOff,
    Snapshot,
    Stage,
    State,
    TicketFacts,
)
from . import rows, versions
from .listing import FOLDED, Folded, IN_FOLDED

LATEST, ANSWERS, PEOPLE = 10, 20, 400


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
           {rows.columns(rows.SIGNOFF, 'o')}
    FROM prodworkflow_campaign AS c
    JOIN prodworkflow_requirement AS r ON r.campaign=c.id
    LEFT JOIN ticket AS t ON t.id=r.ticket AND t.time=r.ticket_time
    LEFT JOIN prodworkflow_signoff AS o
      ON o.campaign=r.campaign AND o.requirement=r.requirement
    WHERE %s ORDER BY r.campaign, r.position, o.number
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


class Underway(NamedTuple):
    """What the roadmap shows: campaigns under way, and what is over.

    `over` holds the latest campaigns that are over, newest first,
    `over_count` how many there are in all.
    """

    snapshots: list[Snapshot]
    over: list[Folded]
    over_count: int


@dataclass
class _Draft:
    """A snapshot while its rows come in."""

    id: int
    revision: int
    campaign: Campaign
    head: str
    over_count: int
    version: str | None
    stages: list[Stage] = field(default_factory=list)
    requirements: list[Requirement] = field(default_factory=list)
    signoffs: list[SignOff] = field(default_factory=list)
    tickets: dict[str, TicketFacts] = field(default_factory=dict)
    milestones: dict[str, int] = field(default_factory=dict)
    others: dict[str, list[int]] = field(default_factory=dict)
    voided: dict[str, int] = field(default_factory=dict)
    beside: dict[str, Any] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    pace: dict[str, list[int]] | None = None

    def snapshot(self) -> Snapshot:
        signoffs = sorted(self.signoffs, key=lambda s: s.number)
        state = State(self.campaign, tuple(self.stages),
                      tuple(self.requirements), tuple(signoffs),
                      **self.beside)
        return Snapshot(self.id, self.revision, state, self.tickets,
                        self.milestones,
                        {k: tuple(v) for k, v in self.others.items()},
                        self.voided, tuple(self.doubts), self.head,
                        self.pace)


def underway(env: Any) -> Underway:
    """All campaigns under way, as they are now; three statements."""
    where = (f"c.phase<>'removed' AND (c.phase NOT IN {IN_FOLDED} "
             f"OR {_LATEST_OVER})")
    with env.db_query as db:
        drafts = _campaigns(db, where, ())
        now = {i: d for i, d in drafts.items()
               if d.campaign.phase not in FOLDED}
        if now:
            _fill(db, now, "c.phase<>'removed' AND c.phase NOT IN "
                  f"{IN_FOLDED}", (), True)
    over = [Folded(d.campaign.name, d.campaign.phase)
            for i, d in sorted(drafts.items(), reverse=True)
            if i not in now]
    count = max((d.over_count for d in drafts.values()), default=0)
    return Underway([d.snapshot() for d in now.values()], over, count)


def snapshot(env: Any, campaign: int, paced: bool = False,
             to_write: bool = False) -> Snapshot | None:
    """One campaign as it is now, or None; three statements.

    `paced` asks for its contacts' past response times as well; `to_write`
    raises Outdated where this node must not write what it reads.
    """
    with env.db_query as db:
        drafts = _campaigns(db, 'c.id=%s', (campaign,))
        if to_write and campaign in drafts:
            versions.demand(drafts[campaign].version)
        _fill(db, drafts, 'c.id=%s', (campaign,), paced)
    return drafts[campaign].snapshot() if campaign in drafts else None


def entries(env: Any, campaign: int) -> Iterator[Entry]:
    """A campaign's ledger from its first entry on; ValueError if unread."""
    for row in env.db_query(f"""
            SELECT {rows.columns(rows.ENTRY, 'e')}
            FROM prodworkflow_ledger AS e WHERE e.campaign=%s
            ORDER BY e.number""", (campaign,)):
        yield rows.entry(row)


def _campaigns(db: Any, where: str, args: tuple) -> dict[int, _Draft]:
    drafts: dict[int, _Draft] = {}
    own = 3 + len(rows.CAMPAIGN)
    split = own + len(rows.BESIDE)
    for row in db(_CAMPAIGNS % (versions.column(db), where), args):
        id_, revision = int(row[0]), int(row[1])
        draft = drafts.get(id_)
        if draft is None:
            draft = drafts[id_] = _Draft(id_, revision, Campaign(
                row[3] or '', '', '', None, '', ''), row[-2] or '',
                int(row[-1]), row[2])
            draft.doubts += filter(None, [versions.doubt(row[2])])
            with _doubting(draft, 'the campaign'):
                draft.campaign = rows.campaign(row[3:own])
            with _doubting(draft, 'the lists of the campaign'):
                draft.beside = rows.beside(row[own:split])
        if row[split] is None:
            continue
        with _doubting(draft, f'stage {row[split]}'):
            stage = rows.stage(row[split:-4])
            draft.stages.append(stage)
            if row[-4] is not None:
                draft.milestones[stage.key] = int(row[-3] or 0)
    return drafts


def _fill(db: Any, drafts: dict[int, _Draft], where: str,
          args: tuple, paced: bool) -> None:
    width = len(rows.REQUIREMENT)
    for row in db(_REQUIREMENTS % where, args):
        draft = drafts.get(int(row[0]))
        if draft is None:  # begun between the two statements
            continue
        with _doubting(draft, f'requirement {row[1]}'):
            _requirement(draft, row[1:width + 1], row[width + 1:width + 7])
        if row[width + 7] is not None:
            with _doubting(draft, f'sign-off {row[width + 7]}'):
                draft.signoffs.append(rows.signoff(row[width + 7:]))
    people = _people(drafts) if paced else []
    pace: dict[str, list[int]] = {}
    for id_, word, number in db(
            f'{_OTHERS % where}{_PACE * len(people)} ORDER BY 1, 3',
            (*args, *people)):
        if int(id_) in drafts:
            drafts[int(id_)].others.setdefault(word, []).append(int(number))
        elif not int(id_):
            pace.setdefault(word or '', []).append(int(number))
    for draft in drafts.values():
        draft.pace = pace if paced else None


def _people(drafts: dict[int, _Draft]) -> list[str]:
    """All contacts, as many as every database can be asked for at once."""
    return sorted({contact for d in drafts.values() for r in d.requirements
                   for contact in r.contacts or ('',)})[:PEOPLE]


def _requirement(draft: _Draft, row: Any, facts: Any) -> None:
    """Add the requirement of a row; each of its sign-offs repeats it."""
    if draft.requirements and draft.requirements[-1].key == row[0]:
        return
    requirement = rows.requirement(row)
    draft.requirements.append(requirement)
    ticket, status, resolution, milestone, changed, voided = facts
    if voided:
        draft.voided[requirement.key] = int(voided)
    if ticket is not None:
        draft.tickets[requirement.key] = TicketFacts(
            status or '', resolution or '', milestone or '',
            int(changed or 0))


class _doubting:
    """Turns an unreadable row into a doubt, which keeps the gates shut."""

    def __init__(self, draft: _Draft, what: str) -> None:
        self.draft, self.what = draft, what

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: Any, error: Any, trace: Any) -> bool:
        if isinstance(error, (ValueError, TypeError)):
            self.draft.doubts.append(f'{self.what} cannot be read: {error}')
            return True
        return False
