"""The tables of the ground: places, the ways out of them, links, and what supplies whom, as kernels read them."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from situation.scenario.story_numbers import PAIRED
from situation.story.decide.opening_tables import OPENING_TABLES
from situation.story.decide.plan_tables import PLAN_TABLES
from situation.story.world.columns import Field, WorldTable
from situation.story.world.kinds import Kind

__all__ = ["GROUND", "GroundTables"]


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
