"""Weights of items in a running campaign: change one, with a reason."""

from __future__ import annotations

from prodworkflow import store
from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.person import Person
from prodworkflow.domain.planning.list_changes import weight_problems
from prodworkflow.domain.text import joined, Message, suggest
from prodworkflow.gateways.clock import now
from prodworkflow.services.campaigns.item_requests import ItemWeight


def change_weight(book: store.Book, wish: ItemWeight, person: Person,
                  reason: str) -> int:
    """Change the weight of an item; 1 if it was another one, else 0.

    InvalidRequest names all that is wrong.
    """
    lists = {each.name: each for each in book.state.lists}
    found = lists.get(wish.list)
    if found is None:
        raise InvalidRequest([('weight', Message(
            '%(campaign)s has no list "%(list)s".%(suggestion)s It has '
            '%(names)s.', campaign=book.state.campaign.name,
            list=wish.list[:64], suggestion=suggest(wish.list, lists),
            names=joined(list(lists)) or Message('none')))])
    item, text = found.called(wish.key), wish.weight.strip()
    if item is None:
        keys = [i.key for i in found.items]
        raise InvalidRequest([('weight', Message(
            '%(list)s has no "%(key)s".%(suggestion)s It has %(keys)s.',
            list=found.name, key=wish.key[:64],
            suggestion=suggest(wish.key, keys), keys=joined(keys[:20])))])
    problems = weight_problems(text, found, 'weight')
    if text and not item.weight:
        problems = [('weight', Message(
            'The items of %(list)s have no weights, so nothing would count '
            'this one; leave it out.', list=found.name))]
    if problems:
        raise InvalidRequest(problems)
    if text == item.weight:
        return 0
    book.record(now(), person.name, 'weight-changed', list=found.name,
                item=item.key, name=item.name, weight=text, was=item.weight,
                reason=reason)
    return 1
