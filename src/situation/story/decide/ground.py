"""The ground of a stage as tables of numbers, for kernels: places, the ways out of them, links, and what supplies whom.

The builder reads the stage. Kernels read the tables, and write in them only what a search notes: `marks`, `shut` and `apart`.
The order of things in a story, by ranks that are drawn once for it, is filled in before the story begins (`order_ground`).
"""

from __future__ import annotations

from typing import Any, Final

from situation.chance.luck import word_of
from situation.kernel import world_kernel
from situation.scenario.story_numbers import PAIRED, shared_by_all
from situation.story.decide.draws import ONCE, uniform
from situation.story.decide.ground_tables import GROUND, GroundTables
from situation.story.decide.opening_tables import (
    number_opening,
    opening_lengths,
    take_opening,
    take_values,
)
from situation.story.decide.plan_tables import plan_lengths, take_plans
from situation.story.stage import Stage
from situation.story.world.copies import copied_table
from situation.story.world.numbering import Numbering
from situation.story.world.reasons import Purpose
from situation.story.world.tables import make_table, reals, wholes

__all__ = ["make_ground", "order_ground"]


_ROADS: Final = 24
"""From so many places, for one actor each, roads are noted."""
_NOTES: Final = ("roads", "legs", "noted")
"""The tables in which nothing stands before a story."""
_APART: Final = next(table for table in GROUND if table.name == "apart")


def make_ground(stage: Stage, numbering: Numbering) -> GroundTables:
    """The ground of a stage, in the numbers of a world of it."""
    if not stage.ground_tables:
        stage.ground_tables.append((stage.scenario, _ground_of(stage, numbering)))
    scenario, kept = stage.ground_tables[0]
    number_opening(stage, numbering)
    copies = {
        name: copied_table(getattr(kept, name)) for name in GroundTables._fields if name not in ("apart", *_NOTES)
    }
    for table in GROUND:
        if table.name in _NOTES:
            copies[table.name] = make_table(table, len(getattr(kept, table.name)))
    ground = GroundTables(**copies, apart=kept.apart)
    take_values(stage, scenario, ground)
    _note_held(stage, numbering, ground)
    return ground


def _note_held(stage: Stage, numbering: Numbering, ground: GroundTables) -> None:
    """Fill in how many places each actor held at the branch, which the record says."""
    for actor in numbering.actors.names[1:]:
        ground.actors[numbering.actors.of(actor)].held = stage.held.get(actor, 0)


def _ground_of(stage: Stage, numbering: Numbering) -> GroundTables:
    """The ground of a scenario, whatever the record says, in the numbers that all its worlds have."""
    places, links, actors = (len(it.names) for it in (numbering.places, numbering.links, numbering.actors))
    inflows = [it for actor in numbering.actors.names[1:] for it in stage.conduct(actor).supply_from]
    lengths = {
        **dict.fromkeys(("places", "marks"), places),
        "exits": sum(map(len, stage.ways.values())),
        "links": links,
        "actors": actors,
        "inflows": len(inflows),
        "sources": sum(len(it.places) for it in inflows),
        "apart": places * places,
        "stays": actors * places,
        "between": actors * actors,
        "noted": 1,
        "roads": _ROADS,
        "legs": _ROADS * places,
        **plan_lengths(stage, numbering),
        **opening_lengths(stage, numbering),
    }
    tables = {table.name: make_table(table, lengths[table.name]) for table in GROUND if table.name != "apart"}
    if not stage.apart:
        stage.apart.append(make_table(_APART, lengths["apart"]))
    tables["apart"] = stage.apart[0]
    ground = GroundTables(**tables, shares=reals(lengths["opening"]), counts=wholes(lengths["opening"]))
    kinds = {kind: 1 << number for number, kind in enumerate(stage.ground.link_kinds)}
    _take_places(stage, numbering, ground)
    for link, about in stage.ground.links.items():
        row, kind = ground.links[numbering.links.of(link)], stage.ground.link_kinds[about.kind]
        row.one, row.other = map(numbering.places.of, about.ends)
        row.km, row.capacity, row.kind = about.km, numbering.numbers.of(f"capacity.{kind.id}"), kinds[kind.id]
        row.light, row.water, row.boats = kind.light, kind.water, kind.boats
        row.name = numbering.names.of(link)
    _take_actors(stage, numbering, ground, kinds)
    _take_pairs(numbering, ground)
    take_plans(stage, numbering, ground)
    take_opening(stage, numbering, ground)
    for actor, place in sorted(stage.garrisoned):
        ground.stays[numbering.actors.of(actor) * places + numbering.places.of(place)].garrisoned = True
    return ground


def _take_places(stage: Stage, numbering: Numbering, ground: GroundTables) -> None:
    turns = {place: turn for turn, place in enumerate(sorted(stage.places, key=word_of))}
    at = 0
    for place in stage.places:
        row, number = ground.places[numbering.places.of(place)], numbering.places.of(place)
        row.open, row.turn = stage.is_open(place), turns[place]
        ground.marks[number].turn = row.turn
        row.first = at
        for link, end in stage.ways.get(place, ()):
            way = ground.exits[at]
            way.to, way.link, way.km = numbering.places.of(end), numbering.links.of(link.id), link.km
            at += 1
        row.last = at


def _take_actors(stage: Stage, numbering: Numbering, ground: GroundTables, kinds: dict[str, int]) -> None:
    inflow = source = 0
    for actor in numbering.actors.names[1:]:
        row = ground.actors[numbering.actors.of(actor)]
        row.armed = actor in stage.armed
        row.first = inflow
        for supply in stage.conduct(actor).supply_from:
            about = ground.inflows[inflow]
            inflow += 1
            about.mutual, about.over = supply.mutual, sum(kinds[kind] for kind in supply.over)
            about.first = source
            for place in supply.places:
                ground.sources[source].place = numbering.places.of(place)
                source += 1
            about.last = source
        row.last = inflow


def _take_pairs(numbering: Numbering, ground: GroundTables) -> None:
    """Of each two actors the numbers that count between them."""
    actors, numbers = len(numbering.actors.names), numbering.numbers
    shared = [(name, numbers.known(name)) for name in PAIRED]
    for pair in ground.between:
        for name, number in shared:
            setattr(pair, name, number)
    for number, own in enumerate(numbers.names[1:], 1):
        name, pair = shared_by_all(own)
        if pair:
            one, other = map(numbering.actors.known, pair)
            for at in (one * actors + other, other * actors + one):
                setattr(ground.between[at], name, number)


@world_kernel
def order_ground(g: Any, w: Any) -> None:
    """Draw the rank of each name, once for a story, and fill in the order of what has one: places, links, plans ..."""
    g.noted[0].holders, g.noted[0].closures = 0, 0
    for actor in range(1, len(g.actors)):
        g.actors[actor].reached = 0
    for road in range(len(g.roads)):
        g.roads[road].noted = 0
    for name in range(1, w.story[0].name_count + 1):
        w.names[name].rank = uniform(w, Purpose.RANK, ONCE, name)
    _order(w, g.places, w.places, len(g.places))
    _order(w, g.actors, w.actors, len(g.actors))
    _order(w, g.links, g.links, len(g.links))
    _order(w, g.plans, w.plans, len(g.plans))
    for nth in range(1, len(g.plans)):
        w.plans[nth].by_rank = g.plans[nth].ranked
    length = 1
    while length < len(w.givens) and w.givens[length].name != 0:
        length += 1
    _order(w, w.givens, w.givens, length)


@world_kernel
def _order(w: Any, ordered: Any, named: Any, length: int) -> None:
    """Note in row n of a table, of so many rows, which of those that are named is the n-th by rank."""
    for number in range(1, length):
        rank, at = w.names[named[number].name].rank, number
        while at > 1 and w.names[named[ordered[at - 1].ranked].name].rank > rank:
            ordered[at].ranked = ordered[at - 1].ranked
            at -= 1
        ordered[at].ranked = number
