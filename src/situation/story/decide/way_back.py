"""The way back of a force: to where it is safe, at the pace of an open road (R4), and then its rest."""

from __future__ import annotations

from typing import Any

from situation.dates import DAY
from situation.kernel import world_kernel
from situation.rules import advance_time
from situation.story.apply.bodies import root_of
from situation.story.decide.calendar import after, today
from situation.story.decide.draws import SPEED_UNOPPOSED, NextDue, draw, falls_due, varied
from situation.story.decide.march_happenings import goes_back
from situation.story.decide.rows import RowCause
from situation.story.decide.sides import rank_of_place
from situation.story.decide.ways import is_open_to, link_between
from situation.story.world.reasons import Purpose
from situation.story.world.words import Word

__all__ = ["begin_way_back", "elsewhere", "safe_from"]


@world_kernel
def elsewhere(w: Any, g: Any, force: int, here: int) -> int:
    """Where a force goes that cannot stay where it was bound for: where it came from, or where it is safe."""
    origin: int = w.forces[force].origin
    return origin if origin != here else safe_from(w, g, force, here)


@world_kernel
def safe_from(w: Any, g: Any, force: int, here: int) -> int:
    """Where a beaten force goes: where it came from, if it still may; else the nearest place of its own side."""
    actor, origin, nearest, km = root_of(w, force), int(w.forces[force].origin), 0, 0.0
    back_is_open = False
    for at in range(g.places[here].first, g.places[here].last):
        way = g.exits[at]
        if _is_safe(w, g, way, actor) and not _another_leads_there(w, g, here, at, actor):
            back_is_open = back_is_open or bool(way.to == origin)
            nearer = way.km == km and rank_of_place(w, way.to) < rank_of_place(w, nearest)
            if nearest == 0 or way.km < km or nearer:
                nearest, km = way.to, way.km
    if origin != 0 and origin != here and (back_is_open or nearest == 0):
        return origin
    if nearest != 0:
        return nearest
    return origin if origin != 0 else here


@world_kernel
def _is_safe(w: Any, g: Any, way: Any, actor: int) -> bool:
    return is_open_to(w, g, way, actor) and bool(w.places[way.to].status != Word.BESIEGED)


@world_kernel
def _another_leads_there(w: Any, g: Any, here: int, at: int, actor: int) -> bool:
    """Whether a longer way out that is safe leads to the same place; the longest counts."""
    another = False
    for other in range(at + 1, g.places[here].last):
        another = another or (g.exits[other].to == g.exits[at].to and _is_safe(w, g, g.exits[other], actor))
    return another


@world_kernel
def begin_way_back(w: Any, g: Any, force: int, here: int, to: int, rest: float, cause: RowCause) -> int:
    """A force sets out on its way back to a neighbouring place, and rests there for some days."""
    link, days, due = link_between(g, here, to), 0.0, NextDue(0, 0.0)
    if link != 0:
        who = w.forces[force].name
        speed = draw(w, Purpose.RETREAT_SPEED, today(w), who, w.places[here].name, w.places[to].name)
        days = advance_time(g.links[link].km, varied(w, SPEED_UNOPPOSED, speed.value))
        due = falls_due(w, Purpose.RANK_ARRIVAL, after(w, days), who)
    until = w.story[0].now + max(1, round((days + rest) * DAY))
    return goes_back(w, force, here, to, due, until, cause)
