"""How many men it takes to hold a place that was taken (R12)."""

from __future__ import annotations

from typing import Any

from situation.kernel import world_kernel
from situation.rules import men_to_hold

__all__ = ["holding_of"]


@world_kernel
def holding_of(w: Any, actor: int, place: int) -> float:
    """The men that an actor leaves to hold a place: a battalion or so in a town or on a stretch of ground, fewer on a post."""
    town = not w.places[place].post
    return men_to_hold(float(w.numbers[w.actors[actor].holding].value), town=town, post=w.n.holding_post)
