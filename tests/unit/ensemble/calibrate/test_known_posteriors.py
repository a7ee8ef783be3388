"""History matching and rejection ABC, on models whose answers are known by arithmetic."""

from __future__ import annotations

import math

import numpy as np
import pytest

from situation.chance.vectors import Floats
from situation.ensemble.calibrate.matching import CUT, emulator_of, implausibility
from situation.ensemble.calibrate.rejection import (
    distances,
    interval_of,
    nearest,
    rank_correlations,
    spreads,
    widths_against_prior,
)
from situation.ensemble.calibrate.targets import Target
from situation.ensemble.calibrate.waves import Setting, calibrate
from situation.ensemble.sweep.points import Points
from situation.errors import Fault
from situation.rules import Family, Prior


def normals(count: int, seed: int = 5) -> Floats:
    drawn: Floats = np.random.default_rng(seed).standard_normal(count)
    return drawn


PRIORS = {
    name: Prior(name=name, family=Family.BETA, low=0.05, best=0.5, high=0.95, unit="share", source="invented")
    for name in ("a", "b")
}


def test_rejection_gives_the_posterior_of_a_normal_mean_of_known_variance() -> None:
    """Prior N(0, 2**2), one observation 1.5 with N(0, 1): the posterior is N(1.2, 0.8)."""
    draws = normals(40_000).reshape(2, -1)
    mean = 2.0 * draws[0]
    told = (mean + draws[1])[:, None]
    observed = np.array([1.5])
    accepted = nearest(distances(told, observed, observed, spreads(told)), 0.05, 20, np.arange(20_000))
    assert accepted.sum() == 1000
    low, best, high = interval_of(mean[accepted][:, None])[:, 0]
    deviation = math.sqrt(0.8)
    assert best == pytest.approx(1.2, abs=0.1)
    assert (low, high) == pytest.approx((1.2 - 1.645 * deviation, 1.2 + 1.645 * deviation), abs=0.2)


def test_an_observed_interval_rules_out_nothing_within_it() -> None:
    told = np.array([[1.0], [2.0], [3.0], [5.0]])
    far = distances(told, np.array([2.0]), np.array([3.0]), np.array([2.0]))
    assert far.tolist() == [0.5, 0.0, 0.0, 1.0]
    assert nearest(far, 0.25, 1, np.arange(4)).tolist() == [False, True, True, False]  # both are as near
    assert nearest(far, 0.25, 3, np.array([2, 5, 5, 9])).tolist() == [True, True, True, True]  # three points at least
    assert nearest(far, 0.25, 9, np.array([2, 5, 5, 5])).tolist() == [True, True, True, False]


def test_another_draw_lies_within_the_interval_of_few_draws_in_90_of_100_cases() -> None:
    draws = normals(20_000 * 20).reshape(20, -1)
    low, _, high = interval_of(draws[:19])
    assert ((low <= draws[19]) & (draws[19] <= high)).mean() == pytest.approx(0.9, abs=0.01)


def test_targets_of_different_units_count_in_units_of_their_spread_and_one_without_spread_not_at_all() -> None:
    told = np.array([[0.0, 0.0, 7.0], [2.0, 2000.0, 7.0]])
    far = distances(told, np.zeros(3), np.zeros(3), spreads(told))
    assert far.tolist() == pytest.approx([0.0, 2.0])


def test_implausibility_is_the_distance_in_all_that_may_explain_it() -> None:
    low, high = np.array([4.0, 3.0, 2.0]), np.array([4.0, 9.0, np.inf])
    means = np.array([[10.0, 6.0, 1.0], [4.0, 12.0, 5.0]])
    found = implausibility(means, np.array([3.0, 5.0, 0.0]), low, high, np.array([1.0, 1.0, 0.5]))
    assert found[0].tolist() == [3.0, 0.0, 2.0]
    assert found[1].tolist() == [
        0.0,
        2.0,
        0.0,
    ]  # 6 from the middle, sqrt(5 + 36 / 12 + 1) = 3; and what is open is open


def test_an_emulator_is_exact_on_a_parabola_and_tells_its_error_elsewhere() -> None:
    shares = np.linspace(0.02, 0.98, 25)[:, None]
    curves = np.hstack([3.0 + 2.0 * shares - shares**2, np.sin(9.0 * shares)])
    emulator = emulator_of(shares, curves)
    means, variance = emulator.means(np.array([[0.3]]))
    assert means[0, 0] == pytest.approx(3.0 + 0.6 - 0.09)
    assert variance[0, 0] == pytest.approx(0.0, abs=1e-12)
    assert abs(means[0, 1] - math.sin(2.7)) < 2.0 * math.sqrt(variance[0, 1])


def test_a_prior_is_as_wide_as_itself_and_a_point_has_no_width() -> None:
    even = (np.arange(1000) + 0.5) / 1000
    widths = widths_against_prior(np.column_stack([even, np.full(1000, 0.3), 0.5 + even / 10.0]))
    assert widths.tolist() == pytest.approx([1.0, 0.0, 0.1], abs=2e-3)


def test_rank_correlations_are_spearmans() -> None:
    scipy_stats = pytest.importorskip("scipy.stats")
    draws = normals(120).reshape(2, 60).round(1)  # with ties
    shares = np.column_stack([draws[0], draws[1] - draws[0], np.full(60, 0.5)])
    found = rank_correlations(shares)
    assert found[0, 1] == pytest.approx(scipy_stats.spearmanr(shares[:, 0], shares[:, 1]).statistic)
    assert found[0, 2] == 0.0


def _linear(wave: int, points: Points) -> Floats:
    """Stories of which one target is ten times the sum of both numbers, with luck of a known size."""
    luck = normals(len(points) * 8, seed=wave).reshape(len(points), 8)
    told: Floats = (10.0 * points.values.sum(axis=1)[:, None] + 0.5 * luck)[:, :, None]
    return told


def _target(low: float) -> tuple[Target, ...]:
    return (Target("changes_of_hands", "dell", low, low, lambda courses: np.zeros(courses.members)),)


def test_waves_close_in_on_what_the_data_tell_and_their_numbers_are_told_together_only() -> None:
    matched = calibrate(_target(10.0), PRIORS, Setting(points=40, waves=3), _linear)
    left = [wave.left for wave in matched.waves]
    assert left[0] < 0.6 and matched.waves[1].plausible.mean() > 0.7  # the emulator knows where to look
    sums = matched.values.sum(axis=1)
    assert matched.has_posterior and abs(sums.mean() - 1.0) < 0.05 and sums.std() < 0.12
    assert rank_correlations(matched.shares)[0, 1] < -0.9
    assert all((wave.implausible[~wave.plausible].max(axis=1) > CUT).all() for wave in matched.waves)


def test_where_no_point_agrees_there_is_no_posterior() -> None:
    matched = calibrate(_target(60.0), PRIORS, Setting(points=40, waves=3), _linear)
    assert len(matched.waves) == 1  # the emulator leaves no candidate for a second
    assert not matched.has_posterior and matched.waves[0].left == 0.0 and not len(matched.distance)


@pytest.mark.parametrize(
    "setting",
    [
        Setting(points=8),
        Setting(points=41),
        Setting(stories=3),
        Setting(waves=0),
        Setting(share=0.0),
        Setting(share=2.0),
    ],
)
def test_a_setting_that_could_tell_nothing_is_refused(setting: Setting) -> None:
    with pytest.raises(Fault) as refused:
        setting.check(2)
    assert refused.value.argument in ("points", "runs", "waves", "share") and refused.value.advice
