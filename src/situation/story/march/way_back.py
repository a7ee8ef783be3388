"""The way back of a beaten force: along its road, at the pace of an open one (R4), then its rest."""

from __future__ import annotations

from situation.dates import DAY
from situation.events import FellBack, PlaceId
from situation.log.entry import Ruled
from situation.rules import advance_time
from situation.story.world import Outcome, Outcomes, World

__all__ = ["falls_back", "safe_place"]


def safe_place(world: World, force: str, here: str) -> PlaceId:
    """Where a beaten force goes: where it came from, if it still may; else the nearest place of its own side."""
    actor = world.root(force)
    came_from = world.get(f"{force}.from")
    open_ways = {end: link.km for link, end in world.ways_out(here, actor)}
    if came_from is not None and came_from != here and (came_from in open_ways or not open_ways):
        return PlaceId(came_from)
    if open_ways:
        return min(open_ways, key=lambda end: (open_ways[end], end))
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
