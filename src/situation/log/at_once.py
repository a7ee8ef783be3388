"""What several events of one time come to, of which each says something else of one cell and nobody tells which came last.

Of who did it all are named. Of all else the last is not known, and neither is the value. No letters of a name choose.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, get_args

from situation.events import (
    Agreement,
    AgreementEnded,
    AirSupportGiven,
    AirSupportWithdrawn,
    Blockaded,
    BlockadeLifted,
    CeasefireAgreed,
    Event,
    PeaceSigned,
    RouteOpened,
    RouteSealed,
)
from situation.events.kinds import Position
from situation.log.entry import Entry, Reported, Writing
from situation.log.state import HOLDING, holders_in, split_cell

__all__ = ["AT_ONCE", "BY_THE_ORDER", "ENDED_BY", "of_one_time", "written_together"]


def _units(values: Sequence[frozenset[str]]) -> frozenset[str]:
    """All units that are named; nobody, where one of those who did it is not known."""
    return frozenset().union(*values) if all(values) else frozenset()


def _sides(values: Sequence[Any]) -> Any:
    """All sides that are named, as a cell that names one or several has them."""
    named = frozenset(side for value in values for side in holders_in(value))
    return None if None in values or not named else named if len(named) > 1 else min(named)


def _heirs(values: Sequence[tuple[str, ...] | None]) -> tuple[str, ...]:
    """All who are named as heirs; nobody, where one account does not say who. None: nothing had been left open."""
    named = [value for value in values if value is not None]
    return tuple(sorted({heir for value in named for heir in value})) if all(named) else ()


def _areas(values: Sequence[frozenset[str]]) -> frozenset[str]:
    """All areas that are named."""
    return frozenset().union(*values)


def _not_known(values: Sequence[Any]) -> None:
    """Nothing: which of the values was the last is not known."""


def _agreements(values: Sequence[Any]) -> Agreement | None:
    """Of several agreements of one time, each of other places, the one that is read last, for the others stand beside it.

    Else nothing: which was the last is not known.
    """
    agreements: list[Agreement] = [value for value in values if value is not None]
    if len(agreements) < len(values) or len({it.scope for it in agreements}) < len({*agreements}):
        return None
    return agreements[-1]


AT_ONCE: Final[Mapping[str, Callable[[Sequence[Any]], Any]]] = MappingProxyType(
    {
        **dict.fromkeys(("attacked_by", "entered_by", "searched_by", "blockaded_by"), _units),
        **dict.fromkeys(("civilians_killed_by", "prisoners_of", "struck_by", "parties"), _units),
        **dict.fromkeys(("participants",), _units),
        **dict.fromkeys(("declared_by", "by"), _sides),
        "successors": _heirs,
        "fled_toward": _areas,
        **dict.fromkeys(("direction", "killed", "wounded", "killed_of", "wounded_of", "civilians_killed"), _not_known),
        **dict.fromkeys(("prisoners", "crew_killed", "crew_taken", "fled", "released"), _not_known),
        **dict.fromkeys(("air", "air_by", "closed_by", "route", "proclaimed", "vote", "posture"), _not_known),
        **dict.fromkeys(("stance", "rung", "incidents", "against", "phase", "commander"), _not_known),
        **dict.fromkeys(get_args(Position), _not_known),
        "agreement": _agreements,
    }
)
"""By attribute, what the differing values of one time come to."""
BY_THE_ORDER: Final = frozenset(
    {
        # the control of a place, and a ship's end, are put in order by what each event takes for granted
        *("holder", "status", "besieger", "parts", "taken_by", "condition"),
        # what begins and ends: the beginning comes first
        *("sealed", "blockaded", "agreements_beside", "stance_before", "ended", "violated", "violated_by"),
        # a plan turns, and what is given comes, once
        *("doctrine", "turned", "fired"),
        # what only ever comes true, or adds up
        *("exchanged", "conceded", "searched", "targets", "aims", "support"),
        # an operation is launched once; estimates compete, as do descriptions
        *("launched", "strength"),
        *("location", "bank", "length", "rank", "role", "claimed_by", "km", "name", "composition", "holdings"),
    }
)
"""The attributes of reports of which the last entry in the log has the word: their order is settled elsewhere."""
_CREDITED: Final = frozenset({*HOLDING, "taken_by"})
"""Of these, all who say the same of one time in one order or the other are named as those on whose word it stands."""
ENDED_BY: Final[Mapping[type[Event], tuple[type[Event], ...]]] = MappingProxyType(
    {
        AgreementEnded: (CeasefireAgreed, PeaceSigned),
        AirSupportWithdrawn: (AirSupportGiven,),
        BlockadeLifted: (Blockaded,),
        RouteOpened: (RouteSealed,),
    }
)
"""From an end to what it ends, and therefore comes after."""


def written_together(cell: str, value: Any, entry: Entry, last: Sequence[Writing]) -> tuple[Any, tuple[Writing, ...]]:
    """The value of a cell after an entry, and all that may be what was last said of it.

    Args:
        cell: the cell.
        value: what the entry says of it.
        entry: the entry.
        last: what may have been the last said of it before.
    """
    attribute = split_cell(cell)[1].partition(".")[0]
    come_to = AT_ONCE.get(attribute)
    mine = Writing(entry, value)
    if not last or not isinstance(entry.cause, Reported) or not entry.event.reported:
        return value, (mine,)
    if come_to is None:
        return value, (*(it for it in last if _says_the_same(it, mine)), mine) if attribute in _CREDITED else (mine,)
    beside = [it for it in last if of_one_time(it.entry, entry)]
    beside = [it for it in beside if it.value != value or it.entry.span.latest > entry.span.latest]
    if all(it.value == value for it in beside):
        return value, (*beside, mine)
    return come_to([*(it.value for it in beside), value]), (*beside, mine)


def _says_the_same(one: Writing, other: Writing) -> bool:
    """Whether two entries say the same of one time, word for word: which of them came last follows from nothing but a name."""
    alike = one.value == other.value and one.entry.span == other.entry.span and one.entry.event == other.entry.event
    return alike and of_one_time(one.entry, other.entry)


def of_one_time(earlier: Entry, later: Entry) -> bool:
    """Whether nothing tells which of two entries came first: no stated sequence, no date, no draw, and not what they are.

    An end comes after what it ends; and what was so throughout a time was so before what came about in it.
    """
    if not isinstance(earlier.cause, Reported) or not earlier.event.reported or earlier.id in later.after:
        return False
    if isinstance(earlier.event, ENDED_BY.get(type(later.event), ())):
        return False
    if later.by_draw:
        return earlier.time == later.time
    if earlier.event.lasting and not later.event.lasting:
        return False
    if earlier.event.lasting or later.event.lasting:
        return earlier.span == later.span
    return earlier.span.meet(later.span) is not None
