"""What happens to orders and on marches, each by a call named after it: the row is written with its cause and applied at once.

Each returns the number of its row.
"""

from __future__ import annotations

from typing import Any

from situation.kernel import world_kernel
from situation.story.apply.battle import battle_joined
from situation.story.apply.bodies import root_of
from situation.story.apply.conduct import route_sealed
from situation.story.apply.march import (
    arrived,
    column_detached,
    column_rejoined,
    column_sighted,
    fell_back,
    march_began,
    march_quickened,
    order_over,
)
from situation.story.apply.writer import bit
from situation.story.decide.draws import NextDue
from situation.story.decide.rows import RowCause, due_in, next_row
from situation.story.rows.kinds import RowKind
from situation.story.world.reasons import Hindrance

__all__ = [
    "arrives",
    "detaches",
    "goes_back",
    "is_carried_out",
    "is_sighted",
    "joins_fight",
    "lapses",
    "link_is_closed",
    "quickens",
    "rejoins",
    "sets_out",
]


@world_kernel
def sets_out(
    w: Any, force: int, to: int, due: NextDue, km: float, pace: int, afresh: bool, order: int, cause: RowCause
) -> int:
    """A force sets out for a neighbouring place, so many km away; `afresh`, so that it is news again."""
    at = next_row(w, RowKind.MARCH_BEGAN, cause)
    row = w.rows[at]
    row.force, row.place, row.to, row.index = force, w.forces[force].place, to, order
    row.actor, row.more = w.forces[force].actor, w.forces[force].number
    row.real, row.number, row.flag = km, pace, afresh
    due_in(row, due)
    march_began(w, row, at)
    return at


@world_kernel
def quickens(w: Any, force: int, due: NextDue, cause: RowCause) -> int:
    """A force will be there sooner."""
    at = next_row(w, RowKind.MARCH_QUICKENED, cause)
    row, body = w.rows[at], w.forces[force]
    row.force, row.actor, row.place, row.to = force, body.actor, body.origin, body.to
    due_in(row, due)
    march_quickened(w, row, at)
    return at


@world_kernel
def detaches(w: Any, force: int, column: int, goal: int, plan: int, number: int, cause: RowCause) -> int:
    """So many men of a force are a column of their own from now on, which goes for another objective of a plan."""
    at = next_row(w, RowKind.COLUMN_DETACHED, cause)
    row, whole = w.rows[at], w.forces[force]
    row.force, row.actor, row.place, row.other = force, whole.actor, whole.place, column
    row.to, row.plan, row.number = goal, plan, number
    column_detached(w, row, at)
    return at


@world_kernel
def rejoins(w: Any, whole: int, place: int, column: int, cause: RowCause) -> int:
    """A column is of its force again, which it meets at a place."""
    at = next_row(w, RowKind.COLUMN_REJOINED, cause)
    row = w.rows[at]
    row.force, row.actor, row.place, row.other = whole, w.forces[whole].actor, place, column
    row.number = w.forces[column].number
    column_rejoined(w, row, at)
    return at


@world_kernel
def is_carried_out(w: Any, order: int, cause: RowCause) -> int:
    """An order is carried out."""
    at = next_row(w, RowKind.ORDER_CARRIED_OUT, cause)
    w.rows[at].index = order
    order_over(w, w.rows[at], at)
    return at


@world_kernel
def lapses(w: Any, order: int, why: Hindrance, cause: RowCause) -> int:
    """An order is not carried out, for the world has moved on."""
    at = next_row(w, RowKind.ORDER_LAPSED, cause)
    w.rows[at].index, w.rows[at].word = order, why.value
    order_over(w, w.rows[at], at)
    return at


@world_kernel
def link_is_closed(w: Any, link: int, against: int, actor: int, cause: RowCause) -> int:
    """An actor closes a link to another."""
    at = next_row(w, RowKind.ROUTE_SEALED, cause)
    row = w.rows[at]
    row.link, row.toward, row.units = link, against, bit(actor)
    route_sealed(w, row, at)
    return at


@world_kernel
def arrives(w: Any, force: int, actor: int, place: int, pool: int, hides: bool, cause: RowCause) -> int:
    """A force has reached its goal; or (`pool`) its men are of a garrison there from now on, or (`hides`) in hiding."""
    at = next_row(w, RowKind.ARRIVED, cause)
    row = w.rows[at]
    row.force, row.actor, row.place, row.other, row.flag = force, actor, place, pool, hides
    arrived(w, row, at)
    return at


@world_kernel
def goes_back(w: Any, force: int, here: int, to: int, due: NextDue, until: int, cause: RowCause) -> int:
    """A force goes back to a neighbouring place, and rests until some minute."""
    at = next_row(w, RowKind.FELL_BACK, cause)
    row = w.rows[at]
    row.force, row.actor, row.place, row.to, row.index = force, root_of(w, force), here, to, until
    due_in(row, due)
    fell_back(w, row, at)
    return at


@world_kernel
def is_sighted(w: Any, force: int, actor: int, place: int, km: float, cause: RowCause) -> int:
    """Those who garrison a place for an actor have seen a column so many km off, and judged it."""
    at = next_row(w, RowKind.COLUMN_SIGHTED, cause)
    row = w.rows[at]
    row.force, row.actor, row.place, row.real = force, actor, place, km
    column_sighted(w, row, at)
    return at


@world_kernel
def joins_fight(w: Any, place: int, attackers: int, defenders: int, due: NextDue, cause: RowCause) -> int:
    """Men join a battle, on one side or the other."""
    at = next_row(w, RowKind.BATTLE_JOINED, cause)
    row = w.rows[at]
    row.place, row.number, row.more = place, attackers, defenders
    due_in(row, due)
    battle_joined(w, row, at)
    return at
