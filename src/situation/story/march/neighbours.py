"""Who stands in a place beside whom (R4): where two who are neither friends nor enemies do, it is mixed."""

from __future__ import annotations

from situation.events import ActorId, GroundShared
from situation.log.state import occupants
from situation.story.world import Outcome, Outcomes, World

__all__ = ["ground_shared"]


def ground_shared(world: World) -> Outcomes:
    """Each morning: places that have become mixed, and mixed ones in which one of those who shared them is left.

    Those who stand in the ranks count; whoever hides does not, nor a friend beside the one who holds the place. What a
    record has as mixed stays so until it changes hands.
    """
    for place in world.stage.places:
        bodies = world.bodies(place)
        sharing = _shared(world, place)
        if (len(bodies) < 2 and not sharing) or world.fight(place) is not None or world.stage.is_open(place):
            continue
        there = dict.fromkeys(map(world.root, bodies))
        held_by = sharing or occupants(world.cells, place)
        if len(held_by) > 1 and not sharing:
            continue
        first = [actor for actor in held_by if actor in there]
        together: list[ActorId] = []
        for actor in (*first, *there):
            if not any(actor == one or world.friends(actor, one) or world.hostile(actor, one) for one in together):
                together.append(actor)
        if not first or sorted(together) == sorted(held_by):
            continue
        standing = (world.last(f"{body}.place") for body in bodies)
        cause = world.by("R4 side by side", None, None, world.last(f"{place}.holder"), *standing)
        yield Outcome(GroundShared(place, tuple(sorted(together))), cause)


def _shared(world: World, place: str) -> tuple[ActorId, ...]:
    """Those who have shared a place since a morning of this story; empty where nobody does."""
    entry = world.state.because.get(f"{place}.holder")
    event = entry.event if entry is not None else None
    return event.by if isinstance(event, GroundShared) and len(event.by) > 1 else ()
