"""Our own statistics agree with SciPy's, over a grid."""

from __future__ import annotations

from itertools import product

import pytest
from scipy import special, stats

from prodworkflow.domain.statistics import mean_half_width, share_limit
from prodworkflow.domain.statistics.incomplete_beta import incomplete_beta
from prodworkflow.domain.statistics.student import t_quantile

SHAPES = (0.5, 1, 2, 7.5, 50, 1000, 5e5)
POINTS = (-1, 0, 1e-9, 0.001, 0.01, 0.3, 0.5, 0.9, 0.999, 1, 2)
LEVELS = (0.05, 0.5, 0.68, 0.9, 0.95, 0.99, 0.999)


@pytest.mark.parametrize(('a', 'b'), list(product(SHAPES, SHAPES)))
def test_the_incomplete_beta_function(a, b):
    for x in (*POINTS, a / (a + b)):
        asked = min(max(x, 0), 1)
        assert incomplete_beta(x, a, b) == pytest.approx(
            special.betainc(a, b, asked), rel=1e-8, abs=1e-13)


@pytest.mark.parametrize('freedom', [1, 2, 5, 19, 100, 5000, 10**6])
def test_quantiles_of_students_t(freedom):
    for level in LEVELS:
        assert t_quantile(level, freedom) == pytest.approx(
            stats.t.ppf(level, freedom), rel=1e-7, abs=1e-9)


@pytest.mark.parametrize('total', [1, 5, 20, 149, 299, 5000, 10**6])
def test_limits_of_clopper_and_pearson(total):
    for failed in {0, 1, total // 100, total // 2, total - 1, total}:
        for level in LEVELS:
            upper = 1 if failed == total else stats.beta.ppf(
                level, failed + 1, total - failed)
            lower = 0 if failed == 0 else stats.beta.ppf(
                1 - level, failed, total - failed + 1)
            assert share_limit(failed, total, level) == pytest.approx(
                upper, rel=1e-8)
            assert share_limit(failed, total, level, False) == pytest.approx(
                lower, rel=1e-8)


def test_limits_of_means():
    assert mean_half_width(2.0, 20, 0.95) == pytest.approx(
        2 * stats.t.ppf(0.95, 19))
    assert mean_half_width(2.0, None, 0.95) == pytest.approx(
        2 * stats.norm.ppf(0.95))
    assert mean_half_width(2.0, 1, 0.95) == float('inf')
