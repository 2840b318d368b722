"""Item lists of a campaign (sites, subdetectors), and groups made from them.

A requirement of a template that is asked `for_each` item of a list becomes a
group of requirements, one for each item; its coverage rule says how many of
them have to be met.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from prodworkflow.domain.model.campaign import Change
from prodworkflow.domain.text import Message


@dataclass(frozen=True)
class Item:
    """An item of a list; `weight` is a decimal as text, '' for none.

    `plots`, `links` and `bounds` (`crash_rate <= 2 %`) are asked of it beside
    what the template asks.  `changed` is set where the weight is not the one
    that was agreed, which it holds.  `left` is the entry by which a former
    item dropped out, 0 for those that take part.
    """

    key: str
    name: str
    weight: str = ''
    contacts: tuple[str, ...] = ()
    plots: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    bounds: tuple[str, ...] = ()
    changed: Change | None = None
    left: int = 0

    @property
    def agreed(self) -> str:
        """The weight with which it was created or joined."""
        return self.changed.was if self.changed else self.weight

    @property
    def own(self) -> tuple[str, ...]:
        """What is asked of it beside what the template asks, in words."""
        return (*(Message('plot %(name)s', name=p) for p in self.plots),
                *(Message('link %(name)s', name=n) for n in self.links),
                *self.bounds)

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Item:
        """Deserialize what `plain` made; KeyError if it is invalid."""
        changed = data.get('changed')
        return cls(data['key'], data['name'], data['weight'],
                   tuple(data['contacts']), tuple(data.get('plots', ())),
                   tuple(data.get('links', ())),
                   tuple(data.get('bounds', ())),
                   Change(**changed) if changed else None,
                   data.get('left', 0))


@dataclass(frozen=True)
class ItemList:
    """A named list of items, in the order of the template.

    `former` are those that dropped out, without those that came back.
    """

    name: str
    items: tuple[Item, ...] = ()
    former: tuple[Item, ...] = ()

    def item(self, key: str) -> Item | None:
        """Look up an item by its key; None if there is none."""
        return next((i for i in self.items if i.key == key), None)

    def called(self, text: str) -> Item | None:
        """Look up an item by its key or, if none has it, by its name."""
        return self.item(text) or next(
            (i for i in self.items if i.name == text), None)

    def former_item(self, key: str) -> Item | None:
        """Look up an item that dropped out; None if there is none."""
        return next((i for i in self.former if i.key == key), None)

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> ItemList:
        """Deserialize what `plain` made; KeyError if it is invalid."""
        return cls(data['name'], tuple(Item.of(i) for i in data['items']),
                   tuple(Item.of(i) for i in data.get('former', ())))


@dataclass(frozen=True)
class Group:
    """A group of requirements, one for each item of a list.

    `rule` is the text of its coverage rule, which `coverage_rule` parses.  It
    counts what takes part or, where `counts` is AGREED, all that was agreed.
    """

    key: str
    stage: str
    title: str
    list: str
    rule: str = 'all'
    counts: str = ''

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Group:
        """Deserialize what `plain` made; TypeError if it is invalid."""
        return cls(**data)


AGREED = 'agreed'


def singular(name: str) -> str:
    """The singular of a list's name: `site` of `sites`."""
    if name.endswith('ies') and len(name) > 3:
        return f'{name[:-3]}y'
    return name[:-1] if name.endswith('s') and len(name) > 1 else name
