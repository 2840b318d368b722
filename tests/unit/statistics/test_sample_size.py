"""Of how many a measurement is enough."""

from __future__ import annotations

import pytest

from prodworkflow.domain.statistics import (
    mean_half_width,
    mean_total,
    share_limit,
    share_total,
)


@pytest.mark.parametrize(('failed', 'bound', 'total'), [
    (0, 0.01, 299), (1, 0.01, 473), (0, 0.02, 149), (2, 0.01, 628),
    (0, 0.5, 5), (0, 1.0, 2), (3, 1.0, 3), (0, 0.96, 2)])
def test_how_many_are_enough_at_95_percent(failed, bound, total):
    assert share_total(failed, bound, 0.95) == total


@pytest.mark.parametrize('failed', [0, 1, 7, 50])
@pytest.mark.parametrize('bound', [0.002, 0.01, 0.05, 0.3])
def test_one_less_is_not_enough(failed, bound):
    total = share_total(failed, bound, 0.9)
    assert share_limit(failed, total, 0.9) <= bound
    assert share_limit(failed, total - 1, 0.9) > bound


def test_nothing_is_certain():
    assert share_total(0, 0.01, 1.0) is None
    assert share_limit(0, 10**6, 1.0) == 1
    assert share_limit(5, 10**6, 1.0, False) == 0
    assert mean_half_width(2.0, None, 1.0) == float('inf')
    assert mean_half_width(2.0, 20, 1.0) == float('inf')
    assert mean_half_width(2.0, 20, 0.0) == float('-inf')
    assert mean_half_width(0.0, 20, 1.0) == 0


def test_an_enormous_spread_needs_more_than_there_will_ever_be():
    assert mean_total(1e-99, 1e99, 20, 0.95) is None


@pytest.mark.parametrize('bound', [0.0, 1e-12])
def test_no_number_is_enough_for_nothing_at_all(bound):
    assert share_total(0, bound, 0.95) is None


def test_a_mean_of_more_is_surer():
    total = mean_total(0.5, 1.0, 20, 0.95)
    spread = 20 ** 0.5
    assert mean_half_width(spread / total ** 0.5, total, 0.95) <= 0.5
    assert mean_half_width(spread / (total - 1) ** 0.5, total - 1,
                           0.95) > 0.5
