"""Student's t distribution."""

from __future__ import annotations

import functools
from math import sqrt
from statistics import NormalDist

from prodworkflow.domain.statistics.incomplete_beta import beta_quantile


def normal_quantile(level: float) -> float:
    """Below what a level of the normal distribution lies."""
    return NormalDist().inv_cdf(level)


@functools.lru_cache(maxsize=512)
def t_quantile(level: float, freedom: int) -> float:
    """Below what a level of the t distribution lies; `freedom` from 1 on.

    t is drawn from the beta distribution of t² / (freedom + t²).
    """
    if level == 0.5:
        return 0.0
    tail = 2 * min(level, 1 - level)
    share = beta_quantile(tail, freedom / 2, 0.5)
    found = sqrt(freedom * (1 - share) / share)
    return found if level > 0.5 else -found
