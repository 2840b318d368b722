"""Measures cases in alternating order, and sums up what came out."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

from .sites import PLAIN

WARM_UP = 2


@dataclass(frozen=True)
class Cost:
    """The median of CPU milliseconds, and SQL statements."""

    cpu: float
    statements: int


@dataclass(frozen=True)
class Result:
    """A case at one scale; `ratio` is the median of each round's ratio."""

    case: str
    scale: str
    target: float | None
    with_plugin: Cost
    plain: Cost
    ratio: float
    spread: tuple[float, float]

    @property
    def met(self):
        return self.target is None or self.ratio <= self.target


def measure(world, case, rounds):
    """Do a case so many times with the plugin and without, turn about."""
    pairs = []
    for turn in range(-WARM_UP, rounds):
        variants = [case.with_plugin, PLAIN]
        if turn % 2:
            variants.reverse()
        costs = {v: case.act(world, v, turn + WARM_UP) for v in variants}
        if turn >= 0:
            pairs.append((costs[case.with_plugin], costs[PLAIN]))
    return _summed_up(world, case, pairs)


def _summed_up(world, case, pairs):
    ratios = sorted(a['cpu'] / b['cpu'] for a, b in pairs)
    quarter = len(ratios) // 4
    return Result(case.name, str(world.scale), case.target,
                  _cost(a for a, _ in pairs), _cost(b for _, b in pairs),
                  statistics.median(ratios),
                  (ratios[quarter], ratios[-1 - quarter]))


def _cost(answers):
    answers = list(answers)
    return Cost(statistics.median(a['cpu'] for a in answers) * 1000,
                int(statistics.median(a['statements'] for a in answers)))
