"""Rows of item lists: what a form shows of each item, and its TOML text.

What was typed is kept as it is, whatever it is; `written` says what of it
cannot be read, by the cell where it stands.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.logins import join_logins, split_logins
from prodworkflow.domain.model.coverage_rule import weight
from prodworkflow.domain.model.item_list import Item, ItemList
from prodworkflow.domain.template.fields import KEY
from prodworkflow.domain.template.lists import as_toml, slug
from prodworkflow.domain.template.versions import digest

# What an item has that no cell shows; kept beside them as JSON.
OWN = ('plots', 'links', 'bounds')
_PLAIN = re.compile(r'(0|[1-9][0-9]*)(\.[0-9]+)?')


@dataclass(frozen=True)
class Row:
    """One item as it is typed; `more` is JSON of what no cell shows."""

    name: str = ''
    weight: str = ''
    contacts: str = ''
    more: str = ''

    @property
    def blank(self) -> bool:
        """Whether nothing is typed in any cell."""
        return not (self.name.strip() or self.weight.strip()
                    or self.contacts.strip())

    @property
    def own(self) -> tuple[str, ...]:
        """What is asked of the item alone, in words."""
        return self.item.own

    @property
    def item(self) -> Item:
        """The item, without contacts and with its weight as typed."""
        name, more = self.name.strip(), _more(self.more)
        key = more.get('key')
        plots, links, bounds = (_texts(more.get(word)) for word in OWN)
        return Item(key if isinstance(key, str) else slug(name), name,
                    self.weight.strip(), (), plots, links, bounds)


@dataclass(frozen=True)
class Table:
    """The rows of a list, by its name."""

    name: str
    rows: tuple[Row, ...] = ()

    @property
    def filled(self) -> tuple[tuple[int, Row], ...]:
        """The rows in which something is typed, with their positions."""
        return tuple((n, row) for n, row in enumerate(self.rows)
                     if not row.blank)

    def with_row(self) -> Table:
        """The table with one more row, to be filled in."""
        return replace(self, rows=(*self.rows, Row()))

    def without(self, position: int) -> Table:
        """The table without a row; as it is if there is none there."""
        return replace(self, rows=tuple(
            row for n, row in enumerate(self.rows) if n != position))

    def signed_by(self, contacts: str) -> Table:
        """The table with the same contacts in each row that is filled in."""
        return replace(self, rows=tuple(
            row if row.blank else replace(row, contacts=contacts)
            for row in self.rows))


@dataclass(frozen=True)
class Written:
    """The TOML text of tables; `problems` are (row, column, message)."""

    text: str
    problems: tuple[tuple[str, int, str, str], ...] = ()


def tables_of(lists: Iterable[ItemList]) -> tuple[Table, ...]:
    """The tables of lists, as they are shown at first."""
    return tuple(Table(each.name, tuple(map(row_of, each.items)))
                 for each in lists)


def row_of(item: Item) -> Row:
    """An item as a row shows it."""
    more: dict[str, object] = {word: list(getattr(item, word))
                               for word in OWN if getattr(item, word)}
    if item.key != slug(item.name):
        more['key'] = item.key
    return Row(item.name, item.weight, join_logins(item.contacts),
               json.dumps(more, ensure_ascii=False) if more else '')


def written(tables: Iterable[Table]) -> Written:
    """The TOML text of tables, for `parse_lists`; blank rows are left out.

    Its items are those of `filled`, in that order.  Contacts that cannot be
    read are left out and told.
    """
    problems: list[tuple[str, int, str, str]] = []
    lists = [ItemList(table.name, tuple(
        _item(table, n, row, problems) for n, row in table.filled))
        for table in tables]
    return Written(as_toml(lists), tuple(problems))


def fingerprint(tables: Iterable[Table]) -> str:
    """What tells whether somebody has touched any of the tables."""
    return digest(json.dumps([
        [t.name, [[r.name, r.weight, r.contacts, r.more]
                  for _, r in t.filled]] for t in tables]))[:16]


def _item(table: Table, position: int, row: Row,
          problems: list[tuple[str, int, str, str]]) -> Item:
    item = row.item
    try:
        people = split_logins(' '.join(row.contacts.split()), 'contacts')
    except InvalidRequest as error:
        problems.append((table.name, position, 'contacts',
                         error.problems[0][1]))
        people = ()
    return replace(item, contacts=people,
                   weight=_written_weight(item.weight),
                   key=item.key if KEY.fullmatch(item.key)
                   else slug(item.name))


def _written_weight(text: str) -> str:
    """A weight as TOML: a number, or a text that its reader refuses."""
    try:
        weight(text)
    except ValueError:
        return json.dumps(text, ensure_ascii=False) if text else ''
    return text if _PLAIN.fullmatch(text) else json.dumps(text)


def _texts(found: object) -> tuple[str, ...]:
    return (tuple(v for v in found if isinstance(v, str))
            if isinstance(found, list) else ())


def _more(text: str) -> dict[str, object]:
    """What is kept beside the cells; {} where that is no table."""
    try:
        found = json.loads(text or '{}')
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
