"""The campaign template's language: from TOML text to checked values.

All mistakes of a text are told at once, each with its line, its path inside
the text and what to do about it.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib  # type: ignore[import-not-found]

from .asked import Asked, Freeze, NOTHING_ASKED, ValueAsked
from .toml_fields import Fields, Problem, TemplateError, TITLE_MAX
from .units import alike

QUORUM_MAX = 99
WORDS: dict[str, tuple[str, ...]] = {
    'template': ('title', 'description', 'freeze', 'stage'),
    'freeze': ('requirement', 'types', 'priority'),
    'stage': ('key', 'title', 'due', 'requirement'),
    'requirement': ('key', 'title', 'description', 'release_bound', 'type',
                    'priority', 'quorum', 'separate_from', 'inputs', 'plots',
                    'links', 'value'),
    'value': ('name', 'title', 'unit', 'at_least', 'at_most', 'compare_with',
              'tolerance'),
}


@dataclass(frozen=True)
class RequirementTemplate:
    """What a stage will ask for, and the ticket that will ask for it."""

    key: str
    title: str
    description: str = ''
    release_bound: bool = False
    type: str = 'task'
    priority: str = 'major'
    quorum: int = 1
    separate_from: str = ''
    inputs: tuple[str, ...] = ()
    asks: Asked = NOTHING_ASKED


@dataclass(frozen=True)
class StageTemplate:
    """One step to be; it is due `due` days before the planned start."""

    key: str
    title: str
    due: int
    requirements: tuple[RequirementTemplate, ...]


@dataclass(frozen=True)
class Template:
    """A checked campaign template, with the text that it was read from."""

    title: str
    description: str
    stages: tuple[StageTemplate, ...]
    freeze: Freeze | None = None
    source: str = ''

    @property
    def requirements(self) -> tuple[RequirementTemplate, ...]:
        return tuple(r for s in self.stages for r in s.requirements)


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


class _Reader(Fields):
    """Reads a template's tables, and what has to agree between them."""

    def template(self, data: dict[str, Any]) -> Template:
        self.unknown(data, (), WORDS['template'])
        stages = [self._stage(table, ('stage', i)) for i, table
                  in enumerate(self.tables(data, (), 'stage'))]
        places = [(r, ('stage', i, 'requirement', j))
                  for i, s in enumerate(stages)
                  for j, r in enumerate(s.requirements)]
        self._distinct([(s.key, ('stage', i)) for i, s in enumerate(stages)])
        self._distinct([(r.key, path) for r, path in places])
        self._in_order(stages)
        keys = {r.key: r for r, _ in places}
        for requirement, path in places:
            self._agrees(requirement, path, keys)
        return Template(self.text(data, (), 'title', TITLE_MAX),
                        self.text(data, (), 'description', default=''),
                        tuple(stages), self._freeze(data, keys), self.source)

    def _stage(self, table: dict[str, Any], path: tuple) -> StageTemplate:
        self.unknown(table, path, WORDS['stage'])
        requirements = [
            self._requirement(inner, (*path, 'requirement', i)) for i, inner
            in enumerate(self.tables(table, path, 'requirement'))]
        return StageTemplate(self.key(table, path),
                             self.text(table, path, 'title', TITLE_MAX),
                             self.days(table, path), tuple(requirements))

    def _requirement(self, table: dict[str, Any],
                     path: tuple) -> RequirementTemplate:
        self.unknown(table, path, WORDS['requirement'])
        return RequirementTemplate(
            self.key(table, path),
            self.text(table, path, 'title', TITLE_MAX),
            self.text(table, path, 'description', default=''),
            self.flag(table, path, 'release_bound'),
            self.text(table, path, 'type', TITLE_MAX, 'task'),
            self.text(table, path, 'priority', TITLE_MAX, 'major'),
            self.count(table, path, 'quorum', QUORUM_MAX),
            self.text(table, path, 'separate_from', TITLE_MAX, ''),
            self.names(table, path, 'inputs'), self._asked(table, path))

    def _asked(self, table: dict[str, Any], path: tuple) -> Asked:
        found = (self.tables(table, path, 'value') if 'value' in table
                 else [])
        values = tuple(self._value(inner, (*path, 'value', i))
                       for i, inner in enumerate(found))
        self._distinct([(v.name, (*path, 'value', i))
                        for i, v in enumerate(values)], 'name')
        return Asked(values, self.names(table, path, 'plots'),
                     self.names(table, path, 'links'))

    def _value(self, table: dict[str, Any], path: tuple) -> ValueAsked:
        self.unknown(table, path, WORDS['value'])
        unit = self.unit(table, path)
        return ValueAsked(
            self.name(table, path, 'name'),
            self.text(table, path, 'title', TITLE_MAX), unit,
            self.quantity(table, path, 'at_least', unit),
            self.quantity(table, path, 'at_most', unit),
            self.text(table, path, 'compare_with', TITLE_MAX, ''),
            self.share(table, path, 'tolerance'))

    def _freeze(self, data: dict[str, Any],
                keys: dict[str, RequirementTemplate]) -> Freeze | None:
        table = data.get('freeze')
        if table is None:
            return None
        if not isinstance(table, dict):
            self.problem(('freeze',), 'write a [freeze] table')
            return None
        path = ('freeze',)
        self.unknown(table, path, WORDS['freeze'])
        requirement = self.text(table, path, 'requirement', TITLE_MAX)
        self._known(requirement, (*path, 'requirement'), keys)
        return Freeze(requirement,
                      self.names(table, path, 'types', ('defect',)),
                      self.text(table, path, 'priority', TITLE_MAX,
                                'critical'))

    def _agrees(self, requirement: RequirementTemplate, path: tuple,
                keys: dict[str, RequirementTemplate]) -> None:
        """Whether what it says of other requirements is true of them."""
        others = {k: r for k, r in keys.items() if k != requirement.key}
        self._known(requirement.separate_from, (*path, 'separate_from'),
                    others)
        for i, value in enumerate(requirement.asks.values):
            at = (*path, 'value', i)
            if bool(value.compare_with) != bool(value.tolerance):
                self.problem(at, 'write compare_with and tolerance together')
            if self._known(value.compare_with, (*at, 'compare_with'),
                           others):
                self._comparable(value, others[value.compare_with], at)

    def _comparable(self, value: ValueAsked, other: RequirementTemplate,
                    path: tuple) -> None:
        estimate = next((v for v in other.asks.values
                         if v.name == value.name), None)
        if estimate is None:
            self.problem((*path, 'compare_with'), f'"{other.key}" asks for '
                         f'no value "{value.name}"; add it there')
        elif value.unit and estimate.unit and not alike(value.unit,
                                                        estimate.unit):
            self.problem((*path, 'unit'), f'"{other.key}" has {value.name} '
                         f'in {estimate.unit}; write a unit of that kind')

    def _known(self, key: str, path: tuple,
               keys: dict[str, RequirementTemplate]) -> bool:
        if key and key not in keys:
            self.problem(path, f'"{key}" is no other requirement; known '
                         f'are {", ".join(keys)}')
        return key in keys

    def _distinct(self, keys: list[tuple[str, tuple]],
                  word: str = 'key') -> None:
        seen: set[str] = set()
        for key, path in keys:
            if key and key in seen:
                self.problem((*path, word), f'"{key}" is taken already; '
                             f'choose another {word}')
            seen.add(key)

    def _in_order(self, stages: list[StageTemplate]) -> None:
        for i, (earlier, later) in enumerate(zip(stages, stages[1:]), 1):
            if later.due > earlier.due:
                self.problem(('stage', i, 'due'), 'a later stage cannot be '
                             f'due earlier; write at most {earlier.due}')
