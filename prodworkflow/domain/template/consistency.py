"""Template consistency: cross-references, order, placeholders and units.

Pure checks of a parsed template; `parser` adds the lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from prodworkflow.domain.model import coverage_rule
from prodworkflow.domain.model.evidence import ValueSpec
from prodworkflow.domain.model.item_list import singular
from prodworkflow.domain.quantities import alike
from prodworkflow.domain.template.bases import (
    base_mistakes,
    RestingRequirement,
)
from prodworkflow.domain.template.list_checks import size, too_many, unfit
from prodworkflow.domain.template.mistakes.automatic import automatic_mistakes
from prodworkflow.domain.template.model import (
    RequirementTemplate,
    StageTemplate,
    Template,
)
from prodworkflow.domain.template.placeholders import ALWAYS, ITEM
from prodworkflow.domain.template.placeholders.checks import Mistake, unfilled
from prodworkflow.domain.template.waivers import value_mistakes
from prodworkflow.domain.text import Message, nearest


@dataclass(frozen=True)
class _Placed:
    """A requirement with its stage and its path."""

    requirement: RequirementTemplate
    stage: StageTemplate
    path: tuple


def mistakes(template: Template,
             former: bool = False) -> Iterator[Mistake]:
    """Check the parts of a parsed template against one another.

    In a `former` one, values are as they were taken then.
    """
    placed = [_Placed(r, s, ('stage', i, 'requirement', j))
              for i, s in enumerate(template.stages)
              for j, r in enumerate(s.requirements)]
    yield from distinct([(s.key, ('stage', i))
                         for i, s in enumerate(template.stages)])
    yield from distinct([(p.requirement.key, p.path) for p in placed])
    yield from _in_order(template.stages)
    keys = {p.requirement.key: p.requirement for p in placed}
    for i, stage in enumerate(template.stages):
        yield from unfilled(stage.description, ('stage', i, 'description'),
                            ALWAYS)
    for each in placed:
        yield from _Agreeing(each.requirement, each.stage, each.path, keys,
                             template, former).mistakes()
    for path, words in base_mistakes([
            RestingRequirement(p.requirement.key, p.path[1],
                               p.requirement.rests_on, (*p.path, 'rests_on'))
            for p in placed]):
        yield Mistake(path, words)
    yield from _freeze(template, keys)
    yield from _too_many(template)


def distinct(keys: Iterable[tuple[str, tuple]],
             word: str = 'key') -> Iterator[Mistake]:
    """Check that keys are unique; `word` is what they are called."""
    seen: set[str] = set()
    for key, path in keys:
        if key and key in seen:
            yield Mistake((*path, word), Message(
                '"%(key)s" is taken already; choose another %(word)s',
                key=key, word=word))
        seen.add(key)


def _too_many(template: Template) -> Iterator[Mistake]:
    words = too_many(sum(size(r, template.lists)
                         for r in template.requirements))
    if words:
        yield Mistake((), words)


def _in_order(stages: tuple[StageTemplate, ...]) -> Iterator[Mistake]:
    """Check that stages are due in their order."""
    for i, (earlier, later) in enumerate(zip(stages, stages[1:]), 1):
        if later.due > earlier.due:
            yield Mistake(('stage', i, 'due'), Message(
                'a later stage cannot be due earlier; write at most %(due)s',
                due=earlier.due))


def _freeze(template: Template,
            keys: Mapping[str, RequirementTemplate]) -> Iterator[Mistake]:
    """Check the requirement that a feature freeze names."""
    if template.freeze is None:
        return
    key = template.freeze.requirement
    yield from _known(key, ('freeze', 'requirement'), keys)
    if key in keys and keys[key].for_each:
        yield Mistake(('freeze', 'requirement'), Message(
            '"%(key)s" is asked for each of a list; name a requirement that '
            'is asked once',
            key=key))


def _known(key: str, path: tuple,
           keys: Mapping[str, RequirementTemplate]) -> Iterator[Mistake]:
    """Check that a key is one of a requirement."""
    if key and key not in keys:
        near = nearest(key, keys)
        hint = Message('; write "%(near)s"', near=near) if near else ''
        shown = ', '.join(list(keys)[:20])
        yield Mistake(path, Message('"%(key)s" is no other requirement; '
                                    'known are %(shown)s%(hint)s',
                                    key=key, shown=shown, hint=hint))


@dataclass(frozen=True)
class _Agreeing:
    """One requirement, with everything that it may refer to."""

    requirement: RequirementTemplate
    stage: StageTemplate
    path: tuple
    keys: Mapping[str, RequirementTemplate]
    template: Template
    former: bool

    def mistakes(self) -> Iterator[Mistake]:
        """Check one requirement against its stage, lists and others."""
        each = self.requirement
        if each.due is not None and each.due < self.stage.due:
            yield Mistake((*self.path, 'due'), Message(
                'it cannot be due after its stage; write at least %(due)s',
                due=self.stage.due))
        yield from self._list()
        known = ALWAYS if not each.for_each else (
            *ALWAYS, ITEM, singular(each.for_each))
        for path, text in each.texts:
            yield from unfilled(text, (*self.path, *path), known)
        yield from self._separate()
        for word, words in automatic_mistakes(each):
            yield Mistake((*self.path, word), words)
        for i, value in enumerate(() if self.former else each.asks.values):
            yield from self._value(value, (*self.path, 'value', i))

    def _list(self) -> Iterator[Mistake]:
        each = self.requirement
        path = (*self.path, 'for_each')
        if not each.for_each:
            if each.coverage != coverage_rule.ALL:
                yield Mistake((*self.path, 'coverage'), Message(
                    'only with for_each there is something to cover; add '
                    'for_each = "..."'))
            return
        found = next((x for x in self.template.lists
                      if x.name == each.for_each), None)
        names = [x.name for x in self.template.lists]
        near = nearest(each.for_each, names)
        if found is None and near:
            yield Mistake(path, Message(
                'there is no list "%(for_each)s"; write "%(near)s"',
                for_each=each.for_each, near=near))
        if found is not None and found.items:
            words = unfit(coverage_rule.rule(each.coverage), found)
            if words:
                yield Mistake((*self.path, 'coverage'), words)

    def _is_other(self, key: str) -> bool:
        return key in self.keys and key != self.requirement.key

    def _known(self, key: str, path: tuple) -> Iterator[Mistake]:
        if key and not self._is_other(key):
            yield from _known(key, path, {k: r for k, r in self.keys.items()
                                          if k != self.requirement.key})

    def _separate(self) -> Iterator[Mistake]:
        key, path = self.requirement.separate_from, (*self.path,
                                                     'separate_from')
        yield from self._known(key, path)
        if self._is_other(key):
            yield from self._same_list(key, path)
            if self.keys[key].coverage != coverage_rule.ALL:
                yield Mistake(path, Message(
                    '"%(key)s" need not be met for every item; name a '
                    'requirement that has to be met',
                    key=key))

    def _value(self, value: ValueSpec, path: tuple) -> Iterator[Mistake]:
        if bool(value.compare_with) != bool(value.tolerance):
            yield Mistake(path, Message(
                'write compare_with and tolerance together'))
        for word, words in value_mistakes(value):
            yield Mistake((*path, word), words)
        key = value.compare_with
        yield from self._known(key, (*path, 'compare_with'))
        if self._is_other(key):
            yield from self._same_list(key, (*path, 'compare_with'))
            yield from _comparable(value, self.keys[key], path)

    def _same_list(self, key: str, path: tuple) -> Iterator[Mistake]:
        other = self.keys[key].for_each
        if other and other != self.requirement.for_each:
            yield Mistake(path, Message(
                '"%(key)s" is asked for each of %(other)s, and this is not; '
                'add for_each = "%(other)s", or name another',
                key=key, other=other))


def _comparable(value: ValueSpec, other: RequirementTemplate,
                path: tuple) -> Iterator[Mistake]:
    """Check that two values to be compared have units of one dimension."""
    estimate = next((v for v in other.asks.values
                     if v.name == value.name), None)
    if estimate is None:
        yield Mistake((*path, 'compare_with'), Message(
            '"%(key)s" asks for no value "%(name)s"; add it there',
            key=other.key, name=value.name))
    elif value.unit and estimate.unit and not alike(
            value.unit, estimate.unit, value.factor):
        yield Mistake((*path, 'unit'), Message(
            '"%(key)s" has %(name)s in %(unit)s; write a unit of that kind',
            key=other.key, name=value.name, unit=estimate.unit))
