"""Measures cases in alternating order, and sums up what came out."""

from __future__ import annotations

import math
import statistics
import time
from dataclasses import dataclass

from .environments import PLAIN

WARM_UP = 1
# With fewer rounds there is no interval of 95 %.
LEAST = 6


@dataclass(frozen=True)
class Cost:
    """Medians: CPU and elapsed milliseconds, and SQL statements."""

    cpu: float
    elapsed: float
    statements: int


@dataclass(frozen=True)
class Result:
    """A case at one scale; `ratio` is the median of each round's ratio.

    Of CPU time; `interval` holds it with a confidence of 95 %.  `elapsed` is
    the same ratio of the time that passed.
    """

    case: str
    scale: str
    database: str
    target: float | None
    with_plugin: Cost
    plain: Cost
    ratio: float
    interval: tuple[float, float]
    elapsed: float
    rounds: int

    @property
    def met(self):
        return self.target is None or self.ratio <= self.target

    @property
    def certain(self):
        """Whether the whole interval lies on one side of the target."""
        return self.target is None or not (
            self.interval[0] <= self.target < self.interval[1])


def measure(site, case, rounds, patience):
    """Do a case so many times with the plugin and without, turn about.

    After so many seconds of `patience`, no more often than it takes for an
    interval.
    """
    pairs, begun = [], time.monotonic()
    for turn in range(-WARM_UP, rounds):
        if turn >= LEAST and time.monotonic() - begun > patience:
            break
        variants = [case.with_plugin, PLAIN]
        if turn % 2:
            variants.reverse()
        costs = {v: case.act(site, v, turn + WARM_UP) for v in variants}
        if turn >= 0:
            pairs.append((costs[case.with_plugin], costs[PLAIN]))
    return _summed_up(site, case, pairs)


def _summed_up(site, case, pairs):
    ratios = _ratios(pairs, 'cpu')
    return Result(case.name, str(site.scale), site.scale.database,
                  site.scale.target(case), _cost(a for a, _ in pairs),
                  _cost(b for _, b in pairs), statistics.median(ratios),
                  interval(ratios),
                  statistics.median(_ratios(pairs, 'elapsed')), len(pairs))


def _ratios(pairs, what):
    return sorted(a[what] / b[what] for a, b in pairs)


def interval(values):
    """Between which two of the sorted values the median lies, in 95 of 100.

    By the ranks alone: each value lies below the median like a coin falls.
    """
    count, rank, chance = len(values), 0, 0.0
    while True:
        chance += math.comb(count, rank) / 2**count
        if chance > 0.025:
            break
        rank += 1
    lowest = max(rank - 1, 0)
    return values[lowest], values[-1 - lowest]


def _cost(answers):
    answers = list(answers)
    return Cost(statistics.median(a['cpu'] for a in answers) * 1000,
                statistics.median(a['elapsed'] for a in answers) * 1000,
                int(statistics.median(a['statements'] for a in answers)))
