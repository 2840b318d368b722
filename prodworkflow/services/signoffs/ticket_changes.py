"""Ticket changes: record what saved tickets mean.

Trac calls its listeners too late to refuse; what nobody validated is recorded
for what it is, and shuts the gate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trac.ticket.model import Ticket
from trac.util.datefmt import to_utimestamp

from prodworkflow import store
from prodworkflow.domain.dates import day_of
from prodworkflow.domain.forecast.response_times import in_payload
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.snapshot import Snapshot, TicketFacts
from prodworkflow.domain.model.vocabulary import Verdict
from prodworkflow.domain.rules.eligibility import Capacity, capacity
from prodworkflow.domain.rules.freeze import TicketPosition
from prodworkflow.domain.rules.ticket_statuses import moves_on, only_moved_on
from prodworkflow.domain.text import Message
from prodworkflow.gateways.clock import now
from prodworkflow.gateways.site_words import approving_resolution, options
from prodworkflow.gateways.tickets import MARK, RECORDED
from prodworkflow.services.gates.reconciliation import reconcile
from prodworkflow.services.gates.verification import verified_decision
from prodworkflow.services.signoffs.authors import Author
from prodworkflow.services.signoffs.bases import approval_payload
from prodworkflow.services.signoffs.other_tickets import OtherTicketChange
from prodworkflow.services.signoffs.reopenings import record_reopening
from prodworkflow.services.signoffs.ticket_closing import (
    ApprovedClosing,
    ineligibility,
    out_of_order,
    ValidatedReopening,
)


def ticket_saved(env: Any, ticket: Ticket, author: Author, comment: str,
                 old: Mapping[str, Any]) -> None:
    """Record what a saved ticket means for its campaigns; reconcile them.

    `old` holds the former values of what has changed.
    """
    done = store.done_statuses(env)
    before = TicketPosition.of(ticket, done, old)
    after = TicketPosition.of(ticket, done)
    if _being_renamed(env, before, after):
        return
    names = tuple(n for n in {before.milestone, after.milestone} if n)
    concerns = store.owners_of(env, ticket.id, names)
    for campaign in sorted({c.campaign for c in concerns}):
        with store.open_campaign(env, campaign) as book:
            if book is not None:
                change = _TicketChange(book, ticket, author, comment or '',
                                       old, before, after)
                change.record()
                reconcile(book, author.name, change.words())
    setattr(ticket, MARK, None)


@dataclass(frozen=True)
class _TicketChange:
    """A saved ticket beside a campaign that it concerns."""

    book: store.Book
    ticket: Ticket
    author: Author
    comment: str
    old: Mapping[str, Any]
    before: TicketPosition
    after: TicketPosition

    def record(self) -> None:
        """Record what the change means for this campaign."""
        if self.book.acting:  # a use case of ours records what it does
            return
        recorded = getattr(self.ticket, MARK, None) == RECORDED
        found = self.book.state.for_ticket(self.ticket.id)
        requirement = found if found and found.ticket_time == to_utimestamp(
            self.ticket['time']) else None
        if self.book.state.campaign.ended:  # it is read-only otherwise
            if requirement and not recorded:
                self._record_moving_on(requirement)
        elif requirement:
            self._record_own(requirement, recorded)
        elif found or not recorded:
            self._record_other()

    def _record_own(self, requirement: Requirement, recorded: bool) -> None:
        """Record the change of a sign-off ticket."""
        if self.before.milestone != self.after.milestone:
            self._entry('ticket-moved', requirement.key,
                        **{'from': self.before.milestone,
                           'to': self.after.milestone})
        if not recorded:
            self._record_status(requirement)

    def words(self) -> Message:
        """What happened, as a cause of what it leads to."""
        return Message('ticket #%(ticket)s was changed by %(author)s',
                       ticket=self.ticket.id, author=self.author.name)

    def _record_status(self, requirement: Requirement) -> None:
        if self.after.done:
            if not self._record_moving_on(requirement) and (
                    {'status', 'resolution'} & set(self.old)):
                self._record_closing(requirement)
        elif self.before.done:
            self._record_reopening(requirement)

    def _record_moving_on(self, requirement: Requirement) -> bool:
        """Record that it was done, and is done by another status.

        False if that is not so, or was not so all the time since it was seen.
        """
        was = TicketFacts(
            self.before.status, str(self.old.get(
                'resolution', self.ticket['resolution']) or ''),
            self.before.milestone, requirement.seen, self.before.ended)
        found = moves_on(was, self.after.status,
                         self.ticket['resolution'] or '') and only_moved_on(
            store.status_changes_since(self.book.env, self.ticket.id,
                                       requirement.seen), was.done)
        if found:
            self._entry('moved-on', requirement.key, status=self.after.status)
        return found

    def _record_closing(self, requirement: Requirement) -> None:
        snapshot = self.book.snapshot()
        closing = getattr(self.ticket, MARK, None)
        mine = self._plain_approval(requirement, snapshot)
        if mine:
            answers = (isinstance(closing, ApprovedClosing)
                       and closing.answers)
            verdict = Verdict.ANSWERED if answers else Verdict.APPROVED
            more = {} if answers else {
                **approval_payload(snapshot, requirement, self.author.name),
                **in_payload(verified_decision(self.book.env, snapshot),
                             requirement.key)}
            self._entry(verdict.value, requirement.key, role=mine.role.value,
                        contact=mine.contact, statement=self.comment, **more)
        else:
            self._entry('closed-unsigned', requirement.key,
                        resolution=self.ticket['resolution'] or '',
                        comment=self.comment)

    def _plain_approval(self, requirement: Requirement,
                        snapshot: Snapshot) -> Capacity | None:
        """As what the author approved by closing the ticket; None if not."""
        closing = getattr(self.ticket, MARK, None)
        if not (isinstance(closing, ApprovedClosing)
                and closing.person.name == self.author.name
                and (self.ticket['resolution'] or '') == self._approving
                and not ineligibility(self.book.env, snapshot, requirement,
                                      closing.person)
                and (closing.answers or (
                    requirement.plain_closing and not out_of_order(
                        self.book.env, snapshot, requirement)))):
            return None
        return capacity(requirement, snapshot.state, closing.person,
                        day_of(now()))

    def _record_reopening(self, requirement: Requirement) -> None:
        asked = getattr(self.ticket, MARK, None)
        person = (asked.person if isinstance(asked, ValidatedReopening)
                  else self.author.person)
        record_reopening(self.book, requirement, person, {
            'statement': self.comment, 'ticket': self.ticket.id,
            'seen': self._seen(requirement)},
            self.before.status, self._resolution_before())

    def _resolution_before(self) -> str:
        """The resolution that it had, if the site still has that."""
        before = str(self.old.get('resolution') or '')
        known = options(self.book.env, 'resolution').words
        return before if before in known else self._approving

    @property
    def _approving(self) -> str:
        return approving_resolution(self.book.env, self.book.state.campaign)

    def _record_other(self) -> None:
        before = None if self.old == {'milestone': ''} else self.before
        OtherTicketChange(self.book, self.ticket, self.author, before,
                          self.after).record()

    def _entry(self, verb: str, requirement: str, **payload: Any) -> None:
        self.book.record(
            now(), self.author.name, verb, requirement, ticket=self.ticket.id,
            seen=self._seen(self.book.state.requirement(requirement)),
            **payload)

    def _seen(self, requirement: Requirement) -> int:
        """The time of the change (µs UTC) that an entry accounts for."""
        return max(to_utimestamp(self.ticket['changetime']),
                   requirement.seen)


def _being_renamed(env: Any, before: TicketPosition,
                   after: TicketPosition) -> bool:
    """Whether Trac moves tickets because it is renaming their milestone."""
    return (before.milestone != after.milestone and bool(after.milestone)
            and not store.milestone_exists(env, after.milestone))
