"""Scenario discovery: boxes of the numbers in which most of the cases of interest lie, found on one half of the experiments
and tested on the other.

The patient rule induction method (Friedman and Fisher 1999, Statistics and Computing 9), as Bryant and Lempert (2010,
Technological Forecasting and Social Change 77) use it: from the box of all points a twentieth of them is cut off at an end of
one number, again and again, where that raises the share of cases of interest most. In every box on the way the restrictions
that luck may have made are dropped, and of what is left that box is taken which has the most cases beyond what a box of its
size would have by luck (weighted relative accuracy: Lavrač, Flach and Zupan 1999, Inductive Logic Programming). Then the
points inside are taken away, and the next box is looked for among the others.

A point counts as the share of its stories that are of interest, and in the tests as one trial.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from attrs import field, frozen

from situation.chance.vectors import Flags, Floats
from situation.ensemble.mathematics import require_room

__all__ = ["Box", "BoxFit", "PeeledBox", "Restriction", "find_boxes"]

_PEEL = 0.05
"""The share of the points in a box that is cut off in a step."""
_LEAST_POINTS = 5
"""The fewest points in a box, and the least share of all points. ASSUMED: below it a share says next to nothing."""
_LEAST_SHARE = 0.05
_LUCK = 0.05
"""The quasi-p-value above which a restriction is dropped, and a box does not hold on the other half."""
_MOST_BOXES = 3


@frozen
class Restriction:
    """The range of one number in a box; an end that is the whole range's is infinite.

    Args:
        chance: the quasi-p-value on the half on which the box was found: how often luck makes so many cases of interest of the
            points in the box, where their share is that of the box without this restriction (one-sided binomial).
        tested: the same on the other half.
    """

    number: str
    low: float = -math.inf
    high: float = math.inf
    chance: float = 0.0
    tested: float = 0.0


@frozen
class BoxFit:
    """How a box fits some experiments.

    Args:
        points: in the box.
        cases: of interest in it: the sum of their shares.
        coverage: the share of all cases of interest that lies in it; None where there are none.
        density: the share of cases of interest in it; None where no point lies in it.
        everywhere: the share among all points.
    """

    points: int
    cases: float
    coverage: float | None
    density: float | None
    everywhere: float


@frozen
class PeeledBox:
    """A box on the way: its ranges by number, its coverage and density on the half on which it was found."""

    limits: Mapping[str, tuple[float, float]]
    coverage: float
    density: float
    points: int


@frozen
class Box:
    """A box.

    Args:
        restrictions: by number; all other numbers may be what they are.
        fit: on the half on which it was found, among the points that no box before it holds; tested: on the other half.
        chance: how often luck alone makes as many cases of the points of the other half in it.
        path: every box on the way to it.
    """

    restrictions: tuple[Restriction, ...]
    fit: BoxFit
    tested: BoxFit
    chance: float
    path: tuple[PeeledBox, ...] = field(repr=False)

    @property
    def holds(self) -> bool:
        """Whether it has more cases of interest on the other half, too, than luck makes."""
        return bool(self.restrictions) and self.chance <= _LUCK


@frozen(eq=False)
class _Half:
    """Half of the experiments: `values`, shape (points, numbers); `interest`, shape (points,): the share of each."""

    names: tuple[str, ...]
    values: Floats
    interest: Floats

    def only(self, chosen: Flags) -> _Half:
        return _Half(self.names, self.values[chosen], self.interest[chosen])

    def inside(self, limits: Mapping[str, tuple[float, float]]) -> Flags:
        flags = np.ones(len(self.values), dtype=bool)
        for name, (low, high) in limits.items():
            column = self.values[:, self.names.index(name)]
            flags &= (column >= low) & (column <= high)
        return flags

    def fit(self, limits: Mapping[str, tuple[float, float]]) -> BoxFit:
        inside = self.inside(limits)
        cases, every = float(self.interest[inside].sum()), float(self.interest.sum())
        points = int(inside.sum())
        coverage = cases / every if every else None
        return BoxFit(points, cases, coverage, cases / points if points else None, every / max(1, len(self.interest)))

    def chance(self, limits: Mapping[str, tuple[float, float]], without: str | None = None) -> float:
        """How often luck makes so many cases of the points in a box, at the share of the box without a restriction, or of all."""
        wider = {} if without is None else {name: ends for name, ends in limits.items() if name != without}
        box, around = self.fit(limits), self.fit(wider)
        return _at_least(box.cases, box.points, around.density or 0.0)


def find_boxes(names: tuple[str, ...], values: Floats, interest: Floats, first_half: Flags) -> tuple[Box, ...]:
    """Boxes in which most cases of interest lie, the first one first; none where no restriction raises their share.

    The last of them may not hold on the other half: then no further one is looked for.

    Args:
        names: of the numbers.
        values: shape (points, numbers).
        interest: shape (points,): the share of each point's stories that are of interest.
        first_half: shape (points,): the half on which boxes are found; they are tested on the other.
    """
    first, other = (_Half(names, values[half], interest[half]) for half in (first_half, ~first_half))
    boxes: list[Box] = []
    while len(boxes) < _MOST_BOXES and len(first.values) >= 2 * _LEAST_POINTS and (not boxes or boxes[-1].holds):
        box = _box(first, other)
        if box is None:
            break
        boxes.append(box)
        limits = {it.number: (it.low, it.high) for it in box.restrictions}
        first, other = (half.only(~half.inside(limits)) for half in (first, other))
    return tuple(boxes)


def _box(first: _Half, other: _Half) -> Box | None:
    path = _peel(first)
    sure = [limits for step in path if (limits := _without_luck(first, dict(step.limits)))]
    if not sure:
        return None
    limits = max(sure, key=lambda limits: (_beyond_luck(first.fit(limits)), -len(limits)))
    restrictions = tuple(
        Restriction(name, *limits[name], first.chance(limits, name), other.chance(limits, name))
        for name in sorted(limits)
    )
    return Box(restrictions, first.fit(limits), other.fit(limits), other.chance(limits), path)


def _beyond_luck(fit: BoxFit) -> float:
    """How many more cases of interest a box has than its size would give it."""
    return round(fit.cases - fit.points * fit.everywhere, 9)


def _without_luck(half: _Half, limits: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """A box without the restrictions that luck may have made: the worst is dropped until none is left."""
    while limits:
        chances = {name: half.chance(limits, name) for name in limits}
        worst = max(sorted(chances), key=lambda name: chances[name])
        if chances[worst] <= _LUCK:
            break
        del limits[worst]
    return limits


def _peel(half: _Half) -> tuple[PeeledBox, ...]:
    """Boxes from the whole to the smallest, each with a little cut off that before it, where that raises the density most."""
    least = max(_LEAST_POINTS, math.ceil(_LEAST_SHARE * len(half.values)))
    limits: dict[str, tuple[float, float]] = {}
    path = [_step(half, limits)]
    while True:
        inside = half.inside(limits)
        ways = [
            (round(gain, 12), name, ends)
            for place, name in enumerate(half.names)
            for gain, ends in _cuts(half.values[inside, place], half.interest[inside], limits.get(name), least)
        ]
        if not ways:
            return tuple(path)
        _, name, ends = max(ways, key=lambda way: (way[0], way[1]))
        limits = {**limits, name: ends}
        path.append(_step(half, limits))


def _cuts(
    column: Floats, interest: Floats, ends: tuple[float, float] | None, least: int
) -> list[tuple[float, tuple[float, float]]]:
    """Both ways to cut a number: by how much the density rises for each point that is lost, and the ends that are left.

    A cut lies halfway between the last point that is cut off and the first one that stays; equal values stay together.
    """
    low, high = ends or (-math.inf, math.inf)
    ordered = np.sort(column)
    count = max(1, int(_PEEL * len(ordered)))
    cuts = []
    for edge, upper in ((ordered[count - 1], False), (ordered[-count], True)):
        kept = column < edge if upper else column > edge
        points = int(kept.sum())
        if points < least:
            continue
        beyond = ordered[ordered < edge][-1] if upper else ordered[ordered > edge][0]
        middle = float(edge + beyond) / 2.0
        gain = (float(interest[kept].mean()) - float(interest.mean())) / (len(column) - points)
        cuts.append((gain, (low, middle) if upper else (middle, high)))
    return cuts


def _step(half: _Half, limits: Mapping[str, tuple[float, float]]) -> PeeledBox:
    fit = half.fit(limits)
    return PeeledBox(dict(limits), fit.coverage or 0.0, fit.density or 0.0, fit.points)


def _at_least(cases: float, points: int, share: float) -> float:
    """The chance of so many successes or more in some trials; between whole numbers by the incomplete beta function."""
    require_room("scipy")
    from scipy.special import betainc

    if cases <= 0.0:
        return 1.0
    return float(betainc(cases, points - cases + 1.0, share))
