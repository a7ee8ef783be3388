"""What becomes of the control of a place: the transitions between its statuses, for the record's events and for a story's alike.

Each is of the status before and of what is known of those inside and around the place; who they are, the effects know.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType
from typing import Final

from situation.kernel import kernel

__all__ = ["STATUS_OF_TEXT", "TEXT_OF_STATUS", "ControlStatus", "entered", "left_behind", "ring_opened", "stood_in"]


class ControlStatus(IntEnum):
    """The status of a place."""

    NOTHING = 0
    HELD = 1
    CONTESTED = 2
    BESIEGED = 3
    MIXED = 4
    UNGARRISONED = 5
    UNKNOWN = 6


_HELD: Final = ControlStatus.HELD.value
_MIXED: Final = ControlStatus.MIXED.value
STATUS_OF_TEXT: Final[Mapping[str | None, ControlStatus]] = MappingProxyType(
    {None: ControlStatus.NOTHING, **{status.name.lower(): status for status in ControlStatus if status}}
)
"""From the word of a cell to its status; of one that nothing has set, `NOTHING`."""
TEXT_OF_STATUS: Final[tuple[str | None, ...]] = tuple(STATUS_OF_TEXT)
"""From a status to the word of a cell."""


@kernel
def stood_in(status: int) -> bool:
    """Whether who holds a place of this status has men in it."""
    return _HELD <= status <= _MIXED


@kernel
def entered(status: int, anyone_inside: bool, of_the_holders: bool, named: bool, holder_named: bool) -> int:
    """The status once forces have come into a place.

    Args:
        status: before.
        anyone_inside: whether it is known who holds the place and stands in it.
        of_the_holders: whether all who came are of those.
        named: whether it is known who came.
        holder_named: whether it is said whose place it was.
    """
    if anyone_inside:
        return status if of_the_holders else ControlStatus.CONTESTED.value
    if status != ControlStatus.UNGARRISONED:
        return ControlStatus.CONTESTED.value if holder_named else status
    return ControlStatus.HELD.value if named else ControlStatus.UNKNOWN.value


@kernel
def ring_opened(others_ring: bool, holder_known: bool, others_inside: bool) -> int:
    """The status once a ring around a place has been opened.

    Args:
        others_ring: whether others still ring it.
        holder_known: whether it is known who holds it.
        others_inside: whether another has a part of it.
    """
    if others_ring:
        return ControlStatus.BESIEGED.value
    if not holder_known:
        return ControlStatus.UNKNOWN.value
    return ControlStatus.CONTESTED.value if others_inside else ControlStatus.HELD.value


@kernel
def left_behind(status: int, ringed: bool, inside: int, only_holders: bool, hidden: bool) -> int:
    """The status of a place that some who held it, ringed it or fought for it have left.

    Args:
        status: before.
        ringed: whether others than its holder still ring it.
        inside: how many sides are known to stay in it.
        only_holders: whether all of these held it before.
        hidden: whether somebody may stay of whom it is not known who he is.
    """
    if status == ControlStatus.BESIEGED and ringed and (inside > 0 or hidden):
        return ControlStatus.BESIEGED.value
    if inside == 0:
        return ControlStatus.UNKNOWN.value if hidden else ControlStatus.UNGARRISONED.value
    if not hidden and (inside == 1 or only_holders):
        return ControlStatus.MIXED.value if status == ControlStatus.MIXED and inside > 1 else ControlStatus.HELD.value
    return ControlStatus.MIXED.value if status == ControlStatus.BESIEGED else status
