"""What begins and ends: agreements, closed ways, blockades, air support. An end takes a beginning for granted.

Of a beginning and an end of one time the beginning therefore stands first; and no act of war of the time at which an
agreement was made counts as a breach of it, since no word says that it came after.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from situation.events import (
    ActorsMerged,
    ActorSplit,
    AgreementEnded,
    AirSupportGiven,
    AirSupportWithdrawn,
    AreaSearched,
    Blockaded,
    BlockadeLifted,
    CeasefireAgreed,
    CeasefireBegan,
    Event,
    PeaceSigned,
    RouteOpened,
    RouteSealed,
    VictoryDeclared,
)
from situation.log.state import StateView, split_cell
from situation.testimony.ground import Ground

__all__ = ["BEGINNINGS", "ENDS", "ends_nothing", "rank"]

BEGINNINGS: Final = frozenset({CeasefireAgreed, CeasefireBegan, PeaceSigned, RouteSealed, Blockaded, AirSupportGiven})
AFTERWARDS: Final = frozenset({AreaSearched, VictoryDeclared, ActorSplit, ActorsMerged})
"""What takes the other events of its time for granted: a place is searched once it is taken; who has broken up or joined
another no longer takes one."""
_Lasts = Callable[[StateView, str], bool]
ENDS: Final[Mapping[type[Event], tuple[str, _Lasts]]] = MappingProxyType(
    {
        AgreementEnded: ("ended", lambda state, of: bool(state.get(of, "agreement")) and not state.get(of, "ended")),
        RouteOpened: ("sealed", lambda state, of: bool(state.get(of, "sealed"))),
        BlockadeLifted: ("blockaded", lambda state, of: bool(state.get(of, "blockaded"))),
        AirSupportWithdrawn: ("air", lambda state, of: state.get(of, "air") not in (None, "none")),
    }
)
"""For each kind of end the attribute that it speaks to, and whether what it ends lasts in a state."""


def rank(event: Event) -> int:
    """Which of several events of one minute stands first, where nothing else says.

    After all else stands what takes for granted that the rest has happened, then what begins, then what ends.
    """
    return 3 if type(event) in ENDS else 2 if type(event) in BEGINNINGS else int(type(event) in AFTERWARDS)


def ends_nothing(event: Event, state: StateView, ground: Ground) -> bool:
    """Whether an event ends what does not last in a state."""
    attribute, lasts = ENDS.get(type(event), ("", None))
    cells: dict[str, Any] = dict(event.speaks(ground.root)) if lasts else {}
    return lasts is not None and not any(lasts(state, of) for of, name in map(split_cell, cells) if name == attribute)
