"""Sets of sides as the bits of one number: their roots, who holds what they take, and how many they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from situation.kernel import stand_in, world_kernel
from situation.story.apply.writer import bit, has

__all__ = ["first_of", "how_many", "keepers_of", "roots_of", "units_of"]


@world_kernel
def roots_of(w: Any, sides: int) -> int:
    """The root actors of some."""
    roots = 0
    for actor in range(1, len(w.actors)):
        if has(sides, actor):
            roots |= bit(w.actors[actor].root)
    return roots


@world_kernel
def keepers_of(w: Any, sides: int) -> int:
    """Those who hold what some take."""
    keepers = 0
    for actor in range(1, len(w.actors)):
        if has(sides, actor):
            keepers |= bit(w.actors[actor].keeper)
    return keepers


@world_kernel
def units_of(w: Any, sides: int) -> int:
    """All units of the sides of some."""
    units = 0
    for actor in range(1, len(w.actors)):
        if has(sides, actor):
            units |= w.actors[actor].side
    return units


def _counted() -> Callable[[int], int]:
    def how_many(sides: int) -> int:
        count = 0
        while sides != 0:
            sides, count = sides & (sides - 1), count + 1
        return count

    return how_many


@stand_in(_counted)
def how_many(sides: int) -> int:
    """How many sides there are in a set."""
    return sides.bit_count()


def _sought() -> Callable[[int], int]:
    def first_of(sides: int) -> int:
        first = 0
        while sides != 0 and not has(sides, first):
            first += 1
        return first

    return first_of


@stand_in(_sought)
def first_of(sides: int) -> int:
    """The first of some by number; 0 of none."""
    return (sides & -sides).bit_length() - 1 if sides else 0
