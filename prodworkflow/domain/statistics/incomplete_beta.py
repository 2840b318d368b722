"""Regularised incomplete beta function, and its inverse.

By the continued fraction of Abramowitz and Stegun, 26.5.8, evaluated as W. J.
Lentz does (Applied Optics 15, 668).
"""

from __future__ import annotations

from math import exp, lgamma, log, log1p

SMALL = 1e-300
PRECISION = 1e-14
STEPS = 10 ** 6


def incomplete_beta(x: float, a: float, b: float) -> float:
    """The share of the beta distribution of `a` and `b` that is below x."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b)
                + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def beta_quantile(share: float, a: float, b: float) -> float:
    """Below what `share` of the beta distribution lies, by bisection."""
    low, high = 0.0, 1.0
    while high - low > PRECISION * high / 10:
        middle = (low + high) / 2
        if incomplete_beta(middle, a, b) < share:
            low = middle
        else:
            high = middle
    return high


def _fraction(x: float, a: float, b: float) -> float:
    """The continued fraction; x is below the mean of the distribution."""
    upper = 1.0
    lower = 1 / _away(1 + _term(x, a, b, 1))
    found, change, step = lower, 0.0, 2
    while abs(change - 1) > PRECISION and step < STEPS:
        term = _term(x, a, b, step)
        lower = 1 / _away(1 + term * lower)
        upper = _away(1 + term / upper)
        change = upper * lower
        found, step = found * change, step + 1
    return found


def _away(value: float) -> float:
    """A value that can be divided by."""
    return value if abs(value) > SMALL else SMALL


def _term(x: float, a: float, b: float, step: int) -> float:
    """The numerator of the fraction's step."""
    half, odd = divmod(step, 2)
    if odd:
        return (-(a + half) * (a + b + half) * x
                / ((a + 2 * half) * (a + 2 * half + 1)))
    return half * (b - half) * x / ((a + 2 * half - 1) * (a + 2 * half))
