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

from situation.ensemble.score import Trend, brier, crps, log_score
from situation.ensemble.score.naive import contestable, trend_of
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


def test_the_trend_goes_on_at_its_rate() -> None:
    trend = Trend({"rebels": 0.1}, {"rebels": "north"})
    assert trend.share("rebels", 10)["rebels"] == pytest.approx(math.exp(-1))
    assert trend.share("north", 10) == {"north": 1.0}
    assert trend.times("rebels", 1000.0).mean() == pytest.approx(10.0, rel=0.01)
    assert set(trend.times("north", 30.0)) == {30.0}


def test_only_places_beside_an_enemy_or_fought_over_are_contestable() -> None:
    record = small_record()
    assert contestable(record.state("2020-03-05"), record.ground) == ("corve",)
    assert contestable(record.state("2020-03-12"), record.ground) == ("arlen", "arlen-bridge", "corve", "dell")


def test_a_place_is_contestable_too_where_an_enemy_holds_ground_within_it_or_around_it() -> None:
    record = small_record()
    apart = attrs.evolve(record.ground, links={})
    assert contestable(record.state("2020-03-12"), apart) == ("arlen", "arlen-bridge", "corve")


def test_the_trend_is_that_of_the_month_before_the_branch_alone(tmp_path: Path) -> None:
    """Arlen fell to the North on 10 March: from its rebels it was taken then, and from nobody in April."""
    small = Small(tmp_path).plant("map.yaml", "to: 2020-03-31", "to: 2020-05-31")
    record = small.load()
    soon, late = (record.minute(day) for day in ("2020-03-20", "2020-04-20"))
    trend = trend_of(record, soon, soon, "graded")
    assert trend.takers == {"rebels": "north"}
    assert trend.rates["rebels"] > 0.0
    assert trend_of(record, late, late, "graded") == Trend({}, {})
