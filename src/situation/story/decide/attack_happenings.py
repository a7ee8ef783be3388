"""What begins a battle, each by a call named after it: the row is written with its cause and applied at once.

Each returns the number of its row.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from situation.kernel import world_kernel
from situation.story.apply.battle import battle_began, emerged
from situation.story.apply.control import attacked
from situation.story.apply.writer import bit
from situation.story.decide.calendar import today
from situation.story.decide.draws import NextDue
from situation.story.decide.rows import RowCause, due_in, next_row
from situation.story.rows.kinds import RowKind

__all__ = ["NewFight", "battle_starts", "comes_out", "strikes"]


class NewFight(NamedTuple):
    """A battle before its first day: who fights, with how many men, its luck, and what it costs each side a day."""

    attacker: int
    defender: int
    attackers: int
    defenders: int
    fortune: float
    area: float
    attacker_rate: float
    defender_rate: float


@world_kernel
def battle_starts(w: Any, place: int, fight: NewFight, due: NextDue, cause: RowCause) -> int:
    """A battle for a place begins; its first day falls due, or when a place that nobody defends is gone through."""
    at = next_row(w, RowKind.BATTLE_BEGAN, cause)
    row = w.rows[at]
    row.place, row.actor, row.toward, row.index = place, fight.attacker, fight.defender, today(w)
    row.number, row.more, row.flag = fight.attackers, fight.defenders, fight.defenders == 0
    row.real, row.real_b, row.real_c, row.real_d = fight.fortune, fight.area, fight.attacker_rate, fight.defender_rate
    due_in(row, due)
    battle_began(w, row, at)
    return at


@world_kernel
def strikes(w: Any, place: int, actor: int, against: int, cause: RowCause) -> int:
    """An actor attacks another at a place."""
    at = next_row(w, RowKind.ATTACKED, cause)
    row = w.rows[at]
    row.place, row.units, row.toward = place, bit(actor), against
    attacked(w, row, at)
    return at


@world_kernel
def comes_out(w: Any, raid: int, actor: int, place: int, number: int, of: int, hides: bool, cause: RowCause) -> int:
    """Men of a garrison gather in a force of their own: those in hiding at the place (`hides`), or some from near it."""
    at = next_row(w, RowKind.EMERGED, cause)
    row = w.rows[at]
    row.force, row.actor, row.place, row.number, row.other, row.flag = raid, actor, place, number, of, not hides
    emerged(w, row, at)
    return at
