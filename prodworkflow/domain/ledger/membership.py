"""Effects on who takes part and who signs: items, contacts, deputies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from prodworkflow.domain.canonical_json import plain
from prodworkflow.domain.ledger.entry import Entry
from prodworkflow.domain.ledger.payloads import addition_of
from prodworkflow.domain.model.campaign import Change
from prodworkflow.domain.model.item_list import Item, ItemList
from prodworkflow.domain.model.person import Deputy, with_deputy
from prodworkflow.domain.model.requirement import Requirement
from prodworkflow.domain.model.state import State
from prodworkflow.domain.text import Message


def item_added(state: State, entry: Entry) -> State:
    """Append an item to its list, and its requirements to their groups.

    ValueError if it is in the list, or its requirements fit no group.
    """
    name, item, new = addition_of(entry.payload)
    if _item(state, name, item.key):
        raise ValueError(Message('%(key)s is in %(name)s already',
                                 key=item.key, name=name))
    known = {g.key for g in state.groups}
    if not all(r.group in known and r.item == item.key for r in new):
        raise ValueError(Message('the requirements of %(key)s fit no group',
                                 key=item.key))
    return replace(state, lists=_changed_list(
        state, name, lambda found: replace(found, items=(*found.items, item))),
        requirements=tuple(_placed(state, new)))


def item_dropped(state: State, entry: Entry) -> State:
    """Remove an item with its requirements and their sign-offs.

    The requirements stay in `dropped`, with their sign-offs where the entry
    `keeps` them (older ones did not); those that it `closes` were not signed.
    ValueError if it is not in the list.
    """
    payload = entry.payload
    name, key = payload['list'], payload['item']
    item = _item(state, name, key)
    if not item:
        raise ValueError(Message('%(key)s is not in %(name)s', key=key,
                                 name=name))
    keeps, closes = payload.get('keeps'), payload.get('closes', ())
    groups = {g.key for g in state.groups if g.list == name}
    change = Change(entry.actor, entry.time, key, payload['reason'])
    gone = [replace(r, dropped=change,
                    past=state.said_of(r.key) if keeps else (),
                    unsigned=r.unsigned or r.key in closes)
            for r in state.requirements
            if r.group in groups and r.item == key]
    keys = {r.key for r in gone}
    former = (replace(item, left=entry.number),) if keeps else ()
    return replace(
        state, lists=_changed_list(state, name, lambda found: replace(
            found, items=tuple(i for i in found.items if i.key != key),
            former=(*found.former, *former))),
        requirements=tuple(r for r in state.requirements
                           if r.key not in keys),
        signoffs=tuple(s for s in state.signoffs
                       if s.requirement not in keys),
        dropped=(*state.dropped, *gone))


def item_returned(state: State, entry: Entry) -> State:
    """Append an item that had dropped out, with all that was said of it.

    ValueError if it is in the list, or its requirements fit no group.
    """
    name, item, came = addition_of(entry.payload)
    back = tuple(replace(r, past=(), dropped=None) for r in came)
    joined = item_added(state, replace(entry, payload={
        'list': name, 'item': plain(item), 'requirements': plain(back)}))
    keys = {r.key for r in back}
    said = [*state.signoffs, *(s for r in came for s in r.past)]
    return replace(
        joined, lists=_changed_list(joined, name, lambda found: replace(
            found, former=tuple(i for i in found.former
                                if i.key != item.key))),
        signoffs=tuple(sorted(said, key=lambda s: s.number)),
        dropped=tuple(r for r in state.dropped if r.key not in keys))


def weight_changed(state: State, entry: Entry) -> State:
    """Change the weight of an item, and keep the one that was agreed.

    ValueError if the item is not in the list.
    """
    payload = entry.payload
    name, key, number = payload['list'], payload['item'], payload['weight']
    item = _item(state, name, key)
    if not item:
        raise ValueError(Message('%(key)s is not in %(name)s', key=key,
                                 name=name))
    new = replace(item, weight=number, changed=Change(
        entry.actor, entry.time, item.agreed, payload['reason']))
    groups = {g.key for g in state.groups if g.list == name}
    return replace(
        state, lists=_changed_list(state, name, lambda found: replace(
            found, items=tuple(new if i.key == key else i
                               for i in found.items))),
        requirements=tuple(
            replace(r, weight=number)
            if r.group in groups and r.item == key else r
            for r in state.requirements))


def _item(state: State, name: str, key: str) -> Item | None:
    return next((x.item(key) for x in state.lists if x.name == name), None)


def _changed_list(state: State, name: str,
                  change: Callable[[ItemList], ItemList]
                  ) -> tuple[ItemList, ...]:
    if all(each.name != name for each in state.lists):
        raise ValueError(Message('there is no list %(name)s', name=name))
    return tuple(change(x) if x.name == name else x for x in state.lists)


def _placed(state: State, new: Iterable[Requirement]) -> list[Requirement]:
    """Insert each new requirement after the last one of its group."""
    result = list(state.requirements)
    for requirement in new:
        if any(r.key == requirement.key for r in result):
            raise ValueError(Message('there is a requirement %(key)s',
                                     key=requirement.key))
        place = max((i for i, r in enumerate(result, 1)
                     if r.group == requirement.group), default=len(result))
        result.insert(place, requirement)
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


def newcomers_part(logins: Iterable[str]) -> dict[str, Any]:
    """The part of a payload that names newcomers; {} if there are none."""
    found = list(logins)
    return {'newcomers': found} if found else {}


def _with_newcomers(effect: Callable[[State, Entry], State], state: State,
                    entry: Entry) -> State:
    """An effect, after which the newcomers that its entry names are known."""
    after = effect(state, entry)
    new = entry.payload.get('newcomers', ())
    return replace(after, campaign=replace(
        after.campaign, newcomers=tuple(dict.fromkeys(
            (*after.campaign.newcomers, *new)))))


MEMBERSHIP: Mapping[str, Callable[[State, Entry], State]] = {
    'item-added': partial(_with_newcomers, item_added),
    'item-dropped': item_dropped,
    'item-returned': partial(_with_newcomers, item_returned),
    'weight-changed': weight_changed,
    'contacts-changed': partial(_with_newcomers, contacts_changed),
    'deputy-named': partial(_with_newcomers, deputy_named),
    'deputy-ended': deputy_ended,
}
