"""What happens, each by a call named after it: the row is written with its cause and applied at once.

Each returns the number of its row.
"""

from __future__ import annotations

from typing import Any, Final

from situation.kernel import world_kernel
from situation.story.apply.battle import (
    battle_ended,
    column_fled,
    day_fought,
    day_searched,
    defender_broke,
    killed_off,
    melted,
    surrendered,
)
from situation.story.apply.bodies import root_of
from situation.story.apply.control import besieged, captured, handed_over, moved_in, repelled, siege_broken
from situation.story.apply.march import garrison_posted
from situation.story.apply.writer import Stop, bit, stop
from situation.story.decide.draws import NextDue
from situation.story.decide.names import pool_at
from situation.story.decide.rows import RowCause, due_in, next_row
from situation.story.rows.kinds import RowKind
from situation.story.world.tables import has_room
from situation.story.world.words import Word

__all__ = [
    "FIT",
    "HIDDEN",
    "WOUNDED",
    "battle_fought",
    "battle_over",
    "breaks",
    "dies",
    "enters",
    "flees",
    "gives_up",
    "goes_into_hiding",
    "hands_over",
    "lifts_siege",
    "new_batch",
    "rings",
    "searched",
    "stays_behind",
    "takes",
    "throws_back",
]


FIT: Final = 0
WOUNDED: Final = 1
HIDDEN: Final = 2
"""Of whom men give themselves up: those in the ranks, the wounded, those in hiding."""


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
    row.place, row.units, row.real, row.number = place, bit(root_of(w, w.searches[place].force)), done, back
    if back != 0:
        row.force, row.other = force, pool
    due_in(row, due)
    day_searched(w, row, at)
    return at


@world_kernel
def throws_back(w: Any, place: int, defender: int, attacker: int, cause: RowCause) -> int:
    """An attack is thrown back."""
    at = _between(w, RowKind.REPELLED, place, defender, attacker, cause)
    repelled(w, w.rows[at], at)
    return at


@world_kernel
def takes(w: Any, place: int, units: int, largest: int, against: int, cause: RowCause) -> int:
    """Some units have taken a place; the largest is of one actor."""
    at = next_row(w, RowKind.CAPTURED, cause)
    row = w.rows[at]
    row.place, row.units, row.toward, row.actor = place, units, against, largest
    captured(w, row, at)
    return at


@world_kernel
def battle_over(w: Any, place: int, outcome: Word, due: NextDue, cause: RowCause) -> int:
    """A battle is over; its wounded were laid out, and come back when that falls due."""
    at = next_row(w, RowKind.BATTLE_ENDED, cause)
    row = w.rows[at]
    row.place, row.word = place, outcome.value
    due_in(row, due)
    if due.minute != 0:
        row.index = new_batch(w, place, 0)
    battle_ended(w, row, at)
    return at


@world_kernel
def new_batch(w: Any, place: int, by: int) -> int:
    """The number of a batch of wounded: of a battle now, or of a raid or of fire by an actor; a known one begins anew."""
    story = w.story[0]
    for number in range(story.batch_count, 0, -1):
        known = w.batches[number]
        if known.since != story.now:
            break
        if known.place == place and known.by == by:
            return number
    if not has_room(w.batches, story.batch_count + 1):
        stop(w, Stop.BATCHES_FULL)
        return 0
    story.batch_count = story.batch_count + 1
    batch = w.batches[story.batch_count]
    batch.place, batch.by, batch.since = place, by, story.now
    return int(story.batch_count)


@world_kernel
def _of_men(w: Any, what: RowKind, force: int, number: int, flag: bool, cause: RowCause) -> int:
    at = next_row(w, what, cause)
    row = w.rows[at]
    row.force, row.number, row.flag = force, number, flag
    return at


@world_kernel
def dies(w: Any, force: int, number: int, hidden: bool, cause: RowCause) -> int:
    """Men of a body are killed apart from a day's battle: to the last, or in hiding."""
    at = _of_men(w, RowKind.KILLED_OFF, force, number, hidden, cause)
    row = w.rows[at]
    row.actor, row.place = root_of(w, force), w.forces[force].place
    killed_off(w, row, at)
    return at


@world_kernel
def gives_up(w: Any, force: int, number: int, captor: int, of: int, cause: RowCause) -> int:
    """Men of a body give themselves up: of its ranks (`FIT`), its `WOUNDED`, or those in hiding (`HIDDEN`)."""
    at = _of_men(w, RowKind.SURRENDERED, force, number, of == WOUNDED, cause)
    row = w.rows[at]
    row.more = 1 if of == HIDDEN else 0
    row.actor, row.place, row.toward = root_of(w, force), w.forces[force].place, captor
    surrendered(w, row, at)
    return at


@world_kernel
def goes_into_hiding(w: Any, force: int, place: int, number: int, cause: RowCause) -> int:
    """Men of a body hide at a place."""
    pool = pool_at(w, place, root_of(w, force))
    at = _of_men(w, RowKind.MELTED, force, number, False, cause)
    row = w.rows[at]
    row.actor, row.place, row.other = root_of(w, force), place, pool
    melted(w, row, at)
    return at


@world_kernel
def stays_behind(w: Any, force: int, place: int, number: int, searching: int, due: NextDue, cause: RowCause) -> int:
    """Men of a force stay as a garrison, some of them until the place is searched."""
    pool = pool_at(w, place, root_of(w, force))
    at = _of_men(w, RowKind.GARRISON_POSTED, force, number, False, cause)
    row = w.rows[at]
    row.actor, row.place, row.other, row.more = root_of(w, force), place, pool, searching
    due_in(row, due)
    garrison_posted(w, row, at)
    return at


@world_kernel
def hands_over(w: Any, place: int, actor: int, host: int, against: int, cause: RowCause) -> int:
    """An actor hands a place over that was taken from somebody."""
    at = _between(w, RowKind.HANDED_OVER, place, actor, against, cause)
    w.rows[at].actor = host
    handed_over(w, w.rows[at], at)
    return at


@world_kernel
def flees(
    w: Any, force: int, place: int, to: int, men: int, lost: int, column: int, due: NextDue, cause: RowCause
) -> int:
    """Men of a force leave a place as a column of their own, and some of them are lost on the way."""
    at = _of_men(w, RowKind.COLUMN_FLED, force, men, False, cause)
    row = w.rows[at]
    row.actor, row.place, row.to, row.more, row.other = root_of(w, force), place, to, lost, column
    due_in(row, due)
    column_fled(w, row, at)
    return at
