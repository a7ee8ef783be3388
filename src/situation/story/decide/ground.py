"""The ground of a stage as tables of numbers, for kernels: places, the ways out of them, links, and what supplies whom.

The builder reads the stage. Kernels read the tables, and write in them only what a search notes: `marks`, `shut` and `apart`.
What is drawn once for a story, ranks and the words of its chance, is filled in as the story begins (`draw_ranks`).
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from situation.chance.luck import Luck, word_of
from situation.chance.philox import as_word
from situation.story.ranks import Ranks
from situation.story.stage import Stage
from situation.story.world.columns import Field, WorldTable
from situation.story.world.kinds import Kind
from situation.story.world.numbering import Numbering
from situation.story.world.tables import make_table

__all__ = ["GROUND", "GroundTables", "draw_ranks", "make_ground"]


class GroundTables(NamedTuple):
    """The ground; row 0 of each table but `exits`, `inflows` and `sources` is nowhere or nobody."""

    story: Any
    places: Any
    exits: Any
    links: Any
    actors: Any
    inflows: Any
    sources: Any
    marks: Any
    apart: Any


GROUND: Final[tuple[WorldTable, ...]] = (
    WorldTable(
        "story",
        "",
        (
            Field("seed", Kind.CHANCE),
            Field("index", Kind.CHANCE),
            Field("enclosed_below", Kind.COUNT),  # the number of that name
        ),
    ),
    WorldTable(
        "places",
        "",
        (
            Field("first", Kind.COUNT),  # of its ways out, in `exits`; the shortest is first
            Field("last", Kind.COUNT),
            Field("open", Kind.FLAG),
            Field("turn", Kind.COUNT),  # by the words of the places: which of two ways of one length is taken
            Field("rank", Kind.REAL),
            Field("word", Kind.CHANCE),
            Field("measured", Kind.FLAG),  # whether its row of `apart` is filled
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
            Field("shut", Kind.FLAG),  # to the search that goes on
        ),
    ),
    WorldTable(
        "actors",
        "",
        (
            Field("armed", Kind.FLAG),
            Field("rank", Kind.REAL),
            Field("word", Kind.CHANCE),
            Field("first", Kind.COUNT),  # of what supplies it, in `inflows`
            Field("last", Kind.COUNT),
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
            Field("supplied", Kind.FLAG),
        ),
    ),
    WorldTable("apart", "", (Field("km", Kind.REAL, "km"),)),
)
"""The tables of the ground. `marks`: what a search has noted of each place; row 0 is the way that it tries."""


def make_ground(stage: Stage, numbering: Numbering) -> GroundTables:
    """The ground of a stage, in the numbers of a world of it."""
    places, links, actors = (len(it.names) for it in (numbering.places, numbering.links, numbering.actors))
    inflows = [it for actor in numbering.actors.names[1:] for it in stage.conduct(actor).supply_from]
    lengths = {
        "story": 1,
        **dict.fromkeys(("places", "marks"), places),
        "exits": sum(map(len, stage.ways.values())),
        "links": links,
        "actors": actors,
        "inflows": len(inflows),
        "sources": sum(len(it.places) for it in inflows),
        "apart": places * places,
    }
    ground = GroundTables(**{table.name: make_table(table, lengths[table.name]) for table in GROUND})
    kinds = {kind: 1 << number for number, kind in enumerate(stage.ground.link_kinds)}
    ground.story[0].enclosed_below = numbering.numbers.of("enclosed_below")
    _take_places(stage, numbering, ground)
    for link, about in stage.ground.links.items():
        row, kind = ground.links[numbering.links.of(link)], stage.ground.link_kinds[about.kind]
        row.one, row.other = map(numbering.places.of, about.ends)
        row.km, row.capacity, row.kind = about.km, numbering.numbers.of(f"capacity.{kind.id}"), kinds[kind.id]
        row.light, row.water, row.boats = kind.light, kind.water, kind.boats
    _take_actors(stage, numbering, ground, kinds)
    return ground


def _take_places(stage: Stage, numbering: Numbering, ground: GroundTables) -> None:
    turns = {place: turn for turn, place in enumerate(sorted(stage.places, key=word_of))}
    at = 0
    for place in stage.places:
        row, number = ground.places[numbering.places.of(place)], numbering.places.of(place)
        row.open, row.turn, row.word = stage.is_open(place), turns[place], as_word(word_of(place))
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
        row.armed, row.word = actor in stage.armed, as_word(word_of(actor))
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


def draw_ranks(ground: GroundTables, numbering: Numbering, ranks: Ranks, luck: Luck) -> None:
    """Fill in what is drawn once for a story: the ranks of places and actors, and where its chance is drawn."""
    ground.story[0].seed, ground.story[0].index = luck.key
    for table, names in ((ground.places, numbering.places.names), (ground.actors, numbering.actors.names)):
        for number, name in enumerate(names[1:], 1):
            table[number].rank = ranks.of(name)
