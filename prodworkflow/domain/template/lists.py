"""Item lists in TOML: in a template, or given when a campaign is created."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from prodworkflow.domain.model.coverage_rule import weight
from prodworkflow.domain.model.item_list import Item, ItemList, singular
from prodworkflow.domain.template.fields import Fields, KEY, NAME, TITLE_MAX
from prodworkflow.domain.template.mistakes.problems import TemplateError
from prodworkflow.domain.template.model import Template
from prodworkflow.domain.template.placeholders import RESERVED
from prodworkflow.domain.template.toml import Fractional, parsed, Unreadable
from prodworkflow.domain.text import dashed, Message

ITEM_WORDS = ('name', 'key', 'weight', 'contacts', 'plots', 'links',
              'bounds')


ITEMS_MAX = 2000


# They mean something in wiki text, or to whoever reads a name.
UNFIT = '<>[]{}|^`'


class Lists(Fields):
    """Reader of the table `lists`."""

    def lists(self, data: dict[str, Any]) -> tuple[ItemList, ...]:
        """Read all lists, each with its items in order."""
        table = data.get('lists', {})
        if not isinstance(table, dict):
            self.problem(('lists',), Message('write a [lists] table'))
            return ()
        if sum(len(v) for v in table.values()
               if isinstance(v, list)) > ITEMS_MAX:
            self.problem(('lists',), Message(
                'write at most %(items_max)s items in all',
                items_max=ITEMS_MAX))
            return ()
        return tuple(ItemList(name, self._items(name, found))
                     for name, found in table.items()
                     if self._nameable(name))

    def _nameable(self, name: str) -> bool:
        """Validate the name of a list, which becomes a placeholder."""
        words = ''
        if not NAME.fullmatch(name) or len(name) > TITLE_MAX:
            words = Message('name a list with small letters, digits and '
                            'single underscores, beginning with a letter')
        elif {name, singular(name)} & {*RESERVED}:
            words = Message('{%(singular)s} means something else in texts; '
                            'choose another name', singular=singular(name))
        if words:
            self.problem(('lists', name), words)
        return not words

    def _items(self, name: str, found: Any) -> tuple[Item, ...]:
        if not isinstance(found, list):
            self.problem(('lists', name), Message(
                'write %(name)s = ["one", "two"], or [[lists.%(name)s]] '
                'tables',
                name=name))
            return ()
        items, seen = [], set()
        for i, each in enumerate(found):
            path = ('lists', name, i)
            item = self._item(each, path)
            if item.key and item.key in seen:
                self.problem((*path, 'key'), Message(
                    '"%(key)s" is taken already; choose another key',
                    key=item.key))
            seen.add(item.key)
            items.append(item)
        return tuple(items)

    def _item(self, found: Any, path: tuple) -> Item:
        if isinstance(found, str):
            found = {'name': found}
        if not isinstance(found, dict):
            self.problem(path,
                         Message('write a name in quotes, or a table'))
            return Item('', '')
        self.unknown(found, path, ITEM_WORDS)
        name = self.text(found, path, 'name', TITLE_MAX).strip()
        unfit = sorted({c for c in name if c in UNFIT})
        if unfit:
            self.problem((*path, 'name'), Message(
                'a name cannot hold %(names)s; leave it out',
                names=' '.join(unfit)))
        return Item(self._key(found, path, name), name,
                    self._weight(found, path),
                    self.names(found, path, 'contacts'),
                    self.names(found, path, 'plots'),
                    self.names(found, path, 'links'),
                    self.names(found, path, 'bounds'))

    def _key(self, found: dict[str, Any], path: tuple, name: str) -> str:
        if 'key' in found:
            return self.key(found, path)
        key = slug(name)
        if name and not key:
            self.problem(path, Message(
                'no key can be made of "%(name)s"; add key = "..." in small '
                'letters',
                name=name))
        return key

    def _weight(self, found: dict[str, Any], path: tuple) -> str:
        value = found.get('weight', '')
        if value == '' and 'weight' not in found:
            return ''
        text = (value.text if isinstance(value, Fractional) else
                value if isinstance(value, str) else
                format(value, 'd') if type(value) is int
                and 0 < value < 10**12 else '')
        try:
            weight(text)
        except ValueError as error:
            self.problem((*path, 'weight'), error.args[0])
            return ''
        return text


def slug(name: str) -> str:
    """The key made from a name: `ifca-lcg2` from `IFCA-LCG2`; '' if none."""
    key = dashed(name)
    return key if KEY.fullmatch(key) else ''


def parse_lists(text: str) -> tuple[ItemList, ...]:
    """Parse the TOML text of lists; TemplateError with all mistakes."""
    try:
        data = parsed(text)
    except Unreadable as error:
        raise TemplateError.at(error.line, 'TOML',
                               error.args[0]) from error
    reader = Lists(text)
    reader.unknown(data, (), ('lists',))
    lists = reader.lists(data)
    if reader.problems:
        raise TemplateError(reader.problems)
    return lists


def as_toml(lists: Iterable[ItemList]) -> str:
    """Serialize lists as TOML, an item a line, for `parse_lists`."""
    told = ['[lists]']
    for each in lists:
        told += [f'{each.name} = [', *(f'  {_written(i)},'
                                       for i in each.items), ']']
    return '\n'.join(told) + '\n' if len(told) > 1 else ''


def blank_lists(template: Template) -> str:
    """The TOML text of a template's lists; those it lacks are empty."""
    known = {each.name: each for each in template.lists}
    return as_toml([known.get(name, ItemList(name))
                    for name in template.list_names])


def _written(item: Item) -> str:
    if item == Item(slug(item.name), item.name):
        return _quoted(item.name)
    words = [f'name = {_quoted(item.name)}']
    if item.key != slug(item.name):
        words.append(f'key = {_quoted(item.key)}')
    if item.weight:
        words.append(f'weight = {item.weight}')
    words += [f'{word} = [{", ".join(map(_quoted, names))}]'
              for word, names in (('contacts', item.contacts),
                                  ('plots', item.plots),
                                  ('links', item.links),
                                  ('bounds', item.bounds)) if names]
    return f'{{{", ".join(words)}}}'


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
