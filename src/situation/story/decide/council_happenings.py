"""What a council brings, each by a call named after it: the row is written with its cause and applied at once.

Each returns the number of its row.
"""

from __future__ import annotations

from typing import Any, Final

from situation.kernel import world_kernel
from situation.story.apply.march import attack_put_off, councils_over, operation_paused, order_given
from situation.story.apply.writer import Stop, stop
from situation.story.decide.calendar import day_of, today
from situation.story.decide.draws import NextDue, no_draw, uniform
from situation.story.decide.rows import NO_ODDS, RowCause, also, due_in, next_row
from situation.story.rows.kinds import RowKind
from situation.story.world.reasons import Purpose, Rule, Term
from situation.story.world.tables import has_room
from situation.story.world.words import Word

__all__ = [
    "TERM_OF_WORD",
    "council_ends",
    "give_force",
    "give_link",
    "give_other",
    "give_posture",
    "plan_rests",
    "puts_off",
]

_DOCTRINES: Final = len(Rule) - 1
"""The rule of a doctrine is numbered after all others."""
TERM_OF_WORD: Final = tuple(Term.__members__[word.name].value if word.name in Term.__members__ else 0 for word in Word)
"""From a word to its name in draws."""


@world_kernel
def _by_doctrine(w: Any, doctrine: int, parent: int, other: int) -> RowCause:
    first = w.story[0].parent_count
    return also(w, also(w, RowCause(_DOCTRINES + doctrine, NO_ODDS, no_draw(), first, first), parent), other)


@world_kernel
def _given(
    w: Any, plan: int, order: int, force: int, who: int, verb: Word, thing: int, what: int, cause: RowCause
) -> int:
    """An order, to be carried out in drawn order. `who`, `what`: the names of whom it is given and what it is about."""
    now = w.story[0].now
    at = next_row(w, RowKind.ORDER_GIVEN, cause)
    row = w.rows[at]
    row.index, row.force, row.word, row.number, row.plan = order, force, verb.value, thing, plan
    rank = uniform(w, Purpose.RANK_ORDER, day_of(w, now), Term.ORDER.value, who, TERM_OF_WORD[verb.value], what)
    due_in(row, NextDue(now, rank))
    order_given(w, row, at)
    return at


@world_kernel
def give_force(w: Any, plan: int, doctrine: int, force: int, verb: Word, place: int) -> None:
    """A body is to march, to withdraw or to hide."""
    body = w.forces[force]
    order = body.order if body.order != 0 else w.story[0].order_count + 1
    if not has_room(w.orders, order):
        stop(w, Stop.ORDERS_FULL)
        return
    cause = _by_doctrine(w, doctrine, body.place_by, w.places[place].holder_by)
    _given(w, plan, order, force, body.name, verb, place, w.places[place].name, cause)


@world_kernel
def give_posture(w: Any, g: Any, plan: int, doctrine: int, posture: Word) -> None:
    """The actor of a plan is to change its posture."""
    terms, thing = g.plans[plan], len(g.places) + len(g.links) + posture.value
    cause = _by_doctrine(w, doctrine, 0, 0)
    _given(w, plan, terms.posture, 0, terms.posture_name, Word.POSTURE, thing, TERM_OF_WORD[posture.value], cause)


@world_kernel
def give_link(w: Any, g: Any, plan: int, doctrine: int, at: int, verb: Word) -> None:
    """The actor of a plan is to seal or to open a link, which stands in `about`."""
    about, cause = g.about[at], _by_doctrine(w, doctrine, 0, 0)
    thing = len(g.places) + about.link
    _given(w, plan, about.order, 0, about.name, verb, thing, g.links[about.link].name, cause)


@world_kernel
def give_other(
    w: Any, plan: int, doctrine: int, order: int, who: int, verb: Word, thing: int, what: int, parents: tuple[int, int]
) -> None:
    """An order of a doctrine from outside that no body carries out: about a posture or a link, or to one that is yet to come."""
    _given(w, plan, order, 0, who, verb, thing, what, _by_doctrine(w, doctrine, parents[0], parents[1]))


@world_kernel
def plan_rests(w: Any, plan: int, until: int, why: Word, hub: int, cause: RowCause) -> int:
    """A plan rests until a minute; its forces were laid out before where they rest too, and its hub comes after them."""
    at = next_row(w, RowKind.OPERATION_PAUSED, cause)
    row = w.rows[at]
    row.plan, row.index, row.word, row.to = plan, until, why.value, hub
    operation_paused(w, row, at)
    return at


@world_kernel
def puts_off(w: Any, force: int, place: int, due: NextDue, cause: RowCause) -> int:
    """A force puts off an attack on a place; where that falls due again, it waits before it for friends on the road."""
    at = next_row(w, RowKind.ATTACK_PUT_OFF, cause)
    row = w.rows[at]
    row.force, row.actor, row.place = force, w.forces[force].actor, place
    due_in(row, due)
    attack_put_off(w, row, at)
    return at


@world_kernel
def council_ends(w: Any, cause: RowCause) -> int:
    """The day's councils are over."""
    at = next_row(w, RowKind.DECIDED, cause)
    w.rows[at].index = today(w)
    councils_over(w, w.rows[at], at)
    return at
