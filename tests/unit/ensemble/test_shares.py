"""Shares, intervals and words, against exact values and against what happens when chance is drawn many times."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta, binomtest, norm
from scipy.stats import t as student_t

from situation.chance.quantiles import wilson_at
from situation.ensemble.design import parameter_of, record_of
from situation.ensemble.statistics.shared_draws import SharedDraws, student_975
from situation.ensemble.statistics.shares import (
    clustered_mean,
    confidence,
    odds_word,
    odds_words,
    outer_band,
    paired_difference,
    restricted_times,
    share_by_day,
    share_of,
)


def _designed(runs: int) -> SharedDraws:
    """Which runs of an ensemble share draws."""
    numbers = np.arange(runs)
    return SharedDraws.of(record_of(numbers), parameter_of(numbers))


@given(runs=st.integers(1, 400), data=st.data())
def test_the_interval_is_wilsons(runs: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, runs))
    low, high = wilson_at(hits / runs, runs)
    exact = binomtest(hits, runs).proportion_ci(0.95, method="wilson")
    assert low == pytest.approx(exact.low, abs=1e-9)
    assert high == pytest.approx(exact.high, abs=1e-9)


@given(share=st.floats(0.02, 0.98), part=st.floats(0.001, 0.9))
def test_the_outer_band_is_the_middle_of_a_beta_with_the_same_mean_and_variance(share: float, part: float) -> None:
    variance = part * share * (1.0 - share)
    total = 1.0 / part - 1.0
    low, high = outer_band(share, variance)
    assert low == pytest.approx(beta.ppf(0.05, share * total, (1 - share) * total), abs=1e-6)
    assert high == pytest.approx(beta.ppf(0.95, share * total, (1 - share) * total), abs=1e-6)


def test_without_outer_variance_the_band_is_the_share_and_with_all_of_it_everything() -> None:
    assert outer_band(0.3, 0.0) == (0.3, 0.3)
    assert outer_band(0.3, 0.21) == (0.0, 1.0)


def _clustered(rng: np.random.Generator, clusters: int, size: int, alike: float) -> tuple[np.ndarray, np.ndarray]:
    chance = rng.beta(0.4 * (1 / alike - 1), 0.6 * (1 / alike - 1), clusters)
    values = (rng.random((clusters, size)) < chance[:, None]).astype(float).ravel()
    return values, np.repeat(np.arange(clusters), size)


def test_the_interval_covers_the_truth_where_runs_resemble_each_other_and_the_plain_one_does_not() -> None:
    rng = np.random.default_rng(1)
    covered = plain = 0
    for _ in range(400):
        values, cluster = _clustered(rng, 60, 8, 0.4)
        found = share_of(values, SharedDraws.of(cluster, cluster), 0.0)
        covered += found.low <= 0.4 <= found.high
        low, high = wilson_at(float(values.mean()), len(values))
        plain += low <= 0.4 <= high
    assert 0.91 <= covered / 400 <= 0.985
    assert plain / 400 < 0.8


def _stories(rng: np.random.Generator, shares: np.ndarray, runs: int, record: float, numbers: float) -> np.ndarray:
    """Answers of yes and no to some questions, shape (questions, runs), as records, numbers and chance decide them."""
    draws, size = np.arange(runs), (len(shares), runs)
    hidden = record**0.5 * rng.normal(size=size)[:, record_of(draws)]
    hidden += numbers**0.5 * rng.normal(size=size)[:, parameter_of(draws)]
    hidden += (1.0 - record - numbers) ** 0.5 * rng.normal(size=size)
    return np.where(hidden < norm.ppf(shares)[:, None], 1.0, 0.0)


@pytest.mark.parametrize(("record", "numbers"), [(0.0, 0.0), (0.05, 0.2), (0.2, 0.5)])
def test_nineteen_in_twenty_intervals_cover_what_many_more_stories_say(record: float, numbers: float) -> None:
    """Ten questions, 200 ensembles of 60 stories against one of 1,200, whose own error is counted (Newcombe 1998)."""
    rng, shares = np.random.default_rng(5), np.linspace(0.1, 0.9, 10)
    small, large = _designed(60), _designed(1200)
    reference = [share_of(row, large, 0.0) for row in _stories(rng, shares, 1200, record, numbers)]
    covered = widths = known = 0.0
    for _ in range(200):
        for row, beside in zip(_stories(rng, shares, 60, record, numbers), reference, strict=True):
            found = share_of(row, small, 0.0)
            apart = found.share - beside.share
            below = np.hypot(found.share - found.low, beside.high - beside.share)
            above = np.hypot(found.high - found.share, beside.share - beside.low)
            covered += apart - below <= 0.0 <= apart + above
            low, high = wilson_at(found.share, 60.0)
            widths, known = widths + found.high - found.low, known + high - low
    assert 0.93 <= covered / 2000 <= 0.97
    assert record or widths < 1.25 * known


def test_runs_that_share_nothing_are_independent_and_runs_that_share_all_are_as_many_as_their_draws() -> None:
    alone = SharedDraws.of(np.arange(60), np.arange(60))
    assert (alone.draws, alone.freedom, alone.design_effect(np.arange(60.0))) == (60.0, float("inf"), 1.0)
    assert _designed(60).draws == 15.0
    by_record_alone = np.repeat(np.tile([0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0], 3), 4)
    assert _designed(96).design_effect(by_record_alone) == pytest.approx(4.0, rel=0.07)


def test_the_moments_of_the_design_effect_are_those_of_independent_runs() -> None:
    rng, shared = np.random.default_rng(8), _designed(64)
    effects = np.array([shared.design_effect(rng.normal(size=64)) for _ in range(6000)])
    assert effects.mean() == pytest.approx(1.0, abs=0.03)
    assert 2.0 / effects.var() == pytest.approx(shared.freedom, rel=0.15)


def test_of_few_groups_the_interval_covers_the_truth_as_well() -> None:
    rng = np.random.default_rng(9)
    covered = 0
    for _ in range(1000):
        values, cluster = _clustered(rng, 3, 8, 0.4)
        found = share_of(values, SharedDraws.of(cluster, cluster), 0.0)
        covered += found.low <= 0.4 <= found.high
    assert covered / 1000 > 0.93


def test_independent_runs_are_worth_what_they_are() -> None:
    rng = np.random.default_rng(2)
    values = (rng.random(4000) < 0.3).astype(float)
    found = share_of(values, _designed(4000), 0.0)
    assert found.worth == pytest.approx(4000, rel=0.15)


def test_where_no_run_has_it_the_runs_are_worth_no_more_than_their_draws() -> None:
    found = share_of(np.zeros(1000), _designed(1000), 0.0)
    assert (found.share, found.low) == (0.0, 0.0)
    assert found.high == pytest.approx(wilson_at(0.0, 250)[1])


def test_the_bound_of_what_never_came_does_not_fall_when_it_comes_once() -> None:
    highs = []
    for came in range(20):
        values = np.zeros(1000)
        values[: 8 * came : 8] = 1.0
        highs.append(share_of(values, _designed(1000), 0.0).high)
    assert all(after >= before for before, after in pairwise(highs))
    assert highs[-1] > 1.8 * highs[0]


def test_the_outer_band_is_never_inside_the_counting_error() -> None:
    values = np.array([0.0, 1.0] * 20)
    found = share_of(values, _designed(40), 0.0)
    assert found.outer_low == found.low
    assert found.outer_high == found.high


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        (0.0, "almost no chance"),
        (0.049, "almost no chance"),
        (0.05, "very unlikely"),
        (0.20, "unlikely"),
        (0.45, "roughly even chance"),
        (0.55, "roughly even chance"),
        (0.551, "likely"),
        (0.80, "likely"),
        (0.95, "very likely"),
        (0.951, "almost certain"),
        (1.0, "almost certain"),
    ],
)
def test_on_a_line_the_word_nearer_to_even_is_said(chance: float, said: str) -> None:
    assert odds_word(chance) == said


@given(chance=st.floats(0, 1))
def test_words_mirror_each_other(chance: float) -> None:
    mirror = {
        "almost no chance": "almost certain",
        "very unlikely": "very likely",
        "unlikely": "likely",
        "roughly even chance": "roughly even chance",
    }
    back = mirror | {other: one for one, other in mirror.items()}
    if all(abs(chance - edge) > 1e-9 for edge in (0.05, 0.2, 0.45, 0.55, 0.8, 0.95)):
        assert odds_word(1.0 - chance) == back[odds_word(chance)]


def test_a_band_over_several_words_names_its_ends() -> None:
    assert odds_words(0.81, 0.94) == "very likely"
    assert odds_words(0.1, 0.6) == "very unlikely to likely"
    assert [confidence(0.1, high, 400)[0] for high in (0.2, 0.4, 0.9)] == ["high", "moderate", "low"]
    assert [confidence(0.1, 0.2, runs)[0] for runs in (16, 99, 100, 399, 400)] == [
        "low",
        "low",
        "moderate",
        "moderate",
        "high",
    ]
    assert confidence(0.0, 0.2, 40)[1] == "40 stories are too few to tell what the assumed numbers do to it"


def test_the_mean_of_clusters_has_the_error_of_their_sums() -> None:
    values, cluster = np.array([1.0, 1.0, 3.0, 3.0, 8.0, 8.0]), np.array([0, 0, 1, 1, 2, 2])
    found = clustered_mean(values, SharedDraws.of(cluster, cluster))
    error = np.std([1.0, 3.0, 8.0], ddof=1) / np.sqrt(3)
    assert found.mean == 4.0
    assert found.high - found.mean == pytest.approx(student_t.ppf(0.975, 2) * error, rel=1e-6)


@pytest.mark.parametrize("freedom", [1, 2, 3, 5, 10, 30, 124, 10_000])
def test_few_clusters_widen_the_interval_as_student_has_it(freedom: int) -> None:
    assert student_975(freedom) == pytest.approx(student_t.ppf(0.975, freedom), rel=0.01)


def test_groups_that_agree_by_chance_do_not_make_an_answer_sure() -> None:
    values = np.array([0.0, 1.0, 1.0, 0.0] * 4)
    two = np.repeat([0, 1], 8)
    found = clustered_mean(values, SharedDraws.of(two, two))
    assert found.high - found.mean == pytest.approx(12.706204736432095 * values.std())
    alone = values.std(ddof=1) / 4.0
    many = clustered_mean(values, SharedDraws.of(np.arange(16), np.arange(16)))
    assert many.high - many.mean == pytest.approx(student_975(15) * alone)


def test_twins_that_do_not_differ_give_exactly_zero() -> None:
    values = np.array([0.1, 0.2, 0.7])
    found = paired_difference(values, values.copy(), SharedDraws.of(np.array([0, 0, 1]), np.array([0, 1, 2])))
    assert (found.mean, found.low, found.high, found.less, found.equal, found.more) == (0, 0, 0, 0, 1, 0)


def test_twins_are_counted_by_which_has_more() -> None:
    first, second = np.array([0.0, 1.0, 1.0, 2.0]), np.array([1.0, 1.0, 0.0, 5.0])
    found = paired_difference(first, second, _designed(4))
    assert (found.mean, found.less, found.equal, found.more) == (0.75, 0.25, 0.25, 0.5)


def test_what_never_comes_counts_as_the_horizon_and_is_no_passage() -> None:
    times = np.array([3.0, np.inf, 10.0, 200.0])
    assert restricted_times(times, 120.0).tolist() == [3.0, 120.0, 10.0, 120.0]
    assert share_by_day(times, (2, 3, 30, 500)) == (0.0, 0.25, 0.5, 0.75)
