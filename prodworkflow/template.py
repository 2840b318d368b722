"""The campaign template's language: from TOML text to checked values.

All mistakes of a text are told at once, each with its line, its path inside
the text and what to do about it.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib  # type: ignore[import-not-found]

from .toml_lines import line_of

KEY = re.compile(r'[a-z][a-z0-9]*(-[a-z0-9]+)*')
TITLE_MAX = 64


@dataclass(frozen=True)
class RequirementTemplate:
    """What a stage will ask for, and the ticket that will ask for it."""

    key: str
    title: str
    description: str = ''
    release_bound: bool = False
    type: str = 'task'
    priority: str = 'major'


@dataclass(frozen=True)
class StageTemplate:
    """One step to be; it is due `due` days before the planned start."""

    key: str
    title: str
    due: int
    requirements: tuple[RequirementTemplate, ...]


@dataclass(frozen=True)
class Template:
    """A checked campaign template."""

    title: str
    description: str
    stages: tuple[StageTemplate, ...]

    @property
    def requirements(self) -> tuple[RequirementTemplate, ...]:
        return tuple(r for s in self.stages for r in s.requirements)


@dataclass(frozen=True)
class Problem:
    """One mistake: its line (from 1), its path, and the remedy in words."""

    line: int
    path: str
    words: str

    def __str__(self) -> str:
        return f'line {self.line}, {self.path}: {self.words}'


class TemplateError(ValueError):
    """All mistakes of one template text, in the order of their lines."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: p.line))
        super().__init__('\n'.join(str(p) for p in self.problems))


def parse(text: str) -> Template:
    """The template that `text` describes; TemplateError for all mistakes."""
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise TemplateError([_syntax(text, str(error))]) from error
    reader = _Reader(text)
    template = reader.template(data)
    if reader.problems:
        raise TemplateError(reader.problems)
    return template


def _syntax(text: str, message: str) -> Problem:
    found = re.search(r'\(at line (\d+), column \d+\)$', message)
    line = int(found[1]) if found else text.count('\n') + 1
    return Problem(line, 'TOML', f'{message}; mend the syntax there')


class _Reader:
    """Reads tables word by word and gathers what is wrong with them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.problems: list[Problem] = []

    def template(self, data: dict[str, Any]) -> Template:
        known = ('title', 'description', 'stage')
        self._unknown(data, (), known)
        stages = [self._stage(table, ('stage', i)) for i, table
                  in enumerate(self._tables(data, (), 'stage'))]
        self._distinct([(s.key, ('stage', i)) for i, s in enumerate(stages)])
        self._distinct([(r.key, ('stage', i, 'requirement', j))
                        for i, s in enumerate(stages)
                        for j, r in enumerate(s.requirements)])
        self._in_order(stages)
        return Template(self._text(data, (), 'title', TITLE_MAX),
                        self._text(data, (), 'description', default=''),
                        tuple(stages))

    def _stage(self, table: dict[str, Any], path: tuple) -> StageTemplate:
        self._unknown(table, path, ('key', 'title', 'due', 'requirement'))
        requirements = [
            self._requirement(inner, (*path, 'requirement', i)) for i, inner
            in enumerate(self._tables(table, path, 'requirement'))]
        return StageTemplate(self._key(table, path),
                             self._text(table, path, 'title', TITLE_MAX),
                             self._days(table, path), tuple(requirements))

    def _requirement(self, table: dict[str, Any],
                     path: tuple) -> RequirementTemplate:
        self._unknown(table, path, tuple(
            RequirementTemplate.__dataclass_fields__))
        bound = table.get('release_bound', False)
        if not isinstance(bound, bool):
            self._problem((*path, 'release_bound'), 'write true or false')
        return RequirementTemplate(
            self._key(table, path),
            self._text(table, path, 'title', TITLE_MAX),
            self._text(table, path, 'description', default=''), bound,
            self._text(table, path, 'type', TITLE_MAX, 'task'),
            self._text(table, path, 'priority', TITLE_MAX, 'major'))

    def _problem(self, path: tuple, words: str) -> None:
        shown = ''.join(f'[{p + 1}]' if isinstance(p, int) else f'.{p}'
                        for p in path).lstrip('.')
        self.problems.append(Problem(line_of(self.text, path),
                                     shown or 'template', words))

    def _unknown(self, table: dict[str, Any], path: tuple,
                 known: tuple[str, ...]) -> None:
        for word in table:
            if word not in known:
                near = get_close_matches(word, known, 1)
                hint = (f'write "{near[0]}"' if near
                        else f'known here: {", ".join(known)}')
                self._problem((*path, word), f'unknown word; {hint}')

    def _tables(self, table: dict[str, Any], path: tuple,
                word: str) -> list[dict[str, Any]]:
        header = '.'.join([p for p in path if isinstance(p, str)] + [word])
        found = table.get(word)
        if (not isinstance(found, list) or not found
                or not all(isinstance(item, dict) for item in found)):
            self._problem((*path, word) if found is not None else path,
                          f'write at least one [[{header}]] table')
            return []
        return found

    def _text(self, table: dict[str, Any], path: tuple, word: str,
              longest: int | None = None, default: str | None = None) -> str:
        value = table.get(word, default)
        if value is None:
            self._problem(path, f'"{word}" is missing; add {word} = "..."')
        elif not isinstance(value, str):
            self._problem((*path, word), 'write a text in quotes')
        elif default is None and not value.strip():
            self._problem((*path, word), 'write a text that is not empty')
        elif longest and (len(value) > longest or not value.isprintable()):
            self._problem((*path, word), f'write at most {longest} printable '
                          'characters on one line')
        else:
            return value
        return ''

    def _key(self, table: dict[str, Any], path: tuple) -> str:
        value = self._text(table, path, 'key', TITLE_MAX)
        if value and not KEY.fullmatch(value):
            self._problem((*path, 'key'), 'write small letters, digits and '
                          'single hyphens, beginning with a letter')
        return value

    def _days(self, table: dict[str, Any], path: tuple) -> int:
        value = table.get('due', 0)
        if type(value) is int and 0 <= value <= 3650:
            return value
        self._problem((*path, 'due'), 'write the number of days before the '
                      'start of production, 0 to 3650')
        return 0

    def _distinct(self, keys: list[tuple[str, tuple]]) -> None:
        seen: set[str] = set()
        for key, path in keys:
            if key and key in seen:
                self._problem((*path, 'key'), f'"{key}" is taken already; '
                              'choose another key')
            seen.add(key)

    def _in_order(self, stages: list[StageTemplate]) -> None:
        for i, (earlier, later) in enumerate(zip(stages, stages[1:]), 1):
            if later.due > earlier.due:
                self._problem(('stage', i, 'due'), 'a later stage cannot be '
                              f'due earlier; write at most {earlier.due}')
