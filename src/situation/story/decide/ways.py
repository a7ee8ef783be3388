"""Ways over the ground: which are open to whom, how much they carry, and the shortest between two places.

A search begins with what it may not take (`nothing_closed`, `close_places`, `close_links`) and then finds the shortest way to one
place, or to all. Of ways of one length the words of the places on them decide, so that no text does.
"""

from __future__ import annotations

from math import inf
from typing import Any

from situation.kernel import world_kernel
from situation.story.decide.sides import enemy_holds, friends, holder, hostile, stands_open
from situation.story.world.words import Word

__all__ = [
    "barred",
    "close_links",
    "close_places",
    "encircled",
    "first_leg",
    "is_impassable",
    "is_open_to",
    "is_ringed",
    "is_shut",
    "km_to",
    "link_between",
    "marches_on",
    "measure",
    "next_leg",
    "nothing_closed",
    "openness",
    "shortest",
]


@world_kernel
def is_shut(w: Any, link: int, actor: int) -> bool:
    """Whether a link is closed to an actor: it carries neither its goods nor its men."""
    return bool(w.ways[actor * (len(w.ways) // len(w.actors)) + link].sealed)


@world_kernel
def is_impassable(w: Any, g: Any, link: int, actor: int) -> bool:
    """Whether an actor's columns cannot march on a link: it is closed, and no enemy at an end can be attacked."""
    ends = g.links[link]
    return is_shut(w, link, actor) and not enemy_holds(w, ends.one, actor) and not enemy_holds(w, ends.other, actor)


@world_kernel
def barred(w: Any, place: int, actor: int, enemies: bool) -> bool:
    """Whether an actor's men cannot pass a place: another's who is no friend, or (`enemies`) an enemy's."""
    there = holder(w, place, actor)
    return there != 0 and there != actor and not friends(w, actor, there) and (enemies or not hostile(w, actor, there))


@world_kernel
def is_open_to(w: Any, g: Any, way: Any, actor: int) -> bool:
    """Whether a way out is open to an actor's men: not sealed, and not into other hands. Into open ground each is."""
    return bool(g.places[way.to].open) or (stands_open(w, way.to, actor) and not is_shut(w, way.link, actor))


@world_kernel
def openness(w: Any, g: Any, place: int, actor: int) -> float:
    """The share of the ways out, by what they carry, that nobody has sealed: 1 where none is; 0 without any way."""
    leaves, carried, sealed = False, 0.0, 0.0
    for at in range(g.places[place].first, g.places[place].last):
        way = g.exits[at]
        carries = w.numbers[g.links[way.link].capacity].value / way.km
        if is_open_to(w, g, way, actor):
            leaves, carried = True, carried + carries
        elif is_shut(w, way.link, actor):
            sealed = sealed + carries
    if sealed == 0.0 or not leaves:
        return 1.0 if leaves else 0.0
    return carried / (carried + sealed)


@world_kernel
def encircled(w: Any, g: Any, place: int, actor: int) -> bool:
    """Whether no way out is open to an actor's men that carries more than a trickle."""
    least: float = w.n.enclosed_below
    return openness(w, g, place, actor) < least


@world_kernel
def is_ringed(w: Any, g: Any, place: int, actor: int) -> bool:
    """Whether a place is no refuge for an actor's men who flee (R5): besieged, or without a way out open to them."""
    if g.places[place].open:
        return False
    return bool(w.places[place].status == Word.BESIEGED) or encircled(w, g, place, actor)


@world_kernel
def link_between(g: Any, one: int, other: int) -> int:
    """The shortest link between two places; 0 where they are no neighbours."""
    for at in range(g.places[one].first, g.places[one].last):
        if g.exits[at].to == other:
            return int(g.exits[at].link)
    return 0


@world_kernel
def marches_on(w: Any, g: Any, one: int, other: int, actor: int) -> int:
    """The shortest link between two places that an actor's columns can march on; 0 where there is none."""
    for at in range(g.places[one].first, g.places[one].last):
        if g.exits[at].to == other and not is_impassable(w, g, g.exits[at].link, actor):
            return int(g.exits[at].link)
    return 0


# -- the shortest way


@world_kernel
def nothing_closed(g: Any) -> None:
    """The next search may take every way."""
    for place in range(len(g.marks)):
        g.marks[place].closed = False
    for link in range(len(g.links)):
        g.links[link].shut = False


@world_kernel
def close_places(w: Any, g: Any, actor: int, enemies: bool) -> None:
    """The next search goes through no place that an actor's men cannot pass."""
    for place in range(1, len(g.marks)):
        g.marks[place].closed = barred(w, place, actor, enemies)


@world_kernel
def close_links(w: Any, g: Any, actor: int) -> None:
    """The next search takes no link that an actor's columns cannot march on."""
    first = actor * len(g.links)
    for link in range(1, len(g.links)):
        g.links[link].shut = bool(w.ways[first + link].sealed) and is_impassable(w, g, link, actor)


@world_kernel
def shortest(g: Any, start: int, goal: int) -> float:
    """The km of the shortest way, which `marks` then tells backwards; without an end (0) that to every place.

    A goal may be closed; no other place of the way may.
    """
    return _search(g, start, goal, False)


@world_kernel
def _search(g: Any, start: int, goal: int, closed_ends: bool) -> float:
    """The same, with or without the ways that end in closed places (`closed_ends`), where none goes on from."""
    for place in range(len(g.marks)):
        mark = g.marks[place]
        mark.km, mark.before, mark.steps, mark.settled = inf, 0, 0, False
    g.marks[start].km, g.noted[0].seen = 0.0, 0
    here = start
    while here != goal:
        g.marks[here].settled = True
        if here == start or not g.marks[here].closed:
            for at in range(g.places[here].first, g.places[here].last):
                _try(g, here, g.exits[at], goal, closed_ends)
        here = _nearest(g)
        if here == 0:
            break
    return float(g.marks[goal].km)


@world_kernel
def _try(g: Any, here: int, way: Any, goal: int, closed_ends: bool) -> None:
    """Whether a way out of a place that has been reached leads to its end sooner than what was known."""
    end, tried = g.marks[way.to], g.marks[0]
    if end.settled or g.links[way.link].shut or (end.closed and way.to != goal and not closed_ends):
        return
    tried.km, tried.before, tried.steps, tried.turn = g.marks[here].km + way.km, here, g.marks[here].steps + 1, end.turn
    if end.km == inf:
        g.noted[0].seen += 1
        g.marks[g.noted[0].seen].seen = way.to
    if _sooner(g, 0, way.to):
        end.km, end.before, end.steps = tried.km, tried.before, tried.steps


@world_kernel
def _nearest(g: Any) -> int:
    """The place that is reached next; 0 where none is."""
    nearest = 0
    for nth in range(1, g.noted[0].seen + 1):
        place = g.marks[nth].seen
        if not g.marks[place].settled and (nearest == 0 or _sooner(g, place, nearest)):
            nearest = place
    return nearest


@world_kernel
def _sooner(g: Any, one: int, other: int) -> bool:
    """Whether the way to one place comes before that to another: the shorter, or the first by the words along both."""
    if g.marks[one].km != g.marks[other].km:
        return bool(g.marks[one].km < g.marks[other].km)
    before = False
    while g.marks[one].steps > g.marks[other].steps:
        one = g.marks[one].before
    while g.marks[other].steps > g.marks[one].steps:
        other = g.marks[other].before
    while one != other:
        if g.marks[one].turn != g.marks[other].turn:
            before = bool(g.marks[one].turn < g.marks[other].turn)
        one, other = g.marks[one].before, g.marks[other].before
    return before


@world_kernel
def first_leg(g: Any, start: int, end: int) -> int:
    """The first place after the start on the way that the last search found; 0 where it found none."""
    if end == start or g.marks[end].km == inf:
        return 0
    while g.marks[end].before != start:
        end = g.marks[end].before
    return end


@world_kernel
def next_leg(w: Any, g: Any, place: int, goal: int, actor: int) -> int:
    """The neighbour on the shortest way to a goal, past ground that may not be entered and links that are closed; 0: none."""
    return int(g.legs[_roads_from(w, g, place, actor) * len(g.places) + goal].first)


@world_kernel
def _roads_from(w: Any, g: Any, place: int, actor: int) -> int:
    """Where it is noted with which leg each road from a place begins; it is found anew once the ground has changed."""
    as_now = w.story[0].ground_changed + 1
    for at in range(len(g.roads)):
        road = g.roads[at]
        if road.noted == as_now and road.place == place and road.actor == actor:
            return at
    at = int(g.noted[0].next_road)
    road = g.roads[at]
    g.noted[0].next_road = (at + 1) % len(g.roads)
    road.noted, road.place, road.actor = as_now, place, actor
    close_places(w, g, actor, False)
    close_links(w, g, actor)
    _search(g, place, 0, True)
    for end in range(1, len(g.places)):
        g.legs[at * len(g.places) + end].first = first_leg(g, place, end)
    return at


@world_kernel
def km_to(w: Any, g: Any, place: int, goal: int, actor: int) -> float:
    """The km by the shortest way that an actor's columns can march on, whoever holds what lies between; infinite: none."""
    nothing_closed(g)
    close_links(w, g, actor)
    return shortest(g, place, goal)


@world_kernel
def measure(g: Any, place: int) -> None:
    """Fill the row of a place in `apart`: the km to every place, whoever holds what lies between."""
    if g.apart[place * len(g.places)].measured:
        return
    nothing_closed(g)
    shortest(g, place, 0)
    for end in range(1, len(g.places)):
        g.apart[place * len(g.places) + end].km = g.marks[end].km
    g.apart[place * len(g.places)].measured = True
