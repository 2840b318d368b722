"""Deletions: tickets that are gone, and changes cut from their history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trac.ticket.model import Ticket
from trac.util.datefmt import to_utimestamp

from prodworkflow import store
from prodworkflow.domain.rules.eligibility import is_signed
from prodworkflow.domain.text import Message
from prodworkflow.gateways.clock import now
from prodworkflow.gateways.site_words import approving_resolution
from prodworkflow.gateways.tickets import next_change_time, restore_ticket
from prodworkflow.services.gates.reconciliation import reconcile, SYSTEM
from prodworkflow.services.signoffs.authors import Author
from prodworkflow.services.signoffs.ticket_changes import ticket_saved

RESTORED = ('Closed again: deleting a comment does not take back a sign-off. '
            'To withdraw it, reopen this ticket.')


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
    elif (ticket['status'] not in store.done_statuses(book.env)
            and not book.state.for_ticket(ticket.id)):
        book.record(now(), actor, 'ticket-left', ticket=ticket.id,
                    stage=concern.stage)


def change_deleted(env: Any, ticket: Ticket,
                   changes: Mapping[str, tuple[Any, Any]],
                   author: Author) -> None:
    """Follow a change that was deleted from a ticket's history.

    Trac has given the ticket its former values; a signed one is closed again.
    """
    if not _close_again(env, ticket):
        taken_back = {name: new for name, (_, new) in changes.items()
                      if (new or '') != (ticket[name] or '')}
        ticket_saved(env, ticket, author, '', taken_back)


def _close_again(env: Any, ticket: Ticket) -> bool:
    for concern in store.owners_of(env, ticket.id, ()):
        with store.open_campaign(env, concern.campaign) as book:
            requirement = book and book.state.for_ticket(ticket.id)
            if (book and requirement
                    and ticket['status'] not in store.done_statuses(env)
                    and is_signed(requirement, book.state)):
                when = next_change_time(ticket)
                book.record(now(), SYSTEM, 'restored', requirement.key,
                            ticket=ticket.id, seen=to_utimestamp(when))
                restore_ticket(ticket, SYSTEM, when, RESTORED, status='closed',
                               resolution=approving_resolution(
                                   env, book.state.campaign))
                return True
    return False
