"""Proper scores, against their definitions."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from pathlib import Path

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from situation.dates import DAY
from situation.ensemble.score import Past, brier, crps, log_score, reachable
from situation.ensemble.score.naive import NAIVE, naive_courses
from situation.ensemble.score.past import Rates
from situation.ensemble.score.proper import brier_between, ignorance, interval_score, part_below
from tests.unit.small import Small, small_record


@given(values=st.lists(st.floats(0, 100), min_size=1, max_size=30), came=st.floats(0, 100))
def test_the_crps_is_the_area_between_the_steps(values: list[float], came: float) -> None:
    points = np.sort(np.array([*values, came]))
    middles = (points[:-1] + points[1:]) / 2
    below = np.array([np.mean(np.array(values) <= middle) for middle in middles])
    area = float((np.diff(points) * (below - (middles >= came)) ** 2).sum())
    assert crps(np.array(values), came, fair=False) == pytest.approx(area, abs=1e-8)


def test_the_fair_crps_of_a_small_ensemble_is_that_of_a_large_one_on_average() -> None:
    rng = np.random.default_rng(6)
    small = np.mean([crps(rng.normal(0, 1, 4), float(rng.normal())) for _ in range(20_000)])
    assert small == pytest.approx(1 / math.sqrt(math.pi), abs=0.01)


def test_brier_is_nothing_for_the_certain_and_right_and_two_for_the_certain_and_wrong() -> None:
    assert brier({"north": 1.0}, "north") == 0.0
    assert brier({"north": 1.0}, "south") == 2.0
    assert brier({"north": 0.5, "south": 0.5}, "south") == 0.5
    assert brier({"north": 1.0}, None) == 2.0


def test_a_score_is_the_same_number_in_every_process() -> None:
    shares: dict[str | None, float] = {name: (number + 1) / 36 for number, name in enumerate("abcdefgh")}
    asked = f"from situation.ensemble.score import brier; print(repr(brier({shares!r}, 'i', 7)))"
    told = {
        subprocess.run(
            [sys.executable, "-c", asked],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in range(4)
    }
    assert told == {f"{brier(shares, 'i', 7)!r}\n"}


def test_the_fair_brier_of_a_small_ensemble_is_that_of_a_large_one_on_average() -> None:
    rng = np.random.default_rng(7)
    found = []
    for _ in range(20_000):
        seen = float((rng.random(5) < 0.3).mean())
        found.append(brier({"a": seen, "b": 1 - seen}, "a" if rng.random() < 0.3 else "b", 5))
    assert np.mean(found) == pytest.approx(2 * 0.3 * 0.7, abs=0.01)


def test_the_log_score_never_runs_away() -> None:
    assert log_score(0, 100) == math.log(0.5 / 101)
    assert log_score(100, 100) == math.log(100.5 / 101)


@given(
    values=st.lists(st.floats(0, 100), min_size=2, max_size=12),
    ends=st.tuples(st.floats(0, 100), st.floats(0, 100)),
    end=st.floats(1, 100),
)
def test_of_an_interval_the_crps_is_the_area_of_what_the_record_can_tell(
    values: list[float], ends: tuple[float, float], end: float
) -> None:
    """Thresholds within the interval, and beyond the observation, are not scored."""
    low, high = sorted(ends)
    points = np.unique(np.array([*values, low, high, end, 0.0]))
    middles = (points[:-1] + points[1:]) / 2
    below = np.array([np.mean(np.array(values) <= middle) for middle in middles])
    known = ((middles < low) | (middles > high)) & (middles < end)
    area = float((np.diff(points) * (below - (middles >= high)) ** 2)[known].sum())
    assert crps(np.array(values), low, high, end, fair=False) == pytest.approx(area, abs=1e-8)


def test_what_never_came_within_the_observation_costs_nothing_to_who_said_so() -> None:
    never = np.full(3, np.inf)
    assert crps(never, math.inf, math.inf, 30.0) == 0.0
    assert crps(np.full(3, 10.0), math.inf, math.inf, 30.0) == 20.0
    assert crps(never, 12.0, math.inf, 30.0) == 0.0, "of what comes after the last that is known nothing is scored"


def test_a_yes_or_no_that_is_open_scores_between_two() -> None:
    assert brier_between(0.8, True) == pytest.approx((0.08, 0.08))
    assert brier_between(0.8, None) == pytest.approx((0.08, 1.28))


def test_the_interval_score_is_the_width_and_twenty_times_what_lies_outside() -> None:
    """Of 90 %: 2 / 0.1 a man. Source: Gneiting & Raftery 2007, equation 43."""
    values = np.arange(101.0)
    assert interval_score(values, 50.0, 50.0) == pytest.approx(90.0)
    assert interval_score(values, 97.0, 97.0) == pytest.approx(90.0 + 20.0 * 2.0)
    assert interval_score(values, 97.0, 120.0) == pytest.approx(90.0 + 20.0 * 2.0)
    assert interval_score(values, 0.0, 2.0) == pytest.approx(90.0 + 20.0 * 3.0)
    assert interval_score(values, 3.0, math.inf) == pytest.approx(90.0)


def test_ignorance_is_told_in_bits_by_the_bins_of_the_public_challenge() -> None:
    """Eleven bins with a run added to each: of 89 runs at 0, 90 of 100 lie in the first bin."""
    values = np.zeros(89)
    assert ignorance(values, 0.0, 0.0) == pytest.approx(-math.log2(0.9))
    assert ignorance(values, 1.0, 2.0) == pytest.approx(-math.log2(0.01))
    assert ignorance(values, 1.0, 5.0) == pytest.approx(-math.log2(0.02))
    assert ignorance(values, 0.0, math.inf) == pytest.approx(0.0)


def test_where_what_came_ranks_is_a_range_where_it_is_not_known_exactly() -> None:
    values = np.array([1.0, 2.0, 2.0, 4.0, math.inf])
    assert part_below(values, 2.0, 2.0, 9.0) == (0.2, 0.6)
    assert part_below(values, 2.5, 5.0, 9.0) == (0.6, 0.8)
    assert part_below(values, 5.0, math.inf, 9.0) == (0.8, 1.0)


def test_every_place_with_a_way_to_an_enemy_is_in_reach_however_many_links_away() -> None:
    record = small_record()
    assert reachable(record.state("2020-03-05"), record.ground) == ("corve",)
    assert reachable(record.state("2020-03-12"), record.ground) == ("arlen", "arlen-bridge", "corve", "dell")
    far = attrs.evolve(record.ground, links={})
    assert reachable(record.state("2020-03-12"), far) == ("arlen", "arlen-bridge", "corve")


def test_the_trend_is_that_of_the_month_before_the_branch_and_the_base_rate_that_of_all_the_past(
    tmp_path: Path,
) -> None:
    """Arlen fell to the North on 10 March: from its rebels it was taken then, and from nobody in April."""
    small = Small(tmp_path).plant("map.yaml", "to: 2020-03-31", "to: 2020-05-31")
    record = small.load()
    soon, late = (record.minute(day) for day in ("2020-03-20", "2020-04-20"))
    trend = Past(record, soon, soon, "graded").rates(30)
    assert trend.takers == {"rebels": "north"}
    assert trend.rates["rebels"] > 0.0
    past = Past(record, late, late, "graded")
    assert past.rates(30) == Rates({}, {})
    assert 0.0 < past.rates(None).rates["rebels"] < trend.rates["rebels"]


def test_at_a_rate_places_fall_as_often_as_the_rate_says(tmp_path: Path) -> None:
    record = Small(tmp_path).load()
    at = record.minute("2020-03-12")
    past = Past(record, at, at, "graded")
    nothing, trend, base, again = naive_courses(past, at + 10 * DAY)
    assert [it.name for it in (nothing, trend, base, again)] == list(NAIVE)
    rate = past.rates(30).rates["rebels"]
    fallen = trend.changes("dell", at + 10 * DAY).mean()
    assert fallen == pytest.approx(1.0 - math.exp(-10.0 * rate), abs=0.006)
    assert set(trend.holders("dell", at + 10 * DAY)) == {"rebels", "north"}
    assert nothing.changes("dell", at + 10 * DAY).max() == 0.0
    assert again.members == 2, "two stretches of ten days, from 1 and 2 March, are in the past"
