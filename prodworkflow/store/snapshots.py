"""Snapshots: a campaign's state beside its tickets and milestones.

Read at one moment, by a fixed number of statements. Rows that cannot be read
become doubts, which keep the gates shut.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from prodworkflow.domain.errors import error_words
from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.model.campaign import Campaign, Stage
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.signoff import SignOff
from prodworkflow.domain.model.snapshot import CLOSED, Snapshot, TicketFacts
from prodworkflow.domain.model.state import State
from prodworkflow.domain.text import Message
from prodworkflow.store import rows, schema_version
from prodworkflow.store.listings import FinishedCampaign
from prodworkflow.store.record_reader import record, underway_records
from prodworkflow.store.records import CampaignRows

INCONSISTENT = Message('it changed again and again while it was read; look '
                       'at it once more')


class Underway(NamedTuple):
    """The campaigns of the roadmap: under way, and finished.

    `over` holds the latest finished campaigns, newest first, `over_count` the
    number of all of them.
    """

    snapshots: list[Snapshot]
    over: list[FinishedCampaign]
    over_count: int


@dataclass
class _Draft:
    """A snapshot under construction."""

    id: int
    revision: int
    campaign: Campaign
    head: str
    stages: list[Stage] = field(default_factory=list)
    requirements: list[Requirement] = field(default_factory=list)
    signoffs: list[SignOff] = field(default_factory=list)
    tickets: dict[str, TicketFacts] = field(default_factory=dict)
    milestones: dict[str, int] = field(default_factory=dict)
    dues: dict[str, int] = field(default_factory=dict)
    done: frozenset[str] = CLOSED
    voided: dict[str, int] = field(default_factory=dict)
    beside: dict[str, Any] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)

    def snapshot(self, found: CampaignRows) -> Snapshot:
        signoffs = sorted(self.signoffs, key=lambda s: s.number)
        state = State(self.campaign, tuple(self.stages),
                      tuple(self.requirements), tuple(signoffs),
                      **self.beside)
        return Snapshot(self.id, self.revision, state, self.tickets,
                        self.milestones,
                        {k: tuple(v) for k, v in found.others.items()},
                        self.voided, tuple(self.doubts), self.head,
                        found.pace, frozenset(found.crowded), found.begun,
                        self.dues)


def underway(env: Any) -> Underway:
    """The snapshots of all campaigns under way; three statements."""
    found = underway_records(env)
    return Underway([snapshot_of(r) for r in found.now], found.folded,
                    found.over_count)


def snapshot(env: Any, campaign: int, paced: bool = False,
             to_write: bool = False) -> Snapshot | None:
    """The snapshot of one campaign, or None; three statements.

    `paced` asks for its contacts' past response times, too; `to_write` raises
    Outdated where this node must not write what it reads.
    """
    found = record(env, campaign, paced, to_write)
    return snapshot_of(found) if found else None


def entries(env: Any, campaign: int) -> Iterator[Entry]:
    """A campaign's ledger, from its first entry on.

    ValueError if one cannot be read.
    """
    return read_entries(stored_entries(env, campaign))


def stored_entries(env: Any, campaign: int) -> tuple[tuple, ...]:
    """The rows of a campaign's ledger, unread."""
    return tuple(env.db_query(f"""
        SELECT {rows.columns(rows.ENTRY, 'e')}
        FROM prodworkflow_ledger AS e WHERE e.campaign=%s
        ORDER BY e.number""", (campaign,)))


def read_entries(stored: tuple[tuple, ...]) -> Iterator[Entry]:
    """The entries of such rows; ValueError if one cannot be read."""
    return map(rows.entry, stored)


def snapshot_of(found: CampaignRows) -> Snapshot:
    """The snapshot of what was read; a doubt for each unreadable row."""
    first, own = found.stages[0], 3 + len(rows.CAMPAIGN)
    split = own + len(rows.BESIDE)
    draft = _Draft(found.id, int(first[1]), Campaign(
        first[3] or '', '', '', None, '', ''), first[-2] or '',
        done=found.done)
    draft.doubts += filter(None,
                           [schema_version.version_mismatch(found.version)])
    if not found.consistent:
        draft.doubts.append(INCONSISTENT)
    with _DoubtIfUnreadable(draft, Message('the campaign')):
        draft.campaign = replace(rows.campaign(first[3:own]),
                                 waiver_days=found.waiver_days)
    with _DoubtIfUnreadable(draft, Message('the lists of the campaign')):
        draft.beside = rows.beside(first[own:split])
    for row in found.stages:
        if row[split] is not None:
            with _DoubtIfUnreadable(draft, Message(
                    'stage %(key)s', key=row[split])):
                _stage(draft, row[split:-5], *row[-5:-2])
    width = len(rows.REQUIREMENT)
    for row in found.requirements:
        if row[width + 7] is None:
            with _DoubtIfUnreadable(draft, Message(
                    'requirement %(key)s', key=row[1])):
                _requirement(draft, row[1:width + 1],
                             row[width + 1:width + 7])
        else:
            with _DoubtIfUnreadable(draft, Message(
                    'sign-off %(key)s', key=row[width + 7])):
                draft.signoffs.append(rows.signoff(row[width + 7:-1]))
    return draft.snapshot(found)


def _stage(draft: _Draft, row: Any, milestone: str | None,
           completed: int | None, due: int | None) -> None:
    stage = rows.stage(row)
    draft.stages.append(stage)
    if milestone is not None:
        draft.milestones[stage.key] = int(completed or 0)
        draft.dues[stage.key] = int(due or 0)


def _requirement(draft: _Draft, row: Any, facts: Any) -> None:
    requirement = rows.requirement(row)
    draft.requirements.append(requirement)
    ticket, status, resolution, milestone, changed, voided = facts
    if voided:
        draft.voided[requirement.key] = int(voided)
    if ticket is not None:
        draft.tickets[requirement.key] = TicketFacts(
            status or '', resolution or '', milestone or '',
            int(changed or 0), draft.done)


class _DoubtIfUnreadable:
    """Context manager: turns an unreadable row into a doubt."""

    def __init__(self, draft: _Draft, what: Message) -> None:
        self.draft, self.what = draft, what

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: Any, error: Any, trace: Any) -> bool:
        if isinstance(error, (ValueError, TypeError)):
            self.draft.doubts.append(Message(
                '%(what)s cannot be read: %(error)s', what=self.what,
                error=error_words(error)))
            return True
        return False
