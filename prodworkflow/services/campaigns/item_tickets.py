"""Tickets of list items: created when one is added, closed when dropped."""

from __future__ import annotations

from dataclasses import replace

from trac.ticket.model import Ticket
from trac.util.datefmt import to_utimestamp

from prodworkflow import store
from prodworkflow.domain.model.item_list import Item
from prodworkflow.domain.model.notifications import TicketNews
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.rules.words.resolutions import LEFT_OUT
from prodworkflow.domain.template.expansion import Expanded
from prodworkflow.gateways.signoff_tickets import make_ticket, new_ticket
from prodworkflow.gateways.site_words import closing_resolution
from prodworkflow.gateways.tickets import next_change_time, save_recorded
from prodworkflow.gateways.workflow import reopened_values


def make_tickets(book: store.Book, drafts: list[Expanded],
                 new: tuple[Requirement, ...],
                 person: Person) -> list[Requirement]:
    """Create the tickets of new requirements; the requirements with them."""
    after = replace(book.state,
                    requirements=(*book.state.requirements, *new))
    made = []
    with book.without_reconciling():
        for draft, requirement in zip(drafts, new):
            ticket = make_ticket(new_ticket(book.env, person.name), after,
                                 requirement, draft.words, person.name)
            moment = to_utimestamp(ticket['time'])
            made.append(replace(requirement, ticket=ticket.id,
                                ticket_time=moment, seen=moment))
    return made


def close_ticket(book: store.Book, requirement: Requirement, item: Item,
                 person: Person, reason: str) -> None:
    """Close the ticket of a dropped item, which is ordinary from now on."""
    ticket = Ticket(book.env, requirement.ticket)
    when = next_change_time(ticket)
    comment = (f'{item.name} takes no part in {book.state.campaign.name} any '
               f'more: {reason}. This is an ordinary ticket from now on; no '
               'gate counts it.')
    values = {} if ticket['status'] in store.done_statuses(book.env) else {
        'status': 'closed', 'resolution': closing_resolution(
            book.env, book.state.campaign, LEFT_OUT)}
    with book.without_reconciling():
        save_recorded(ticket, person.name, when, comment, **values)
    book.news.append(TicketNews(ticket.id, when, person.name, comment))


def reopen_ticket(book: store.Book, requirement: Requirement, item: Item,
                  person: Person, reason: str) -> Requirement:
    """Make the ticket of an item that comes back a sign-off ticket again.

    It is opened if it was not signed when the item dropped out. A closed one
    is accounted for by the requirement: who closed it meanwhile closed an
    ordinary ticket.
    """
    ticket, state = Ticket(book.env, requirement.ticket), book.state
    when = next_change_time(ticket)
    comment = (f'{item.name} takes part in {state.campaign.name} again: '
               f'{reason}. What was said of it before counts.')
    values = {'milestone': state.stage(requirement.stage).milestone,
              'version': state.campaign.release}
    if ticket['status'] in store.done_statuses(book.env):
        values.update(reopened_values(ticket) if requirement.unsigned else {})
        requirement = replace(requirement, seen=to_utimestamp(when))
    with book.without_reconciling():
        save_recorded(ticket, person.name, when, comment, **values)
    book.news.append(TicketNews(ticket.id, when, person.name, comment))
    return replace(requirement, unsigned=False)
