"""Ticket changes: record what saved and deleted tickets mean.

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
from prodworkflow.domain.model.snapshot import Snapshot
from prodworkflow.domain.model.vocabulary import Role, Verdict
from prodworkflow.domain.rules.eligibility import (
    Capacity,
    capacity,
    is_signed,
    valid_approvals,
)
from prodworkflow.domain.rules.freeze import TicketPosition
from prodworkflow.domain.rules.gates import evaluate_as_closed
from prodworkflow.domain.text import Message
from prodworkflow.gateways.clock import now
from prodworkflow.gateways.tickets import (
    MARK,
    next_change_time,
    RECORDED,
    restore_ticket,
)
from prodworkflow.services.gates.feature_freeze import refused_entry
from prodworkflow.services.gates.reconciliation import reconcile, SYSTEM
from prodworkflow.services.gates.verification import verified_decision
from prodworkflow.services.signoffs.bases import approval_payload
from prodworkflow.services.signoffs.ticket_closing import (
    ApprovedClosing,
    ineligibility,
    out_of_order,
)

RESTORED = ('Closed again: deleting a comment does not take back a sign-off. '
            'To withdraw it, reopen this ticket.')


def ticket_saved(env: Any, ticket: Ticket, author: str, comment: str,
                 old: Mapping[str, Any]) -> None:
    """Record what a saved ticket means for its campaigns; reconcile them.

    `old` holds the former values of what has changed.
    """
    before = TicketPosition.of(ticket, old)
    after = TicketPosition.of(ticket)
    if _being_renamed(env, before, after):
        return
    names = tuple(n for n in {before.milestone, after.milestone} if n)
    concerns = store.owners_of(env, ticket.id, names)
    for campaign in sorted({c.campaign for c in concerns}):
        with store.open_campaign(env, campaign) as book:
            if book is not None and not book.state.campaign.ended:
                change = _TicketChange(book, ticket, author or 'unknown',
                                       comment or '', old, before, after)
                change.record()
                reconcile(book, change.author, change.words())
    setattr(ticket, MARK, None)


def ticket_deleted(env: Any, ticket: Ticket, actor: str) -> None:
    """Record that a ticket is gone; its requirement is unmet then."""
    milestone = ticket['milestone']
    names = (milestone,) if milestone else ()
    concerns = store.owners_of(env, ticket.id, names)
    for campaign in sorted({c.campaign for c in concerns}):
        with store.open_campaign(env, campaign) as book:
            if book is not None and not book.state.campaign.ended:
                for concern in concerns:
                    if concern.campaign == campaign:
                        _record_deletion(book, ticket, concern, actor)
                reconcile(book, actor, Message(
                    'ticket #%(ticket)s was deleted', ticket=ticket.id))


def _record_deletion(book: store.Book, ticket: Ticket,
                     concern: store.Ownership, actor: str) -> None:
    if concern.requirement:
        book.record(now(), actor, 'ticket-missing', concern.requirement,
                    ticket=ticket.id)
    elif (ticket['status'] != 'closed'
            and not book.state.for_ticket(ticket.id)):
        book.record(now(), actor, 'ticket-left', ticket=ticket.id,
                    stage=concern.stage)


def change_deleted(env: Any, ticket: Ticket,
                   changes: Mapping[str, tuple[Any, Any]],
                   actor: str) -> None:
    """Follow a change that was deleted from a ticket's history.

    Trac has given the ticket its former values; a signed one is closed again.
    """
    if not _close_again(env, ticket):
        taken_back = {name: new for name, (_, new) in changes.items()
                      if (new or '') != (ticket[name] or '')}
        ticket_saved(env, ticket, actor, '', taken_back)


def _close_again(env: Any, ticket: Ticket) -> bool:
    for concern in store.owners_of(env, ticket.id, ()):
        with store.open_campaign(env, concern.campaign) as book:
            requirement = book and book.state.for_ticket(ticket.id)
            if (book and requirement and ticket['status'] != 'closed'
                    and is_signed(requirement, book.state)):
                when = next_change_time(ticket)
                book.record(now(), SYSTEM, 'restored', requirement.key,
                            ticket=ticket.id, seen=to_utimestamp(when))
                restore_ticket(ticket, SYSTEM, when, RESTORED, status='closed',
                               resolution='fixed')
                return True
    return False


@dataclass(frozen=True)
class _TicketChange:
    """A saved ticket beside a campaign that it concerns."""

    book: store.Book
    ticket: Ticket
    author: str
    comment: str
    old: Mapping[str, Any]
    before: TicketPosition
    after: TicketPosition

    def record(self) -> None:
        """Record what the change means for this campaign."""
        if self.book.acting:  # a use case of ours records what it does
            return
        requirement = self.book.state.for_ticket(self.ticket.id)
        if requirement is None and getattr(self.ticket, MARK,
                                           None) == RECORDED:
            return
        if requirement is None or requirement.ticket_time != to_utimestamp(
                self.ticket['time']):
            self._record_other()
            return
        if self.before.milestone != self.after.milestone:
            self._entry('ticket-moved', requirement.key,
                        **{'from': self.before.milestone,
                           'to': self.after.milestone})
        if getattr(self.ticket, MARK, None) != RECORDED:
            self._record_status(requirement)

    def words(self) -> Message:
        """What happened, as a cause of what it leads to."""
        return Message('ticket #%(ticket)s was changed by %(author)s',
                       ticket=self.ticket.id, author=self.author)

    def _record_status(self, requirement: Requirement) -> None:
        if self.after.status == 'closed':
            if {'status', 'resolution'} & set(self.old):
                self._record_closing(requirement)
        elif self.before.status == 'closed':
            self._record_reopening(requirement)

    def _record_closing(self, requirement: Requirement) -> None:
        snapshot = self.book.snapshot()
        mine = self._plain_approval(requirement, snapshot)
        if mine:
            kept = approval_payload(snapshot, requirement, self.author)
            self._entry(Verdict.APPROVED.value, requirement.key,
                        role=mine.role.value, contact=mine.contact,
                        statement=self.comment, **kept,
                        **in_payload(verified_decision(self.book.env,
                                                       snapshot),
                                     requirement.key))
        else:
            self._entry('closed-unsigned', requirement.key,
                        resolution=self.ticket['resolution'] or '',
                        comment=self.comment)

    def _plain_approval(self, requirement: Requirement,
                        snapshot: Snapshot) -> Capacity | None:
        """As what the author approved by closing the ticket; None if not."""
        closing = getattr(self.ticket, MARK, None)
        if not (isinstance(closing, ApprovedClosing)
                and closing.person.name == self.author
                and self.ticket['resolution'] == 'fixed'
                and requirement.plain_closing
                and not ineligibility(snapshot, requirement, closing.person)
                and not out_of_order(self.book.env, snapshot, requirement)):
            return None
        return capacity(requirement, snapshot.state, closing.person,
                        day_of(now()))

    def _record_reopening(self, requirement: Requirement) -> None:
        stopped = (valid_approvals(requirement, self.book.state)
                   or evaluate_as_closed(self.book.snapshot(), requirement.key,
                                         now()).met)
        if not stopped:
            self._entry('reopened', requirement.key)
            return
        role = (Role.CONTACT if self.author in requirement.contacts
                else Role.ANYONE)
        self._entry(Verdict.WITHDRAWN.value, requirement.key,
                    role=role.value, statement=self.comment)

    def _record_other(self) -> None:
        snapshot = self.book.snapshot()
        before = (None if self.old == {'milestone': ''} else self.before)
        words = refused_entry(self.book.env, snapshot, before, self.after,
                              f'#{self.ticket.id}')
        if words and self.book.state.campaign.blocks:
            self._turn_away(words)
            return
        against = {'against': [words]} if words else {}
        for stage in self.book.state.stages:
            was = self.before.open_in(stage.milestone)
            is_ = self.after.open_in(stage.milestone)
            if was != is_:
                self._entry('ticket-entered' if is_ else 'ticket-left', '',
                            stage=stage.key, **against)

    def _turn_away(self, words: str) -> None:
        """Move a ticket that may not enter out of a frozen campaign again."""
        stages = {s.milestone: s.key for s in self.book.state.stages}
        self._entry('ticket-turned-away', '',
                    stage=stages[self.after.milestone], reasons=[words])
        back = self.before.milestone
        if back in stages or not store.milestone_exists(self.book.env, back):
            back = ''
        fresh = Ticket(self.book.env, self.ticket.id)
        restore_ticket(fresh, SYSTEM, next_change_time(fresh),
                       f'Moved out again: {words}.', milestone=back)

    def _entry(self, verb: str, requirement: str, **payload: Any) -> None:
        seen = to_utimestamp(self.ticket['changetime'])
        if requirement:
            seen = max(seen, self.book.state.requirement(requirement).seen)
        self.book.record(now(), self.author, verb, requirement,
                         ticket=self.ticket.id, seen=seen, **payload)


def _being_renamed(env: Any, before: TicketPosition,
                   after: TicketPosition) -> bool:
    """Whether Trac moves tickets because it is renaming their milestone."""
    return (before.milestone != after.milestone and bool(after.milestone)
            and not store.milestone_exists(env, after.milestone))
