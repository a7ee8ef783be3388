"""Columns under way that find the enemy gone: what is left of their road they go at the pace of an open one (R4)."""

from __future__ import annotations

from situation.events import MarchBegan, MarchQuickened
from situation.outcomes.march import pace
from situation.outcomes.world import Happening, Happenings, World
from situation.rules import advance_time

__all__ = ["quickened"]

FREE = "speed.unopposed"


def quickened(world: World) -> Happenings:
    """Forces that set out against an enemy who has left their goal since; as much of the leg is left as of its time."""
    for force in world.get("story.fields") or ():
        to = world.get(f"{force}.to")
        begun = world.state.because.get(f"{force}.to")
        if to is None or begun is None or not isinstance(begun.event, MarchBegan) or begun.event.pace == FREE:
            continue
        here, actor = begun.event.place, world.root(force)
        link, due = world.stage.link(here, to), world.get(f"{force}.due")
        if link is None or pace(world, actor, to, link.kind) != FREE:
            continue
        left = begun.event.km * (due.minute - world.now) / (due.minute - begun.time)
        draw = world.draw("march.free", (force, here, to), begun.id)
        days = advance_time(max(0.0, left), world.vary(FREE, draw))
        sooner = world.due("arrival", world.after(days), force)
        if sooner.minute < due.minute:
            cause = world.by("R4 advance_time", days, draw, begun.id, world.last(f"{to}.holder"))
            yield Happening(MarchQuickened(force, world.get(f"{force}.actor"), here, to, sooner), cause)
