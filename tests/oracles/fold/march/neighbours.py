"""Who stands in a place beside whom (R4): where two who are neither friends nor enemies do, it is mixed; who is left has it."""

from __future__ import annotations

from collections.abc import Iterable

from situation.events import ActorId, GroundShared, PlaceId, Withdrew
from situation.log.entry import Ruled
from situation.log.state import occupants
from tests.oracles.fold.world import Outcome, Outcomes, World

__all__ = ["ground_shared", "left_to_others"]

_SHARED_OR_RINGED = ("mixed", "besieged")


def ground_shared(world: World) -> Outcomes:
    """Each morning: places that have become mixed, and mixed or ringed ones that some of their holders have left.

    Those who stand in the ranks count; whoever hides does not, nor a friend beside the one who holds the place. While all
    of those stay who share a place by the record, it stays so until it changes hands.
    """
    for place in world.ranks.places:
        bodies, status = world.bodies(place), world.get(f"{place}.status")
        firm = status in _SHARED_OR_RINGED
        if (len(bodies) < 2 and not firm) or world.fight(place) is not None or world.stage.is_open(place):
            continue
        held_by = world.ranks.ordered(occupants(world.cells, place))
        there = dict.fromkeys(map(world.root, bodies))
        stay = [actor for actor in held_by if actor in there or (firm and not _has_left(world, place, actor))]
        if not stay and firm and held_by and not there:
            cause = world.by("nobody left", None, None, world.last(f"{place}.holder"))
            yield Outcome(Withdrew(place, held_by), cause)
        elif (stay and status != "besieged") or (not stay and firm and held_by):
            together = _beside_each_other(world, stay, there)
            as_recorded = 1 < len(held_by) == len(stay) and not _shared_here(world, place)
            if not as_recorded and {*together} != {*held_by}:
                yield Outcome(*_shared(world, place, together))


def left_to_others(world: World, place: PlaceId) -> Outcomes:
    """A place that its holder has just left is theirs who still stand in it, be it those who ringed it."""
    bodies = world.bodies(place)
    if bodies and not occupants(world.cells, place) and world.fight(place) is None and not world.stage.is_open(place):
        yield Outcome(*_shared(world, place, _beside_each_other(world, (), map(world.root, bodies))))


def _shared(world: World, place: PlaceId, together: Iterable[ActorId]) -> tuple[GroundShared, Ruled]:
    standing = (world.last(f"{body}.place") for body in world.bodies(place))
    cause = world.by("R4 side by side", None, None, world.last(f"{place}.holder"), *standing)
    return GroundShared(place, tuple(sorted(together))), cause


def _beside_each_other(world: World, stay: Iterable[ActorId], comers: Iterable[ActorId]) -> list[ActorId]:
    """Those who stay, but for the friends of one before; then each comer who is neither a friend nor an enemy of one before.

    Where those who stay have become enemies, they are face to face, and a battle decides.
    """
    together: list[ActorId] = []
    for actor in stay:
        if not any(world.friends(actor, one) for one in together):
            together.append(actor)
    for actor in comers:
        if not any(world.friends(actor, one) or world.hostile(actor, one) for one in together):
            together.append(actor)
    return together


def _has_left(world: World, place: PlaceId, actor: ActorId) -> bool:
    """Whether an actor without men in the ranks at a place had some there in this story; else it holds it as the record says."""
    had = (actor, place) in world.stage.garrisoned or bool(world.get(f"{actor}@{place}.musters"))
    return had or _shared_here(world, place)


def _shared_here(world: World, place: PlaceId) -> bool:
    """Whether those who hold a place do by what happened in this story."""
    entry = world.state.because.get(f"{place}.holder")
    return entry is not None and isinstance(entry.event, GroundShared)
