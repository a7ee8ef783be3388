"""Rows as mechanisms write them: why it came about, its parts, and then the row, which takes the parts laid out before it."""

from __future__ import annotations

from math import nan
from typing import Any, Final, NamedTuple

from situation.kernel import world_kernel
from situation.story.apply.writer import Stop, stop
from situation.story.decide.draws import NextDue, RowDraw, no_draw
from situation.story.decide.kept import keep_row
from situation.story.rows.kinds import CHANGES_GROUND, RowKind
from situation.story.world.reasons import Rule
from situation.story.world.tables import has_room

__all__ = ["NO_ODDS", "RowCause", "also", "by", "by_rule", "due_in", "lay_part", "next_row"]

NO_ODDS: Final = nan
"""The odds of a rule that leaves no choice."""


class RowCause(NamedTuple):
    """Why something comes about: the rule, its odds, the draw, and the parents, which stand in their table from `first` on."""

    rule: int
    odds: float
    draw: RowDraw
    first: int
    last: int


@world_kernel
def by(w: Any, rule: Rule, odds: float, draw: RowDraw, parent: int = 0, other: int = 0) -> RowCause:
    """A cause. A parent is the row or the entry of the record that it follows from, such as `battle.fight_by`; 0: none."""
    first = w.story[0].parent_count
    return also(w, also(w, RowCause(rule.value, odds, draw, first, first), parent), other)


@world_kernel
def by_rule(w: Any, rule: Rule, parent: int, other: int = 0) -> RowCause:
    """The cause of what a rule leaves no choice in, and draws nothing for."""
    return by(w, rule, NO_ODDS, no_draw(), parent, other)


@world_kernel
def also(w: Any, cause: RowCause, parent: int) -> RowCause:
    """The cause that was made last, with one parent more, unless it has it."""
    story = w.story[0]
    if parent == 0:
        return cause
    for at in range(cause.first, cause.last):
        if w.parents[at].entry == parent:
            return cause
    if not has_room(w.parents, cause.last):
        stop(w, Stop.PARENTS_FULL)
        return cause
    w.parents[cause.last].entry = parent
    story.parent_count = cause.last + 1
    return RowCause(cause.rule, cause.odds, cause.draw, cause.first, cause.last + 1)


@world_kernel
def lay_part(w: Any, force: int, one: int, two: int, real: float) -> None:
    """Lay out a part for the next row: so many men of a body."""
    story = w.story[0]
    if not has_room(w.parts, story.part_count):
        stop(w, Stop.PARTS_FULL)
        return
    part = w.parts[story.part_count]
    part.force, part.one, part.two, part.real = force, one, two, real
    story.part_count = story.part_count + 1


@world_kernel
def next_row(w: Any, happening: RowKind, cause: RowCause) -> int:
    """The next row of a world, now, by a cause, with the parts that were laid out. It is not applied yet."""
    story = w.story[0]
    keep_row(w, story.row_count)
    at = story.row_count + 1
    if not has_room(w.rows, at):
        stop(w, Stop.ROWS_FULL)
        return 0
    row = w.rows[at]
    what = happening.value
    row.happening, row.minute = what, story.now
    row.first, row.middle, row.last = story.parts_taken, story.parts_taken, story.part_count
    row.rule, row.odds, row.first_parent, row.last_parent = cause.rule, cause.odds, cause.first, cause.last
    draw = cause.draw
    row.question, row.when, row.draw = draw.question, draw.when, draw.value
    for part in range(len(row.about)):
        row.about[part] = draw.about[part]
    story.row_count, story.parts_taken = at, story.part_count
    if what >= CHANGES_GROUND:
        story.ground_changed = at
    return int(at)


@world_kernel
def due_in(row: Any, due: NextDue) -> None:
    """Write into a row what falls due next."""
    row.due, row.due_rank = due.minute, due.rank
