"""Supply, rule R7: which places an actor's supply reaches, and where the way to one that it does not reach ends."""

from __future__ import annotations

from math import inf
from typing import Any

from situation.kernel import world_kernel
from situation.story.decide.sides import holder
from situation.story.decide.ways import barred, is_shut, nothing_closed, shortest

__all__ = ["has_supply", "is_lost", "reach_supplied", "supply_ends"]


@world_kernel
def has_supply(g: Any, actor: int) -> bool:
    """Whether an actor's supply comes from somewhere; else it lives on its stock."""
    return bool(g.actors[actor].last > g.actors[actor].first)


@world_kernel
def is_lost(w: Any, g: Any, source: int, actor: int) -> bool:
    """Whether a source sends an actor nothing: in others' hands, or of several that feed each other in nobody's."""
    if barred(w, g, source, actor, True):
        return True
    if holder(w, g, source, actor) != 0:
        return False
    for at in range(g.actors[actor].first, g.actors[actor].last):
        inflow = g.inflows[at]
        for which in range(inflow.first, inflow.last):
            if inflow.mutual and g.sources[which].place == source:
                return True
    return False


@world_kernel
def reach_supplied(w: Any, g: Any, actor: int) -> None:
    """Note in `marks` which places an actor's supply reaches: over links that carry it, and those next to them."""
    for place in range(1, len(g.marks)):
        g.marks[place].supplied = False
        g.marks[place].closed = barred(w, g, place, actor, True)
    for at in range(g.actors[actor].first, g.actors[actor].last):
        inflow = g.inflows[at]
        for which in range(inflow.first, inflow.last):
            source = g.sources[which].place
            if not is_lost(w, g, source, actor):
                _flows(w, g, actor, inflow, source)


@world_kernel
def _carries(g: Any, inflow: Any, link: int) -> bool:
    """Whether a link is of a kind that an inflow goes over."""
    return bool(inflow.over == 0 or inflow.over & g.links[link].kind != 0)


@world_kernel
def _flows(w: Any, g: Any, actor: int, inflow: Any, source: int) -> None:
    """What flows from one source goes on from each place that is not closed to it; none of several that live on each other
    feeds itself."""
    already = g.marks[source].supplied
    for place in range(1, len(g.marks)):
        g.marks[place].settled, g.marks[place].steps = False, 0
    g.marks[source].steps = 1  # on from here
    here = source
    while here != 0:
        g.marks[here].settled, g.marks[here].supplied = True, True
        for at in range(g.places[here].first, g.places[here].last):
            way = g.exits[at]
            if not is_shut(w, way.link, actor) and _carries(g, inflow, way.link):
                end = g.marks[way.to]
                end.supplied = True
                end.steps = 0 if end.closed else 1
        here = 0
        for place in range(1, len(g.marks)):
            if g.marks[place].steps == 1 and not g.marks[place].settled:
                here = place
    if inflow.mutual:
        g.marks[source].supplied = already


@world_kernel
def supply_ends(w: Any, g: Any, actor: int, place: int) -> tuple[int, int, int]:
    """Where the nearest way from a source to a place ends: the link that carries nothing, its end, and who bars that.

    Of a link that is closed to the actor the end is 0; where nothing ends the way, all three are.
    """
    nearest, over, km = 0, 0, inf
    for at in range(g.actors[actor].first, g.actors[actor].last):
        inflow = g.inflows[at]
        _only_over(g, inflow)
        for which in range(inflow.first, inflow.last):
            source = g.sources[which].place
            if source == place:
                continue
            far = shortest(g, source, place)
            if nearest == 0 or far < km or (far == km and g.places[source].rank < g.places[nearest].rank):
                nearest, over, km = source, at, far
    if nearest == 0 or km == inf:
        return 0, 0, 0
    _only_over(g, g.inflows[over])
    shortest(g, nearest, place)
    return _first_end(w, g, actor, nearest, place)


@world_kernel
def _only_over(g: Any, inflow: Any) -> None:
    """The next search takes the links that an inflow goes over."""
    nothing_closed(g)
    for link in range(1, len(g.links)):
        g.links[link].shut = not _carries(g, inflow, link)


@world_kernel
def _first_end(w: Any, g: Any, actor: int, source: int, place: int) -> tuple[int, int, int]:
    """Of the way that the last search found, the first link that carries nothing."""
    here = source
    while here != place:
        end = place
        while g.marks[end].before != here:
            end = g.marks[end].before
        link = _link_taken(g, here, end)
        if is_shut(w, link, actor):
            return link, 0, 0
        if here == source and is_lost(w, g, source, actor):
            return link, source, holder(w, g, source, actor)
        if end != place and barred(w, g, end, actor, True):
            return link, end, holder(w, g, end, actor)
        here = end
    return 0, 0, 0


@world_kernel
def _link_taken(g: Any, here: int, end: int) -> int:
    """The shortest link between two neighbours that the last search could take."""
    for at in range(g.places[here].first, g.places[here].last):
        way = g.exits[at]
        if way.to == end and not g.links[way.link].shut:
            return int(way.link)
    return 0
