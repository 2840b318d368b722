"""Doors: what Trac's tickets and milestones ask before, and report after."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Any

from trac.ticket.model import Milestone, Ticket

from prodworkflow import store
from prodworkflow.api.campaign_ids import campaign_id
from prodworkflow.api.context import Context
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.rules.freeze import TicketPosition
from prodworkflow.gateways import caches
from prodworkflow.gateways.tickets import is_born
from prodworkflow.services.gates import evidence_files, feature_freeze, stages
from prodworkflow.services.refusals import GateShut, log_refusal
from prodworkflow.services.signoffs import (
    deletions,
    recording,
    ticket_changes,
    ticket_closing,
)
from prodworkflow.services.signoffs.authors import Author
from prodworkflow.services.signoffs.requests import SignOffRequest


class Doors:
    """Guards the changes of tickets and milestones, and follows them."""

    def __init__(self, env: Any, context: Context) -> None:
        self.env = env
        self.context = context
        self._attached = threading.local()

    def log_refusal(self, words: str) -> None:
        """Write what a door refuses to whoever acts to the log.

        For what leaves no entry in a ledger; the log has those anyway.
        """
        log_refusal(self.env, self.context.actor(), words)

    # Doors of the milestones

    def may_close(self, milestone: str, actor: str) -> GateShut | None:
        """The refusal of closing a milestone; None if it may be closed."""
        refusal = stages.may_close(self.env, milestone, actor,
                                   self.context.reasons_for())
        if refusal:
            refusal.retell(self.context.shown_words(
                self.campaigns_affected_by([], [milestone])))
        return refusal

    def advice(self, milestone: str) -> list[str]:
        """What speaks against closing a milestone that nothing blocks."""
        return stages.advisory_reasons(self.env, milestone,
                                       self.context.reasons_for())

    def owned_milestones(self, names: list[str]) -> list[str]:
        """Those of the milestones that belong to campaigns."""
        return stages.owned_milestones(self.env, names)

    def milestone_saved(self, name: str,
                        old: Mapping[str, Any] | None) -> None:
        """Follow a milestone that was made (`old` None) or changed.

        Raises GateShut, the milestone being open again, where it was closed
        while its stage's gate is shut.
        """
        drop_books(self.env)
        with self._following(milestones=[name]):
            stages.milestone_saved(self.env, name, old, self.context.actor(),
                                   self.context.reasons_for())

    def milestone_deleted(self, name: str) -> None:
        """Follow a milestone that was deleted."""
        drop_books(self.env)
        with self._following(milestones=[name]):
            stages.milestone_deleted(self.env, name, self.context.actor())

    # Doors of the tickets

    def campaigns_of_signoff(self, ticket: int) -> list[int]:
        """The campaigns that a change of a sign-off ticket may concern.

        By their ids; [] where it is no sign-off ticket.
        """
        return store.campaigns_of_signoff(self.env, ticket)

    def campaigns_affected_by(self, tickets: Sequence[int],
                              milestones: Sequence[str]) -> list[int]:
        """The campaigns that a change of these may concern, by their ids."""
        return store.campaigns_affected_by(self.env, tickets, milestones)

    def process_lock(self) -> AbstractContextManager[None]:
        """The lock of the threads of this process that write.

        Hold it around a transaction, from before it begins.
        """
        return store.process_lock(self.env)

    @contextmanager
    def transaction(self, campaigns: Sequence[int]) -> Iterator[None]:
        """A transaction that begins with the locks of these campaigns.

        Listeners are notified after its commit; what Trac cached inside is
        dropped if it fails.
        """
        try:
            with self.context.notifying_after_commit(), \
                    self.process_lock(), self.env.db_transaction, \
                    store.locked_campaigns(self.env, campaigns):
                yield
        except BaseException:
            caches.drop_caches(self.env)
            raise

    @contextmanager
    def transaction_of(self, person: Person,
                       *campaigns: int) -> Iterator[None]:
        """The same for what a person does; what is refused is in the log."""
        with self.context.refusals(person, campaigns), \
                self.transaction(campaigns):
            yield

    def is_being_made(self, ticket: Ticket | Milestone) -> bool:
        """Whether this is a ticket or milestone of ours that is being made.

        It is none of a campaign's yet; asked once, and not again.
        """
        return is_born(ticket)

    def check_ticket_change(self, ticket: Ticket,
                            intent: ticket_closing.TicketChange
                            ) -> list[ticket_closing.Objection]:
        """What speaks against saving a ticket so; marks a sign-off."""
        return self._as_seen(ticket_closing.check_ticket_change(
            self.env, ticket,
            replace(intent, reasons_for=self.context.reasons_for())),
            [ticket.id], [])

    def objections(self, name: str, requirement: str, person: Person,
                   saying: SignOffRequest) -> list[str]:
        """What speaks against saying something of a requirement."""
        campaign = campaign_id(self.env, name)
        found = recording.objections(self.env, campaign, requirement, person,
                                     saying, self.context.reasons_for())
        shown = self.context.shown_words([campaign] if found else [])
        return [shown(words) for words in found]

    def ticket_saved(self, ticket: Ticket, author: str, comment: str,
                     old: Mapping[str, Any]) -> None:
        """Follow a ticket that was made or changed."""
        for book in store.open_books(self.env):
            book.follow_ticket(ticket, old)
        with self._following([ticket.id]):
            ticket_changes.ticket_saved(
                self.env, ticket, Author(author or 'unknown',
                                         self.context.author), comment, old)

    def ticket_deleted(self, ticket: Ticket) -> None:
        """Follow a ticket that was deleted."""
        drop_books(self.env)
        with self._following([ticket.id]):
            deletions.ticket_deleted(self.env, ticket, self.context.actor())

    def attachments_changed(self, ticket: int) -> None:
        """Follow attachments of a ticket that were added, deleted or moved.

        Inside `attachments_at_once` that waits for its end.
        """
        waiting = getattr(self._attached, 'tickets', None)
        if waiting is not None:
            waiting[ticket] = None
            return
        with self._following([ticket]):
            evidence_files.attachments_changed(self.env, ticket,
                                               self.context.actor())

    @contextmanager
    def attachments_at_once(self) -> Iterator[None]:
        """Follow the attachments that change inside once, at the end.

        So replacing one, which deletes and adds, is one change.
        """
        self._attached.tickets = tickets = dict[int, None]()
        try:
            yield
        finally:
            self._attached.tickets = None
            for ticket in tickets:
                self.attachments_changed(ticket)

    def change_deleted(self, ticket: Ticket,
                       changes: Mapping[str, tuple[Any, Any]]) -> None:
        """Follow a change that was cut from a ticket's history."""
        drop_books(self.env)
        with self._following([ticket.id]):
            deletions.change_deleted(
                self.env, ticket, changes,
                Author(self.context.actor(), self.context.author))

    def entry_objections(self, number: int | None,
                         before: TicketPosition | None,
                         after: TicketPosition
                         ) -> list[ticket_closing.Objection]:
        """What a freeze has against a ticket that enters a milestone."""
        return self._as_seen([
            ticket_closing.Objection(words, blocks) for words, blocks
            in feature_freeze.entry_objections(self.env, number, before,
                                               after)],
            [], [after.milestone], '.')

    def move_objections(self, milestone: str,
                        target: str) -> list[ticket_closing.Objection]:
        """What a freeze has against retargeting a milestone's tickets."""
        return self._as_seen([
            ticket_closing.Objection(words, blocks) for words, blocks
            in feature_freeze.move_objections(self.env, milestone, target)],
            [], [target], '.')

    # Internal methods

    @contextmanager
    def _following(self, tickets: Sequence[int] = (),
                   milestones: Sequence[str] = ()) -> Iterator[None]:
        """Notify after the commit; refusals tell only what may be seen."""
        with self.context.following(
                lambda: self.campaigns_affected_by(tickets, milestones)):
            yield

    def _as_seen(self, found: list[ticket_closing.Objection],
                 tickets: Sequence[int], milestones: Sequence[str],
                 stop: str = '') -> list[ticket_closing.Objection]:
        """Objections in the words that whoever acts may see."""
        shown = self.context.shown_words(
            self.campaigns_affected_by(tickets, milestones) if found else [])
        return [replace(o, words=shown(o.words) + stop) for o in found]


def drop_books(env: Any) -> None:
    """Have campaigns that are open here read again, for Trac changed."""
    for book in store.open_books(env):
        book.drop()
