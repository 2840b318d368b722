"""Addresses of a matrix: `?show=late&sort=name`, beside what else is asked.

They are read from the address alone, so that no field of a form is taken for
one. A word that means nothing is refused with 400.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode

from trac.web.api import HTTPBadRequest

from prodworkflow.translation import _

Choice = TypeVar('Choice', bound=Enum)


@dataclass(frozen=True)
class Link:
    """A filter or an order to choose; `count` is None where none is told."""

    label: str
    href: str
    chosen: bool
    count: int | None = None


@dataclass(frozen=True)
class MatrixAddress:
    """The arguments of the address that was asked for; `place` is an id."""

    args: tuple[tuple[str, str], ...] = ()
    place: str = ''

    @classmethod
    def of(cls, req: Any, place: str = '') -> MatrixAddress:
        """The address that was asked for."""
        return cls(tuple(parse_qsl(req.query_string, errors='replace')), place)

    def value(self, name: str) -> str:
        """The last value of an argument; '' for none."""
        found = [v.strip() for n, v in self.args if n == name and v.strip()]
        return found[-1] if found else ''

    def choice(self, name: str, default: Choice) -> Choice:
        """What was chosen among the values of an enumeration; 400 if none."""
        given, kinds = self.value(name), type(default)
        try:
            return kinds(given) if given else default
        except ValueError:
            raise HTTPBadRequest(_(
                "%(name)s is one of %(words)s.", name=name,
                words=', '.join(str(k.value) for k in kinds))) from None

    def number(self, name: str, default: int, most: int) -> int:
        """A number from 1 on; 400 if it is none."""
        given = self.value(name)
        if not given:
            return default
        if not (given.isascii() and given.isdigit()
                and 1 <= int(given[:9]) <= most):
            raise HTTPBadRequest(_(
                "%(name)s is a number from 1 to %(most)s.", name=name,
                most=most))
        return int(given)

    def href(self, name: str, value: str) -> str:
        """The same page with another value of one argument; '' leaves it out.
        """
        kept = [(n, v) for n, v in self.args if n != name and v]
        more = [(name, value)] if value else []
        place = f'#{self.place}' if self.place else ''
        return f'?{urlencode([*kept, *more])}{place}'

    def links(self, name: str, choices: Iterable[tuple[Enum, str]],
              chosen: Enum, default: Enum) -> list[Link]:
        """A link for each choice, with its label."""
        return [Link(label, self.href(
            name, '' if each is default else str(each.value)),
            each is chosen) for each, label in choices]
