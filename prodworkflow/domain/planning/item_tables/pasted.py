"""Rows pasted from a spreadsheet: cells between tabs, rows between lines.

Spreadsheets put a cell with tabs, line ends or quotation marks in it between
quotation marks, each mark in it twice; some leave the marks as they are.
"""

from __future__ import annotations

import re
from dataclasses import replace

from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.logins import split_logins
from prodworkflow.domain.planning.item_tables.rows import Row, Table

_CELL = re.compile(r'("(?:[^"]|"")*"(?=\t|\r?\n|\r|\Z)|[^\t\r\n]*)'
                   r'(\t|\r?\n|\r|\Z)')
# Words that head columns, in small letters.
NAMES = ('name', 'site', 'item', 'subdetector', 'detector', 'country')
WEIGHTS = ('weight', 'capacity', 'share')
CONTACTS = ('contacts', 'contact', 'people', 'login', 'logins')


def with_pasted(table: Table, text: str) -> Table:
    """The table with the rows of a pasted text.

    A row whose name is there already takes the place of what that one says;
    the others come behind the last that is filled in.
    """
    found = {row.name.strip(): n for n, row in table.filled}
    rows = [row for _, row in table.filled]
    places = {name: n for n, name in enumerate(found)}
    for row in pasted_rows(text):
        at = places.get(row.name.strip())
        if at is None:
            places[row.name.strip()] = len(rows)
            rows.append(row)
        else:
            rows[at] = replace(rows[at], weight=row.weight or rows[at].weight,
                               contacts=row.contacts or rows[at].contacts)
    return replace(table, rows=tuple(rows))


def pasted_rows(text: str) -> list[Row]:
    """The rows of a pasted text: name, weight, contacts.

    A first line that heads the columns says in which order they stand.
    """
    lines = [cells for cells in _lines(text) if any(map(str.strip, cells))]
    order = _order(lines[0]) if lines else None
    if order:
        lines = lines[1:]
    return [Row(*(_cell(cells, n) for n in order or (0, 1, 2)))
            for cells in lines]


def _order(cells: list[str]) -> tuple[int, int, int] | None:
    """The columns of name, weight and contacts; None if none are headed."""
    heads = [cell.strip().lower() for cell in cells]
    if heads[0] not in {*NAMES, *WEIGHTS, *CONTACTS} and not any(
            head in {*WEIGHTS, *CONTACTS} for head in heads[1:]):
        return None
    places = [next((n for n, head in enumerate(heads) if head in words), -1)
              for words in (NAMES, WEIGHTS, CONTACTS)]
    if places[0] < 0:
        places[0] = next((n for n in range(len(heads))
                          if n not in places), -1)
    return places[0], places[1], places[2]


def _cell(cells: list[str], column: int) -> str:
    return cells[column].strip() if 0 <= column < len(cells) else ''


def _lines(text: str) -> list[list[str]]:
    """The cells of each line."""
    lines: list[list[str]] = [[]]
    for found in _CELL.finditer(text):
        lines[-1].append(_unquoted(found[1]))
        if found[2] not in ('\t', ''):
            lines.append([])
    return lines


def _unquoted(cell: str) -> str:
    """A cell as it stood in the spreadsheet; line ends in it are commas."""
    if not re.fullmatch(r'(?s)"(?:[^"]|"")*"', cell):
        return cell
    inner = cell[1:-1].replace('""', '"')
    if '""' not in cell[1:-1] and not re.search(r'[\t\r\n]', inner):
        return cell  # one login, say, in quotation marks of its own
    try:
        split_logins(inner, 'contacts')
    except InvalidRequest:
        return cell
    return ', '.join(filter(None, (
        part.strip(' ,') for part in re.split(r'[\r\n]+', inner)
    ))).replace('\t', ' ')
