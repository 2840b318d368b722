"""Check of campaigns: deviations from their ledgers, found and repaired."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from prodworkflow import store
from prodworkflow.domain.errors import error_words
from prodworkflow.domain.ledger.chain import broken
from prodworkflow.domain.ledger.replay import fold
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.rules.reconciliation.corrections import foretold
from prodworkflow.domain.text import Message
from prodworkflow.gateways import caches
from prodworkflow.gateways.clock import now
from prodworkflow.services.campaigns.releases import unknown_version
from prodworkflow.services.campaigns.site_words import strange_words
from prodworkflow.services.consistency.findings import Deviation, Finding
from prodworkflow.services.consistency.stages import (
    launch_deviations,
    StageComparison,
)
from prodworkflow.services.consistency.tickets import TicketComparison
from prodworkflow.services.gates.evidence_files import not_as_signed, reread
from prodworkflow.services.gates.reconciliation import reconcile
from prodworkflow.services.gates.stranded import report_stranded, unmet_people
from prodworkflow.services.gates.verification import ledger_mismatches
from prodworkflow.services.ticket_versions import check_versions

CHECK = 'campaign check'


class CheckMode(enum.Enum):
    """What a check does with what it finds.

    A forecast tells what a repair would do, and changes nothing at all.
    """

    LOOK = 'look'
    REPAIR = 'repair'
    FORECAST = 'forecast'


class _Undone(Exception):
    """Rolls back a check that changed nothing, or only tells."""


def check(env: Any, campaign: int, mode: CheckMode,
          actor: str) -> list[Finding]:
    """The deviations of one campaign; [] if there are none.

    A repair brings Trac back to what the ledger says. A record that does not
    agree with its ledger is reported and left for a person to mend.
    """
    with store.consistent_read(env):
        found = store.snapshot(env, campaign)
        if found is None:
            return []
        name = found.state.campaign.name
        if found.state.campaign.phase == 'removed':
            return _check_removed(env, found)
        wrong = ledger_mismatches(env, found)
    if wrong:
        return [Finding(name, words) for words in wrong]
    return _compare(env, campaign, mode, actor)


def _check_removed(env: Any, found: Snapshot) -> list[Finding]:
    try:
        ledger = list(store.entries(env, found.id))
        name = Message('%(campaign)s (removed)',
                       campaign=fold(ledger).campaign.name)
        return [Finding(name, words) for words in broken(ledger, found.head)]
    except ValueError as error:
        return [Finding(Message('removed campaign %(number)s',
                                number=found.id),
                        Message('the ledger cannot be read: %(error)s',
                                error=error_words(error)))]


def _compare(env: Any, campaign: int, mode: CheckMode,
             actor: str) -> list[Finding]:
    """Compare under the campaign's lock; what changed nothing leaves none."""
    found: list[Finding] = []
    try:
        with store.open_campaign(env, campaign) as book:
            if book is None or book.state.campaign.ended:
                return []
            pass_ = _Pass(book, mode, actor)
            found = pass_.findings()
            looked = mode is CheckMode.LOOK and not (book.recorded
                                                     or book.news)
            if looked or mode is CheckMode.FORECAST:
                raise _Undone
    except _Undone:
        caches.drop_caches(env)
    return found


@dataclass
class _Pass:
    """One pass over the stages and requirements of a campaign."""

    book: store.Book
    mode: CheckMode
    actor: str
    unmended: list[str] = field(default_factory=list)

    def findings(self) -> list[Finding]:
        """What is found, repaired if that was asked for."""
        name = self.book.state.campaign.name
        changed = reread(self.book, self.book.state.requirements, CHECK)
        self.unmended += not_as_signed(self.book.state)
        snapshot = self.book.snapshot()
        deviations = list(self._deviations(snapshot))
        repair = self.mode is CheckMode.REPAIR
        told = [Finding(name, d.mended() if repair else d.words, repair,
                        d.remedy)
                for d in self._mending(deviations)]
        told += [Finding(name, words, repair, Message('put it back'))
                 for words in check_versions(self.book, repair, self.actor)]
        self.unmended += [*unknown_version(self.book.env, self.book.state),
                          *strange_words(self.book),
                          *report_stranded(self.book),
                          *unmet_people(self.book)]
        told += [Finding(name, words) for words in self.unmended]
        if self.mode is CheckMode.FORECAST:
            return told + self._foretold(name, snapshot, deviations)
        if repair or changed:
            reconcile(self.book, self.actor, Message('found by campaign '
                                                     'check'))
        return told

    def _mending(self, found: list[Deviation]) -> Iterator[Deviation]:
        """The deviations, while nothing is reconciled in between."""
        with self.book.without_reconciling():
            yield from found

    def _deviations(self, snapshot: Snapshot) -> Iterator[Deviation]:
        """Of stages, requirements, then the completion of milestones."""
        decision = decide(snapshot, now())
        stages = [StageComparison(self.book, decision, stage, self.actor)
                  for stage in snapshot.state.stages]
        for stage in stages:
            yield from stage.milestone()
        for requirement in snapshot.state.requirements:
            yield from TicketComparison(self.book, snapshot, requirement,
                                        self.actor).deviations()
        for stage in stages:
            yield from stage.completion()
        yield from launch_deviations(decision)

    def _foretold(self, name: str, snapshot: Snapshot,
                  found: list[Deviation]) -> list[Finding]:
        """What reconciliation would do once all is mended."""
        for deviation in found:
            snapshot = deviation.foreseen(snapshot)
        return [Finding(name, words) for words in foretold(snapshot, now())]
