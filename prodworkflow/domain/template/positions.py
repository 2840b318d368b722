"""Line numbers of keys and tables in TOML, which parsers do not tell."""

from __future__ import annotations

import re
from collections.abc import Iterator

_HEADER = re.compile(r'\s*(\[\[?)([^\[\]]+)\]\]?\s*(#.*)?$')


MULTI = ('"""', "'''")


_WORD = re.compile(r'''\s*("[^"]*"|'[^']*'|[\w-]+)\s*[=.]''')


class Lines:
    """The lines of all keys and tables of one text.

    A path holds names and, after the name of an array of tables, positions
    from 0: `('stage', 1, 'due')`.
    """

    def __init__(self, text: str) -> None:
        self._first: dict[tuple[str | int, ...], int] = {}
        for number, place in _places(text):
            self._first.setdefault(place, number)

    def of(self, path: tuple[str | int, ...]) -> int:
        """The line of a path, from 1.

        Of an array of tables that of its first; the line of the surrounding
        table where a key is written in a way that is not followed here.
        """
        head = (*path, 0)
        if head in self._first and path not in self._first:
            return self._first[head]
        for length in range(len(path), 0, -1):
            if path[:length] in self._first:
                return self._first[path[:length]]
        return 1


def _places(text: str) -> Iterator[tuple[int, tuple[str | int, ...]]]:
    """The lines of table headers, and of keys and tables that begin one."""
    table: tuple[str | int, ...] = ()
    array: tuple[str | int, ...] = ()
    inside = -1
    counts: dict[tuple[str | int, ...], int] = {}
    for number, line in _outside_strings(text):
        header = _HEADER.match(line)
        word = _WORD.match(line)
        if header:
            table = _table(header[2], header[1] == '[[', counts)
            yield number, table
        elif word:
            array = (*table, word[1].strip('"\''))
            inside = -1
            yield number, array
        elif line.lstrip().startswith('{'):
            inside += 1
            yield number, (*array, inside)


def _table(name: str, is_array: bool,
           counts: dict[tuple[str | int, ...], int]
           ) -> tuple[str | int, ...]:
    """The path of a table header; `counts` number the arrays of tables."""
    path: tuple[str | int, ...] = ()
    parts = [part.strip().strip('"\'') for part in name.split('.')]
    for position, part in enumerate(parts):
        path = (*path, part)
        if is_array and position == len(parts) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _outside_strings(text: str) -> Iterator[tuple[int, str]]:
    """The numbered lines that do not begin inside a multi-line string."""
    delimiter = ''
    for number, line in enumerate(text.split('\n'), 1):
        if not delimiter:
            yield number, line
        delimiter = _left_open(line, delimiter)


def _left_open(line: str, delimiter: str) -> str:
    """The delimiter of the multi-line string that is open after a line."""
    place = 0
    while place < len(line):
        if delimiter:
            if delimiter == MULTI[0] and line[place] == '\\':
                place += 1
            elif line.startswith(delimiter, place):
                place, delimiter = place + 2, ''
        elif line[place] == '#':
            break
        elif line.startswith(MULTI, place):
            delimiter = line[place:place + 3]
            place += 2
        elif line[place] in '"\'':
            place = _end_of_string(line, place)
        place += 1
    return delimiter


def _end_of_string(line: str, place: int) -> int:
    """The position where the string that begins at `place` ends."""
    quote = line[place]
    place += 1
    while place < len(line) and line[place] != quote:
        place += 2 if line[place] == '\\' and quote == '"' else 1
    return place
