"""What happens of a morning, each by a call named after it: the row is written with its cause and applied at once.

Each returns the number of its row.
"""

from __future__ import annotations

from typing import Any

from situation.kernel import world_kernel
from situation.story.apply.agreements import agreement_lapsed, ceasefire_began
from situation.story.apply.battle import wounded_returned
from situation.story.apply.bodies import root_of
from situation.story.apply.conduct import posture_changed, route_opened
from situation.story.apply.control import place_shared, withdrew
from situation.story.apply.march import day_began, supply_cut, supply_restored
from situation.story.decide.draws import NextDue
from situation.story.decide.rows import RowCause, due_in, next_row
from situation.story.rows.kinds import RowKind

__all__ = [
    "agreement_ends",
    "ceasefire_starts",
    "day_comes",
    "goes_over_to",
    "is_cut_off",
    "is_supplied_again",
    "leave_place",
    "link_opens",
    "share_place",
    "wounded_are_back",
]


@world_kernel
def day_comes(w: Any, day: int, tomorrow: NextDue, council: NextDue, cause: RowCause) -> int:
    """A day begins; the next one and its councils fall due."""
    at = next_row(w, RowKind.DAY_BEGAN, cause)
    row = w.rows[at]
    row.index, row.number, row.real = day, council.minute, council.rank
    due_in(row, tomorrow)
    day_began(w, row, at)
    return at


@world_kernel
def agreement_ends(w: Any, agreed: int, cause: RowCause) -> int:
    """The term of an agreement is over: its parties stand to each other as they did before it."""
    at = next_row(w, RowKind.AGREEMENT_LAPSED, cause)
    row = w.rows[at]
    row.index, row.units = agreed, w.agreements[agreed].parties
    agreement_lapsed(w, row, at)
    return at


@world_kernel
def ceasefire_starts(w: Any, agreed: int, cause: RowCause) -> int:
    """The first day of a ceasefire that was agreed on before."""
    at = next_row(w, RowKind.CEASEFIRE_BEGAN, cause)
    row = w.rows[at]
    row.index, row.units = agreed, w.agreements[agreed].parties
    ceasefire_began(w, row, at)
    return at


@world_kernel
def goes_over_to(w: Any, actor: int, posture: int, cause: RowCause) -> int:
    """An actor changes its posture."""
    at = next_row(w, RowKind.POSTURE_CHANGED, cause)
    row = w.rows[at]
    row.actor, row.word = actor, posture
    posture_changed(w, row, at)
    return at


@world_kernel
def share_place(w: Any, place: int, sides: int, cause: RowCause) -> int:
    """Some stand in a place side by side, or one alone who is left."""
    at = next_row(w, RowKind.GROUND_SHARED, cause)
    row = w.rows[at]
    row.place, row.units = place, sides
    place_shared(w, row, at)
    return at


@world_kernel
def leave_place(w: Any, place: int, sides: int, to: int, cause: RowCause) -> int:
    """Those who held a place are gone from it, to another where that is said."""
    at = next_row(w, RowKind.WITHDREW, cause)
    row = w.rows[at]
    row.place, row.units, row.to = place, sides, to
    withdrew(w, row, at)
    return at


@world_kernel
def link_opens(w: Any, link: int, actor: int, cause: RowCause) -> int:
    """A link that was closed to an actor is open to it again."""
    at = next_row(w, RowKind.ROUTE_OPENED, cause)
    row = w.rows[at]
    row.link, row.toward = link, actor
    route_opened(w, row, at)
    return at


@world_kernel
def is_cut_off(w: Any, force: int, since: int, link: int, barred_by: int, cause: RowCause) -> int:
    """No supply reaches a body from a day on: it ends at a link, and who bars it may be known."""
    at = next_row(w, RowKind.SUPPLY_CUT, cause)
    row = w.rows[at]
    row.force, row.index, row.link, row.toward = force, since, link, barred_by
    row.actor, row.place = root_of(w, force), w.forces[force].place
    supply_cut(w, row, at)
    return at


@world_kernel
def is_supplied_again(w: Any, force: int, cause: RowCause) -> int:
    """Supply reaches a body again."""
    at = next_row(w, RowKind.SUPPLY_RESTORED, cause)
    row = w.rows[at]
    row.force, row.actor, row.place = force, root_of(w, force), w.forces[force].place
    supply_restored(w, row, at)
    return at


@world_kernel
def wounded_are_back(w: Any, batch: int, cause: RowCause) -> int:
    """The wounded of a batch are fit again or leave, body by body as laid out before."""
    at = next_row(w, RowKind.WOUNDED_RETURNED, cause)
    row = w.rows[at]
    row.index = batch
    wounded_returned(w, row, at)
    return at
