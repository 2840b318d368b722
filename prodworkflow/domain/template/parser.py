"""Template parser: from TOML text to a validated template.

All mistakes of a text are reported at once, each with its line, its path and
the remedy. docs/reference/templates.rst describes the language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from prodworkflow.domain.model import coverage_rule
from prodworkflow.domain.model.campaign import Freeze, REMIND
from prodworkflow.domain.model.evidence import EvidenceSpec, ValueSpec
from prodworkflow.domain.model.item_list import AGREED
from prodworkflow.domain.model.readings.reading import ReadingKind
from prodworkflow.domain.model.requirement import QUORUM_MAX
from prodworkflow.domain.template.consistency import distinct, mistakes
from prodworkflow.domain.template.fields import TITLE_MAX
from prodworkflow.domain.template.item_evidence import own_mistakes
from prodworkflow.domain.template.lists import ITEM_WORDS, Lists
from prodworkflow.domain.template.mistakes.consequences import is_consequence
from prodworkflow.domain.template.mistakes.problems import TemplateError
from prodworkflow.domain.template.model import (
    RequirementTemplate,
    StageTemplate,
    Template,
)
from prodworkflow.domain.template.placeholders.checks import unfilled_elsewhere
from prodworkflow.domain.template.toml import parsed, Unreadable
from prodworkflow.domain.template.values import Values
from prodworkflow.domain.template.waivers import WAIVER_WORDS, Waivers
from prodworkflow.domain.text import Message

KEYWORDS_MAX = 200


VALUE_MAX = 1000


REMIND_MAX = 366


MINIMUM_MAX = 10 ** 8


WORDS: dict[str, tuple[str, ...]] = {
    'template': ('title', 'description', 'lists', 'freeze', 'waivers',
                 'resolution', 'remind', 'stage'),
    'lists': ITEM_WORDS,
    'freeze': ('requirement', 'types', 'priority'),
    'waivers': WAIVER_WORDS,
    'stage': ('key', 'title', 'description', 'due', 'requirement'),
    'requirement': ('key', 'title', 'description', 'for_each', 'coverage',
                    'of', 'contacts', 'quorum', 'separate_from', 'rests_on',
                    'release_bound', 'inputs', 'due', 'plots', 'links',
                    'value', 'automatic', 'type', 'component', 'priority',
                    'keywords', 'fields'),
    'value': ('name', 'title', 'unit', 'at_least', 'at_most', 'compare_with',
              'tolerance', 'tolerable', 'confidence', 'minimum', 'signed',
              'hs23', 'source'),
}


def parse(text: str, former: bool = False,
          kinds: Sequence[ReadingKind] | None = None) -> Template:
    """Parse a template; TemplateError with all mistakes.

    A `former` one, of a campaign that runs, may have placeholders that nothing
    fills where that was no mistake before version 0.3.0.  `kinds` are the
    readings that values may name as source; None where it is not asked
    whether there is a reader.
    """
    try:
        data = parsed(text)
    except Unreadable as error:
        raise TemplateError.at(error.line, 'TOML',
                               error.args[0]) from error
    reader = _Reader(text, former, kinds)
    template = reader.template(data, former)
    if reader.problems:
        raise TemplateError(reader.problems)
    return template


class _Reader(Lists, Waivers, Values):
    """Reader of the tables of a template."""

    def template(self, data: dict[str, Any],
                 former: bool = False) -> Template:
        """Read the whole template, and check its parts against one another."""
        self.unknown(data, (), WORDS['template'])
        stages = [self._stage(table, ('stage', i)) for i, table
                  in enumerate(self.tables(data, (), 'stage'))]
        template = Template(self.text(data, (), 'title', TITLE_MAX),
                            self.text(data, (), 'description', default=''),
                            tuple(stages), self._freeze(data), self.source,
                            self.lists(data), self.waivers(data),
                            self.text(data, (), 'resolution', TITLE_MAX, '',
                                      filled=True), self._remind(data))
        found = frozenset(self.wrong)
        for mistake in chain(
                mistakes(template, former),
                () if former else unfilled_elsewhere(data)):
            if self.full:
                break
            if not is_consequence(mistake.path, found, template):
                self.problem(*mistake)
        for each in () if former else template.lists:
            for position, word, words in own_mistakes(template, each):
                path = ('lists', each.name, position, word)
                if not is_consequence(path, found, template):
                    self.problem(path, words)
        return template

    def _stage(self, table: dict[str, Any], path: tuple) -> StageTemplate:
        self.unknown(table, path, WORDS['stage'])
        requirements = [
            self._requirement(inner, (*path, 'requirement', i)) for i, inner
            in enumerate(self.tables(table, path, 'requirement'))]
        return StageTemplate(self.key(table, path),
                             self.text(table, path, 'title', TITLE_MAX),
                             self.days(table, path), tuple(requirements),
                             self.text(table, path, 'description',
                                       default=''))

    def _requirement(self, table: dict[str, Any],
                     path: tuple) -> RequirementTemplate:
        self.unknown(table, path, WORDS['requirement'])
        return RequirementTemplate(
            self.key(table, path),
            self.text(table, path, 'title', TITLE_MAX),
            self.text(table, path, 'description', default=''),
            self.flag(table, path, 'release_bound'),
            self._field(table, path, 'type'),
            self._field(table, path, 'priority'),
            self.count(table, path, 'quorum', QUORUM_MAX),
            self.text(table, path, 'separate_from', TITLE_MAX, ''),
            self.names(table, path, 'inputs'), self._asked(table, path),
            self.names(table, path, 'contacts'),
            self.days(table, path) if 'due' in table else None,
            self._field(table, path, 'component'),
            self.text(table, path, 'keywords', KEYWORDS_MAX, ''),
            self._fields(table, path),
            self._field(table, path, 'for_each'),
            self._coverage(table, path),
            self.names(table, path, 'rests_on'), self._counts(table, path))

    def _field(self, table: dict[str, Any], path: tuple, word: str) -> str:
        """Read a short text, which may be left out but not be empty."""
        return self.text(table, path, word, TITLE_MAX, '', filled=True)

    def _fields(self, table: dict[str, Any],
                path: tuple) -> tuple[tuple[str, str], ...]:
        """Read the custom fields of the ticket."""
        found = table.get('fields', {})
        if not isinstance(found, dict):
            self.problem((*path, 'fields'), Message(
                'write a [stage.requirement.fields] table'))
            return ()
        return tuple((name, self.text(found, (*path, 'fields'), name,
                                      VALUE_MAX)) for name in found)

    def _coverage(self, table: dict[str, Any], path: tuple) -> str:
        """Read a coverage rule; `all` if it is missing or invalid."""
        text = self.text(table, path, 'coverage', TITLE_MAX, coverage_rule.ALL)
        try:
            return str(coverage_rule.rule(text)) if text else coverage_rule.ALL
        except ValueError as error:
            self.problem((*path, 'coverage'), error.args[0])
            return coverage_rule.ALL

    def _counts(self, table: dict[str, Any], path: tuple) -> str:
        """Read what a coverage rule counts: `agreed`, or '' for the rest."""
        text = self._field(table, path, 'of')
        if text and text != AGREED:
            self.problem((*path, 'of'), Message(
                'write "agreed", or leave it out to count what takes part'))
        elif text and 'for_each' not in table:
            self.problem((*path, 'of'), Message(
                'it stands beside coverage; add for_each = "..."'))
        return AGREED if text == AGREED else ''

    def _asked(self, table: dict[str, Any], path: tuple) -> EvidenceSpec:
        found = (self.tables(table, path, 'value') if 'value' in table
                 else [])
        values = tuple(self._value(inner, (*path, 'value', i))
                       for i, inner in enumerate(found))
        for mistake in distinct([(v.name, (*path, 'value', i))
                                 for i, v in enumerate(values)], 'name'):
            self.problem(*mistake)
        return EvidenceSpec(values, self.names(table, path, 'plots'),
                            self.names(table, path, 'links'),
                            self.flag(table, path, 'automatic'))

    def _value(self, table: dict[str, Any], path: tuple) -> ValueSpec:
        self.unknown(table, path, WORDS['value'])
        value = ValueSpec(
            self.name(table, path, 'name'),
            self.text(table, path, 'title', TITLE_MAX),
            self.unit(table, path),
            compare_with=self.text(table, path, 'compare_with', TITLE_MAX,
                                   ''),
            tolerance=self.tolerance(table, path),
            confidence=self.confidence(table, path),
            minimum=self.count(table, path, 'minimum', MINIMUM_MAX)
            if 'minimum' in table else 0,
            signed=self.signed(table, path),
            hs23=self.hs23(table, path))
        about = value.unit, value.signed, value.factor
        return replace(
            value,
            source=self.reading(table, path, value.unit, value.factor),
            at_least=self.quantity(table, path, 'at_least', *about),
            at_most=self.quantity(table, path, 'at_most', *about),
            tolerable=self.quantity(table, path, 'tolerable', *about))

    def _remind(self, data: dict[str, Any]) -> tuple[int, ...]:
        """Read when signers are reminded; the usual days if invalid."""
        days = data.get('remind', list(REMIND))
        if (isinstance(days, list)
                and all(type(d) is int and abs(d) <= REMIND_MAX for d in days)
                and len(set(days)) == len(days)):
            return tuple(days)
        self.problem(('remind',), Message(
            'write a list of different whole numbers of days before the due '
            'day, at most %(most)s, negative after it, such as %(usual)s; [] '
            'for no reminders', most=REMIND_MAX, usual=list(REMIND)))
        return REMIND

    def _freeze(self, data: dict[str, Any]) -> Freeze | None:
        table = data.get('freeze')
        if table is None:
            return None
        path = ('freeze',)
        if not isinstance(table, dict):
            self.problem(path, Message('write a [freeze] table'))
            return None
        self.unknown(table, path, WORDS['freeze'])
        return Freeze(self.text(table, path, 'requirement', TITLE_MAX),
                      self.names(table, path, 'types', ('defect',)),
                      self.text(table, path, 'priority', TITLE_MAX,
                                'critical', filled=True))
