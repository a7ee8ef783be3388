"""What happens, each by a call named after it: the row is written with its cause and applied at once.

Each returns the number of its row.
"""

from __future__ import annotations

from typing import Any

from situation.kernel import world_kernel
from situation.story.apply.battle import day_fought, day_searched, defender_broke
from situation.story.apply.control import besieged, moved_in, siege_broken
from situation.story.apply.writer import bit
from situation.story.decide.draws import NextDue
from situation.story.decide.rows import RowCause, due_in, next_row
from situation.story.rows.kinds import RowKind
from situation.story.world.words import Word

__all__ = ["battle_fought", "breaks", "enters", "lifts_siege", "rings", "searched"]


@world_kernel
def battle_fought(
    w: Any,
    place: int,
    done: float,
    due: NextDue,
    scatters: bool,
    ours: float,
    theirs: float,
    split: int,
    cause: RowCause,
) -> int:
    """A day of a battle is over: so much is cleared; the losses were laid out, the defender's from the part `split` on.

    `ours`, `theirs`: how far the day's losses lay from their level, where (`scatters`) there were any.
    """
    at = next_row(w, RowKind.BATTLE_DAY, cause)
    row = w.rows[at]
    row.place, row.real, row.middle = place, done, split
    row.flag, row.real_b, row.real_c = scatters, ours, theirs
    due_in(row, due)
    day_fought(w, row, at)
    return at


@world_kernel
def breaks(w: Any, place: int, actor: int, how: Word, due: NextDue, cause: RowCause) -> int:
    """The defender of a place has broken; when it is gone through falls due."""
    at = next_row(w, RowKind.DEFENDER_BROKE, cause)
    row = w.rows[at]
    row.place, row.actor, row.word = place, actor, how.value
    due_in(row, due)
    defender_broke(w, row, at)
    return at


@world_kernel
def _between(w: Any, what: RowKind, place: int, by: int, against: int, cause: RowCause) -> int:
    at = next_row(w, what, cause)
    row = w.rows[at]
    row.place, row.units, row.toward = place, bit(by), against
    return at


@world_kernel
def rings(w: Any, place: int, actor: int, defender: int, cause: RowCause) -> int:
    """An actor besieges a place."""
    at = _between(w, RowKind.BESIEGED, place, actor, defender, cause)
    besieged(w, w.rows[at], at)
    return at


@world_kernel
def lifts_siege(w: Any, place: int, defender: int, besieger: int, cause: RowCause) -> int:
    """The siege of a place is broken."""
    at = _between(w, RowKind.SIEGE_BROKEN, place, defender, besieger, cause)
    siege_broken(w, w.rows[at], at)
    return at


@world_kernel
def enters(w: Any, place: int, actor: int, defender: int, cause: RowCause) -> int:
    """An actor's men have come into a place that is another's."""
    at = _between(w, RowKind.ENTERED, place, actor, defender, cause)
    moved_in(w, w.rows[at], at)
    return at


@world_kernel
def searched(w: Any, place: int, done: float, due: NextDue, force: int, pool: int, back: int, cause: RowCause) -> int:
    """A day of the search of a place is over: so much is done; at its end so many are back with their force."""
    at = next_row(w, RowKind.SEARCH_DAY, cause)
    row = w.rows[at]
    row.place, row.real, row.number = place, done, back
    if back != 0:
        row.force, row.other = force, pool
    due_in(row, due)
    day_searched(w, row, at)
    return at
