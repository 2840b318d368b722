"""Waiver rules of a template: the table `waivers`, and `tolerable`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from prodworkflow.domain.model.campaign import WaiverRules
from prodworkflow.domain.model.evidence import ValueSpec
from prodworkflow.domain.model.vocabulary import Reason, UNWAIVABLE
from prodworkflow.domain.quantities import UnitError
from prodworkflow.domain.template.fields import Fields
from prodworkflow.domain.text import Message, nearest

WAIVER_WORDS = ('days', 'reasons', 'own')
DAYS_MAX = 3650
REASONS = tuple(r.value for r in Reason if r not in UNWAIVABLE)


class Waivers(Fields):
    """Reader of the table `waivers`."""

    def waivers(self, data: dict[str, Any]) -> WaiverRules | None:
        """Read how far waivers may go; None if nothing is said of them."""
        table, path = data.get('waivers'), ('waivers',)
        if table is None:
            return None
        if not isinstance(table, dict):
            self.problem(path, Message('write a [waivers] table'))
            return None
        self.unknown(table, path, WAIVER_WORDS)
        return WaiverRules(
            self.count(table, path, 'days', DAYS_MAX) if 'days' in table
            else 0,
            self._reasons(table, path), self.flag(table, path, 'own'))

    def _reasons(self, table: dict[str, Any], path: tuple) -> tuple[str, ...]:
        found = self.names(table, path, 'reasons')
        if table.get('reasons') == []:
            self.problem((*path, 'reasons'), Message(
                'name at least one reason, or leave it out to allow all'))
        for word in found:
            if word not in REASONS:
                near = nearest(word, REASONS)
                hint = (Message('write "%(near)s"', near=near) if near else
                        Message('known here: %(names)s',
                                names=', '.join(REASONS)))
                self.problem((*path, 'reasons'), Message(
                    '"%(word)s" is no reason that can be waived; %(hint)s',
                    word=word, hint=hint))
        return found


def value_mistakes(value: ValueSpec) -> Iterator[tuple[str, Message]]:
    """What is wrong with the bounds of a value: (word, message)."""
    for words in _tolerable_mistakes(value):
        yield 'tolerable', words
    if not (value.at_most or value.at_least or value.compare_with):
        if value.confidence:
            yield 'confidence', Message(
                'nothing bounds the value that has to be sure; add at_most, '
                'at_least or compare_with')
        return
    try:
        crossed = value.at_most and value.at_least and value.amount(
            value.at_least) > value.amount(value.at_most)
    except UnitError:
        return  # told where the quantity was read
    if crossed:
        yield 'at_least', Message(
            'no value is from %(least)s to %(most)s; write at most %(most)s',
            least=value.at_least, most=value.at_most)


def _tolerable_mistakes(value: ValueSpec) -> Iterator[Message]:
    """Why the end of what is tolerable does not fit the bounds of a value."""
    if not value.tolerable:
        return
    if not (value.at_most or value.at_least or value.compare_with):
        yield Message('only what is out of bounds can be tolerable; add '
                      'at_most, at_least or compare_with')
        return
    try:
        end = value.amount(value.tolerable)
        if value.at_most and end < value.amount(value.at_most):
            yield Message('the most that is tolerable is not less than '
                          'at_most; write %(at_most)s or more',
                          at_most=value.at_most)
        elif (value.at_least and not (value.at_most or value.compare_with)
                and end > value.amount(value.at_least)):
            yield Message('the least that is tolerable is not more than '
                          'at_least; write %(at_least)s or less',
                          at_least=value.at_least)
    except UnitError:
        return  # told where the quantity was read
