"""Measurement: a value with its count or uncertainty, as it is written.

A quantity is a number with a unit, or one such per another: `5 kB/event`,
`4.9 MB per 1000 events`, `12 HS23 h`.  A share may be a count: `3/149`,
`3 of 149 jobs`.  A mean may have its standard error, and of how many it is:
`12.5 ± 0.3 s (n=20)`.  Numbers are read as fractions, so no rounding decides
a comparison.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from fractions import Fraction

from prodworkflow.domain.quantities.errors import (
    LONGEST,
    UnitError,
    UnknownUnit,
)
from prodworkflow.domain.quantities.former_units import former_unit
from prodworkflow.domain.quantities.nearest_unit import (
    is_like_one,
    is_plural,
    other_case,
)
from prodworkflow.domain.quantities.units import (
    product,
    ratio,
    share_inside,
    UNIT,
)
from prodworkflow.domain.quantities.units import unit as parsed
from prodworkflow.domain.quantities.vocabulary import COUNTED, NUMBER, Unit
from prodworkflow.domain.text import Message

DIGITS = r'[+-]?(?:\d{1,20}(?:\.\d{0,20})?|\.\d{1,20})(?:[eE][+-]?\d{1,2})?'
# So many digits that the statistics of a count take no time.
_WHOLE = r'\d{1,8}'
# Beyond it squares of floating-point numbers overflow.
MOST = Fraction(10) ** 150
_UNITS = re.compile(rf'({UNIT})?(?:\s*(?:/|\bper\b)\s*({DIGITS})\s*({UNIT}))?',
                    re.ASCII)
_COUNT = re.compile(rf'({_WHOLE})\s*(?:/|\bof\b)\s*({_WHOLE})'
                    r'(?:\s+([A-Za-z]+))?', re.ASCII)
_SIGN = r'(?:±|\+/?-)'
_VALUE = re.compile(rf'({DIGITS})\s*(.*)', re.ASCII)
_MEAN = re.compile(rf'({DIGITS})\s*([^±]*?)\s*{_SIGN}\s*({DIGITS})\s*(.*)',
                   re.ASCII)
_BRACKETS = re.compile(rf'\(\s*({DIGITS})\s*{_SIGN}\s*({DIGITS})\s*\)\s*(.*)',
                       re.ASCII)
_NUMBERED = re.compile(rf'(.*?)\s*\(\s*n\s*=\s*({_WHOLE})\s*\)')


@dataclass(frozen=True)
class Written:
    """A quantity in its parts, as text; '' for what is not written.

    `failed` of `total` are counted; `number` with `error`, in `units`, is the
    mean of `total`.
    """

    number: str = ''
    error: str = ''
    units: str = ''
    failed: str = ''
    total: str = ''
    counted: str = ''


@dataclass(frozen=True)
class Measurement:
    """A value in the unit that is asked for, and how well it is known.

    `error` is the standard error of a mean; `failed` how many of `total` a
    share counts; `total` of how many it is a mean.  None for what is not
    known.  `whole` is how much all are: 100 of a share in %.
    """

    value: Fraction
    error: Fraction | None = None
    failed: int | None = None
    total: int | None = None
    whole: Fraction = Fraction(1)


def amount(text: str, unit: str, hs23: Fraction | None = None) -> Fraction:
    """Convert a quantity to `unit`, exactly; UnitError if that is impossible.

    A bare number is taken to be in `unit` itself.
    """
    return measurement(text, unit, hs23).value


@functools.lru_cache(maxsize=2048)
def measurement(text: str, unit: str, hs23: Fraction | None = None,
                former: bool = True) -> Measurement:
    """Read a quantity in `unit`; UnitError if that is impossible.

    `hs23` is how many HS06 one HS23 is.  What is stored may have `former`
    units, which are out of the vocabulary.
    """
    found, asked = written(text, unit), parsed(unit, True)
    if found.failed:
        return _share(text, found, unit, asked)
    each = Fraction(1)
    if found.units:
        each = _ratio(text, found.units, unit, hs23, former)
    value, error = (Fraction(number or 0) * each
                    for number in (found.number, found.error))
    if max(abs(value), abs(error)) > MOST:
        raise UnitError(Message('"%(text)s" is more than is ever measured; '
                                'write a smaller exponent', text=text))
    return Measurement(value, error if found.error else None, None,
                       int(found.total) if found.total else None)


def is_number(text: str) -> bool:
    """Whether a text is a bare number."""
    return bool(re.fullmatch(DIGITS, text.strip(), re.ASCII))


def written(text: str, unit: str) -> Written:
    """Take a quantity apart; UnitError, with an example, if it is none."""
    found = _parts(' '.join(text.split())) if len(text) <= LONGEST else None
    if found is None or not _UNITS.fullmatch(found.units):
        raise UnitError(Message('"%(text)s" is no quantity; write a number '
                                'with a unit, like "5 %(unit)s"',
                                text=text[:LONGEST], unit=unit or '%'))
    return found


def _parts(text: str) -> Written | None:
    count = _COUNT.fullmatch(text)
    if count and (count[3] is None or _counted(count[3])):
        return Written(failed=count[1], total=count[2],
                       counted=count[3] or '')
    numbered = _NUMBERED.fullmatch(text)
    text, total = (numbered[1], numbered[2]) if numbered else (text, '')
    brackets = _BRACKETS.fullmatch(text)
    if brackets:
        return Written(brackets[1], brackets[2], brackets[3], total=total)
    mean = _MEAN.fullmatch(text)
    if mean:
        units = mean[2] or mean[4]
        return Written(mean[1], mean[3], units, total=total) \
            if mean[4] in ('', units) else None
    value = _VALUE.fullmatch(text)
    return Written(value[1], '', value[2], total=total) if value else None


def _counted(word: str) -> bool:
    """Whether a word means things that are counted, one by one."""
    try:
        found = parsed(word)
        return found.factor == 1 and found.dimension in [
            ((name, 1),) for name in COUNTED]
    except UnitError:
        return False


def _share(text: str, found: Written, unit: str, asked: Unit) -> Measurement:
    failed, total = int(found.failed), int(found.total)
    if asked.dimension != NUMBER:
        raise UnitError(_unfit(text, unit))
    if not total or failed > total:
        raise UnitError(Message(
            '"%(text)s" is no count of a number; write how many of how many, '
            'like "3/149"', text=text))
    return Measurement(Fraction(failed, total) / asked.factor, None, failed,
                       total, 1 / asked.factor)


def _ratio(text: str, units: str, unit: str, hs23: Fraction | None,
           former: bool) -> Fraction:
    """How many of the unit that is asked for one of another is."""
    try:
        own, asked = _units(text, units, former), parsed(unit, True)
    except UnknownUnit as error:
        word = error.word
        if other_case(word) or is_plural(word) or (
                is_like_one(word) and not former_unit(word)):
            raise
        raise UnitError(_unfit(text, unit)) from error
    found = ratio(own, asked, hs23)
    if found is None:
        raise UnitError(_unconverted(text, unit)
                        if ratio(own, asked, Fraction(1)) is not None
                        else _unfit(text, unit))
    return found


@functools.lru_cache(maxsize=512)
def _units(text: str, units: str, former: bool) -> Unit:
    """The unit behind a number: `MB per 1000 events`."""
    found = _UNITS.fullmatch(units)
    own, count, counted = found.groups() if found else ('', '', '')
    each = parsed(own or '', former)
    if not counted:
        return each
    by = parsed(counted, former)
    if not former and not by.dimension:
        raise UnitError(share_inside(text))
    if not former and Fraction(count) < 0:
        raise UnitError(Message('"%(text)s" divides by a number below 0',
                                text=text))
    if not Fraction(count):
        raise UnitError(Message('"%(text)s" divides by zero', text=text))
    return product(each, product(by, Unit('', NUMBER, Fraction(count)), 1),
                   -1)


def _unconverted(text: str, unit: str) -> Message:
    return Message('"%(text)s" cannot be counted in %(unit)s: HS06 and HS23 '
                   'are different units, and the template does not say how '
                   'many HS06 one HS23 is; measure it in %(unit)s, or add '
                   'hs23 = "1 HS06" there', text=text, unit=unit)


def _unfit(text: str, unit: str) -> Message:
    return Message('"%(text)s" cannot be counted in %(unit)s; write a number '
                   'with a unit, like "5 %(unit)s"', text=text,
                   unit=unit or '%')
