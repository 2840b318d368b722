"""Persons with their permissions, and deputies of contacts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Person:
    """A person who acts: login, permission groups and granted permissions.

    `grants` holds only permissions that the plugin defines.
    """

    name: str
    groups: frozenset[str] = frozenset()
    grants: frozenset[str] = frozenset()

    @property
    def administrator(self) -> bool:
        """Whether the person administers campaigns (CAMPAIGN_ADMIN)."""
        return 'CAMPAIGN_ADMIN' in self.grants

    def may(self, permission: str) -> bool:
        """Whether the person holds a permission of the plugin."""
        return permission in self.grants


@dataclass(frozen=True)
class Deputy:
    """A deputy of a contact, from the day `first` through `last` (UTC)."""

    person: str
    stands_for: str
    first: date
    last: date

    def __str__(self) -> str:
        return f'{self.person} for {self.stands_for} {self.first}..{self.last}'

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Deputy:
        """Deserialize what `plain` made.

        KeyError or ValueError if it is invalid.
        """
        return cls(data['person'], data['stands_for'],
                   date.fromisoformat(data['first']),
                   date.fromisoformat(data['last']))


GROUP = '@'


def with_deputy(deputies: Iterable[Deputy],
                new: Deputy) -> tuple[Deputy, ...]:
    """Deputies with a new one, or with another last day of one of them."""
    same = (new.person, new.stands_for, new.first)
    return (*(d for d in deputies
              if (d.person, d.stands_for, d.first) != same), new)
