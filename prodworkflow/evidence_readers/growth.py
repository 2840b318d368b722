"""Memory growth: a robust slope (Theil-Sen) after the warm-up.

The slope is the median of the slopes of all pairs of points, so that single
peaks do not count; its interval comes from Kendall's tau (Sen, Journal of the
American Statistical Association 63, 1968, 1379).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, sqrt

from prodworkflow.domain.text import Message

# What is read and loaded at first is no growth: this part of the time.
WARM_UP = 0.25
POINTS_MIN = 10
# All pairs are compared, so a longer series is thinned.
POINTS_MAX = 400

WORDS = Message('the robust slope of memory after the first quarter of the '
                'time')
TOO_SHORT = Message('Memory growth: there are too few points after the first '
                    'quarter of the time. Measure longer or more often.')
DISORDER = Message('The times in the file run backwards. Send the file as the '
                   'tool wrote it.')

Point = tuple[float, float]


@dataclass(frozen=True)
class Slope:
    """A slope, half its interval of 68.3 % (one standard error), points."""

    slope: float
    error: float
    points: int


def growth(series: Sequence[Point], resolution: float) -> Slope | None:
    """The slope of (time, memory) after the warm-up; None if too short.

    Times must not fall.  `resolution` is the step in which memory is told: a
    slope is known no better than one step over the whole time.
    """
    points = thinned(after_warm_up(series))
    span = points[-1][0] - points[0][0] if points else 0
    if len(points) < POINTS_MIN or span <= 0:
        return None
    found = theil_sen(points)
    return Slope(found.slope, max(found.error, resolution / span),
                 len(points))


def after_warm_up(series: Sequence[Point]) -> list[Point]:
    """The points after the first quarter of the time."""
    if not series:
        return []
    first, last = series[0][0], series[-1][0]
    begin = first + WARM_UP * (last - first)
    return [point for point in series if point[0] >= begin]


def thinned(points: Sequence[Point]) -> list[Point]:
    """Every second, third … point, so that they are few enough."""
    return list(points[::ceil(len(points) / POINTS_MAX) or 1])


def theil_sen(points: Sequence[Point]) -> Slope:
    """The median slope of all pairs, with half its interval of one sigma."""
    slopes = sorted((later[1] - one[1]) / (later[0] - one[0])
                    for i, one in enumerate(points)
                    for later in points[i + 1:] if later[0] != one[0])
    n, pairs = len(points), len(slopes)
    middle = (slopes[(pairs - 1) // 2] + slopes[pairs // 2]) / 2
    spread = sqrt(n * (n - 1) * (2 * n + 5) / 18)
    low = slopes[max(floor((pairs - spread) / 2), 0)]
    high = slopes[min(ceil((pairs + spread) / 2), pairs - 1)]
    return Slope(middle, max(high - middle, middle - low), n)
