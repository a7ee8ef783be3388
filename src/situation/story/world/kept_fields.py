"""The tables of what an ensemble keeps of a story while it is told: tallies by day, changes of hands, losses and counts."""

from __future__ import annotations

from typing import Final

from situation.story.world.columns import Field, WorldTable
from situation.story.world.kinds import Kind

__all__ = ["KEPT_TABLES"]

KEPT_TABLES: Final[tuple[WorldTable, ...]] = (
    WorldTable(
        "kept",
        "",
        (
            Field("is_kept", Kind.FLAG),  # whether anything is
            Field("looked_at", Kind.COUNT, "rows"),
            Field("days_closed", Kind.COUNT, "days"),
            Field("holding_count", Kind.COUNT, "changes"),
            Field("toll_count", Kind.COUNT, "losses"),
            Field("count_count", Kind.COUNT, "questions"),
        ),
    ),
    WorldTable("days", "", (Field("end", Kind.MINUTE, "minute"),)),
    WorldTable(
        "tallies",
        "",
        (
            Field("there", Kind.FLAG),
            Field("present", Kind.COUNT, "persons"),
            Field("wounded", Kind.COUNT, "persons"),
            Field("hidden", Kind.COUNT, "persons"),
            Field("in_transit", Kind.COUNT, "persons"),
            Field("killed", Kind.COUNT, "persons"),
            Field("surrendered", Kind.COUNT, "persons"),
            Field("left", Kind.COUNT, "persons"),
        ),
    ),
    WorldTable(
        "holdings",
        "",
        (Field("place", Kind.PLACE), Field("minute", Kind.MINUTE, "minute"), Field("holders", Kind.SIDES)),
    ),
    WorldTable(
        "tolls",
        "",
        (
            Field("actor", Kind.ACTOR),
            Field("fate", Kind.COUNT),
            Field("place", Kind.PLACE),
            Field("minute", Kind.MINUTE, "minute"),
            Field("men", Kind.COUNT, "persons"),
        ),
    ),
    WorldTable(
        "counts",
        "",
        (
            Field("due", Kind.MINUTE, "minute"),
            Field("of_places", Kind.FLAG),  # places that an actor holds are counted; else its fighters in them
            Field("actor", Kind.ACTOR),
            Field("number", Kind.COUNT),
        ),
    ),
    WorldTable("counted_in", "", (Field("counts", Kind.FLAG),)),
)
"""`days`: the end of each. `tallies`: all men of each root actor, by day and actor; a row more by actor says what of `tolls` was
counted last. `holdings`: who held a place from a minute on. `tolls`: men lost by a row, by `LossKind`. `counts`: what questions
ask to be counted at a minute, `counted_in`: in which places, by question and place."""
