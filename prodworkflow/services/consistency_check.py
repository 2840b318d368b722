"""Consistency check: compare ledger, record and Trac, and repair Trac."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from trac.ticket.model import Ticket
from trac.util.datefmt import datetime_now, to_utimestamp, utc

from prodworkflow import store
from prodworkflow.domain.dates import day_of
from prodworkflow.domain.ledger.chain import broken
from prodworkflow.domain.ledger.replay import fold
from prodworkflow.domain.model.campaign import Stage
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.rules.gates import decide, evaluate_as_closed
from prodworkflow.domain.rules.waivers import expiries
from prodworkflow.domain.text import Message
from prodworkflow.domain.views.readiness import astray
from prodworkflow.gateways.clock import now
from prodworkflow.gateways.milestones import make_milestone
from prodworkflow.gateways.signoff_tickets import make_ticket
from prodworkflow.services import templates
from prodworkflow.services.campaigns.creation import ticket_fields
from prodworkflow.services.campaigns.releases import unknown_version
from prodworkflow.services.gates.evidence_files import not_as_signed, reread
from prodworkflow.services.gates.reconciliation import reconcile
from prodworkflow.services.gates.stranded import report_stranded
from prodworkflow.services.gates.verification import ledger_mismatches
from prodworkflow.services.ticket_versions import check_versions

CHECK = 'campaign check'


@dataclass(frozen=True)
class Finding:
    """A deviation from the ledger, in words; `repaired` if it is no more."""

    campaign: str
    words: str
    repaired: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The finding as JSON shows it."""
        return {'campaign': self.campaign, 'words': self.words,
                'repaired': self.repaired}


def check(env: Any, campaign: int, repair: bool,
          actor: str) -> list[Finding]:
    """The deviations of one campaign; [] if there are none.

    With `repair`, Trac is brought back to the ledger. A record that does not
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
    return _compare(env, campaign, name, repair, actor)


def _check_removed(env: Any, found: Snapshot) -> list[Finding]:
    try:
        ledger = list(store.entries(env, found.id))
        name = f'{fold(ledger).campaign.name} (removed)'
        return [Finding(name, words) for words in broken(ledger, found.head)]
    except ValueError as error:
        return [Finding(f'removed campaign {found.id}',
                        f'the ledger cannot be read: {error}')]


def _compare(env: Any, campaign: int, name: str, repair: bool,
             actor: str) -> list[Finding]:
    with store.open_campaign(env, campaign) as book:
        if book is None or book.state.campaign.ended:
            return []
        round_ = _Check(book, book.snapshot(), repair, actor)
        round_.walk()
        if repair or round_.reread:
            reconcile(book, actor, Message('found by campaign check'))
        return ([Finding(name, words, repair) for words in round_.told]
                + [Finding(name, words) for words in round_.unmended])


@dataclass
class _Check:
    """One pass over the stages and requirements of a campaign."""

    book: store.Book
    snapshot: Snapshot
    repair: bool
    actor: str
    told: list[str] = field(default_factory=list)
    reread: list[str] = field(default_factory=list)
    unmended: list[str] = field(default_factory=list)

    def walk(self) -> None:
        """Compare stages, requirements, then the completion of milestones."""
        for stage in self.snapshot.state.stages:
            self._milestone(stage)
        self._plots()
        for requirement in self.snapshot.state.requirements:
            self._ticket(requirement)
        for stage in self.snapshot.state.stages:
            self._completion(stage)
        self.told += check_versions(self.book, self.repair, self.actor)
        self._launch()
        self.unmended += [*unknown_version(self.book.env, self.book.state),
                          *report_stranded(self.book)]

    def _record(self, verb: str, requirement: str = '',
                **payload: Any) -> None:
        self.book.record(now(), self.actor, verb, requirement, **payload)

    def _milestone(self, stage: Stage) -> None:
        if stage.key in self.snapshot.milestones:
            return
        self.told.append(f'milestone {stage.milestone} is missing')
        if self.repair:
            state = self.book.state
            make_milestone(self.book.env, stage, state.campaign.name,
                           len(state.stages))
            self._record('milestone-restored', stage=stage.key,
                         milestone=stage.milestone)

    def _ticket(self, requirement: Requirement) -> None:
        facts = self.snapshot.tickets.get(requirement.key)
        if facts is None:
            self._missing(requirement)
            return
        milestone = self.snapshot.state.stage(requirement.stage).milestone
        if facts.milestone != milestone:
            self._moved(requirement, facts.milestone, milestone)
        signed = evaluate_as_closed(self.snapshot, requirement.key, now())
        if facts.closed and facts.changed > requirement.seen:
            self._closed(requirement, facts.resolution, facts.changed)
        elif facts.closed and not (signed.met or requirement.unsigned):
            self.told.append(f'#{requirement.ticket} {requirement.title} is '
                             f'closed, but it {signed.words}')
        elif not facts.closed and (requirement.unsigned or signed.met):
            self._reopened(requirement, signed.met, facts.changed)

    def _plots(self) -> None:
        """Read plots again; report those that are not what was signed."""
        self.reread = reread(self.book, self.book.state.requirements, CHECK)
        self.unmended += not_as_signed(self.book.state)
        if self.reread:
            self.snapshot = self.book.snapshot()

    def _missing(self, requirement: Requirement) -> None:
        was = f' (#{requirement.ticket})' if requirement.ticket else ''
        self.told.append(
            f'the sign-off ticket of {requirement.title}{was} is gone')
        if not self.repair:
            return
        if requirement.ticket is not None:
            self._record('ticket-missing', requirement.key,
                         ticket=requirement.ticket)
        with self.book.without_reconciling():
            ticket = make_ticket(Ticket(self.book.env), self.book.state,
                                 requirement,
                                 self._words(requirement), self.actor)
        self._record('ticket-replaced', requirement.key, ticket=ticket.id,
                     ticket_time=to_utimestamp(ticket['time']))
        self.told[-1] += f'; #{ticket.id} takes its place, unsigned'

    def _words(self, requirement: Requirement) -> Mapping[str, str]:
        """The ticket fields of its template; {} if it cannot be read."""
        try:
            template = templates.of_campaign(
                self.book.env, self.book.campaign, self.book.state.campaign)
        except ValueError:
            return {}
        return ticket_fields(template, self.book.state, requirement)

    def _moved(self, requirement: Requirement, where: str,
               milestone: str) -> None:
        self.told.append(
            f'#{requirement.ticket} {requirement.title} is in '
            f'{where or "no milestone"}, not in {milestone}')
        if self.repair and requirement.ticket is not None:
            ticket = Ticket(self.book.env, requirement.ticket)
            ticket['milestone'] = milestone
            ticket.save_changes(self.actor, 'Moved back by campaign check.',
                                max(datetime_now(utc), ticket['changetime']))

    def _closed(self, requirement: Requirement, resolution: str,
                changed: int) -> None:
        self.told.append(
            f'#{requirement.ticket} {requirement.title} was closed '
            f'({resolution or "no resolution"}) while nobody was watching; '
            'this does not count as signed')
        if self.repair:
            self._record('closed-unsigned', requirement.key, seen=changed,
                         ticket=requirement.ticket, resolution=resolution)

    def _reopened(self, requirement: Requirement, signed: bool,
                  changed: int) -> None:
        self.told.append(f'#{requirement.ticket} {requirement.title} was '
                         'reopened while nobody was watching')
        if not self.repair:
            return
        if signed:
            self._record('withdrawn', requirement.key, role='anyone',
                         ticket=requirement.ticket, seen=changed,
                         statement='Reopened while nobody was watching.')
        else:
            self._record('reopened', requirement.key, seen=changed,
                         ticket=requirement.ticket)

    def _launch(self) -> None:
        decision = decide(self.snapshot, now())
        if astray(decision):
            self.told.append('; '.join([
                'production goes on although the launch gate is shut',
                *expiries(decision.launch.unmet, self.snapshot.state,
                          day_of(decision.asked)),
                *decision.launch.reasons()]))

    def _completion(self, stage: Stage) -> None:
        closed = bool(self.snapshot.milestones.get(stage.key))
        gate = decide(self.snapshot, now()).gate(stage.key)
        if closed and not gate.open and self.book.state.campaign.blocks:
            self.told.append(f'stage {stage.label} is closed while its gate '
                             f'is shut: {"; ".join(gate.reasons())}')
        elif closed and not stage.closed:
            self.told.append(
                f'stage {stage.label} was closed while nobody was watching')
            if self.repair:
                self._record('stage-closed', stage=stage.key,
                             completed=self.snapshot.milestones[stage.key])
        elif stage.closed and not closed:
            self.told.append(f'stage {stage.label} was reopened while '
                             'nobody was watching')
            if self.repair:
                self._record('stage-reopened', stage=stage.key,
                             because=Message('found by campaign check'))
