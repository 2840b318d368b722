"""Student's t distribution."""

from __future__ import annotations

import functools
from math import inf, sqrt
from statistics import NormalDist

from prodworkflow.domain.statistics.incomplete_beta import beta_quantile


def normal_quantile(level: float) -> float:
    """Below what a level of the normal distribution lies."""
    return (NormalDist().inv_cdf(level) if 0 < level < 1
            else endless(level))


def endless(level: float) -> float:
    """Below what all or nothing lies, for levels that round to 1 or 0."""
    return inf if level >= 1 else -inf


@functools.lru_cache(maxsize=512)
def t_quantile(level: float, freedom: int) -> float:
    """Below what a level of the t distribution lies; `freedom` from 1 on.

    t is drawn from the beta distribution of t² / (freedom + t²).
    """
    if level == 0.5:
        return 0.0
    if not 0 < level < 1:
        return endless(level)
    tail = 2 * min(level, 1 - level)
    share = beta_quantile(tail, freedom / 2, 0.5)
    found = sqrt(freedom * (1 - share) / share)
    return found if level > 0.5 else -found
