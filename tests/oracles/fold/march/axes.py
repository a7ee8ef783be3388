"""The axes of a plan (R10): which forces it has, columns among them, and in which order each takes its objectives."""

from __future__ import annotations

from situation.events import PlaceId
from tests.oracles.fold.world import World

__all__ = ["doctrine_of", "forces_of", "in_turn"]


def doctrine_of(world: World, plan: str) -> str:
    """The doctrine that a plan follows now."""
    return str(world.get(f"{plan}.doctrine") or world.stage.scenario.doctrines[plan].doctrine)


def forces_of(world: World, plan: str) -> tuple[str, ...]:
    """The forces of a plan, and the columns that were detached from them."""
    return (*world.stage.scenario.doctrines[plan].forces, *(world.get(f"{plan}.columns") or ()))


def in_turn(world: World, plan: str, force: str, goals: tuple[PlaceId, ...]) -> tuple[PlaceId, ...]:
    """Goals in the order in which a force takes them.

    First what a column was detached for, then its axis in its order, then the other axes; last, what another column of
    the plan was detached for.
    """
    whole = str(world.get(f"{force}.parent") or force)
    own = {
        goal for axis in world.stage.scenario.doctrines[plan].axes if whole in axis.forces for goal in axis.objectives
    }
    columns = world.get(f"{plan}.columns") or ()
    others = {world.get(f"{column}.goal") for column in columns if column != force and world.men(column)}
    target = world.get(f"{force}.goal")
    return tuple(sorted(goals, key=lambda goal: (goal != target, goal in others, goal not in own)))
