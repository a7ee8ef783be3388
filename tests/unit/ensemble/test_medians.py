"""Medians of numbers and times: what never comes, their intervals, and the differences of twins."""

from __future__ import annotations

import math

import numpy as np
import pytest

from situation.ensemble.design import index_of
from situation.ensemble.statistics.medians import median, median_difference, median_of
from situation.ensemble.statistics.shared_draws import SharedDraws


def _designed(runs: int) -> SharedDraws:
    rows = [index_of(run) for run in range(runs)]
    return SharedDraws.of(np.array([row.record for row in rows]), np.array([row.parameter for row in rows]))


def test_what_never_comes_in_half_of_the_runs_has_the_median_never() -> None:
    assert median(np.array([3.0, math.inf, 5.0])) == 5.0
    assert median(np.array([3.0, math.inf, math.inf])) == math.inf


def test_the_median_lies_in_its_interval_and_that_in_the_outer_band() -> None:
    values = np.random.default_rng(1).exponential(10.0, 160)
    found = median_of(values, _designed(160), 0.02)
    assert found.interval is not None
    assert found.outer is not None
    assert found.outer[0] <= found.interval[0] < found.median < found.interval[1] <= found.outer[1]
    assert median_of(values[:1], _designed(1), 0.0).interval is None


def test_twins_that_do_not_differ_have_no_difference_at_all() -> None:
    values = np.random.default_rng(2).exponential(10.0, 80)
    found = median_difference(values, values.copy(), _designed(80), 60.0)
    assert (found.difference, found.interval) == (0.0, (0.0, 0.0))


def test_what_all_twins_share_is_no_error_of_their_difference() -> None:
    values = np.random.default_rng(3).exponential(10.0, 400)
    together = median_difference(values, values + 2.0, _designed(400), math.inf)
    apart = median_difference(values, np.random.default_rng(4).exponential(10.0, 400), _designed(400), math.inf)
    assert together.interval is not None
    assert apart.interval is not None
    assert together.difference == pytest.approx(2.0)
    assert together.interval == pytest.approx((2.0, 2.0))
    assert apart.interval[1] - apart.interval[0] > 1.0


def test_never_counts_as_the_horizon_in_a_difference_alone() -> None:
    first = np.array([5.0, 6.0, 7.0, 8.0] * 20)
    found = median_difference(first, np.full(80, math.inf), _designed(80), 60.0)
    assert (found.first, found.second, found.difference) == (7.0, math.inf, 53.0)
    assert found.interval is not None
    assert found.interval[1] <= 60.0


@pytest.mark.long
def test_the_interval_of_a_difference_covers_the_truth_in_about_95_of_100() -> None:
    covered = 0
    for seed in range(400):
        draws = np.random.default_rng(seed)
        common = draws.exponential(10.0, 200)
        found = median_difference(common, 1.5 * common + draws.exponential(2.0, 200), _designed(200), math.inf)
        truth = _TRUTH
        assert found.interval is not None
        covered += found.interval[0] <= truth <= found.interval[1]
    assert covered >= 0.90 * 400


_MANY = np.random.default_rng(99).exponential(10.0, 2_000_000)
_TRUTH = float(np.median(1.5 * _MANY + np.random.default_rng(98).exponential(2.0, 2_000_000)) - np.median(_MANY))
