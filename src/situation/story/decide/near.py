"""What lies near a place: neighbours, how far places are apart, fronts of two actors, friends who come, and refuges."""

from __future__ import annotations

from math import inf
from typing import Any

from situation.dates import DAY
from situation.kernel import world_kernel
from situation.story.apply.bodies import root_of
from situation.story.apply.sides import first_of
from situation.story.decide.sides import (
    friend_holds,
    friends,
    holder,
    holders_of,
    hostile,
    rank_of_actor,
    rank_of_place,
)
from situation.story.decide.ways import is_open_to, is_ringed, link_between, measure, nothing_closed, shortest
from situation.story.world.words import Word

__all__ = [
    "can_leave",
    "count_held",
    "first_friend_after",
    "friends_come",
    "front_place",
    "garrison_at",
    "host_of",
    "km_apart",
    "leads_to_refuge",
    "nearest_refuge",
    "neighbours",
    "own_beside",
    "relief_comes",
    "strangers_beside",
    "touching",
]


@world_kernel
def neighbours(g: Any, one: int, other: int) -> bool:
    """Whether a link leads from one place to another."""
    return link_between(g, one, other) != 0


@world_kernel
def km_apart(g: Any, one: int, other: int) -> float:
    """The km by the shortest way, whoever holds what lies between; infinite where there is none."""
    measure(g, one)
    return float(g.apart[one * len(g.places) + other].km)


@world_kernel
def _of_the_side(w: Any, force: int, actor: int) -> bool:
    """Whether a body has men in its ranks and is an actor's, or a friend's."""
    return bool(w.forces[force].number > 0) and friends(w, actor, root_of(w, force))


@world_kernel
def garrison_at(w: Any, place: int, actor: int) -> int:
    """The body of an actor's men who garrison a place, or hide there; 0 where there never was one.

    A garrison that is raised under a name of its own is none of these.
    """
    return int(w.strengths[actor * len(w.places) + place].pool)


@world_kernel
def relief_comes(w: Any, g: Any, place: int, actor: int) -> bool:
    """Whether a field force of the defender's side is on its way to the place, or stands next to it."""
    for nth in range(1, w.story[0].bodies + 1):
        force = w.forces[nth].came
        body = w.forces[force]
        if body.kind == Word.FIELD and _of_the_side(w, force, actor):
            where = body.to if body.to != 0 else body.place
            if where == place or neighbours(g, place, where):
                return True
    return False


@world_kernel
def friends_come(w: Any, place: int, actor: int) -> bool:
    """Whether a field force of an actor's side comes to a place within a day."""
    first = first_friend_after(w, place, actor, 0)
    return first != 0 and first <= w.story[0].now + DAY


@world_kernel
def first_friend_after(w: Any, place: int, actor: int, minute: int) -> int:
    """When the first field force of an actor's side that is on the road to a place comes to it after a minute; 0: none does."""
    first = 0
    for nth in range(1, w.story[0].bodies + 1):
        force = w.forces[nth].came
        body = w.forces[force]
        if body.kind == Word.FIELD and body.to == place and body.due > minute and _of_the_side(w, force, actor):
            first = body.due if first == 0 else min(first, body.due)
    return int(first)


# -- refuges


@world_kernel
def leads_to_refuge(w: Any, g: Any, way: Any, actor: int) -> bool:
    """Whether men can leave over a way out: it is open to them, and its end is not ringed."""
    return is_open_to(w, g, way, actor) and not is_ringed(w, g, way.to, actor)


@world_kernel
def own_beside(w: Any, g: Any, place: int, actor: int) -> bool:
    """Whether such a way leads to a place of an actor's own side; then its men leave for no other."""
    for at in range(g.places[place].first, g.places[place].last):
        way = g.exits[at]
        if leads_to_refuge(w, g, way, actor) and friend_holds(w, way.to, actor):
            return True
    return False


@world_kernel
def can_leave(w: Any, g: Any, place: int, actor: int) -> bool:
    """Whether men can leave a place for one of their own side next to it, or for open ground."""
    for at in range(g.places[place].first, g.places[place].last):
        way = g.exits[at]
        if leads_to_refuge(w, g, way, actor) and (g.places[way.to].open or friend_holds(w, way.to, actor)):
            return True
    return False


@world_kernel
def nearest_refuge(w: Any, g: Any, place: int, actor: int) -> int:
    """The nearest place that an actor holds and nobody rings, whoever holds what lies between; 0 where there is none.

    How far it is stands in its mark.
    """
    nothing_closed(g)
    shortest(g, place, 0)
    nearest, km, rank = 0, inf, 1.0
    for end in range(1, len(g.places)):
        if end == place or g.marks[end].km == inf or holder(w, end, actor) != actor or is_ringed(w, g, end, actor):
            continue
        sooner = g.marks[end].km < km or (g.marks[end].km == km and rank_of_place(w, end) < rank)
        if sooner:
            nearest, km, rank = end, g.marks[end].km, rank_of_place(w, end)
    return nearest


# -- who stands beside whom


@world_kernel
def strangers_beside(w: Any, g: Any, place: int, actor: int) -> bool:
    """Whether someone who is neither friend nor enemy holds ground next to a place."""
    for at in range(g.places[place].first, g.places[place].last):
        there = holder(w, g.exits[at].to, actor)
        if there != 0 and g.actors[there].armed and not friends(w, actor, there) and not hostile(w, actor, there):
            return True
    return False


@world_kernel
def touching(w: Any, g: Any, one: int, other: int) -> int:
    """Along how many links two actors hold neighbouring places; those who share both ends touch along it twice."""
    _note_holders(w, g)
    return int(g.between[one * len(g.actors) + other].links)


@world_kernel
def count_held(w: Any, g: Any, actor: int) -> int:
    """How many places an actor holds, alone or with others."""
    _note_holders(w, g)
    return int(g.actors[actor].holds)


@world_kernel
def _note_holders(w: Any, g: Any) -> None:
    """Note how many places each holds, along how many links each two touch, and where, if the ground has changed since."""
    noted, actors = g.noted[0], len(g.actors)
    if noted.holders == w.story[0].ground_changed + 1:
        return
    noted.holders = w.story[0].ground_changed + 1
    for actor in range(actors):
        g.actors[actor].holds = 0
    for place in range(1, len(g.places)):
        sides = holders_of(w, place)
        while sides != 0:
            g.actors[first_of(sides)].holds += 1
            sides &= sides - 1
    for pair in range(len(g.between)):
        g.between[pair].links, g.between[pair].front = 0, 0
    for link in range(1, len(g.links)):
        ends = g.links[link]
        here, there = holders_of(w, ends.one), holders_of(w, ends.other)
        while here != 0 and there != 0:
            _note_front(w, g, ends, first_of(here), there)
            here &= here - 1


@world_kernel
def _note_front(w: Any, g: Any, ends: Any, one: int, there: int) -> None:
    """Note the link on which one of those at its first end touches all others at its second."""
    actors = len(g.actors)
    while there != 0:
        other = first_of(there)
        there &= there - 1
        if one != other:
            place = ends.one if host_of(w, one, other) == one else ends.other
            _note_link(w, g.between[one * actors + other], place)
            _note_link(w, g.between[other * actors + one], place)


@world_kernel
def _note_link(w: Any, pair: Any, place: int) -> None:
    """Note of two that they touch along one link more, which has a place at the end on the side of their host."""
    pair.links += 1
    if pair.front == 0 or rank_of_place(w, place) < rank_of_place(w, pair.front):
        pair.front = place


@world_kernel
def host_of(w: Any, one: int, other: int) -> int:
    """On whose side a front is counted where it lies: the first of the two by rank."""
    return one if rank_of_actor(w, one) < rank_of_actor(w, other) else other


@world_kernel
def front_place(w: Any, g: Any, one: int, other: int) -> int:
    """Of the places along which two actors touch, the first by rank on the side of their host; 0 where they do not."""
    _note_holders(w, g)
    return int(g.between[one * len(g.actors) + other].front)
