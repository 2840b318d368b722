"""Sample size: of how many a measurement would be enough for its bound."""

from __future__ import annotations

import functools
from collections.abc import Callable
from math import ceil

from prodworkflow.domain.statistics.incomplete_beta import incomplete_beta
from prodworkflow.domain.statistics.limits import mean_half_width
from prodworkflow.domain.statistics.student import normal_quantile

# More than this nobody produces to learn a number.
MOST = 10 ** 8
# A single case shows nothing at any confidence.
FEWEST = 2


@functools.lru_cache(maxsize=512)
def share_total(failed: int, bound: float, level: float) -> int | None:
    """The least total at which `failed` of it are at most a share of `bound`.

    None if no total is enough; one is never.
    """
    if level >= 1:
        return None
    if bound >= 1:
        return max(failed, FEWEST)
    return _least(lambda total: incomplete_beta(
        1 - bound, total - failed, failed + 1) <= 1 - level,
        max(failed + 1, FEWEST))


@functools.lru_cache(maxsize=512)
def mean_total(away: float, error: float, total: int,
               level: float) -> int | None:
    """The least total at which a mean's limit is within its bound.

    `away` is how far the mean is within, `error` its standard error in
    `total`; both the mean and what is measured each time stay as they are.
    """
    spread = error * total ** 0.5
    wanted = min(spread * normal_quantile(level) / away, MOST ** 0.5)
    least = max(total, FEWEST, min(ceil(max(wanted, 0.0) ** 2), MOST))
    return _least(lambda number: mean_half_width(
        spread / number ** 0.5, number, level) <= away, least)


def _least(enough: Callable[[int], bool], least: int) -> int | None:
    """The least number from `least` on that is enough; None if none is."""
    high, step = least, 1
    while not enough(high):
        if high >= MOST:
            return None
        least, high, step = high + 1, min(high + step, MOST), 2 * step
    while least < high:
        middle = (least + high) // 2
        if enough(middle):
            high = middle
        else:
            least = middle + 1
    return high
