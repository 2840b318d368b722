"""Reads the tables of a TOML text, and gathers what is wrong with them.

Every reading gives a value of the right type, a harmless one where the text
has a mistake; so all mistakes are found in one go.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Any

from prodworkflow.domain.template.positions import Lines, MULTI
from prodworkflow.domain.text import Message, nearest, SHOWN
from prodworkflow.domain.units import amount, known, share, UnitError

KEY = re.compile(r'[a-z][a-z0-9]*(-[a-z0-9]+)*')


NAME = re.compile(r'[a-z][a-z0-9]*(_[a-z0-9]+)*')


TITLE_MAX = 64


PROBLEMS_MAX = 100


@dataclass(frozen=True)
class Problem:
    """One mistake: its line (from 1), its path, and the remedy in words."""

    line: int
    path: str
    words: str

    def __str__(self) -> str:
        return Message('line %(line)s, %(path)s: %(words)s', line=self.line,
                       path=self.path, words=self.words)


class TemplateError(ValueError):
    """All mistakes of one template text, in the order of their lines."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: p.line))
        super().__init__('\n'.join(str(p) for p in self.problems))

    @classmethod
    def at(cls, line: int, path: str, words: str) -> TemplateError:
        """The error of a text that has one mistake."""
        return cls([Problem(line, path, words)])


class Fields:
    """Reads one text's tables word by word."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.problems: list[Problem] = []

    @functools.cached_property
    def lines(self) -> Lines:
        return Lines(self.source)

    def problem(self, path: tuple, words: str,
                further: int | None = None) -> None:
        """Note a mistake at a path, or so many lines within its text.

        Of very many, only so many are kept as somebody would read.
        """
        if not self.full:
            line = self.lines.of(path)
            if further is not None:
                line = self._within(line, further)
            self.problems.append(Problem(line, _shown(path), words))

    @property
    def full(self) -> bool:
        """Whether there are as many mistakes as anybody would read."""
        return len(self.problems) >= PROBLEMS_MAX

    def _within(self, line: int, further: int) -> int:
        """The line in a text that may begin on the line after its word."""
        opened = self._written[line - 1].rstrip().endswith(MULTI)
        return min(line + further + opened, len(self._written))

    @functools.cached_property
    def _written(self) -> list[str]:
        return self.source.split('\n')

    def unknown(self, table: dict[str, Any], path: tuple,
                known: tuple[str, ...]) -> None:
        for word in table:
            if word not in known and not self.full:
                near = nearest(word, known)
                hint = (Message('write "%(near)s"', near=near) if near
                        else Message('known here: %(names)s',
                                     names=', '.join(known)))
                self.problem((*path, word), Message(
                    'unknown word; %(hint)s', hint=hint))

    def tables(self, table: dict[str, Any], path: tuple,
               word: str) -> list[dict[str, Any]]:
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
        """A text; one that is written may not be empty where `filled`."""
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
        value = self.text(table, path, 'key', TITLE_MAX)
        if value and not KEY.fullmatch(value):
            self.problem((*path, 'key'), Message(
                'write small letters, digits and single hyphens, beginning '
                'with a letter'))
        return value

    def days(self, table: dict[str, Any], path: tuple) -> int:
        value = table.get('due', 0)
        if type(value) is int and 0 <= value <= 3650:
            return value
        self.problem((*path, 'due'), Message(
            'write the number of days before the start of production, 0 to '
            '3650'))
        return 0

    def flag(self, table: dict[str, Any], path: tuple, word: str) -> bool:
        value = table.get(word, False)
        if not isinstance(value, bool):
            self.problem((*path, word), Message('write true or false'))
        return value is True

    def count(self, table: dict[str, Any], path: tuple, word: str,
              most: int) -> int:
        value = table.get(word, 1)
        if type(value) is int and 1 <= value <= most:
            return value
        self.problem((*path, word), Message(
            'write a whole number, 1 to %(most)s', most=most))
        return 1

    def names(self, table: dict[str, Any], path: tuple, word: str,
              default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A list of short texts, no two of them the same."""
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
        value = self.text(table, path, word, TITLE_MAX)
        if value and not NAME.fullmatch(value):
            self.problem((*path, word), Message(
                'write small letters, digits and single underscores, '
                'beginning with a letter'))
        return value

    def unit(self, table: dict[str, Any], path: tuple) -> str:
        value = self.text(table, path, 'unit', TITLE_MAX)
        try:
            if value:
                known(value)
        except UnitError as error:
            self.problem((*path, 'unit'), error.args[0])
            return ''
        return value

    def quantity(self, table: dict[str, Any], path: tuple, word: str,
                 unit: str) -> str:
        """A quantity that can be counted in `unit`, or '' if there is none."""
        value = self.text(table, path, word, TITLE_MAX, '')
        try:
            if value and unit:
                amount(value, unit)
        except UnitError as error:
            self.problem((*path, word), error.args[0])
        return value

    def share(self, table: dict[str, Any], path: tuple, word: str) -> str:
        """A share that is not negative, like `10 %`; '' if there is none."""
        value = self.text(table, path, word, TITLE_MAX, '')
        try:
            if value and share(value) < 0:
                raise UnitError(Message(
                    'write a share that is not negative'))
        except UnitError as error:
            self.problem((*path, word), Message(
                '%(error)s; for example "10 %%"', error=error.args[0]))
        return value


def _shown(path: tuple) -> str:
    parts = (f'[{p + 1}]' if isinstance(p, int) else f'.{p[:SHOWN]}'
             for p in path)
    return ''.join(parts).lstrip('.') or 'template'
