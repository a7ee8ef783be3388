"""Designs of a sweep: where its points lie in the ranges of its numbers, and which of them differ in one number alone.

A point is a share of each number's range: 0.05 is its `low`, 0.5 its `best`, 0.95 its `high`. Three designs:

- `morris`: trajectories on a grid from low to high; each point but the first differs from the one before it in one number
  (Morris 1991, Technometrics 33).
- `sobol`: rows of a Sobol' sequence over the whole ranges, twice: `A` and `B`; and for each number `A` with the column of `B`
  (Saltelli 2002, Computer Physics Communications 145).
- `hypercube`: two Latin hypercubes over the whole ranges, of `size` points each, which share no draw (McKay, Beckman and
  Conover 1979, Technometrics 21).

The first two are SALib's (Herman and Usher 2017, Journal of Open Source Software 2; the extra `sweep`). The third is drawn
by address: the values of a number do not hang on which others are swept.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final, Literal

import numpy as np
from attrs import define

from situation.chance.luck import Luck, Stream
from situation.chance.vectors import Floats, Ints
from situation.ensemble.mathematics import require_room
from situation.ensemble.sweep.points import Points
from situation.errors import Fault, how_to_install
from situation.rules import Prior

__all__ = [
    "METHODS",
    "Design",
    "Method",
    "check_design",
    "design_of",
    "package_missing",
]

Method = Literal["morris", "sobol", "hypercube"]
METHODS: Final[Mapping[Method, tuple[str, int, int]]] = {
    "morris": ("trajectories", 2, 10),
    "sobol": ("rows", 32, 128),
    "hypercube": ("points in each half", 20, 100),
}
"""By method: what its size counts, the least size, and the usual one."""
_LEAST_STORIES: Final = 6
"""The fewest stories at a point: five can fall on one side by luck in one case of sixteen, six in one of 32."""
_MOST_STORIES: Final = 2_000_000
"""The most stories of a sweep. ASSUMED: some two weeks of one machine."""
_LEVELS = 4
"""Levels of Morris' grid; a step goes over two thirds of it."""
_LOW, _WIDTH = 0.05, 0.9
"""The share at which a range has its low end, and how far it is to its high end."""


@define(frozen=True, slots=False, eq=False)
class Design:
    """The points of a sweep.

    Args:
        size: trajectories, rows, or points in each half.
        priors: the numbers that are swept, by name.
        shares: shape (points, numbers): the share of each number's range at which it lies.
        group: shape (points,): the trajectory, row or half of a point.
        moved: of each point, the number in which alone it differs from another; empty where it is held against none.
        against: shape (points,): that other point; -1 where there is none.
    """

    method: Method
    size: int
    priors: Mapping[str, Prior]
    shares: Floats
    group: Ints
    moved: tuple[str, ...]
    against: Ints

    @cached_property
    def points(self) -> Points:
        """The points, each number in its unit."""
        columns = [
            [prior.draw(share) for share in self.shares[:, place].tolist()]
            for place, prior in enumerate(self.priors.values())
        ]
        return Points(tuple(self.priors), np.array(columns).T)

    def pairs(self, number: str) -> tuple[Ints, Ints]:
        """The points that differ in one number alone from another, and these others; each of shape (pairs,)."""
        moved = np.flatnonzero(np.array(self.moved, dtype=object) == number)
        return moved, self.against[moved]

    def steps(self, number: str) -> Floats:
        """How far each of these pairs lies apart, in the way from low to high; shape (pairs,); below 0 where downwards."""
        moved, others = self.pairs(number)
        column = self.shares[:, tuple(self.priors).index(number)]
        steps: Floats = (column[moved] - column[others]) / _WIDTH
        return steps


def _points_needed(method: Method, numbers: int, size: int) -> int:
    """How many points a design has: size * (numbers + 1) of Morris, size * (numbers + 2) of Sobol', else twice its size."""
    return {"morris": size * (numbers + 1), "sobol": size * (numbers + 2), "hypercube": 2 * size}[method]


def check_design(method: Method, numbers: int, size: int, stories: int) -> None:
    """Refuse a sweep that could tell nothing, or would not come to an end.

    Raises:
        Fault: the size or the number of stories is too small, the rows are no power of two, or it is too much in all.
    """
    counts, least, _ = METHODS[method]
    if size < least:
        raise Fault(f"{size} are too few {counts}.", f"Give {least} or more.", argument="size")
    if method == "sobol" and size & (size - 1):
        near = 1 << (size.bit_length() - 1)
        raise Fault(f"{size} rows are no power of two.", f"Give {near} or {2 * near}.", argument="size")
    if stories < _LEAST_STORIES:
        fact = f"{stories} stories at a point cannot tell an effect from luck."
        raise Fault(fact, f"Give {_LEAST_STORIES} or more.", argument="runs")
    points = _points_needed(method, numbers, size)
    if points * stories > _MOST_STORIES:
        fact = f"{points:,} points of {stories:,} stories each are more than {_MOST_STORIES:,} stories in all."
        raise Fault(
            fact, "Screen with the method of Morris, then name the numbers that move something.", argument="size"
        )


def design_of(method: Method, priors: Mapping[str, Prior], size: int, seed: int) -> Design:
    """Lay the points of a sweep out.

    Args:
        priors: the numbers, by name.
        size: as `METHODS` says.
        seed: the seed of the design.

    Raises:
        Fault: the method is SALib's, and the package is not installed.
    """
    return _DESIGNS[method](priors, size, seed)


def package_missing() -> Fault:
    """What is said where SALib is not installed."""
    return Fault("This sweep needs SALib, which is not installed.", how_to_install("sweep"))


def _problem(priors: Mapping[str, Prior]) -> dict[str, Any]:
    """The numbers as SALib has them: all from 0 to 1."""
    return {"num_vars": len(priors), "names": [*priors], "bounds": [[0.0, 1.0]] * len(priors)}


def _morris(priors: Mapping[str, Prior], size: int, seed: int) -> Design:
    try:
        require_room("SALib")
        from SALib.sample import morris
    except ModuleNotFoundError:
        raise package_missing() from None
    places: Floats = morris.sample(_problem(priors), size, num_levels=_LEVELS, seed=seed)
    names, length = tuple(priors), len(priors) + 1
    group = np.repeat(np.arange(size), length)
    first = np.arange(len(places)) % length == 0
    changed = np.argmax(np.abs(np.diff(places, axis=0, prepend=places[:1])), axis=1)
    moved = tuple("" if is_first else names[place] for is_first, place in zip(first, changed, strict=True))
    against = np.where(first, -1, np.arange(len(places)) - 1)
    return Design("morris", size, priors, np.round(_LOW + _WIDTH * places, 12), group, moved, against)


def _sobol(priors: Mapping[str, Prior], size: int, seed: int) -> Design:
    try:
        require_room("SALib")
        from SALib.sample import sobol
    except ModuleNotFoundError:
        raise package_missing() from None
    shares: Floats = sobol.sample(_problem(priors), size, calc_second_order=False, seed=seed)
    least = 2.0**-32  # a scrambled sequence may come to 0, at which no number is drawn
    names, length = ("", *priors, ""), len(priors) + 2
    group = np.repeat(np.arange(size), length)
    place = np.arange(len(shares)) % length
    moved = tuple(names[at] for at in place.tolist())
    against = np.where((place > 0) & (place < length - 1), np.arange(len(shares)) - place, -1)
    return Design("sobol", size, priors, np.clip(shares, least, 1.0 - least), group, moved, against)


def _hypercube(priors: Mapping[str, Prior], size: int, seed: int) -> Design:
    halves = []
    for half in range(2):
        lucks = [Luck(seed, half * size + point, Stream.PARAMETERS) for point in range(size)]
        draws = np.array([[luck.uniforms("hypercube", name, 0)[:2] for name in priors] for luck in lucks])
        rank = np.argsort(np.argsort(draws[..., 0], axis=0, kind="stable"), axis=0, kind="stable")
        halves.append((rank + draws[..., 1]) / size)
    none = np.full(2 * size, -1)
    return Design("hypercube", size, priors, np.vstack(halves), np.repeat([0, 1], size), ("",) * (2 * size), none)


_DESIGNS: Final = {"morris": _morris, "sobol": _sobol, "hypercube": _hypercube}
