"""What one event says of how many were killed, wounded or taken prisoner: of all together, and of each side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, Literal

from attrs import field, frozen

from situation.events import (
    CIVILIANS,
    Attacked,
    Captured,
    CiviliansKilled,
    Event,
    GarrisonSurrendered,
    PrisonersTaken,
    Quantity,
    ShipCaptured,
    ShipDamaged,
    ShipSunk,
    counts_people,
    roots,
)
from situation.events.attacks import counts_by_root
from situation.testimony.ground import Ground

__all__ = ["COUNTED_WHERE_GIVEN", "FIGURES", "EventFigures", "Measure", "sufferers"]

Measure = Literal["killed", "wounded", "prisoners"]


@frozen
class EventFigures:
    """What an event says of one measure: of all together, and of each side by its root, `civilians` or `unknown`."""

    all: Quantity | None = None
    of: Mapping[str, Quantity] = field(factory=dict)

    @property
    def units(self) -> frozenset[str]:
        """The units in which it counts."""
        return frozenset(number.unit for number in (self.all, *self.of.values()) if number is not None)

    def of_people(self) -> EventFigures:
        """What it counts in persons, men and the like: the rest cannot be added to these."""
        whole = self.all if self.all is not None and counts_people(self.all.unit) else None
        return EventFigures(whole, {side: number for side, number in self.of.items() if counts_people(number.unit)})


def _killed(event: Attacked | Captured, ground: Ground) -> EventFigures:
    return EventFigures(event.killed, counts_by_root(event.killed_of, ground.root))


def _wounded(event: Attacked | Captured, ground: Ground) -> EventFigures:
    return EventFigures(event.wounded, counts_by_root(event.wounded_of, ground.root))


def _civilians(event: CiviliansKilled, ground: Ground) -> EventFigures:
    return EventFigures(of={CIVILIANS: event.number} if event.number is not None else {})


def _crew(event: ShipSunk | ShipDamaged | ShipCaptured, ground: Ground) -> EventFigures:
    return _of_one(event.killed, tuple(ground.root(actor) for actor in event.harms))


def _crew_taken(event: ShipCaptured, ground: Ground) -> EventFigures:
    return _of_one(event.crew, tuple(ground.root(actor) for actor in event.harms))


def _garrison(event: GarrisonSurrendered, ground: Ground) -> EventFigures:
    return _of_one(event.number, roots(ground.root, event.by))


def _prisoners(event: PrisonersTaken, ground: Ground) -> EventFigures:
    return _of_one(event.number, () if event.against is None else (ground.root(event.against),))


def _of_one(number: Quantity | None, sides: tuple[str, ...]) -> EventFigures:
    """A number that is of a side where one is named, and of all together where none or several are."""
    if number is None or len(sides) != 1:
        return EventFigures(number)
    return EventFigures(of={str(sides[0]): number})


FIGURES: Final[Mapping[Measure, Mapping[type[Event], Callable[[Any, Ground], EventFigures]]]] = MappingProxyType(
    {
        "killed": {
            Attacked: _killed,
            Captured: _killed,
            CiviliansKilled: _civilians,
            **dict.fromkeys((ShipSunk, ShipDamaged, ShipCaptured), _crew),
        },
        "wounded": {Attacked: _wounded, Captured: _wounded},
        "prisoners": {GarrisonSurrendered: _garrison, PrisonersTaken: _prisoners, ShipCaptured: _crew_taken},
    }
)
"""From what is counted to the events that may give a number of it, and how it is read from each. Prisoners are those taken: an
exchange gives back men who were counted before."""


COUNTED_WHERE_GIVEN: Final = (Captured,)
"""Events that need no fight: one without a number is none of which nobody counted the dead."""


def sufferers(event: Event, ground: Ground) -> set[str]:
    """Whose dead, wounded or prisoners an event may be of, by root, where it gives no number."""
    sides: dict[type[Event], Callable[[Any], tuple[Any, ...]]] = {
        Attacked: lambda it: it.sides,
        Captured: lambda it: it.sides,
        CiviliansKilled: lambda it: (),
        GarrisonSurrendered: lambda it: it.by,
        PrisonersTaken: lambda it: () if it.against is None else (it.against,),
        ShipSunk: lambda it: it.harms,
        ShipDamaged: lambda it: it.harms,
        ShipCaptured: lambda it: it.harms,
    }
    named = {str(ground.root(actor)) for actor in sides[type(event)](event)}
    return named | ({CIVILIANS} if isinstance(event, CiviliansKilled) else set())
