"""With the true rate at its bound, few pre-productions pass by luck.

20,000 are simulated for each number of jobs; at 95 % confidence one in twenty
may pass.
"""

from __future__ import annotations

import random
from bisect import bisect
from itertools import accumulate
from math import exp, lgamma, log, log1p

import pytest

from prodworkflow.domain.model.evidence import ValueSpec
from prodworkflow.domain.rules.evidence import fault
from prodworkflow.domain.rules.values.confidence import surely
from support.factories import state

RUNS = 20_000


def cumulative(jobs, rate):
    """How likely at most so many crashes are."""
    return list(accumulate(exp(
        lgamma(jobs + 1) - lgamma(n + 1) - lgamma(jobs - n + 1)
        + n * log(rate) + (jobs - n) * log1p(-rate))
        for n in range(jobs + 1)))


@pytest.mark.parametrize('percent', [1, 2, 10])
@pytest.mark.parametrize('jobs', [20, 50, 149, 299, 300, 1000, 2500, 5000])
def test_wrong_openings_of_crash_rates(jobs, percent):
    value = ValueSpec('crash_rate', 'Crash rate', '%',
                      at_most=f'{percent} %', confidence='95 %')
    likely, chance = cumulative(jobs, percent / 100), random.Random(jobs)
    drawn = [min(bisect(likely, chance.random()), jobs) for _ in range(RUNS)]
    passed = {n: fault(value, f'{n}/{jobs}', state()) is None
              for n in set(drawn)}
    assert sum(passed[n] for n in drawn) <= 0.055 * RUNS


@pytest.mark.parametrize('jobs', [20, 100, 1000, 5000])
def test_wrong_openings_of_means(jobs):
    value = ValueSpec('cpu', 'CPU', 's', at_most='100 s', confidence='95 %')
    chance, wrong = random.Random(jobs), 0
    for _ in range(RUNS):
        mean = 100 + chance.gauss(0, 10 / jobs ** 0.5)
        squares = chance.gammavariate((jobs - 1) / 2, 2) * 100
        error = (squares / (jobs - 1) / jobs) ** 0.5
        limit = surely(value, value.measurement(
            f'{mean:.9f} ± {error:.9f} s (n={jobs})'), upper=True)
        wrong += limit <= 100
    assert wrong <= 0.055 * RUNS
