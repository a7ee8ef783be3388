"""How many men it takes to hold a place that was taken (R12)."""

from __future__ import annotations

from typing import Any

from situation.kernel import world_kernel
from situation.rules import men_to_hold

__all__ = ["holding_of"]


@world_kernel
def holding_of(w: Any, actor: int, place: int) -> float:
    """The men that an actor leaves to hold a place: a battalion or so in a town or on swept ground, fewer on a post."""
    there = w.places[place]
    town = bool(there.town) or bool(there.sector)
    return men_to_hold(float(w.numbers[w.actors[actor].holding].value), town=town, post=w.n.holding_post)
