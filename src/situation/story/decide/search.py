"""The search of a place that was taken (R4): it binds men, goes on day by day, and ends with them back in their force."""

from __future__ import annotations

from typing import Any

from situation.kernel import world_kernel
from situation.rules import cleared
from situation.story.apply.bodies import root_of
from situation.story.decide.bodies import OURS, men_of_side, of_one_side
from situation.story.decide.calendar import evening
from situation.story.decide.draws import NextDue, no_draw
from situation.story.decide.happenings import searched
from situation.story.decide.near import garrison_at
from situation.story.decide.rows import by, by_rule
from situation.story.decide.sides import friends, holder
from situation.story.world.reasons import Rule

__all__ = ["pace_of", "search_on"]


@world_kernel
def pace_of(w: Any, place: int, pace: float) -> float:
    """Km2 that 1,000 men win or search in a day: of open ground at a pace of its own, of a town slower for its people."""
    ground = w.places[place]
    if ground.sector:
        return float(w.n.clear_desert)
    return pace * w.n.civilians_clearing if ground.town else pace


@world_kernel
def search_on(w: Any, g: Any, place: int) -> None:
    """A day's search by all of the holder's side there; nobody searches while a battle is on, or once it is in other hands."""
    search, ground, ours = w.searches[place], w.places[place], w.sides[OURS]
    actor, begun = root_of(w, search.force), search.due_by
    there = holder(w, place, actor)
    if there == 0 or not friends(w, actor, there):
        given_up = by_rule(w, Rule.SEARCH_GIVEN_UP, begun)
        searched(w, place, ground.searched, NextDue(0, 0.0), 0, 0, 0, given_up)
        return
    of_one_side(w, place, ours, actor, True)
    rate = pace_of(w, place, w.n.clear_abandoned) if w.battles[place].attacker == 0 else 0.0
    left = ground.area * (1.0 - ground.searched)
    won = cleared(left, float(men_of_side(w, ours)), 1.0, rate)
    cause = by(w, Rule.CLEARED, won, no_draw(), begun)
    if left - won > 1e-9 * ground.area:
        searched(w, place, 1.0 - (left - won) / ground.area, NextDue(evening(w), search.due_rank), 0, 0, 0, cause)
        return
    pool = garrison_at(w, place, actor)
    stands = w.forces[search.force].place == place and search.force != pool
    back = min(search.bound, w.forces[pool].number) if stands else 0
    searched(w, place, 1.0, NextDue(0, 0.0), search.force, pool, back, cause)
