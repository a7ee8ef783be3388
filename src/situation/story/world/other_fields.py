"""The tables of a world that are no cells: rows with their parts and parents, lists, and what the stage says once for all."""

from __future__ import annotations

from typing import Final

from situation.story.world.columns import Field, WorldTable
from situation.story.world.kept_fields import KEPT_TABLES
from situation.story.world.kinds import Kind

__all__ = ["CONDUCT", "GIVEN", "OTHER_TABLES", "PRIOR"]

CONDUCT: Final = (
    "quality",
    "position",
    "melts",
    "surrender_to",
    "holding",
    "stock",
    "supply_floor",
    "stands_hold",
    "stands_delay",
    "stands_insurgency",
)
"""What a scenario says of how an actor fights: of each the number of the story that it names."""

PRIOR: Final = (
    Field("family", Kind.COUNT),
    Field("low", Kind.REAL),
    Field("best", Kind.REAL),
    Field("high", Kind.REAL),
    Field("below_a", Kind.REAL),
    Field("below_b", Kind.REAL),
    Field("above_a", Kind.REAL),
    Field("above_b", Kind.REAL),
)
"""What is known of a number before it is drawn; of a share also the betas below and above the median (`chance.quantiles`)."""

GIVEN: Final = (
    Field("name", Kind.NAME),
    Field("ranked", Kind.COUNT),  # in row n stands which is the n-th by rank
    Field("minute", Kind.MINUTE, "minute"),  # before which it does not happen
    Field("chance", Kind.NUMBER),
    Field("first_condition", Kind.COUNT),  # in `conditions`
    Field("last_condition", Kind.COUNT),
    Field("happening", Kind.COUNT),
    Field("body", Kind.NAME),  # of a force with a name of its own
    Field("actor", Kind.ACTOR),
    Field("toward", Kind.ACTOR),
    Field("place", Kind.PLACE),
    Field("link", Kind.LINK),
    Field("index", Kind.COUNT),
    Field("word", Kind.WORD),
    Field("units", Kind.UNITS),
    Field("number", Kind.COUNT),
    Field("more", Kind.COUNT),
    Field("flag", Kind.FLAG),
    Field("first_said", Kind.COUNT),  # in `sayings`
    Field("last_said", Kind.COUNT),
)
"""What a scenario gives: what it waits for, and from `happening` on what its row tells."""

OTHER_TABLES: Final[tuple[WorldTable, ...]] = (
    WorldTable("cut", "", (Field("force", Kind.FORCE),)),
    WorldTable(
        "wounds",
        "",
        (
            Field("force", Kind.FORCE),
            Field("killed", Kind.COUNT, "persons"),
            Field("wounded", Kind.COUNT, "persons"),
            Field("counted", Kind.REAL, "persons"),
        ),
    ),
    WorldTable(
        "agreements",
        "",
        (
            Field("kind", Kind.WORD),
            Field("parties", Kind.UNITS),
            Field("since", Kind.MINUTE, "minute"),
            Field("until", Kind.MINUTE, "minute"),
            Field("from_first", Kind.FLAG),
            Field("has_term", Kind.FLAG),
            Field("everywhere", Kind.FLAG),
            Field("covers", Kind.COUNT),  # a bit for each agreement that holds nowhere else
        ),
    ),
    WorldTable("scopes", "", (Field("covered", Kind.FLAG),)),
    WorldTable("covers", "", (Field("covered", Kind.COUNT),)),
    WorldTable("strengths", "", (Field("lapsing", Kind.COUNT), Field("pool", Kind.FORCE))),
    WorldTable(
        "rows",
        "",
        (
            Field("happening", Kind.COUNT),
            Field("minute", Kind.MINUTE, "minute"),
            Field("force", Kind.FORCE),
            Field("other", Kind.FORCE),
            Field("actor", Kind.ACTOR),
            Field("toward", Kind.ACTOR),
            Field("place", Kind.PLACE),
            Field("to", Kind.PLACE),
            Field("link", Kind.LINK),
            Field("plan", Kind.PLAN),
            Field("index", Kind.COUNT),
            Field("word", Kind.WORD),
            Field("units", Kind.UNITS),
            Field("number", Kind.COUNT),
            Field("more", Kind.COUNT),
            Field("flag", Kind.FLAG),
            Field("due", Kind.DUE, "minute"),
            Field("real", Kind.REAL),
            Field("real_b", Kind.REAL),
            Field("real_c", Kind.REAL),
            Field("real_d", Kind.REAL),
            Field("first", Kind.COUNT),
            Field("middle", Kind.COUNT),
            Field("last", Kind.COUNT),
            Field("rule", Kind.COUNT),
            Field("odds", Kind.REAL),
            Field("question", Kind.COUNT),
            Field("about", Kind.SUBJECT),
            Field("when", Kind.COUNT),
            Field("draw", Kind.REAL),
            Field("first_parent", Kind.COUNT),
            Field("last_parent", Kind.COUNT),
        ),
    ),
    WorldTable(
        "parts",
        "",
        (
            Field("force", Kind.FORCE),
            Field("one", Kind.COUNT),
            Field("two", Kind.COUNT),
            Field("real", Kind.REAL),
        ),
    ),
    WorldTable(
        "sides",
        "",
        (
            Field("bodies", Kind.BODIES),
            Field("shares", Kind.SHARES),
            Field("chances", Kind.SHARES),
            Field("counts", Kind.COUNTS),
        ),
    ),
    WorldTable("goals", "", (Field("chosen", Kind.FLAG),)),
    WorldTable(
        "conditions",
        "",
        (
            Field("what", Kind.COUNT),
            Field("minute", Kind.MINUTE, "minute"),
            Field("place", Kind.PLACE),
            Field("actor", Kind.ACTOR),
            Field("other", Kind.ACTOR),
            Field("plan", Kind.PLAN),
            Field("given", Kind.COUNT),
            Field("body", Kind.NAME),
            Field("has_equals", Kind.FLAG),
            Field("equals", Kind.COUNT),
            Field("has_differs", Kind.FLAG),
            Field("differs", Kind.COUNT),
            Field("above", Kind.REAL),
            Field("below", Kind.REAL),
        ),
    ),
    WorldTable(
        "switches",
        "",
        (Field("to", Kind.DOCTRINE), Field("first_condition", Kind.COUNT), Field("last_condition", Kind.COUNT)),
    ),
    WorldTable("sayings", "", (Field("cell", Kind.COUNT), Field("value", Kind.VALUE))),
    WorldTable("parents", "", (Field("entry", Kind.COUNT),)),
    WorldTable(
        "names",
        "",
        (Field("word", Kind.CHANCE), Field("rank", Kind.REAL), Field("first", Kind.COUNT), Field("last", Kind.COUNT)),
    ),
    WorldTable(
        "stage",
        "",
        (
            Field("origin", Kind.COUNT, "minute"),
            Field("first_day", Kind.COUNT, "day"),
            Field("seed", Kind.CHANCE),
            Field("index", Kind.CHANCE),
            Field("record_seed", Kind.CHANCE),
            Field("record_index", Kind.CHANCE),
            Field("parameters_seed", Kind.CHANCE),
            Field("parameters_index", Kind.CHANCE),
        ),
    ),
    WorldTable("shifts", "", (Field("since", Kind.COUNT, "minute"), Field("ahead", Kind.COUNT, "minutes"))),
    *KEPT_TABLES,
)
"""They follow those of cells. Of a row, `first` to `last` are its parts, the second list from `middle` on; `odds` are NaN
where there are none; `about` is what its draw is about: names, and numbers n as -1 - n. `parents`: rows, and entries of the
record below 0. `sides`: the bodies that a mechanism has before it, such as those who attack, and what each has a share in.
Of a name, `first` to `last` are its letters; the last row is for one that is made in passing. `goals`: of each plan, the places
that it is to take. `conditions`: each asks for a time or a cell (`world.given.ConditionAbout`); `switches`: of plans, to
other doctrines; `sayings`: what is said in events that are given, a cell and its value. `shifts`:
since when local time is how far ahead."""
