"""What one event says of how many were killed, wounded or taken prisoner: of all together, and of each side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, Literal, get_args

from attrs import field, frozen

from situation.events import (
    CIVILIANS,
    ActorId,
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

__all__ = [
    "COUNTED_WHERE_GIVEN",
    "TOLL_EVENTS",
    "TOLL_MEASURES",
    "EventFigures",
    "Measure",
    "event_figures",
    "sufferers",
]

Measure = Literal["killed", "wounded", "prisoners"]
TOLL_MEASURES: Final[tuple[Measure, ...]] = get_args(Measure)


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


@frozen
class _Counts:
    """What an event of a kind counts: how each measure is read from it, and who suffers it."""

    figures: Mapping[Measure, Callable[[Any, Ground], EventFigures]]
    sufferers: Callable[[Any], tuple[ActorId, ...]]


def _at_sea(event: ShipSunk | ShipDamaged | ShipCaptured) -> tuple[ActorId, ...]:
    return event.harms


TOLL_EVENTS: Final[Mapping[type[Event], _Counts]] = MappingProxyType(
    {
        Attacked: _Counts({"killed": _killed, "wounded": _wounded}, lambda it: it.sides),
        Captured: _Counts({"killed": _killed, "wounded": _wounded}, lambda it: it.sides),
        CiviliansKilled: _Counts({"killed": _civilians}, lambda it: (ActorId(CIVILIANS),)),
        ShipSunk: _Counts({"killed": _crew}, _at_sea),
        ShipDamaged: _Counts({"killed": _crew}, _at_sea),
        ShipCaptured: _Counts({"killed": _crew, "prisoners": _crew_taken}, _at_sea),
        GarrisonSurrendered: _Counts({"prisoners": _garrison}, lambda it: it.by),
        PrisonersTaken: _Counts({"prisoners": _prisoners}, lambda it: () if it.against is None else (it.against,)),
    }
)
"""The events that may give a number of dead, wounded or prisoners. Prisoners are those taken: an exchange gives back men who
were counted before."""

COUNTED_WHERE_GIVEN: Final = (Captured,)
"""Events that need no fight: one without a number is none of which nobody counted the dead."""


def event_figures(measure: Measure, event: Event, ground: Ground) -> EventFigures | None:
    """What an event gives of a measure; None: its kind never gives any."""
    counts = TOLL_EVENTS.get(type(event))
    read = None if counts is None else counts.figures.get(measure)
    return None if read is None else read(event, ground)


def sufferers(event: Event, ground: Ground) -> set[str]:
    """Whose dead, wounded or prisoners an event of `TOLL_EVENTS` may be of, by root or `civilians`, where it gives no number."""
    named = TOLL_EVENTS[type(event)].sufferers(event)
    return {name if name == CIVILIANS else str(ground.root(name)) for name in named}
