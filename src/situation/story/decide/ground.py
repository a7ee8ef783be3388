"""The ground of a stage as tables of numbers, for kernels: places, the ways out of them, links, and what supplies whom.

The builder reads the stage. Kernels read the tables, and write in them only what a search notes: `marks`, `shut` and `apart`.
The order of things in a story, by ranks that are drawn once for it, is filled in before the story begins (`order_ground`).
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from situation.chance.luck import word_of
from situation.kernel import world_kernel
from situation.scenario.story_numbers import PAIRED, shared_by_all
from situation.story.decide.draws import ONCE, uniform
from situation.story.decide.opening_tables import OPENING_TABLES, opening_lengths, take_opening
from situation.story.decide.plan_tables import PLAN_TABLES, plan_lengths, take_plans
from situation.story.stage import Stage
from situation.story.world.columns import Field, WorldTable
from situation.story.world.kinds import Kind
from situation.story.world.numbering import Numbering
from situation.story.world.reasons import Purpose
from situation.story.world.tables import make_table, reals, wholes

__all__ = ["GROUND", "GroundTables", "make_ground", "order_ground"]


class GroundTables(NamedTuple):
    """The ground; row 0 of each table but `exits`, `inflows` and `sources` is nowhere or nobody.

    `shares`, `counts`: to share men out among the forces of the opening.
    """

    places: Any
    exits: Any
    links: Any
    actors: Any
    inflows: Any
    sources: Any
    marks: Any
    apart: Any
    stays: Any
    plans: Any
    members: Any
    goals: Any
    about: Any
    between: Any
    roads: Any
    legs: Any
    noted: Any
    opening: Any
    totals: Any
    manner: Any
    shares: Any
    counts: Any


GROUND: Final[tuple[WorldTable, ...]] = (
    WorldTable(
        "places",
        "",
        (
            Field("first", Kind.COUNT),  # of its ways out, in `exits`; the shortest is first
            Field("last", Kind.COUNT),
            Field("open", Kind.FLAG),
            Field("turn", Kind.COUNT),  # by the words of the places: which of two ways of one length is taken
            Field("ranked", Kind.PLACE),  # in row n stands which place is the n-th by rank
        ),
    ),
    WorldTable("exits", "", (Field("to", Kind.PLACE), Field("link", Kind.LINK), Field("km", Kind.REAL, "km"))),
    WorldTable(
        "links",
        "",
        (
            Field("one", Kind.PLACE),
            Field("other", Kind.PLACE),
            Field("km", Kind.REAL, "km"),
            Field("capacity", Kind.COUNT),  # the number of that name
            Field("kind", Kind.COUNT),  # as a bit
            Field("light", Kind.FLAG),
            Field("water", Kind.FLAG),
            Field("boats", Kind.FLAG),
            Field("name", Kind.NAME),
            Field("ranked", Kind.LINK),
            Field("shut", Kind.FLAG),  # to the search that goes on
        ),
    ),
    WorldTable(
        "actors",
        "",
        (
            Field("armed", Kind.FLAG),
            Field("ranked", Kind.ACTOR),
            Field("held", Kind.COUNT, "places"),  # at the branch
            Field("first", Kind.COUNT),  # of what supplies it, in `inflows`
            Field("last", Kind.COUNT),
            Field("holds", Kind.COUNT, "places"),  # as it was noted last
            Field("reached", Kind.COUNT),  # after which row where its supply reaches was noted, and 1 more; 0: never
        ),
    ),
    WorldTable(
        "inflows",
        "",
        (
            Field("first", Kind.COUNT),  # of where it comes from, in `sources`
            Field("last", Kind.COUNT),
            Field("mutual", Kind.FLAG),
            Field("over", Kind.COUNT),  # kinds of links as bits; 0: all
        ),
    ),
    WorldTable("sources", "", (Field("place", Kind.PLACE),)),
    WorldTable(
        "marks",
        "",
        (
            Field("km", Kind.REAL, "km"),
            Field("before", Kind.PLACE),
            Field("steps", Kind.COUNT),
            Field("turn", Kind.COUNT),
            Field("settled", Kind.FLAG),
            Field("closed", Kind.FLAG),
            Field("seen", Kind.PLACE),  # in row n stands the n-th place that the search has come to
        ),
    ),
    WorldTable("apart", "", (Field("km", Kind.REAL, "km"), Field("measured", Kind.FLAG))),
    WorldTable("stays", "", (Field("garrisoned", Kind.FLAG), Field("supplied", Kind.FLAG))),
    *PLAN_TABLES,
    *OPENING_TABLES,
    WorldTable(
        "between",
        "",
        (
            *(Field(name, Kind.NUMBER) for name in PAIRED),
            Field("links", Kind.COUNT, "links"),
            Field("front", Kind.PLACE),
        ),
    ),
    WorldTable("roads", "", (Field("noted", Kind.COUNT), Field("place", Kind.PLACE), Field("actor", Kind.ACTOR))),
    WorldTable("legs", "", (Field("first", Kind.PLACE),)),
    WorldTable(
        "noted",
        "",
        (
            Field("holders", Kind.COUNT),
            Field("closures", Kind.COUNT),
            Field("seen", Kind.COUNT),
            Field("next_road", Kind.COUNT),
        ),
    ),
)
"""The tables of the ground. `marks`: what a search has noted of each place; row 0 is the way that it tries. `apart` has a row for
each two places: how far they are apart, and in the first of a place's rows, whether that has been measured. `stays` has one for
each actor and place: whether it has men in the ranks there when a story begins, and whether its supply reaches them. `between`
has one for each two actors: the numbers that count between them, their own or everyone's, along how many links they touch, and
where that front is counted. `roads`: from which place for which actor it is noted in `legs` how each road begins. `noted`: after
which row fronts, and links that open again, were noted last, and 1 more, 0 being never; how many places the last search has come
to, and which road is forgotten next."""
_ROADS: Final = 24
"""From so many places, for one actor each, roads are noted."""
_APART: Final = next(table for table in GROUND if table.name == "apart")


def make_ground(stage: Stage, numbering: Numbering) -> GroundTables:
    """The ground of a stage, in the numbers of a world of it."""
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
        row.armed, row.held = actor in stage.armed, stage.held.get(actor, 0)
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
    for name in PAIRED:
        number = numbers.known(name)
        for pair in ground.between:
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
