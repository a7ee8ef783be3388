"""Which agreements of two sides stand beside their last one, and which take the place of others."""

from __future__ import annotations

from typing import Any

from situation.kernel import world_kernel
from situation.story.apply.writer import Stop, has, stop
from situation.story.world.tables import MOST_COVERED, has_room

__all__ = [
    "clear_beside",
    "is_beside",
    "keep_beside",
    "leave_beside",
    "others_hold",
    "term_begins_later",
    "term_is_over",
    "term_runs",
]


@world_kernel
def term_begins_later(agreed: Any, minute: int) -> bool:
    """Whether an agreement holds only from a later minute on."""
    return bool(agreed.from_first) and minute < agreed.since


@world_kernel
def term_is_over(agreed: Any, minute: int) -> bool:
    """Whether the last minute of an agreement has passed."""
    return bool(agreed.has_term) and minute > agreed.until


@world_kernel
def term_runs(agreed: Any, minute: int) -> bool:
    """Whether a minute lies within the term of an agreement."""
    return not term_begins_later(agreed, minute) and not term_is_over(agreed, minute)


@world_kernel
def _covers(w: Any, number: int, other: int) -> bool:
    """Whether an agreement holds wherever another does."""
    of_some_places = other <= MOST_COVERED and has(w.agreements[number].covers, other)
    return bool(w.agreements[number].everywhere) or of_some_places


@world_kernel
def keep_beside(w: Any, pair: Any, row: Any, begins: bool, at: int) -> None:
    """The agreements that stand beside a new one: those that hold elsewhere, too, and, until it begins, those in force."""
    if pair.ended:
        if pair.beside_count != 0:
            pair.beside_count, pair.beside_by = 0, at
        return
    stay = 0
    for index in range(pair.beside_count):
        if _stays(w, pair.beside_agreement[index], row, begins):
            _move_beside(pair, index, stay)
            stay += 1
    changes = stay != pair.beside_count
    if pair.agreement != 0 and _stays(w, pair.agreement, row, begins):
        changes = True
        room = has_room(pair.beside_agreement, stay) and has_room(pair.beside_violated, stay)
        if not room or not has_room(pair.beside_violators, stay):
            stop(w, Stop.BESIDE_FULL)
            return
        pair.beside_agreement[stay], pair.beside_violated[stay] = pair.agreement, int(pair.violated)
        pair.beside_violators[stay] = pair.violators
        stay += 1
    if changes:
        pair.beside_count, pair.beside_by = stay, at


@world_kernel
def _stays(w: Any, number: int, row: Any, begins: bool) -> bool:
    """Whether an agreement stands beside the one that a row makes."""
    agreed, made = w.agreements[number], w.agreements[row.index]
    if number == row.index or term_is_over(agreed, row.minute):
        return False
    if term_is_over(made, row.minute) or not _gives_way(w, number, row.index):
        return True
    if begins or not term_begins_later(agreed, row.minute):
        return not begins
    return bool(agreed.has_term) and bool(agreed.until < made.since)


@world_kernel
def _gives_way(w: Any, number: int, other: int) -> bool:
    """Whether another agreement, once it begins, takes the place of one: it holds wherever that does, and is not over before."""
    agreed, by = w.agreements[number], w.agreements[other]
    over_before = agreed.from_first and by.has_term and agreed.since > by.until
    return _covers(w, other, number) and not over_before


@world_kernel
def _move_beside(pair: Any, index: int, to: int) -> None:
    pair.beside_agreement[to] = pair.beside_agreement[index]
    pair.beside_violated[to], pair.beside_violators[to] = pair.beside_violated[index], pair.beside_violators[index]


@world_kernel
def is_beside(pair: Any, number: int) -> bool:
    """Whether an agreement stands beside the last one of two actors."""
    beside = False
    for index in range(pair.beside_count):
        beside = beside or pair.beside_agreement[index] == number
    return beside


@world_kernel
def clear_beside(w: Any, pair: Any, number: int, at: int) -> None:
    """Those beside that hold nowhere else than an agreement that begins give way to it."""
    stay = 0
    for index in range(pair.beside_count):
        beside = pair.beside_agreement[index]
        if beside == number or not _gives_way(w, beside, number):
            _move_beside(pair, index, stay)
            stay += 1
    if stay != pair.beside_count:
        pair.beside_count, pair.beside_by = stay, at


@world_kernel
def leave_beside(pair: Any, number: int, at: int) -> None:
    """An agreement stands beside the last one no more."""
    stay = 0
    for index in range(pair.beside_count):
        if pair.beside_agreement[index] != number:
            _move_beside(pair, index, stay)
            stay += 1
    if stay != pair.beside_count:
        pair.beside_count, pair.beside_by = stay, at


@world_kernel
def others_hold(w: Any, pair: Any, number: int, minute: int) -> bool:
    """Whether another agreement of a pair than one is in force."""
    hold = pair.agreement != number and term_runs(w.agreements[pair.agreement], minute)
    for index in range(pair.beside_count):
        beside = pair.beside_agreement[index]
        hold = hold or (beside != number and term_runs(w.agreements[beside], minute))
    return bool(hold)
