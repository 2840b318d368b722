"""Sentences of the history about lists: items join, drop out, return."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from prodworkflow.domain.text import Message


def item_name(payload: Mapping[str, Any]) -> str:
    """The name of the item that an entry adds; '' if it names none."""
    item = payload.get('item')
    return str(item.get('name') or '') if isinstance(item, Mapping) else ''


# By verb, of the payload; the reason is quoted behind each.
OF_LISTS: Mapping[str, Callable[[Mapping[str, Any]], Message]] = {
    'item-added': lambda p: Message('added %(item)s to %(list)s',
                                    item=item_name(p),
                                    list=p.get('list') or ''),
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
}
