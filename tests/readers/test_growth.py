"""Memory growth: found where it is, whatever single peaks there are."""

from __future__ import annotations

import random

from prodworkflow.evidence_readers.growth import growth, theil_sen


def test_slope_of_a_line_is_exact():
    found = theil_sen([(float(x), 3 * x + 7) for x in range(20)])
    assert (found.slope, found.error, found.points) == (3, 0, 20)


def test_single_peaks_do_not_count():
    line = [(float(x), 3.0 * x) for x in range(40)]
    line[20] = (20.0, 10**9)
    assert theil_sen(line).slope == 3


def test_interval_holds_the_truth_as_often_as_one_sigma_says():
    chance = random.Random(1)
    held = 0
    for _ in range(300):
        found = theil_sen([(float(x), 2 * x + chance.gauss(0, 5))
                           for x in range(30)])
        held += abs(found.slope - 2) <= found.error
    assert 0.63 < held / 300 < 0.80


def test_leaking_series_grows_and_steady_one_does_not():
    chance = random.Random(2)
    warm_up = [(float(x), 4000.0 * x) for x in range(10)]
    leaking = growth([*warm_up, *((float(x), 40000 + 30 * x + chance.gauss(
        0, 20)) for x in range(10, 60))], 1)
    steady = growth([*warm_up, *((float(x), 40000 + chance.gauss(
        0, 20)) for x in range(10, 60))], 1)
    assert leaking.slope - 5 * leaking.error > 25
    assert abs(steady.slope) < 3 * steady.error


def test_slope_is_known_no_better_than_one_step_over_the_whole_time():
    found = growth([(float(x), 500.0) for x in range(41)], 1)
    assert (found.slope, found.error) == (0, 1 / 30)


def test_long_series_is_thinned():
    found = growth([(float(x), 2.0 * x) for x in range(100_000)], 1)
    assert found.slope == 2
    assert 200 < found.points <= 400


def test_short_series_has_no_growth():
    assert growth([], 1) is None
    assert growth([(float(x), 1.0) for x in range(9)], 1) is None
    assert growth([(5.0, 1.0)] * 50, 1) is None
