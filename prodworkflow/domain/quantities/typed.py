"""Typed quantities: what is taken from people and machines, and how kept.

Only the units of the vocabulary are, nothing below 0 where the template does
not say that there is such a value, and no bare number for a share.
"""

from __future__ import annotations

from fractions import Fraction

from prodworkflow.domain.quantities.errors import LONGEST, UnitError
from prodworkflow.domain.quantities.measurement import (
    Measurement,
    measurement,
    Written,
    written,
)
from prodworkflow.domain.quantities.units import known
from prodworkflow.domain.text import Message

PERCENT = ('%', 'percent')


def typed_value(text: str, unit: str, signed: bool = False,
                hs23: Fraction | None = None) -> str:
    """Validate a value, and add the unit to a bare number.

    UnitError says what is wrong with it.
    """
    _no_comma(text)
    found = written(text, unit)
    read = measurement(text, unit, hs23, former=not _today(unit))
    _positive(text, unit, read, signed)
    if found.failed or found.units:
        return ' '.join(text.split())
    if unit.strip() in PERCENT:
        raise UnitError(Message(
            '"%(text)s" may be a share or a percentage; write '
            '"%(text)s %%", or a count like "3/149"', text=text.strip()))
    return _with_unit(found, unit)


def typed_bound(text: str, unit: str, signed: bool = False,
                hs23: Fraction | None = None) -> str:
    """Validate a bound, which is one quantity, and add its unit.

    UnitError says what is wrong with it.
    """
    typed = typed_value(text, unit, signed, hs23)
    found = written(text, unit)
    if found.failed or found.error or found.total:
        raise UnitError(Message(
            '"%(text)s" is a measurement; a bound is one quantity: write one '
            'like "5 %(unit)s"', text=text.strip(), unit=unit))
    return typed


def typed_share(text: str) -> str:
    """Validate a tolerance, which has a `%`; UnitError if it has none.

    None at all may be a bare 0.
    """
    if text.strip() == '0':
        return text
    return typed_bound(text, '%', signed=True)


def _today(unit: str) -> bool:
    """Whether a unit that is asked for can be asked for today.

    Those of older campaigns are answered in their own units.
    """
    try:
        known(unit)
    except UnitError:
        return False
    return True


def _no_comma(text: str) -> None:
    if ',' in text:
        raise UnitError(Message(
            '"%(text)s" has a comma; write decimals behind a point, like '
            '"4.6", and thousands without a sign', text=text[:LONGEST]))


def _positive(text: str, unit: str, read: Measurement, signed: bool) -> None:
    if read.value < 0 and not signed:
        raise UnitError(Message(
            '"%(text)s" is below 0, where there is nothing to be measured; '
            'write a value from "0 %(unit)s" on', text=text.strip(),
            unit=unit))
    if read.error is not None and read.error < 0:
        raise UnitError(Message(
            '"%(text)s" has an uncertainty below 0; write it behind ± '
            'without a sign', text=text.strip()))
    if read.total == 0:
        raise UnitError(Message(
            '"%(text)s" is the mean of nothing; write of how many it is, '
            'like (n=20)', text=text.strip()))


def _with_unit(found: Written, unit: str) -> str:
    error = f' ± {found.error}' if found.error else ''
    total = f' (n={found.total})' if found.total else ''
    return f'{found.number}{error} {unit}{total}'
