"""One-sided limits of shares and means at a confidence level, 0 to 1."""

from __future__ import annotations

import functools
from math import hypot, inf

from prodworkflow.domain.statistics.incomplete_beta import beta_quantile
from prodworkflow.domain.statistics.student import normal_quantile, t_quantile


@functools.lru_cache(maxsize=512)
def share_limit(failed: int, total: int, level: float,
                upper: bool = True) -> float:
    """The exact limit of a share (Clopper and Pearson, Biometrika 26, 404).

    With a true share beyond it, such a count would be rarer than 1 - level.
    """
    if level >= 1 or failed == (total if upper else 0):
        return float(upper)
    if upper:
        return beta_quantile(level, failed + 1, total - failed)
    return beta_quantile(1 - level, failed, total - failed + 1)


def mean_half_width(error: float, total: int | None, level: float) -> float:
    """How far the limit of a mean is from it; infinite for a single value.

    `error` is the standard error, `total` of how many it was calculated, None
    where nobody says.
    """
    if total == 1:
        return inf
    quantile = (normal_quantile(level) if total is None
                else t_quantile(level, total - 1))
    return error * quantile if error else 0.0


def half_width(one: float, other: float) -> float:
    """How far the limit of a difference is from it, by those of its parts.

    Squares add up (Zou and Donner, Statistics in Medicine 27, 1693).
    """
    return hypot(one, other)
