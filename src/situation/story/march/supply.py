"""Supply, rule R7: each morning, which forces their supply reaches, and what a lack of it leaves of their weight."""

from __future__ import annotations

from situation.events import SupplyCut, SupplyRestored
from situation.rules import supply_effect
from situation.story.world import Outcome, Outcomes, World

__all__ = ["supplies", "supply_of"]


def supplies(world: World) -> Outcomes:
    """Forces that are cut off live on their stock from today; those that supply reaches again have it whole again.

    An actor without a source of supply is never cut off: it lives on what it has laid in.
    """
    stage, cut = world.stage, world.get("story.cut") or ()
    reached = {
        actor: stage.reached(actor, world.barred(actor, enemies=True))
        for actor in stage.armed
        if stage.conduct(actor).supply_from
    }
    for force in cut:
        place, actor = world.get(f"{force}.place"), world.root(force)
        if place in reached[actor] and world.men(force):
            cause = world.by("R7 supply_effect", None, None, world.last(f"{force}.cut_since"))
            yield Outcome(SupplyRestored(force, actor, place), cause)
    for place in stage.places:
        for force in world.bodies(place):
            actor = world.root(force)
            if actor in reached and place not in reached[actor] and force not in cut:
                cause = world.by("R7 supply_effect", None, None, world.last(f"{force}.place"))
                yield Outcome(SupplyCut(force, actor, place, world.day), cause)


def supply_of(world: World, force: str) -> float:
    """What supply leaves of a force's weight: from the day on which it was cut off, or began to live on its stock."""
    conduct = world.stage.conduct(world.root(force))
    since = world.get(f"{force}.cut_since")
    if since is None and conduct.supply_from:
        return 1.0
    if since is None:
        since = world.stage.day_of(int(world.get("story.branch")))
    without = world.day - int(since) - world.number(conduct.stock)
    return supply_effect(
        max(0.0, without), floor=world.number(conduct.supply_floor), decay=world.number("supply_decay")
    )
