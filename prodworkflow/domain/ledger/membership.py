"""Effects on who takes part and who signs: items, contacts, deputies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.ledger.payloads import addition_of
from prodworkflow.domain.model.campaign import Change
from prodworkflow.domain.model.item_list import ItemList
from prodworkflow.domain.model.person import Deputy, with_deputy
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.text import Message


def item_added(state: State, entry: Entry) -> State:
    """Append an item to its list, and its requirements to their groups.

    ValueError if it is in the list, or its requirements fit no group.
    """
    name, item, new = addition_of(entry.payload)
    if _list(state, name).item(item.key):
        raise ValueError(Message('%(key)s is in %(name)s already',
                                 key=item.key, name=name))
    known = {g.key for g in state.groups}
    if not all(r.group in known and r.item == item.key for r in new):
        raise ValueError(Message('the requirements of %(key)s fit no group',
                                 key=item.key))
    return replace(state, lists=_changed(state, name, lambda items: (
        *items, item)), requirements=tuple(_placed(state, new)))


def item_dropped(state: State, entry: Entry) -> State:
    """Remove an item with its requirements and their sign-offs.

    The requirements stay in `dropped`.  ValueError if it is not in the list.
    """
    name, key = entry.payload['list'], entry.payload['item']
    if not _list(state, name).item(key):
        raise ValueError(Message('%(key)s is not in %(name)s', key=key,
                                 name=name))
    groups = {g.key for g in state.groups if g.list == name}
    change = Change(entry.actor, entry.time, key, entry.payload['reason'])
    gone = [replace(r, dropped=change) for r in state.requirements
            if r.group in groups and r.item == key]
    keys = {r.key for r in gone}
    return replace(
        state, lists=_changed(state, name, lambda items: tuple(
            i for i in items if i.key != key)),
        requirements=tuple(r for r in state.requirements
                           if r.key not in keys),
        signoffs=tuple(s for s in state.signoffs
                       if s.requirement not in keys),
        dropped=(*state.dropped, *gone))


def _list(state: State, name: str) -> ItemList:
    return next((x for x in state.lists if x.name == name), ItemList(name))


def _changed(state: State, name: str, change: Any) -> tuple[ItemList, ...]:
    state_lists = state.lists
    if all(each.name != name for each in state_lists):
        raise ValueError(Message('there is no list %(name)s', name=name))
    return tuple(replace(x, items=change(x.items)) if x.name == name else x
                 for x in state_lists)


def _placed(state: State, new: Iterable[Requirement]) -> list[Requirement]:
    """Insert each new requirement after the last one of its group."""
    result = list(state.requirements)
    for requirement in new:
        if any(r.key == requirement.key for r in result):
            raise ValueError(Message('there is a requirement %(key)s',
                                     key=requirement.key))
        last = max((i for i, r in enumerate(result)
                    if r.group == requirement.group), default=len(result) - 1)
        result.insert(last + 1, requirement)
    return result


def contacts_changed(state: State, entry: Entry) -> State:
    """Replace contacts, deputies and quorum of a requirement."""
    payload = entry.payload
    seen = {'seen': payload['seen']} if 'seen' in payload else {}
    return state.having(replace(
        state.requirement(entry.requirement), **seen,
        contacts=tuple(payload['contacts']),
        deputies=tuple(Deputy.of(d) for d in payload['deputies']),
        quorum=payload['quorum'], kept=tuple(payload.get('kept', ())),
        changed=Change(entry.actor, entry.time, payload['was'],
                       payload['reason'])))


def deputy_named(state: State, entry: Entry) -> State:
    """Name a deputy of a person in the whole campaign."""
    deputies = with_deputy(state.campaign.deputies, Deputy.of(entry.payload))
    return replace(state, campaign=replace(state.campaign,
                                           deputies=deputies))


def deputy_ended(state: State, entry: Entry) -> State:
    """End all deputyships of one person for another in the campaign."""
    pair = (entry.payload['person'], entry.payload['stands_for'])
    return replace(state, campaign=replace(state.campaign, deputies=tuple(
        d for d in state.campaign.deputies
        if (d.person, d.stands_for) != pair)))
