"""Persons with their permissions, and deputies of contacts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from prodworkflow.domain.logins import QUOTED, quoted_login, unquoted_login

GROUP = '@'
# A login in a deputyship: quoted, or without blanks and quotation marks.
LOGIN = rf'({QUOTED}|[^\s"]+)'
_DAY = '([0-9]{4}-[0-9]{2}-[0-9]{2})'
_DEPUTY = re.compile(rf'\s*{LOGIN}\s+for\s+{LOGIN}\s+{_DAY}\.\.{_DAY}\s*')


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
        return f'{self.pair} {self.first}..{self.last}'

    @property
    def pair(self) -> str:
        """Who stands for whom, as text: `bruno for "Doe, Jane"`."""
        return (f'{quoted_login(self.person)} for '
                f'{quoted_login(self.stands_for)}')

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Deputy:
        """Deserialize what `plain` made.

        KeyError or ValueError if it is invalid.
        """
        return cls(data['person'], data['stands_for'],
                   date.fromisoformat(data['first']),
                   date.fromisoformat(data['last']))


def parsed_deputy(text: str) -> Deputy | None:
    """Read `bruno for "Doe, Jane" 2026-07-01..2026-07-14`; None if it is not.
    """
    found = _DEPUTY.fullmatch(text)
    days = _days(*found.groups()[2:]) if found else None
    return Deputy(unquoted_login(found[1]), unquoted_login(found[2]),
                  *days) if found and days else None


def tidy_deputy(text: str) -> str:
    """A deputy as it is written; as it was typed if it cannot be read."""
    return str(parsed_deputy(text) or text.strip())


def _days(*texts: str) -> tuple[date, date] | None:
    """Parse the first and last day; None if they are invalid."""
    try:
        first, last = map(date.fromisoformat, texts)
    except ValueError:
        return None
    return (first, last) if first <= last else None


def with_deputy(deputies: Iterable[Deputy],
                new: Deputy) -> tuple[Deputy, ...]:
    """Deputies with a new one, or with another last day of one of them."""
    same = (new.person, new.stands_for, new.first)
    return (*(d for d in deputies
              if (d.person, d.stands_for, d.first) != same), new)
