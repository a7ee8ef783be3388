"""Supply, rule R7: which places an actor's supply reaches, where it ends, and who is cut off of a morning."""

from __future__ import annotations

from math import inf
from typing import Any

from situation.kernel import world_kernel
from situation.story.apply.bodies import root_of
from situation.story.apply.sides import first_of, how_many
from situation.story.decide.calendar import today
from situation.story.decide.draws import no_draw
from situation.story.decide.morning_happenings import is_cut_off, is_supplied_again
from situation.story.decide.rows import NO_ODDS, by
from situation.story.decide.sides import holder, rank_of_place
from situation.story.decide.ways import barred, is_shut, nothing_closed, shortest
from situation.story.world.reasons import Rule

__all__ = ["has_supply", "is_lost", "is_supplied", "reach_supplied", "supplies_today", "supply_ends"]


@world_kernel
def supplies_today(w: Any, g: Any) -> None:
    """Bodies that are cut off live on their stock from today; those that supply reaches again have it whole again.

    An actor without a source of supply is never cut off: it lives on what it has laid in.
    """
    for actor in range(1, len(w.actors)):
        if has_supply(g, actor):
            reach_supplied(w, g, actor)
    at = 0
    while at < w.story[0].cut_count:
        force, count = w.cut[at].force, w.story[0].cut_count
        body = w.forces[force]
        if body.number > 0 and body.place != 0 and is_supplied(g, body.place, root_of(w, force)):
            is_supplied_again(w, force, by(w, Rule.SUPPLY_EFFECT, NO_ODDS, no_draw(), body.cut_since_by))
        if w.story[0].cut_count == count:
            at += 1
    for nth in range(1, len(g.places)):
        there = w.places[g.places[nth].ranked]
        for index in range(there.bodies_count):
            if w.forces[there.bodies[index]].number > 0:
                _may_be_cut(w, g, there.bodies[index])


@world_kernel
def _may_be_cut(w: Any, g: Any, force: int) -> None:
    """Whether no supply reaches a body, and where it ends."""
    body, actor = w.forces[force], root_of(w, force)
    if not has_supply(g, actor) or is_supplied(g, body.place, actor) or _is_cut(w, force):
        return
    link, end, barred_by = supply_ends(w, g, actor, body.place)
    closed = w.ways[actor * len(g.links) + link]
    if link != 0 and end == 0:
        barred_by = first_of(closed.closed_by) if how_many(closed.closed_by) == 1 else 0
    why = w.places[end].holder_by if end != 0 else closed.sealed_by
    is_cut_off(w, force, today(w), link, barred_by, by(w, Rule.SUPPLY_EFFECT, NO_ODDS, no_draw(), body.place_by, why))


@world_kernel
def _is_cut(w: Any, force: int) -> bool:
    """Whether a body is among those that are cut off."""
    cut = False
    for at in range(w.story[0].cut_count):
        cut = cut or bool(w.cut[at].force == force)
    return cut


@world_kernel
def has_supply(g: Any, actor: int) -> bool:
    """Whether an actor's supply comes from somewhere; else it lives on its stock."""
    return bool(g.actors[actor].last > g.actors[actor].first)


@world_kernel
def is_lost(w: Any, g: Any, source: int, actor: int) -> bool:
    """Whether a source sends an actor nothing: in others' hands, or of several that feed each other in nobody's."""
    if barred(w, source, actor, True):
        return True
    if holder(w, source, actor) != 0:
        return False
    for at in range(g.actors[actor].first, g.actors[actor].last):
        inflow = g.inflows[at]
        for which in range(inflow.first, inflow.last):
            if inflow.mutual and g.sources[which].place == source:
                return True
    return False


@world_kernel
def is_supplied(g: Any, place: int, actor: int) -> bool:
    """Whether an actor's supply reached a place when that was last looked into (`reach_supplied`)."""
    return bool(g.stays[actor * len(g.places) + place].supplied)


@world_kernel
def reach_supplied(w: Any, g: Any, actor: int) -> None:
    """Note in `stays` which places an actor's supply reaches: over links that carry it, and those next to them.

    Where the ground has not changed since, it stands there.
    """
    places = len(g.places)
    if g.actors[actor].reached == w.story[0].ground_changed + 1:
        return
    g.actors[actor].reached = w.story[0].ground_changed + 1
    for place in range(1, places):
        g.stays[actor * places + place].supplied = False
        g.marks[place].closed = barred(w, place, actor, True)
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
    first = actor * len(g.places)
    already = g.stays[first + source].supplied
    ways = actor * len(g.links)
    for place in range(1, len(g.marks)):
        g.marks[place].settled = False
    g.marks[source].settled, g.marks[source].before, g.stays[first + source].supplied = True, 0, True
    waiting = source  # which of those that wait comes after a place stands in its mark
    while waiting != 0:
        here, waiting = waiting, g.marks[waiting].before
        for at in range(g.places[here].first, g.places[here].last):
            way, end = g.exits[at], g.marks[g.exits[at].to]
            if not w.ways[ways + way.link].sealed and _carries(g, inflow, way.link):
                g.stays[first + way.to].supplied = True
                if not end.closed and not end.settled:
                    end.settled, end.before, waiting = True, waiting, way.to
    if inflow.mutual:
        g.stays[first + source].supplied = already


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
            if nearest == 0 or far < km or (far == km and rank_of_place(w, source) < rank_of_place(w, nearest)):
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
            return link, source, holder(w, source, actor)
        if end != place and barred(w, end, actor, True):
            return link, end, holder(w, end, actor)
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
