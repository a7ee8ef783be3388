"""What rows do to how two sides stand to each other: agreements, their breaches and their ends, and clashes."""

from __future__ import annotations

from typing import Any

from situation.kernel import world_kernel
from situation.story.apply.sides import roots_of
from situation.story.apply.standing import (
    clear_beside,
    is_beside,
    keep_beside,
    leave_beside,
    others_hold,
    term_begins_later,
    term_is_over,
    term_runs,
)
from situation.story.apply.writer import Stop, bit, has, put, stop
from situation.story.world.tables import has_room
from situation.story.world.words import Word

__all__ = [
    "agreement_lapsed",
    "ceasefire_agreed",
    "ceasefire_began",
    "clash_stepped",
    "conceded",
    "stance_changed",
    "struck",
]


@world_kernel
def _between(w: Any, one: int, other: int) -> Any:
    """How one actor stands to another."""
    return w.relations[one * len(w.actors) + other]


@world_kernel
def _pair(w: Any, one: int, other: int) -> Any:
    """What two actors agreed on: under the one of the lower number."""
    return _between(w, min(one, other), max(one, other))


@world_kernel
def _stance_under(agreed: Any) -> int:
    """How two sides stand to each other once they have agreed."""
    return Word.DECONFLICTED if agreed.kind == Word.CEASEFIRE else Word.NEUTRAL


@world_kernel
def _stands(relation: Any, stance: int, by_agreement: bool, at: int) -> None:
    put(relation, "stance", stance, at)
    relation.agreed_stance = by_agreement


@world_kernel
def struck(w: Any, row: Any, at: int) -> None:
    """An act of war by some units (`units`) at a place, on a unit (`toward`) or its holders, breaks agreements that forbid it."""
    targets = bit(row.toward) if row.toward != 0 else w.places[row.place].holder
    for doer in range(1, len(w.actors)):
        for target in range(1, len(w.actors)):
            if has(row.units, doer) and has(targets, target):
                one, other = w.actors[doer].root, w.actors[target].root
                if one != other:
                    _breaks(w, _pair(w, one, other), doer, target, row, at)


@world_kernel
def _breaks(w: Any, pair: Any, doer: int, target: int, row: Any, at: int) -> None:
    if pair.ended:
        return
    if _binds(w, pair.agreement, doer, target, row):
        put(pair, "violated", True, at)
        put(pair, "violators", pair.violators | bit(doer), at)
    for index in range(pair.beside_count):
        if _binds(w, pair.beside_agreement[index], doer, target, row):
            pair.beside_violated[index], pair.beside_by = 1, at
            pair.beside_violators[index] = pair.beside_violators[index] | bit(doer)


@world_kernel
def _binds(w: Any, number: int, doer: int, target: int, row: Any) -> bool:
    """Whether an agreement forbids an act: between parties or their units, inside scope and term."""
    agreed = w.agreements[number]
    if number == 0 or w.actors[doer].above & agreed.parties == 0 or w.actors[target].above & agreed.parties == 0:
        return False
    if term_is_over(agreed, row.minute) or term_begins_later(agreed, row.minute):
        return False
    return bool(agreed.everywhere) or bool(w.scopes[number * len(w.places) + row.place].covered)


@world_kernel
def _kept(w: Any, one: int, other: int, at: int) -> None:
    """How one stood to another before a ceasefire with a term, for when it is over: an enemy, where it is not known."""
    relation = _between(w, one, other)
    stance = relation.stance
    if stance == Word.DECONFLICTED:
        if relation.stance_before != 0:
            stance = relation.stance_before
        elif relation.agreed_stance:
            stance = Word.HOSTILE.value
    put(relation, "stance_before", stance if stance != 0 else Word.HOSTILE.value, at)


@world_kernel
def _calm(w: Any, one: int, other: int, agreed: Any, at: int) -> None:
    """Two sides keep clear of each other, under an agreement that begins."""
    pair, back = _between(w, one, other), _between(w, other, one)
    if agreed.has_term:
        _kept(w, one, other, at)
        _kept(w, other, one, at)
    _stands(pair, _stance_under(agreed), True, at)
    _stands(back, _stance_under(agreed), True, at)
    put(pair, "rung", 0, at)
    if back.rung != 0:
        put(back, "rung", 0, at)


@world_kernel
def ceasefire_agreed(w: Any, row: Any, at: int) -> None:
    """Each pair of parties keeps clear of the other, from the first to the last day; else only the agreement stands."""
    parties, agreed = roots_of(w, row.units), w.agreements[row.index]
    begins = term_runs(agreed, row.minute)
    for one in range(1, len(w.actors)):
        for other in range(one + 1, len(w.actors)):
            if has(parties, one) and has(parties, other):
                pair = _between(w, one, other)
                if begins:
                    _calm(w, one, other, agreed, at)
                keep_beside(w, pair, row, begins, at)
                put(pair, "agreement", row.index, at)
                if pair.ended:
                    put(pair, "ended", False, at)
                if pair.violated:
                    put(pair, "violated", False, at)
                if pair.violators != 0:
                    put(pair, "violators", 0, at)


@world_kernel
def ceasefire_began(w: Any, row: Any, at: int) -> None:
    """Each pair of parties keeps clear of the other, unless the agreement has ended, or another has taken its place."""
    parties, agreed = roots_of(w, row.units), w.agreements[row.index]
    for one in range(1, len(w.actors)):
        for other in range(one + 1, len(w.actors)):
            if has(parties, one) and has(parties, other):
                pair = _between(w, one, other)
                if not pair.ended and (pair.agreement == row.index or is_beside(pair, row.index)):
                    _calm(w, one, other, agreed, at)
                    clear_beside(w, pair, row.index, at)


@world_kernel
def agreement_lapsed(w: Any, row: Any, at: int) -> None:
    """Each stood to the other as before, unless it was ended, others hold between them, or they stand otherwise by now."""
    parties, agreed = roots_of(w, row.units), w.agreements[row.index]
    for one in range(1, len(w.actors)):
        for other in range(one + 1, len(w.actors)):
            if has(parties, one) and has(parties, other):
                pair = _between(w, one, other)
                if not pair.ended and (pair.agreement == row.index or is_beside(pair, row.index)):
                    leave_beside(pair, row.index, at)
                    if not others_hold(w, pair, row.index, row.minute):
                        _as_before(pair, agreed, at)
                        _as_before(_between(w, other, one), agreed, at)


@world_kernel
def _as_before(relation: Any, agreed: Any, at: int) -> None:
    """How one stood to another before an agreement that is over, where it still shows."""
    before = relation.stance_before
    if before != 0:
        put(relation, "stance_before", 0, at)
        if relation.stance == _stance_under(agreed):
            _stands(relation, before, False, at)


@world_kernel
def _turns(relation: Any, stance: int, at: int) -> None:
    if relation.stance != stance:
        _stands(relation, stance, False, at)


@world_kernel
def stance_changed(w: Any, row: Any, at: int) -> None:
    """How two stand to each other, both ways; enemies have no agreement any more.

    To say again what is so changes nothing, nor since when it is so.
    """
    one, other = w.actors[row.actor].root, w.actors[row.toward].root
    if one == other:
        return
    _turns(_between(w, one, other), row.word, at)
    _turns(_between(w, other, one), row.word, at)
    pair = _pair(w, one, other)
    if row.word == Word.HOSTILE and pair.agreement != 0 and not pair.ended:
        put(pair, "ended", True, at)


@world_kernel
def clash_stepped(w: Any, row: Any, at: int) -> None:
    """How far a clash has gone, and the days of its incidents."""
    relation = _between(w, w.actors[row.actor].root, w.actors[row.toward].root)
    put(relation, "rung", row.number, at)
    if not has_room(relation.incidents, row.last - row.first - 1):
        stop(w, Stop.INCIDENTS_FULL)
        return
    for index in range(row.first, row.last):
        relation.incidents[index - row.first] = w.parts[index].one
    relation.incidents_count, relation.incidents_by = row.last - row.first, at


@world_kernel
def conceded(w: Any, row: Any, at: int) -> None:
    """The first gave way to the second."""
    put(_between(w, w.actors[row.actor].root, w.actors[row.toward].root), "conceded", True, at)
