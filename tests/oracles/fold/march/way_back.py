"""The way back of a beaten force: along its road, at the pace of an open one (R4), then its rest."""

from __future__ import annotations

from situation.dates import DAY
from situation.events import ActorId, FellBack, PlaceId
from situation.log.entry import Ruled
from situation.rules import advance_time
from tests.oracles.fold.world import Outcome, Outcomes, World

__all__ = ["falls_back", "ringed", "safe_place"]


def ringed(world: World, place: str, actor: ActorId) -> bool:
    """Whether a place is no refuge for an actor's men who flee (R5): besieged, or without a way out open to them."""
    if world.stage.is_open(place):
        return False
    return world.get(f"{place}.status") == "besieged" or world.encircled(place, actor)


def safe_place(world: World, force: str, here: str) -> PlaceId:
    """Where a beaten force goes: where it came from, if it still may; else the nearest place of its own side."""
    actor = world.root(force)
    came_from = world.get(f"{force}.from")
    ways = world.ways_out(here, actor)
    open_ways = {end: link.km for link, end in ways if world.get(f"{end}.status") != "besieged"}
    if came_from is not None and came_from != here and (came_from in open_ways or not open_ways):
        return PlaceId(came_from)
    if open_ways:
        return min(open_ways, key=lambda end: (open_ways[end], world.ranks.of(end)))
    return PlaceId(came_from or here)


def falls_back(world: World, force: str, here: PlaceId, to: PlaceId, rest: float, cause: Ruled) -> Outcomes:
    """A force sets out on its way back to a neighbouring place, and rests there for some days."""
    link = world.stage.link(here, to)
    days, due = 0.0, None
    if link is not None:
        draw = world.draw("retreat.speed", (force, here, to))
        days = advance_time(link.km, world.vary("speed.unopposed", draw))
        due = world.due("arrival", world.after(days), force)
    until = world.now + max(1, round((days + rest) * DAY))
    yield Outcome(FellBack(force, world.root(force), here, to, until, due), cause)
