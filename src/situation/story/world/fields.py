"""The tables of a world: every field of every table, with its kind, its unit and the cell that it is.

From these tables a world is made of NumPy records, for compiled kernels, or of objects with `__slots__`, for the same kernels as
Python (`tables`). Row 0 of a table is nobody or nowhere, so that a world of zeros is empty. Beside a field that is a cell stands
`<name>_by`: the row that wrote it; 0: no row of this story did, and the cell is the record's.

Minutes and days are counted from the one before the branch, so that 0 says none. Several sides are the bits of one number.
"""

from __future__ import annotations

from typing import Final

from attrs import frozen

from situation.log.cells import battle_id, order_id, search_id
from situation.story.world.kinds import AS_ID, STORAGE, Kind

__all__ = ["TABLES", "Field", "WorldTable", "stored"]


@frozen
class Field:
    """A field. `cell`: the attribute of the cell that it is; a whole name where it has a dot; empty where it is none."""

    name: str
    kind: Kind
    unit: str = ""
    cell: str = ""


@frozen
class WorldTable:
    """A table. `subject`: how the cells of a row are named; empty where the table has none."""

    name: str
    subject: str
    fields: tuple[Field, ...]


def _whole(name: str, kind: Kind) -> Field:
    """A field whose cell is named by the subject alone."""
    return Field(name, kind, "", "*")


def _cell(name: str, kind: Kind, unit: str = "", cell: str = "") -> Field:
    return Field(name, kind, unit, cell or name)


TABLES: Final[tuple[WorldTable, ...]] = (
    WorldTable(
        "story",
        "{}",
        (
            _cell("branch", Kind.MINUTE, "minute", "story.branch"),
            _cell("day", Kind.DAY, "day", "story.day"),
            _cell("day_due", Kind.DUE, "minute", "day.due"),
            _cell("council_due", Kind.DUE, "minute", "council.due"),
            _cell("numbers", Kind.NUMBERS, "", "numbers.drawn"),
            _cell("forces", Kind.FORCES, "", "story.forces"),
            _cell("fields", Kind.FIELD_FORCES, "", "story.fields"),
            _cell("cut", Kind.CUT, "", "story.cut"),
            Field("bodies", Kind.COUNT, "bodies"),
            Field("cut_count", Kind.COUNT, "bodies"),
            Field("wound_count", Kind.COUNT, "losses"),
            Field("fault", Kind.COUNT),
        ),
    ),
    WorldTable(
        "forces",
        "{}",
        (
            _cell("actor", Kind.ACTOR),
            _cell("kind", Kind.WORD),
            _cell("place", Kind.PLACE),
            _cell("origin", Kind.PLACE, "", "from"),
            _cell("to", Kind.PLACE),
            _cell("due", Kind.DUE, "minute"),
            _cell("number", Kind.COUNT, "persons"),
            _cell("wounded", Kind.COUNT, "persons"),
            _cell("hidden", Kind.COUNT, "persons"),
            _cell("at_start", Kind.COUNT, "persons"),
            _cell("lost", Kind.REAL, "persons"),
            _cell("fought", Kind.MINUTE, "minute"),
            _cell("musters", Kind.COUNT, "times"),
            _cell("operations", Kind.COUNT, "times"),
            _cell("at_rest", Kind.COUNT, "persons"),
            _cell("resting", Kind.MINUTE, "minute"),
            _cell("parent", Kind.FORCE),
            _cell("goal", Kind.PLACE),
            _cell("put_off", Kind.PLACE),
            _cell("sighted", Kind.SIGHTED),
            _cell("cut_since", Kind.DAY, "day"),
            Field("serial", Kind.COUNT, "bodies"),
        ),
    ),
    WorldTable(
        "places",
        "{}",
        (
            _cell("holder", Kind.SIDES),
            _cell("status", Kind.WORD),
            _cell("parts", Kind.PARTS),
            _cell("besieger", Kind.SIDES),
            _cell("declared_by", Kind.SIDES),
            _cell("taken_by", Kind.UNITS),
            _cell("entered_by", Kind.UNITS),
            _cell("attacked_by", Kind.UNITS),
            _cell("parties", Kind.UNITS),
            _cell("direction", Kind.DIRECTION),
            _cell("searched", Kind.REAL, "share"),
            _cell("blockaded", Kind.FLAG),
            _cell("blockaders", Kind.UNITS, "", "blockaded_by"),
            _cell("successors", Kind.HEIRS),
            _cell("bodies", Kind.BODIES),
            Field("heirs", Kind.UNITS),
        ),
    ),
    WorldTable(
        "searches",
        search_id("{}"),
        (_cell("due", Kind.DUE, "minute"), _cell("force", Kind.FORCE), _cell("bound", Kind.COUNT, "persons")),
    ),
    WorldTable(
        "battles",
        battle_id("{}"),
        (
            _cell("fight", Kind.FIGHT),
            _cell("due", Kind.DUE, "minute"),
            Field("attacker", Kind.ACTOR),
            Field("defender", Kind.ACTOR),
            Field("began", Kind.DAY, "day"),
            Field("attackers_start", Kind.COUNT, "persons"),
            Field("defenders_start", Kind.COUNT, "persons"),
            Field("fortune", Kind.REAL, "factor"),
            Field("area", Kind.REAL, "km2"),
            Field("attacker_rate", Kind.REAL, "1/day"),
            Field("defender_rate", Kind.REAL, "1/day"),
            Field("scattered", Kind.FLAG),
            Field("attacker_residual", Kind.REAL, "standard deviations"),
            Field("defender_residual", Kind.REAL, "standard deviations"),
            Field("cleared", Kind.REAL, "km2"),
            Field("broken", Kind.FLAG),
        ),
    ),
    WorldTable("batches", "{}", (_cell("due", Kind.DUE, "minute"), _cell("batch", Kind.BATCH))),
    WorldTable(
        "orders",
        order_id("{}"),
        (
            _cell("due", Kind.DUE, "minute"),
            _cell("verb", Kind.WORD),
            _cell("object", Kind.THING),
            _cell("plan", Kind.PLAN),
        ),
    ),
    WorldTable(
        "actors",
        "{}",
        (
            _cell("posture", Kind.WORD),
            _cell("air", Kind.WORD),
            _cell("flyer", Kind.ACTOR, "", "air_by"),
            _cell("started", Kind.COUNT, "persons"),
            _cell("arrived", Kind.COUNT, "persons"),
            _cell("killed", Kind.COUNT, "persons"),
            _cell("surrendered", Kind.COUNT, "persons"),
            _cell("left", Kind.COUNT, "persons"),
            Field("root", Kind.ACTOR),
            Field("keeper", Kind.ACTOR),
            Field("above", Kind.UNITS),
            Field("side", Kind.UNITS),
        ),
    ),
    WorldTable(
        "relations",
        "{}",
        (
            _cell("stance", Kind.WORD),
            _cell("stance_before", Kind.WORD),
            _cell("rung", Kind.COUNT),
            _cell("incidents", Kind.INCIDENTS, "day"),
            _cell("conceded", Kind.FLAG),
            _cell("agreement", Kind.AGREEMENT),
            _cell("agreement_before", Kind.AGREEMENT),
            _cell("violated", Kind.FLAG),
            _cell("violators", Kind.UNITS, "", "violated_by"),
            _cell("ended", Kind.FLAG),
            Field("agreed_stance", Kind.FLAG),
        ),
    ),
    WorldTable(
        "plans",
        "{}",
        (
            _cell("doctrine", Kind.DOCTRINE),
            _cell("paused_until", Kind.MINUTE, "minute"),
            _cell("hub", Kind.PLACE),
            _cell("columns", Kind.COLUMNS),
        ),
    ),
    WorldTable("turns", "{}", (_whole("turned", Kind.FLAG),)),
    WorldTable("givens", "given:{}", (_cell("fired", Kind.FLAG),)),
    WorldTable("ways", "{}", (_cell("sealed", Kind.FLAG), _cell("closed_by", Kind.SIDES))),
    WorldTable(
        "lapsing",
        "{}",
        (_whole("stands", Kind.LAPSED), Field("unit", Kind.ACTOR), Field("struck", Kind.PLACE)),
    ),
    WorldTable("others", "{}", (_whole("value", Kind.VALUE),)),
    WorldTable("numbers", "", (Field("value", Kind.REAL), Field("of_story", Kind.FLAG))),
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
        ),
    ),
    WorldTable("scopes", "", (Field("covered", Kind.FLAG),)),
    WorldTable("covers", "", (Field("covered", Kind.COUNT),)),
    WorldTable("strengths", "", (Field("lapsing", Kind.COUNT),)),
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
)


def stored(table: WorldTable) -> tuple[tuple[str, str, int], ...]:
    """The fields of a table as they are stored: each with its name, its type, and its length where it is a list."""
    return tuple(
        column
        for field in table.fields
        for column in (
            *((field.name + end, kind, length) for end, kind, length in STORAGE[field.kind]),
            *(((f"{field.name}_by", AS_ID, 0),) if field.cell else ()),
        )
    )


for table in TABLES:
    names = [name for name, _, _ in stored(table)]
    if len(names) > len({*names}):
        raise TypeError(f"Two fields of '{table.name}' are stored under one name.")
