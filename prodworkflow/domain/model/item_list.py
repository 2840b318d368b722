"""Named lists of what takes part: sites, subdetectors, whatever.

A requirement of a template that is asked `for_each` of a list becomes a
group of requirements, one for each item; its rule says how many are enough.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Item:
    """One of a list; `weight` is a plain number as text, '' for none."""

    key: str
    name: str
    weight: str = ''
    contacts: tuple[str, ...] = ()

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Item:
        """Read back what `plain` made."""
        return cls(data['key'], data['name'], data['weight'],
                   tuple(data['contacts']))


@dataclass(frozen=True)
class ItemList:
    """A named list, in the order in which it was given."""

    name: str
    items: tuple[Item, ...] = ()

    def item(self, key: str) -> Item | None:
        """The item of that key, if there is one."""
        return next((i for i in self.items if i.key == key), None)

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> ItemList:
        """Read back what `plain` made."""
        return cls(data['name'], tuple(Item.of(i) for i in data['items']))


@dataclass(frozen=True)
class Group:
    """The requirements that one of a template became, and its rule.

    `rule` is one of `all`, `at_least = 38` and `weight >= 0.9`; `coverage`
    reads it.
    """

    key: str
    stage: str
    title: str
    list: str
    rule: str = 'all'

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Group:
        """Read back what `plain` made."""
        return cls(**data)


def singular(name: str) -> str:
    """What one of a list is called: a site of `sites`."""
    if name.endswith('ies') and len(name) > 3:
        return f'{name[:-3]}y'
    return name[:-1] if name.endswith('s') and len(name) > 1 else name
