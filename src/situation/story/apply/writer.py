"""Writing a field and who wrote it; and what stops a world: a list that is full, men who are not there."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from situation.kernel import field_writer, world_kernel

__all__ = ["Stop", "bit", "has", "men", "put", "stop"]


class Stop(IntEnum):
    """Why a world stopped; `NOTHING` while it goes on."""

    NOTHING = 0
    TOO_FEW_MEN = 1
    BODIES_FULL = 2
    SIGHTED_FULL = 3
    COLUMNS_FULL = 4
    INCIDENTS_FULL = 5
    WOUNDS_FULL = 6
    CUT_FULL = 7
    UNKNOWN_HAPPENING = 8
    ROWS_FULL = 9
    PARTS_FULL = 10
    PARENTS_FULL = 11
    SIDE_FULL = 12
    FORCES_FULL = 13
    BATCHES_FULL = 14
    LETTERS_FULL = 15
    ORDERS_FULL = 16
    UNKNOWN_DOCTRINE = 17
    AGREEMENTS_FULL = 18
    LEFT_DUE = 19
    BESIDE_FULL = 20


@field_writer
def put(record: Any, name: str, value: Any, row: int) -> None:
    """Write a field of a record, and beside it the row that did."""
    setattr(record, name, value)
    setattr(record, f"{name}_by", row)


@world_kernel
def stop(w: Any, why: int) -> None:
    """Stop a world: no row is applied to it any more."""
    w.story[0].fault = why


@world_kernel
def men(w: Any, number: int) -> int:
    """A count after a change; below 0 an event took men who are not there."""
    if number < 0:
        stop(w, Stop.TOO_FEW_MEN)
    return number


@world_kernel
def bit(actor: int) -> int:
    """One side as a set of sides; nobody is the empty one."""
    return 1 << actor if actor > 0 else 0


@world_kernel
def has(sides: int, actor: int) -> bool:
    """Whether a set of sides has one among it."""
    return (sides >> actor) & 1 == 1
