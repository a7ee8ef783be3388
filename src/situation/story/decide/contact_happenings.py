"""What contacts between two actors bring, each by a call named after it: the row is written with its cause and applied at once.

Each returns the number of its row.
"""

from __future__ import annotations

from typing import Any

from situation.kernel import world_kernel
from situation.story.apply.agreements import ceasefire_agreed, clash_stepped, conceded, stance_changed
from situation.story.apply.battle import raided
from situation.story.apply.writer import Stop, bit, stop
from situation.story.decide.draws import NextDue
from situation.story.decide.happenings import new_batch
from situation.story.decide.rows import RowCause, due_in, next_row
from situation.story.rows.kinds import RowKind
from situation.story.world.tables import has_room
from situation.story.world.words import Word

__all__ = ["agree_on_ceasefire", "fire_costs", "gives_way", "steps_to", "turn_on_each_other"]


@world_kernel
def _of_two(w: Any, what: RowKind, one: int, other: int, cause: RowCause) -> int:
    at = next_row(w, what, cause)
    row = w.rows[at]
    row.actor, row.toward = one, other
    return at


@world_kernel
def steps_to(w: Any, one: int, other: int, place: int, rung: int, cause: RowCause) -> int:
    """A clash at a place steps to a rung; the days of its incidents were laid out before."""
    at = _of_two(w, RowKind.CLASH_STEPPED, one, other, cause)
    w.rows[at].place, w.rows[at].number = place, rung
    clash_stepped(w, w.rows[at], at)
    return at


@world_kernel
def gives_way(w: Any, weaker: int, stronger: int, cause: RowCause) -> int:
    """The weaker side of a clash gives way."""
    at = _of_two(w, RowKind.CONCEDED, weaker, stronger, cause)
    conceded(w, w.rows[at], at)
    return at


@world_kernel
def turn_on_each_other(w: Any, one: int, other: int, cause: RowCause) -> int:
    """Two are enemies from now on."""
    at = _of_two(w, RowKind.STANCE_CHANGED, one, other, cause)
    w.rows[at].word = Word.HOSTILE.value
    stance_changed(w, w.rows[at], at)
    return at


@world_kernel
def fire_costs(w: Any, place: int, one: int, other: int, due: NextDue, cause: RowCause) -> int:
    """A day's fire across a line has cost the men laid out before; the wounded wait in the next batch."""
    at = next_row(w, RowKind.FIRE_EXCHANGED, cause)
    row = w.rows[at]
    row.place, row.units = place, bit(one) | bit(other)
    if due.minute != 0:
        row.index = new_batch(w, place, one)
    due_in(row, due)
    raided(w, row, at)
    return at


@world_kernel
def agree_on_ceasefire(w: Any, one: int, other: int, cause: RowCause) -> int:
    """Two agree on a ceasefire, everywhere and from now on."""
    at = next_row(w, RowKind.CEASEFIRE_AGREED, cause)
    row = w.rows[at]
    row.units = bit(one) | bit(other)
    row.index = _open_ended(w, row.units)
    ceasefire_agreed(w, row, at)
    return at


@world_kernel
def _open_ended(w: Any, parties: int) -> int:
    """The number of a ceasefire everywhere, without a first and a last day: that of an earlier one, or a new one."""
    story = w.story[0]
    for number in range(1, story.agreement_count + 1):
        terms = w.agreements[number]
        dated = terms.from_first or terms.has_term
        if terms.kind == Word.CEASEFIRE and terms.parties == parties and terms.everywhere and not dated:
            return number
    number = story.agreement_count + 1
    if not has_room(w.agreements, number) or not has_room(w.scopes, (number + 1) * len(w.places) - 1):
        stop(w, Stop.AGREEMENTS_FULL)
        return 0
    terms = w.agreements[number]
    terms.kind, terms.parties, terms.everywhere = Word.CEASEFIRE.value, parties, True
    story.agreement_count = number
    return int(number)
