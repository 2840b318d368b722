"""List items of a running campaign: add them, and drop them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from prodworkflow import store
from prodworkflow.domain.canonical_json import plain
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.ledger.membership import newcomers_part
from prodworkflow.domain.model.item_list import Item, ItemList, singular
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.planning.list_changes import (
    drop_problems,
    weight_problems,
)
from prodworkflow.domain.planning.signers import SignerAssignment
from prodworkflow.domain.planning.site_words import ticket_notices
from prodworkflow.domain.planning.ticket_fields import field_problems
from prodworkflow.domain.rules.duties.quorum import unreachable_quorums
from prodworkflow.domain.template.expansion import Expanded, of_item
from prodworkflow.domain.template.fields import KEY, TITLE_MAX
from prodworkflow.domain.template.item_evidence import (
    asked_for_each,
    item_mistakes,
)
from prodworkflow.domain.template.list_checks import REQUIREMENTS_MAX
from prodworkflow.domain.template.lists import slug, UNFIT
from prodworkflow.domain.text import joined, Message, suggest
from prodworkflow.gateways import users
from prodworkflow.gateways.clock import now
from prodworkflow.gateways.signoff_tickets import writable_fields
from prodworkflow.gateways.site_words import site_words
from prodworkflow.services import templates
from prodworkflow.services.campaigns.item_requests import (
    ItemAddition,
    ItemRemoval,
    Signers,
)
from prodworkflow.services.campaigns.item_returns import (
    bring_back,
    former_item,
    FormerItem,
    Return,
)
from prodworkflow.services.campaigns.item_tickets import (
    close_ticket,
    make_tickets,
)


def add_item(book: store.Book, joiner: ItemAddition, signers: Signers,
             person: Person, reason: str) -> tuple[str, ...]:
    """Add an item with its requirements and tickets; their keys.

    One that had dropped out comes back with its past.  InvalidRequest names
    all that is wrong.
    """
    problems: list[tuple[str, str]] = []
    found = _list(book.state, joiner.list, problems)
    past = former_item(book, found, joiner) if found else None
    item = _checked_item(joiner, found, past, problems) if found else None
    if found is None or item is None or problems:
        raise InvalidRequest(problems)
    drafts = _drafts(book, found, item, problems)
    new, newcomers = _requirements(book, drafts, signers, problems)
    if problems:
        raise InvalidRequest(problems)
    if past:
        return bring_back(book, past, Return(
            found.name, item, drafts, new, signers, newcomers), person, reason)
    made = make_tickets(book, drafts, new, person)
    book.record(now(), person.name, 'item-added', list=found.name,
                item=plain(item), requirements=plain(made), reason=reason,
                **newcomers_part(newcomers), **_instead(book, drafts))
    return tuple(r.key for r in made)


def drop_item(book: store.Book, leaver: ItemRemoval, person: Person,
              reason: str) -> None:
    """Drop an item: its requirements count no more, its tickets close.

    InvalidRequest if the campaign cannot do without it.
    """
    state = book.state
    problems: list[tuple[str, str]] = []
    found = _list(state, leaver.list, problems)
    item = found.called(leaver.key) if found else None
    if found and item is None:
        keys = [i.key for i in found.items]
        problems.append(('drop', Message(
            '%(list)s has no "%(key)s".%(suggestion)s It has %(keys)s.',
            list=found.name, key=leaver.key[:64],
            suggestion=suggest(leaver.key, keys), keys=joined(keys[:20]))))
    if found and item:
        problems += drop_problems(state, found, item)
    if problems or found is None or item is None:
        raise InvalidRequest(problems)
    groups = {g.key for g in state.groups if g.list == found.name}
    gone = [r for r in state.requirements
            if r.group in groups and r.item == item.key]
    tickets = book.snapshot().tickets
    closable = [r for r in gone if r.key in tickets]
    book.record(now(), person.name, 'item-dropped', list=found.name,
                item=item.key, name=item.name, reason=reason,
                tickets=[r.ticket for r in gone], keeps=True,
                closes=[r.key for r in closable if not tickets[r.key].closed])
    for each in closable:
        close_ticket(book, each, item, person, reason)


def _list(state: State, name: str,
          problems: list[tuple[str, str]]) -> ItemList | None:
    for each in state.lists:
        if each.name == name:
            return each
    names = [each.name for each in state.lists]
    problems.append(('list', Message(
        '%(campaign)s has no list "%(name)s".%(suggestion)s It has '
        '%(names)s.',
        campaign=state.campaign.name, name=name[:64],
        suggestion=suggest(name, names),
        names=joined(names) or Message('none'))))
    return None


def _checked_item(joiner: ItemAddition, found: ItemList,
                  past: FormerItem | None,
                  problems: list[tuple[str, str]]) -> Item | None:
    name = ' '.join(joiner.name.split())
    key = joiner.key.strip() or slug(name)
    one = singular(found.name)
    if (not name or len(name) > TITLE_MAX or not name.isprintable()
            or any(c in UNFIT for c in name)):
        problems.append(('add', Message(
            'Name the %(one)s with at most %(most)s printable '
            'characters, none of %(unfit)s.',
            one=one, most=TITLE_MAX, unfit=' '.join(UNFIT))))
    elif not KEY.fullmatch(key):
        problems.append(('add', Message(
            'No key can be made of "%(name)s"; give one of small '
            'letters, digits and single hyphens.',
            name=name)))
    elif found.item(key):
        problems.append(('add', Message(
            '%(list)s has "%(key)s" already.', list=found.name, key=key)))
    text = joiner.weight.strip() or (past.item.weight if past else '')
    problems += weight_problems(text, found)
    if problems:
        return None
    before = past.item if past else Item(key, name)
    return Item(key, name, text, joiner.contacts or before.contacts,
                joiner.plots or before.plots, joiner.links or before.links,
                joiner.bounds or before.bounds)


def _drafts(book: store.Book, found: ItemList, item: Item,
            problems: list[tuple[str, str]]) -> list[Expanded]:
    try:
        campaign = book.state.campaign
        template = templates.of_campaign(book.env, book.campaign, campaign)
        wrong = list(item_mistakes(asked_for_each(template, found.name),
                                   found.name, item))
        problems += [('add', Message('%(item)s, %(word)s: %(words)s.',
                                     item=item.name, word=word, words=words))
                     for word, words in wrong]
        return [] if wrong else list(of_item(template, found.name, item,
                                             campaign))
    except ValueError:
        problems.append(('list', Message(
            'The template that the campaign was made from cannot be '
            'read today, so nobody knows what to ask of a new %(one)s.',
            one=singular(found.name))))
        return []


def _requirements(book: store.Book, drafts: list[Expanded],
                  signers: Signers, problems: list[tuple[str, str]]
                  ) -> tuple[tuple[Requirement, ...], tuple[str, ...]]:
    """The new requirements with their signers, checked against Trac.

    And those of the signers whom Trac does not know.
    """
    state = book.state
    known = replace(
        users.site_facts(book.env, fields=writable_fields(book.env)),
        takes_unknown=signers.unknown_contacts)
    problems += field_problems(drafts, known)
    new = SignerAssignment([d.requirement.group for d in drafts],
                           _given_for(signers.contacts, drafts),
                           _given_for(signers.quorums, drafts), known,
                           problems).staffed(drafts)
    if len(state.requirements) + len(new) > REQUIREMENTS_MAX:
        problems.append(('add', Message(
            '%(campaign)s has %(count)s requirements; at most %(most)s '
            'are possible.',
            campaign=state.campaign.name, count=len(state.requirements),
            most=REQUIREMENTS_MAX)))
    keys = {r.key for r in new}
    newcomers = known.strangers(c for r in new for c in r.contacts)
    after = replace(
        state, requirements=(*state.requirements, *new),
        campaign=replace(state.campaign, newcomers=(
            *state.campaign.newcomers, *newcomers)))
    problems += [(f'contact:{key}', words)
                 for key, words in unreachable_quorums(
                     after, known.signers)
                 if key in keys]
    return new, newcomers


def _instead(book: store.Book,
             drafts: list[Expanded]) -> dict[str, Any]:
    """What the tickets got in place of words that Trac lacks, as payload."""
    found = ticket_notices(drafts, book.state.campaign, site_words(book.env))
    return {'instead': found} if found else {}


def _given_for(given: Mapping[str, Any],
               drafts: list[Expanded]) -> dict[str, Any]:
    """Those of the given values that are for the new requirements."""
    wanted = {k for d in drafts
              for k in (d.requirement.key, d.requirement.group)}
    return {key: value for key, value in given.items() if key in wanted}
