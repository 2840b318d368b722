"""Value fields of a template: units, bounds, tolerances and statistics.

What they may hold follows the rules of typed values.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from prodworkflow.domain.model.readings.reading import kind_of
from prodworkflow.domain.quantities import (
    amount,
    known,
    tolerance,
    typed_bound,
    typed_share,
    UnitError,
)
from prodworkflow.domain.template.fields import Fields, TITLE_MAX
from prodworkflow.domain.template.mistakes.sources import (
    SOURCE_MAX,
    source_mistake,
)
from prodworkflow.domain.text import Message

# No-break blanks and thin ones, as between a number and its unit.
FIXED_BLANKS = dict.fromkeys((0xa0, 0x2009, 0x202f), ' ')


class Values(Fields):
    """Readers of the fields of a value that is asked for.

    Templates of running campaigns were judged by the rules of their day: what
    stands in them is taken as it is.
    """

    def unit(self, table: dict[str, Any], path: tuple) -> str:
        """Read a unit of measurement; '' if it is invalid."""
        value = self.text(table, path, 'unit', TITLE_MAX)
        try:
            if value:
                known(value, self.former)
        except UnitError as error:
            self.problem((*path, 'unit'), error.args[0])
            return ''
        return value

    def quantity(self, table: dict[str, Any], path: tuple, word: str,
                 unit: str, signed: bool = False,
                 hs23: Fraction | None = None) -> str:
        """Read a bound that converts to `unit`; '' if there is none."""
        value = self.text(_plain(table, word), path, word, TITLE_MAX, '')
        try:
            if value and unit and not self.former:
                typed_bound(value, unit, signed, hs23)
        except UnitError as error:
            self.problem((*path, word), error.args[0])
        return value

    def tolerance(self, table: dict[str, Any], path: tuple) -> str:
        """Read `tolerance`, one-sided by its sign; '' for none."""
        value = self.text(_plain(table, 'tolerance'), path, 'tolerance',
                          TITLE_MAX, '')
        try:
            if value:
                tolerance(value)
            if value and not self.former:
                typed_share(value)
        except UnitError as error:
            self.problem((*path, 'tolerance'), Message(
                '%(error)s; for example "10 %%" for either side, "+20 %%" for '
                'what is above, "-5 %%" for what is below',
                error=error.args[0]))
        return value

    def confidence(self, table: dict[str, Any], path: tuple) -> str:
        """Read `confidence`, above 0 and below 100 %; '' for none."""
        value = self.text(_plain(table, 'confidence'), path, 'confidence',
                          TITLE_MAX, '', filled=True)
        try:
            if value:
                typed_share(value)
            if not value or 0 < amount(value, '') < 1:
                return value
        except UnitError:
            pass
        self.problem((*path, 'confidence'), Message(
            'write a confidence level above 0 % and below 100 %, like '
            '"95 %"'))
        return ''

    def reading(self, table: dict[str, Any], path: tuple, unit: str,
                hs23: Fraction | None = None) -> str:
        """Read `source`, a reading of the value's dimension; '' for none."""
        value = self.text(table, path, 'source', SOURCE_MAX, '', filled=True)
        if value and self.kinds is not None and not self.former:
            words = source_mistake(value, unit, hs23, self.kinds)
            if words:
                self.problem((*path, 'source'), words)
        return value

    def signed(self, table: dict[str, Any], path: tuple) -> bool:
        """Read `signed`; a value from a slope may be below 0 by itself."""
        kind = kind_of(str(table.get('source', '')), self.kinds or ())
        return self.flag(table, path, 'signed') or bool(kind and kind.signed)

    def hs23(self, table: dict[str, Any], path: tuple) -> str:
        """Read `hs23`, how many HS06 one HS23 is; '' for none."""
        value = self.text(table, path, 'hs23', TITLE_MAX, '', filled=True)
        try:
            if value:
                typed_bound(value, 'HS06')
            if not value or amount(value, 'HS06') > 0:
                return value
        except UnitError:
            pass
        self.problem((*path, 'hs23'), Message(
            'write how many HS06 one HS23 is, like "1.05 HS06"'))
        return ''


def _plain(table: dict[str, Any], word: str) -> dict[str, Any]:
    """A table with usual blanks in a quantity: fixed ones come by copying."""
    value = table.get(word)
    return {**table, word: value.translate(FIXED_BLANKS)} \
        if isinstance(value, str) else table
