"""People: who acts, and who stands in for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Person:
    """Who acts: a login, its permission groups, and our permissions it has."""

    name: str
    groups: frozenset[str] = frozenset()
    grants: frozenset[str] = frozenset()

    @property
    def administrator(self) -> bool:
        return 'CAMPAIGN_ADMIN' in self.grants

    def may(self, permission: str) -> bool:
        """Whether the person has this permission of ours."""
        return permission in self.grants


@dataclass(frozen=True)
class Deputy:
    """Who may sign in a contact's place, from `first` through `last` (UTC)."""

    person: str
    stands_for: str
    first: date
    last: date

    def __str__(self) -> str:
        return f'{self.person} for {self.stands_for} {self.first}..{self.last}'

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Deputy:
        """Read back what `plain` made."""
        return cls(data['person'], data['stands_for'],
                   date.fromisoformat(data['first']),
                   date.fromisoformat(data['last']))


GROUP = '@'
