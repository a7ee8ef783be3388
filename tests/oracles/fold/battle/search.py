"""The search of a place that was taken (R4): it binds men, goes on day by day, and ends with them back in their force."""

from __future__ import annotations

from attrs import evolve

from situation.events import Due, PlaceId, SearchDay
from situation.log.cells import search_id
from situation.rules import cleared
from tests.oracles.fold.battle.odds import strength
from tests.oracles.fold.world import Outcome, Outcomes, World

__all__ = ["clearing_rate", "men_bound", "search_begins", "search_day"]

_PER_KM2 = 1000.0
"""Men bound by the search of a square km of built-up ground: as many as can fight over it at once (ASSUMED)."""


def clearing_rate(world: World, place: str, pace: str) -> float:
    """Km2 that 1,000 men win or search in a day: of open ground at a pace of its own, of a town slower for its people."""
    _, sector = world.stage.area(place)
    if sector:
        return world.number("clear.desert")
    peopled = 1.0 if not world.stage.ground.is_town(place) else world.number("civilians.clearing")
    return peopled * world.number(pace)


def men_bound(world: World, place: str) -> float:
    """How many men the search of a place binds beside its garrison; open ground is swept by those who hold it."""
    area, sector = world.stage.area(place)
    return 0.0 if sector else _PER_KM2 * area


def search_begins(world: World, place: PlaceId) -> Due:
    """The first day of a search ends this evening, or tomorrow's."""
    return world.due("search", world.evening(), ("search", place))


def search_day(world: World, place: PlaceId) -> Outcomes:
    """A day's search by all of the holder's side there; nobody searches while a battle is on, or once it is in other hands."""
    due = world.get(f"{search_id(place)}.due")
    force = str(world.get(f"{search_id(place)}.force") or "")
    actor = world.root(force)
    holder, done = world.holder(place, actor), float(world.get(f"{place}.searched") or 0.0)
    parent = world.last(f"{search_id(place)}.due")
    if holder is None or not world.friends(actor, holder):
        yield Outcome(SearchDay(place, (actor,), done), world.by("search given up", None, None, parent))
        return
    area, _ = world.stage.area(place)
    ours = world.side(place, lambda one: world.friends(one, actor))
    rate = clearing_rate(world, place, "clear.abandoned") if world.fight(place) is None else 0.0
    left = area * (1.0 - done)
    won = cleared(left, strength(world, ours), 1.0, rate)
    cause = world.by("R4 cleared", won, None, parent)
    if left - won > 1e-9 * area:
        again = evolve(due, minute=world.evening())
        yield Outcome(SearchDay(place, (actor,), 1.0 - (left - won) / area, again), cause)
        return
    pool = f"{actor}@{place}"
    stands = world.get(f"{force}.place") == place and force != pool
    back = min(int(world.get(f"{search_id(place)}.bound") or 0), world.men(pool)) if stands else 0
    yield Outcome(SearchDay(place, (actor,), 1.0, None, force if back else "", back), cause)
