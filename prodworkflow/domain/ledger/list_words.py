"""Sentences of the history about lists, and about words of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from prodworkflow.domain.ledger.payloads import messages_of
from prodworkflow.domain.logins import joined_logins, quoted_login
from prodworkflow.domain.model.campaign import ANY
from prodworkflow.domain.text import joined_by, Message


def item_name(payload: Mapping[str, Any]) -> str:
    """The name of the item that an entry adds; '' if it names none."""
    item = payload.get('item')
    return str(item.get('name') or '') if isinstance(item, Mapping) else ''


def entering(types: Iterable[str], priority: str) -> Message:
    """What may enter after a freeze: `defect of critical or higher`."""
    kinds = Message('any type') if ANY in types else joined_logins(types,
                                                                   'or')
    if priority == ANY:
        return Message('%(kinds)s of any priority', kinds=kinds)
    return Message('%(kinds)s of priority %(least)s or higher', kinds=kinds,
                   least=quoted_login(priority))


def _freeze_changed(payload: Mapping[str, Any]) -> Message:
    was = payload.get('was') or {}
    return Message('changed what may enter after the feature freeze to '
                   '%(now)s, from %(was)s', now=_entering(payload),
                   was=_entering(was))


def _entering(payload: Mapping[str, Any]) -> Message:
    return entering(payload.get('types') or (), payload.get('priority') or '')


def _item_added(payload: Mapping[str, Any]) -> Message:
    words = Message('added %(item)s to %(list)s', item=item_name(payload),
                    list=payload.get('list') or '')
    instead = messages_of(payload, 'instead')
    return Message('%(words)s (%(instead)s)', words=words,
                   instead=joined_by(' ', instead)) if instead else words


# By verb, of the payload; the reason is quoted behind each.
OF_PAYLOAD: Mapping[str, Callable[[Mapping[str, Any]], Message]] = {
    'item-added': _item_added,
    'item-dropped': lambda p: Message('dropped %(item)s from %(list)s',
                                      item=p.get('name') or '',
                                      list=p.get('list') or ''),
    'item-returned': lambda p: Message(
        'brought %(item)s back into %(list)s, with all that was said of it',
        item=item_name(p), list=p.get('list') or ''),
    'weight-changed': lambda p: Message(
        'changed the weight of %(item)s in %(list)s from %(was)s to '
        '%(weight)s', item=p.get('name') or '', list=p.get('list') or '',
        was=p.get('was') or Message('none'), weight=p.get('weight') or ''),
    'freeze-changed': _freeze_changed,
    'word-renamed': lambda p: Message(
        'followed the %(field)s %(was)s to its new name %(word)s',
        field=p.get('field') or '', was=quoted_login(p.get('was') or ''),
        word=quoted_login(p.get('word') or '')),
}
