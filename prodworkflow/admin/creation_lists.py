"""Lists in the form that creates a campaign: as tables, and as TOML.

The tables count where somebody touched them, else the text does; the other
one is made anew from what counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from prodworkflow.domain.planning.item_tables.pasted import with_pasted
from prodworkflow.domain.planning.item_tables.rows import (
    fingerprint,
    Row,
    Table,
    tables_of,
    written,
)
from prodworkflow.domain.template.lists import ITEMS_MAX, parse_lists
from prodworkflow.domain.template.mistakes.problems import TemplateError
from prodworkflow.domain.template.versions import clean, digest
from prodworkflow.translation import _
from prodworkflow.web.forms import form_text, raw_form_text

CELLS = ('name', 'weight', 'contacts', 'more')


@dataclass(frozen=True)
class TypedLists:
    """The lists of a form: `text` is what counts, as TOML.

    `set_aside` is a text that was typed but does not count, for the tables
    were touched as well; `tables_made` that they are made from the text.
    """

    text: str
    tables: tuple[Table, ...]
    set_aside: str = ''
    tables_made: bool = False

    @property
    def tables_shown(self) -> str:
        """By which a later form tells whether the tables were touched."""
        return fingerprint(self.tables)

    @property
    def text_shown(self) -> str:
        """By which a later form tells whether the text was touched."""
        return _mark(self.text)

    @property
    def by_table(self) -> bool:
        """Whether tables and text say the same."""
        return written(self.tables).text.strip() == self.text.strip()


def typed_lists(args: Mapping[str, Any], names: tuple[str, ...],
                first: str) -> TypedLists:
    """The lists as typed; `first` is the text that a fresh form has."""
    text = clean(raw_form_text(args, 'lists', first))
    if 'tables-shown' not in args:
        return _of_text(text, names, ())
    typed = tuple(_table(args, name) for name in names)
    tables = tuple(_acted(args, table) for table in typed)
    new_text = _mark(text) != raw_form_text(args, 'lists-shown')
    if tables != typed or fingerprint(tables) != raw_form_text(
            args, 'tables-shown'):
        made = written(tables).text
        return TypedLists(made, tables,
                          text if new_text and text.strip() != made.strip()
                          else '')
    return (_of_text(text, names, typed) if new_text
            else TypedLists(text, typed))


def list_problems(lists: TypedLists) -> list[tuple[str, str]]:
    """That both were changed, which somebody has to look at once."""
    return [('lists', _(
        'The tables and the TOML text were both changed. The tables count; '
        'what you typed as text is shown beside it. Send the form again if '
        'that is right.'))] if lists.set_aside else []


def _of_text(text: str, names: tuple[str, ...],
             typed: tuple[Table, ...]) -> TypedLists:
    """The lists of a text; the tables as typed where it cannot be read."""
    try:
        found = {t.name: t for t in tables_of(parse_lists(text))}
    except TemplateError:
        return TypedLists(text, typed or tuple(map(Table, names)))
    return TypedLists(text, tuple(found.get(name, Table(name))
                                  for name in names), tables_made=True)


def _table(args: Mapping[str, Any], name: str) -> Table:
    head = f'item-name:{name}:'
    numbers = sorted({int(key[len(head):]) for key in args
                      if key.startswith(head)
                      and key[len(head):].isdecimal()})
    return Table(name, tuple(Row(*(
        raw_form_text(args, f'item-{cell}:{name}:{number}')
        for cell in CELLS)) for number in numbers[:2 * ITEMS_MAX]))


def _acted(args: Mapping[str, Any], table: Table) -> Table:
    """A table after what a button asks for: a row more, one less, a paste."""
    act, _name, row = (form_text(args, 'row') + '::').split(':')[:3]
    if _name != table.name:
        return table
    if act == 'add':
        return table.with_row()
    if act == 'drop' and row.isdecimal():
        return table.without(int(row))
    if act == 'paste':
        return with_pasted(table, raw_form_text(args, f'paste:{table.name}'))
    if act == 'same':
        return table.signed_by(form_text(args, f'same:{table.name}'))
    return table


def numbered(tables: tuple[Table, ...]) -> tuple[Table, ...]:
    """Tables to be shown, an empty one with a row to fill in."""
    return tuple(t if t.rows else replace(t, rows=(Row(),)) for t in tables)


def _mark(text: str) -> str:
    return digest(text.strip())[:16]
