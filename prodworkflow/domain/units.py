"""Reads quantities with units, and compares them exactly.

A quantity is a number with a unit, or one such per another: `5 kB/event`,
`4.9 MB per 1000 events`, `3.2 GiB`, `0.5 %`, `12 HS06 h`.  Numbers are read
as fractions, so no rounding decides a comparison.

pint is imported when the first unit is read: most processes and pages read
none, and what is loaded costs each request in Trac's garbage collection.
"""

from __future__ import annotations

import functools
import re
from fractions import Fraction
from typing import Any

from prodworkflow.domain.text import Message

DEFINITIONS = (
    'event = [event] = event = evt',
    'job = [job]',
    'crash = job = _ = crashes = failure',
    'HS06 = [computing_power] = HS06 = HEPSPEC06',
    'HS23 = HS06',
)


LONGEST = 64


_NUMBER = r'[+-]?(?:\d{1,20}(?:\.\d{0,20})?|\.\d{1,20})(?:[eE][+-]?\d{1,2})?'


_WORD = r'[A-Za-zµμ%°][A-Za-z0-9µμ_%°]*'


_UNIT = rf'{_WORD}(?:(?:\s*[*/·]\s*|\s+(?:per\s+)?){_WORD})*'


_TEXT = re.compile(rf'({_NUMBER})\s*({_UNIT})?'
                   rf'(?:\s*(?:/|\bper\b)\s*({_NUMBER})\s*({_UNIT}))?',
                   re.ASCII)


class UnitError(ValueError):
    """A text that is no quantity, or not of the dimension that is asked for.

    Its one argument is a message that names the remedy.
    """


def amount(text: str, unit: str) -> Fraction:
    """Convert a quantity to `unit`, exactly; UnitError if that is impossible.

    A bare number is taken to be in `unit` itself.
    """
    found = _TEXT.fullmatch(text.strip()) if len(text) <= LONGEST else None
    if not found:
        raise UnitError(Message('"%(text)s" is no quantity; write a number '
                                'with a unit, like "5 %(unit)s"',
                                text=text[:LONGEST], unit=unit))
    number, own, count, counted = found.groups()
    if own is None and counted is None:
        return Fraction(number)
    if counted and not Fraction(count):
        raise UnitError(Message('"%(text)s" divides by zero', text=text))
    try:
        measured = Fraction(number) * _unit(own or '')
        if counted:
            measured = measured / (Fraction(count) * _unit(counted))
        return Fraction(measured.to(_unit(unit).units).magnitude)
    except _failures() as error:
        raise UnitError(Message('"%(text)s" cannot be counted in %(unit)s; '
                                'write a number with a unit, like '
                                '"5 %(unit)s"',
                                text=text, unit=unit)) from error


def complete(text: str, unit: str) -> str:
    """Validate a quantity and add the unit to a bare number.

    UnitError if it cannot be converted to `unit`.
    """
    amount(text, unit)
    stripped = ' '.join(text.split())
    return f'{stripped} {unit}' if re.fullmatch(_NUMBER, stripped) \
        else stripped


def share(text: str) -> Fraction:
    """Convert a share to a fraction of 1: `10 %` and `0.1` are a tenth.

    UnitError if it has a dimension.
    """
    return amount(text, 'dimensionless')


def tolerance(text: str) -> tuple[Fraction | None, Fraction | None]:
    """Convert a tolerance to fractions of 1: how far below and above.

    `20 %` is both, `+20 %` only bounds what is above, `-5 %` what is below;
    None for no bound.  UnitError if it has a dimension.
    """
    far = abs(share(text))
    sign = text.strip()[:1]
    return (None if sign == '+' else far), (None if sign == '-' else far)


def known(unit: str) -> None:
    """Validate a unit; UnitError if it is unknown."""
    if len(unit) > LONGEST or not re.fullmatch(_UNIT, unit.strip()):
        raise UnitError(Message('"%(unit)s" is no unit; write one like '
                                '"GB", "s", "%%" or "kB/event"',
                                unit=unit[:LONGEST]))
    _unit(unit)


def alike(one: str, other: str) -> bool:
    """Whether two units have the same dimension; UnitError if one is none."""
    return bool(_unit(one).dimensionality == _unit(other).dimensionality)


def _failures() -> tuple[type[Exception], ...]:
    """The exceptions that pint raises for texts that it cannot read."""
    import pint
    return pint.PintError, TypeError, ArithmeticError


@functools.lru_cache(maxsize=1)
def _registry() -> Any:
    import pint
    registry: Any = pint.UnitRegistry(non_int_type=Fraction)
    for definition in DEFINITIONS:
        registry.define(definition)
    return registry


@functools.lru_cache(maxsize=256)
def _unit(text: str) -> Any:
    """The quantity 1 of a unit, as a fraction; UnitError if it is unknown.

    Units are looked up word by word, for pint would evaluate whole
    expressions.
    """
    if text == 'dimensionless':
        text = ''
    words = re.sub(r'\s+per\s+', '/', text).replace('·', '*')
    words = re.sub(rf'({_WORD})\s+(?=[A-Za-z])', r'\1*', words)
    failures: tuple[type[Exception], ...] = (
        *_failures(), AttributeError, ValueError)
    try:
        unit = _registry().parse_units(words)
    except failures as error:
        raise UnitError(Message('"%(unit)s" is no known unit; write one '
                                'like "GB", "s", "%%" or "kB/event"',
                                unit=text)) from error
    return _registry().Quantity(Fraction(1), unit)
