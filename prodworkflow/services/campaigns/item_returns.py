"""Items that come back: with their tickets, and all that was said of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from trac.resource import ResourceNotFound
from trac.ticket.model import Ticket
from trac.util.datefmt import to_utimestamp

from prodworkflow import store
from prodworkflow.domain.canonical_json import plain
from prodworkflow.domain.ledger.creation import NOTHING
from prodworkflow.domain.ledger.membership import newcomers_part
from prodworkflow.domain.ledger.replay import apply
from prodworkflow.domain.model.campaign import Change
from prodworkflow.domain.model.item_list import Item, ItemList
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.template.expansion import Expanded
from prodworkflow.domain.template.lists import slug
from prodworkflow.domain.text import Message
from prodworkflow.gateways.clock import now
from prodworkflow.services.campaigns.item_requests import ItemAddition, Signers
from prodworkflow.services.campaigns.item_tickets import (
    make_tickets,
    reopen_ticket,
)
from prodworkflow.services.gates.evidence_files import reread


@dataclass(frozen=True)
class FormerItem:
    """An item that dropped out, with its requirements and their past."""

    item: Item
    requirements: tuple[Requirement, ...]


@dataclass(frozen=True)
class Return:
    """An item as it comes back: what the template asks of it, who signs."""

    of: str
    item: Item
    drafts: list[Expanded]
    new: tuple[Requirement, ...]
    signers: Signers
    newcomers: tuple[str, ...] = ()


def former_item(book: store.Book, found: ItemList,
                joiner: ItemAddition) -> FormerItem | None:
    """The item of that key that had dropped out of a list; None if none had.
    """
    key = joiner.key.strip() or slug(' '.join(joiner.name.split()))
    gone = _gone(book.state, found.name, key)
    if found.item(key) or not gone:
        return None
    item = found.former_item(key)
    return FormerItem(item, gone) if item else _from_ledger(book, found.name,
                                                            key)


def bring_back(book: store.Book, past: FormerItem, back: Return,
               person: Person, reason: str) -> tuple[str, ...]:
    """Bring an item back as it was; the keys of its requirements."""
    was = {r.key: r for r in past.requirements}
    fresh = [d for d in back.drafts if not _ticket(book, was.get(
        d.requirement.key))]
    keys = {d.requirement.key for d in fresh}
    made = {r.key: r for r in make_tickets(
        book, fresh, tuple(r for r in back.new if r.key in keys), person)}
    kept = [_of_present_release(book, _as_it_was(was[r.key], r, back.signers),
                                past.item.left)
            for r in back.new if r.key not in keys]
    ready = {r.key: reopen_ticket(book, r, back.item, person, reason)
             for r in kept}
    whole = [made.get(r.key) or ready[r.key] for r in back.new]
    item = _reweighed(back.item, past.item, person, reason)
    book.record(now(), person.name, 'item-returned', list=back.of,
                item=plain(item), requirements=plain(whole), reason=reason,
                **newcomers_part(back.newcomers))
    reread(book, [book.state.requirement(r.key) for r in kept],
           Message('the return of an item'))
    return tuple(r.key for r in whole)


def _gone(state: State, name: str, key: str) -> tuple[Requirement, ...]:
    """The dropped requirements of an item, each once, the latest of them."""
    groups = {g.key for g in state.groups if g.list == name}
    return tuple({r.key: r for r in state.dropped
                  if r.group in groups and r.item == key}.values())


def _from_ledger(book: store.Book, name: str, key: str) -> FormerItem | None:
    """An item that dropped out before its past was kept with it."""
    found, state = None, NOTHING
    for entry in store.entries(book.env, book.campaign):
        if (entry.verb == 'item-dropped' and entry.payload['list'] == name
                and entry.payload['item'] == key):
            found = _at_drop(state, name, key, entry.number)
        state = apply(state, entry)
    return found


def _at_drop(state: State, name: str, key: str,
             number: int) -> FormerItem | None:
    item = next((i for x in state.lists if x.name == name
                 for i in x.items if i.key == key), None)
    groups = {g.key for g in state.groups if g.list == name}
    return FormerItem(replace(item, left=number), tuple(
        replace(r, past=state.said_of(r.key), unsigned=True)
        for r in state.requirements
        if r.group in groups and r.item == key)) if item else None


def _ticket(book: store.Book, requirement: Requirement | None) -> bool:
    """Whether the ticket of a former requirement is still there."""
    if requirement is None or requirement.ticket is None:
        return False
    try:
        ticket = Ticket(book.env, requirement.ticket)
    except ResourceNotFound:
        return False
    return to_utimestamp(ticket['time']) == requirement.ticket_time


def _as_it_was(was: Requirement, new: Requirement,
               signers: Signers) -> Requirement:
    """A requirement as the template has it now, with its past."""
    given = {new.key, new.group}
    return replace(
        new, ticket=was.ticket, ticket_time=was.ticket_time, seen=was.seen,
        since=was.since, unsigned=was.unsigned, deputies=was.deputies,
        contacts=new.contacts if given & set(signers.contacts)
        else was.contacts,
        quorum=new.quorum if given & set(signers.quorums) else was.quorum,
        stale=was.stale, carried=was.carried, changed=was.changed,
        objection=was.objection, files=was.files, kept=was.kept,
        past=was.past)


def _of_present_release(book: store.Book, requirement: Requirement,
                        left: int) -> Requirement:
    """Stale if another release came since the entry by which it dropped out.

    A release that only has another name is the same one.
    """
    if not requirement.release_bound:
        return requirement
    for entry in store.entries(book.env, book.campaign):
        if entry.number > left and entry.verb == 'released':
            requirement = replace(requirement, stale=entry.number, carried=())
        elif entry.number > left and entry.verb == 'release-renamed':
            requirement = replace(requirement, carried=(
                *requirement.carried, entry.release))
    return requirement


def _reweighed(item: Item, was: Item, person: Person, reason: str) -> Item:
    """An item with the weight that was agreed, if it has another one now."""
    if item.weight == was.agreed:
        return item
    if item.weight == was.weight:
        return replace(item, changed=was.changed)
    return replace(item, changed=Change(person.name, now(), was.agreed,
                                        reason))
