"""The tables of a world: every field of every table, with its kind, its unit and the cell that it is.

From these tables a world is made of NumPy records, for compiled kernels, or of objects with `__slots__`, for the same kernels as
Python (`tables`). Row 0 of a table is nobody or nowhere, so that a world of zeros is empty. Beside a field that is a cell stands
`<name>_by`: the row that wrote it; below 0: the entry of the record that set the cell; 0: nothing did.

Minutes and days are counted from the one before the branch, so that 0 says none. Several sides are the bits of one number.
"""

from __future__ import annotations

from typing import Final

from situation.log.cells import battle_id, order_id, search_id
from situation.story.world.columns import Field, WorldTable, stored
from situation.story.world.kinds import Kind
from situation.story.world.other_fields import CONDUCT, GIVEN, OTHER_TABLES, PRIOR

__all__ = ["TABLES"]


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
            Field("order_count", Kind.COUNT, "orders"),
            Field("now", Kind.MINUTE, "minute"),
            Field("row_count", Kind.COUNT, "rows"),
            Field("part_count", Kind.COUNT, "parts"),
            Field("parts_taken", Kind.COUNT, "parts"),
            Field("parent_count", Kind.COUNT, "parents"),
            Field("name_count", Kind.COUNT, "names"),
            Field("letter_count", Kind.COUNT, "letters"),
            Field("letters_written", Kind.COUNT, "letters"),
            Field("batch_count", Kind.COUNT, "batches"),
            Field("agreement_count", Kind.COUNT, "agreements"),
            Field(
                "ground_changed", Kind.COUNT, "rows"
            ),  # the last row that may have changed who holds what, how sides stand, or which links are closed
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
            Field("own_name", Kind.FLAG),  # whether it is called otherwise than by its actor and its place
            Field("came", Kind.FORCE),  # in row n stands which body came n-th
            Field("since", Kind.MINUTE, "minute"),  # when it came to where it stands
            Field("pace", Kind.NUMBER),  # of its march
            Field("leg", Kind.REAL, "km"),
            Field("set_out", Kind.MINUTE, "minute"),
            Field("order", Kind.COUNT),  # the number of its orders
            Field("free", Kind.PLACE),  # where it stands when plans look at their forces, if it can take orders
            Field("hopeless", Kind.PLACE),  # what it found without hope in it, and at which ratio
            Field("hopeless_ratio", Kind.REAL),
            Field("fit_at", Kind.COUNT, "persons"),  # as the council began: with how many it counted as rested
            Field("put_off_before", Kind.PLACE),  # as the council began: before which its attack was put off last
            Field("name", Kind.NAME),
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
            Field("noted", Kind.SIDES),  # who held it when that was kept last
            Field("alone", Kind.COUNT),  # who alone stands in it; below 0: several
            Field("alone_at", Kind.COUNT, "rows"),  # after which row that was noted, and 1 more; 0: never
            Field("shared", Kind.FLAG),
            Field("name", Kind.NAME),
            Field("area", Kind.REAL, "km2"),
            Field("recorded", Kind.MINUTE, "minute"),  # when the record says who holds it
            Field("captured", Kind.FLAG),  # whether who holds it took it, or was given it by who did, and when
            Field("captured_at", Kind.MINUTE, "minute"),
            Field("loser", Kind.ACTOR),  # to whom it was lost then
            Field("sector", Kind.FLAG),
            Field("town", Kind.FLAG),
            Field("post", Kind.FLAG),
            Field("terrain", Kind.NUMBER),
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
    WorldTable(
        "batches",
        "{}",
        (
            _cell("due", Kind.DUE, "minute"),
            _cell("batch", Kind.BATCH),
            Field("place", Kind.PLACE),
            Field("by", Kind.ACTOR),
            Field("since", Kind.MINUTE, "minute"),
        ),
    ),
    WorldTable(
        "orders",
        order_id("{}"),
        (
            _cell("due", Kind.DUE, "minute"),
            _cell("verb", Kind.WORD),
            _cell("object", Kind.THING),
            _cell("plan", Kind.PLAN),
            Field("force", Kind.FORCE),  # that it is given to
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
            Field("name", Kind.NAME),
            *(Field(name, Kind.NUMBER) for name in CONDUCT),
            Field("hides", Kind.FLAG),
            Field("feared", Kind.FLAG),
            Field("is_supplied", Kind.FLAG),
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
            _cell("beside", Kind.STANDING, "", "agreements_beside"),
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
            Field("name", Kind.NAME),
            Field("assigned", Kind.NAMES),
            Field("regroup", Kind.NUMBER),
            Field("holds_for", Kind.ACTOR),
            Field("by_rank", Kind.PLAN),
            Field("first_switch", Kind.COUNT),  # in `switches`
            Field("last_switch", Kind.COUNT),
        ),
    ),
    WorldTable("turns", "{}", (_whole("turned", Kind.FLAG),)),
    WorldTable("givens", "given:{}", (_cell("fired", Kind.FLAG), *GIVEN)),
    WorldTable("ways", "{}", (_cell("sealed", Kind.FLAG), _cell("closed_by", Kind.SIDES))),
    WorldTable(
        "lapsing",
        "{}",
        (_whole("stands", Kind.LAPSED), Field("unit", Kind.ACTOR), Field("struck", Kind.PLACE)),
    ),
    WorldTable("others", "{}", (_whole("value", Kind.VALUE),)),
    WorldTable(
        "numbers",
        "",
        (
            Field("value", Kind.REAL),
            Field("of_story", Kind.FLAG),
            *PRIOR,
            Field("word", Kind.CHANCE),
            Field("varies", Kind.FLAG),  # from case to case, and is not drawn for the story
            Field("listed", Kind.NUMBER),  # in row n stands which is the n-th of those that are drawn
        ),
    ),
    *OTHER_TABLES,
)

for table in TABLES:
    names = [name for name, _, _ in stored(table)]
    if len(names) > len({*names}):
        raise TypeError(f"Two fields of '{table.name}' are stored under one name.")
