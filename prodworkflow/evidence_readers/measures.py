"""Measured values as people type them: means, growth, whole KiB."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import sqrt

from prodworkflow.evidence_readers.growth import Slope

SMALL, LARGE = 1e-5, 1e15


def digits(value: float | Decimal | Fraction) -> str:
    """A number of six digits, with an exponent only beyond 10^-5 or 10^15.
    """
    short = f'{float(value):.6g}'
    size = abs(float(short))
    handy = not size or SMALL <= size < LARGE
    return plain(Decimal(short)) if handy else short


def plain(value: int | Decimal) -> str:
    """An exact number with all its digits, without an exponent."""
    return f'{Decimal(value):f}'


def mean(values: Sequence[Decimal], unit: str) -> str:
    """The mean with its standard error: `12.5 ± 0.3 s (n=20)`.

    A single value is given as it is, and nobody knows how uncertain.
    """
    if len(values) == 1:
        return f'{digits(values[0])} {unit}'
    exact = [Fraction(value) for value in values]
    middle = sum(exact, Fraction(0)) / len(exact)
    squares = sum((value - middle) ** 2 for value in exact)
    error = sqrt(squares / (len(exact) * (len(exact) - 1)))
    return mean_of(middle, error, unit, len(exact))


def mean_of(middle: Decimal | Fraction, error: float, unit: str,
            count: int) -> str:
    """A mean of `count` values with its standard error, as text."""
    return f'{digits(middle)} ± {digits(error)} {unit} (n={count})'


def growth(found: Slope, unit: str, scale: float) -> str:
    """A slope in `unit`, of which `scale` make one of the series' own."""
    return (f'{digits(found.slope * scale)} ± {digits(found.error * scale)} '
            f'{unit} (n={found.points})')
