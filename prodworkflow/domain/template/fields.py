"""TOML field readers: typed values, and all mistakes with their lines.

Every reader returns a value of the right type, a harmless one in place of an
invalid one; so all mistakes of a text are found in one go.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Any

from prodworkflow.domain.model.readings.reading import ReadingKind
from prodworkflow.domain.template.mistakes.problems import Problem
from prodworkflow.domain.template.positions import Lines, MULTI
from prodworkflow.domain.text import Message, nearest, SHOWN

KEY = re.compile(r'[a-z][a-z0-9]*(-[a-z0-9]+)*')


NAME = re.compile(r'[a-z][a-z0-9]*(_[a-z0-9]+)*')


TITLE_MAX = 64


PROBLEMS_MAX = 100


class Fields:
    """Readers of the fields of one text, which gather `problems`.

    A `former` text is one that was taken before, by other rules.  `kinds` are
    the readings that may fill values; None where they are not compared.
    """

    def __init__(self, source: str, former: bool = False,
                 kinds: Sequence[ReadingKind] | None = None) -> None:
        self.source = source
        self.former = former
        self.kinds = kinds
        self.problems: list[Problem] = []
        self.wrong: set[tuple] = set()
        self._written_as: dict[tuple, str] = {}

    @functools.cached_property
    def lines(self) -> Lines:
        """The line numbers of the text, found when the first is needed."""
        return Lines(self.source)

    def problem(self, path: tuple, words: str,
                further: int | None = None) -> None:
        """Add a mistake at a path, or `further` lines within its text.

        At most PROBLEMS_MAX are kept; none at a word that was misspelt.
        """
        self.wrong.add(path)
        if not self.full and path not in self._written_as:
            line = self.lines.of(self._as_written(path))
            if further is not None:
                line = self._within(line, further)
            self.problems.append(Problem(line, _shown(path), words))

    def _as_written(self, path: tuple) -> tuple:
        """A path with the words as they stand in the text."""
        return tuple(self._written_as.get(path[:n + 1], part)
                     for n, part in enumerate(path))

    @property
    def full(self) -> bool:
        """Whether as many mistakes are kept as anybody would read."""
        return len(self.problems) >= PROBLEMS_MAX

    def _within(self, line: int, further: int) -> int:
        """The line within a text that may begin on the line after its key."""
        opened = self._written[line - 1].rstrip().endswith(MULTI)
        return min(line + further + opened, len(self._written))

    @functools.cached_property
    def _written(self) -> list[str]:
        return self.source.split('\n')

    def unknown(self, table: dict[str, Any], path: tuple,
                known: tuple[str, ...]) -> None:
        """Report keys of a table that the language does not know.

        They are then read as the word that they are most like, so that
        nothing is missed for their sake.
        """
        for word in list(table):
            if word not in known and not self.full:
                near = nearest(word, known)
                hint = (Message('write "%(near)s"', near=near) if near
                        else Message('known here: %(names)s',
                                     names=', '.join(known)))
                self.problem((*path, word), Message(
                    'unknown word; %(hint)s', hint=hint))
                if near and near not in table:
                    table[near] = table.pop(word)
                    read_as = (*path, near)
                    self._written_as[read_as] = word

    def tables(self, table: dict[str, Any], path: tuple,
               word: str) -> list[dict[str, Any]]:
        """Read an array of at least one table."""
        header = '.'.join([p for p in path if isinstance(p, str)] + [word])
        found = table.get(word)
        if (not isinstance(found, list) or not found
                or not all(isinstance(item, dict) for item in found)):
            self.problem((*path, word) if found is not None else path,
                         Message('write at least one [[%(header)s]] table',
                                 header=header))
            return []
        return found

    def text(self, table: dict[str, Any], path: tuple, word: str,
             longest: int | None = None, default: str | None = None,
             filled: bool = False) -> str:
        """Read a text of at most `longest` characters; '' if it is invalid.

        Without `default` it has to be there; with `filled`, it may be left out
        but not be empty.
        """
        value = table.get(word, default)
        if value is None:
            self.problem(path, Message(
                '"%(word)s" is missing; add %(word)s = "..."', word=word))
        elif not isinstance(value, str):
            self.problem((*path, word), Message('write a text in quotes'))
        elif (default is None or (filled and word in table)) \
                and not value.strip():
            self.problem((*path, word),
                         Message('write a text that is not empty'))
        elif longest and (len(value) > longest or not value.isprintable()):
            self.problem((*path, word), Message(
                'write at most %(longest)s printable characters on one line',
                longest=longest))
        else:
            return value
        return ''

    def key(self, table: dict[str, Any], path: tuple) -> str:
        """Read a key: small letters, digits and single hyphens."""
        value = self.text(table, path, 'key', TITLE_MAX)
        if value and not KEY.fullmatch(value):
            self.problem((*path, 'key'), Message(
                'write small letters, digits and single hyphens, beginning '
                'with a letter'))
        return value

    def days(self, table: dict[str, Any], path: tuple) -> int:
        """Read `due`: days before the planned start, 0 to 3650."""
        value = table.get('due', 0)
        if type(value) is int and 0 <= value <= 3650:
            return value
        self.problem((*path, 'due'), Message(
            'write the number of days before the start of production, 0 to '
            '3650'))
        return 0

    def flag(self, table: dict[str, Any], path: tuple, word: str) -> bool:
        """Read a boolean; False if it is missing."""
        value = table.get(word, False)
        if not isinstance(value, bool):
            self.problem((*path, word), Message('write true or false'))
        return value is True

    def count(self, table: dict[str, Any], path: tuple, word: str,
              most: int) -> int:
        """Read a whole number from 1 to `most`; 1 if it is missing."""
        value = table.get(word, 1)
        if type(value) is int and 1 <= value <= most:
            return value
        self.problem((*path, word), Message(
            'write a whole number, 1 to %(most)s', most=most))
        return 1

    def names(self, table: dict[str, Any], path: tuple, word: str,
              default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Read a list of different short texts."""
        values = table.get(word, default)
        if (isinstance(values, (list, tuple))
                and all(isinstance(v, str) and v.strip() and v.isprintable()
                        and len(v) <= TITLE_MAX for v in values)
                and len(set(values)) == len(values)):
            return tuple(values)
        self.problem((*path, word), Message(
            'write a list of different texts, each of at most %(title_max)s '
            'printable characters',
            title_max=TITLE_MAX))
        return ()

    def name(self, table: dict[str, Any], path: tuple, word: str) -> str:
        """Read a name: small letters, digits and single underscores."""
        value = self.text(table, path, word, TITLE_MAX)
        if value and not NAME.fullmatch(value):
            self.problem((*path, word), Message(
                'write small letters, digits and single underscores, '
                'beginning with a letter'))
        return value


def _shown(path: tuple) -> str:
    """A path as people read it: `stage[1].key`."""
    parts = (f'[{p + 1}]' if isinstance(p, int) else f'.{p[:SHOWN]}'
             for p in path)
    return ''.join(parts).lstrip('.') or 'template'
