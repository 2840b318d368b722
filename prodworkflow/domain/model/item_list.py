"""Item lists of a campaign (sites, subdetectors), and groups made from them.

A requirement of a template that is asked `for_each` item of a list becomes a
group of requirements, one for each item; its coverage rule says how many of
them have to be met.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Item:
    """An item of a list; `weight` is a decimal as text, '' for none."""

    key: str
    name: str
    weight: str = ''
    contacts: tuple[str, ...] = ()

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Item:
        """Deserialize what `plain` made; KeyError if it is invalid."""
        return cls(data['key'], data['name'], data['weight'],
                   tuple(data['contacts']))


@dataclass(frozen=True)
class ItemList:
    """A named list of items, in the order of the template."""

    name: str
    items: tuple[Item, ...] = ()

    def item(self, key: str) -> Item | None:
        """Look up an item by its key; None if there is none."""
        return next((i for i in self.items if i.key == key), None)

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> ItemList:
        """Deserialize what `plain` made; KeyError if it is invalid."""
        return cls(data['name'], tuple(Item.of(i) for i in data['items']))


@dataclass(frozen=True)
class Group:
    """A group of requirements, one for each item of a list.

    `rule` is the text of its coverage rule, which `coverage_rule` parses.
    """

    key: str
    stage: str
    title: str
    list: str
    rule: str = 'all'

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Group:
        """Deserialize what `plain` made; TypeError if it is invalid."""
        return cls(**data)


def singular(name: str) -> str:
    """The singular of a list's name: `site` of `sites`."""
    if name.endswith('ies') and len(name) > 3:
        return f'{name[:-3]}y'
    return name[:-1] if name.endswith('s') and len(name) > 1 else name
