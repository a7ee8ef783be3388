"""Boxes in which the cases of interest lie: found where they are, tested on the other half, and none made of luck."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from scipy.stats import binom

from situation.chance.vectors import Flags, Floats
from situation.ensemble.sweep.boxes import find_boxes
from situation.ensemble.sweep.designs import design_of
from situation.rules import Family, Prior

NAMES = ("a", "b", "c", "d")
PRIORS = {
    name: Prior(name=name, family=Family.BETA, low=0.05, best=0.5, high=0.95, unit="share", source="invented")
    for name in NAMES
}


@pytest.fixture(scope="module")
def cube() -> tuple[Floats, Flags]:
    design = design_of("hypercube", PRIORS, 200, seed=5)
    return design.points.values, design.group == 0


def test_a_hypercube_has_one_point_in_every_slice_of_either_half(cube: tuple[Floats, Flags]) -> None:
    design = design_of("hypercube", PRIORS, 200, seed=5)
    for half in (design.shares[:200], design.shares[200:]):
        assert (np.sort(np.floor(half * 200).astype(int), axis=0) == np.arange(200)[:, None]).all()
    alone = design_of("hypercube", {"c": PRIORS["c"]}, 200, seed=5)
    assert (alone.shares[:, 0] == design.shares[:, 2]).all()


def test_a_box_is_found_where_the_cases_are_and_holds_on_the_other_half(cube: tuple[Floats, Flags]) -> None:
    values, first = cube
    interest = ((values[:, 0] > 0.6) & (values[:, 2] < 0.5)).astype(float)
    box = find_boxes(NAMES, values, interest, first)[0]
    assert [it.number for it in box.restrictions] == ["a", "c"]
    a, c = box.restrictions
    assert (a.low, c.high) == pytest.approx((0.6, 0.5), abs=0.05)
    assert (a.high, c.low) == (math.inf, -math.inf)
    assert box.holds and box.chance < 1e-6 and max(a.chance, a.tested, c.chance, c.tested) < 1e-6
    for fit in (box.fit, box.tested):
        assert fit.coverage is not None and fit.density is not None
        assert fit.coverage > 0.75 and fit.density > 0.85
        assert fit.cases == pytest.approx(fit.density * fit.points)
    assert box.tested.everywhere == pytest.approx(interest[~first].mean())


def test_the_density_rises_and_the_coverage_falls_along_the_way(cube: tuple[Floats, Flags]) -> None:
    values, first = cube
    path = find_boxes(NAMES, values, values[:, 1], first)[0].path
    assert (path[0].limits, path[0].coverage, path[0].points) == ({}, 1.0, 200)
    assert all(one.coverage >= other.coverage and one.points > other.points for one, other in pairwise(path))
    assert path[-1].density > 0.9 and path[-1].points >= 10


def test_the_quasi_p_value_is_the_binomials(cube: tuple[Floats, Flags]) -> None:
    values, first = cube
    interest = ((values[:, 0] > 0.6) & (values[:, 2] < 0.5) | (values[:, 3] > 0.9)).astype(float)
    box = find_boxes(NAMES, values, interest, first)[0]
    cut = box.restrictions[0]
    others = np.ones(len(values), dtype=bool)
    for it in box.restrictions[1:]:
        column = values[:, NAMES.index(it.number)]
        others &= (column >= it.low) & (column <= it.high)
    column = values[:, NAMES.index(cut.number)]
    inside = others & (column >= cut.low) & (column <= cut.high)
    share = interest[others & first].mean()
    expected = binom.sf(interest[inside & first].sum() - 1, (inside & first).sum(), share)
    assert cut.chance == pytest.approx(expected)


def test_a_second_box_is_looked_for_outside_the_first(cube: tuple[Floats, Flags]) -> None:
    values, first = cube
    interest = ((values[:, 0] > 0.7) | (values[:, 1] < 0.15)).astype(float)
    boxes = find_boxes(NAMES, values, interest, first)
    assert [[it.number for it in box.restrictions] for box in boxes[:2]] == [["a"], ["b"]]


@pytest.mark.long
def test_no_box_made_of_luck_holds_on_the_other_half(cube: tuple[Floats, Flags]) -> None:
    values, first = cube
    holding = 0
    for seed in range(20):
        interest = design_of("hypercube", {"luck": PRIORS["a"]}, 200, seed).points.values[:, 0]
        holding += any(box.holds for box in find_boxes(NAMES, values, (interest > 0.7).astype(float), first))
    assert holding <= 3  # 1 of 20 is expected at most


def test_where_all_points_are_alike_there_is_no_box(cube: tuple[Floats, Flags]) -> None:
    values, first = cube
    for alike in (0.0, 0.4, 1.0):
        assert find_boxes(NAMES, values, np.full(len(values), alike), first) == ()


@pytest.mark.parametrize(("points", "boxes"), [(9, 0), (10, 1)])
def test_ten_points_of_a_half_are_the_fewest_that_are_peeled(points: int, boxes: int) -> None:
    values = np.tile(np.arange(points, dtype=float), 2)[:, None]
    first = np.arange(2 * points) < points
    assert len(find_boxes(("a",), values, (values[:, 0] > points - 5.5).astype(float), first)) == boxes
