"""Sets of sides as the bits of one number: their roots, who holds what they take, and how many they are."""

from __future__ import annotations

from typing import Any

from situation.kernel import world_kernel
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


@world_kernel
def how_many(w: Any, sides: int) -> int:
    """How many sides there are in a set."""
    count = 0
    for actor in range(1, len(w.actors)):
        if has(sides, actor):
            count += 1
    return count


@world_kernel
def first_of(w: Any, sides: int) -> int:
    """The first of some by number; 0 of none."""
    for actor in range(1, len(w.actors)):
        if has(sides, actor):
            return actor
    return 0
