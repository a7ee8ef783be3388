"""How many men it takes to hold a place that was taken (R12)."""

from __future__ import annotations

from situation.events import ActorId
from situation.rules import men_to_hold
from tests.oracles.fold.world import World

__all__ = ["holding_of"]


def holding_of(world: World, actor: ActorId, place: str) -> float:
    """The men that an actor leaves to hold a place: a battalion or so in a town or on a stretch of ground, fewer on a post."""
    town = not world.stage.ground.is_post(place)
    whole = world.number(world.stage.conduct(actor).holding)
    return men_to_hold(whole, town=town, post=world.number("holding_post"))
