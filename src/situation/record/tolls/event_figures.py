"""What one event says of how many were killed, wounded or taken prisoner: of all together, and of each side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, Literal, get_args

from attrs import field, frozen

from situation.events import (
    CIVILIANS,
    TOGETHER,
    UNKNOWN,
    ActorId,
    Attacked,
    Captured,
    CiviliansKilled,
    Event,
    GarrisonSurrendered,
    PrisonersTaken,
    Quantity,
    Repelled,
    ShipCaptured,
    ShipDamaged,
    ShipSunk,
    counts_people,
    roots,
)
from situation.events.attacks import counts_by_root
from situation.log.entry import Entry, Reported
from situation.testimony.ground import Ground

__all__ = [
    "COUNTED_WHERE_GIVEN",
    "TOLL_EVENTS",
    "TOLL_MEASURES",
    "EventFigures",
    "Measure",
    "event_figures",
    "fights",
    "opponents",
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
    return _of_fight(event.killed, counts_by_root(event.killed_of, ground.root))


def _wounded(event: Attacked | Captured, ground: Ground) -> EventFigures:
    return _of_fight(event.wounded, counts_by_root(event.wounded_of, ground.root))


def _of_fight(number: Quantity | None, of: Mapping[str, Quantity]) -> EventFigures:
    """All together, and of each side; where those who are counted together are civilians, and nobody else is, of these."""
    civilian = number is not None and number.unit == CIVILIANS and not of
    return EventFigures(number, {CIVILIANS: number} if civilian and number is not None else of)


def _uncounted(event: Repelled, ground: Ground) -> EventFigures:
    return EventFigures()


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
    """What an event of a kind counts: how each measure is read from it, who suffers it, and who did it to them."""

    figures: Mapping[Measure, Callable[[Any, Ground], EventFigures]]
    sufferers: Callable[[Any], tuple[ActorId, ...]]
    doers: Callable[[Any], tuple[ActorId, ...]]
    others: Callable[[Any], tuple[ActorId, ...]]


def _at_sea(event: ShipSunk | ShipDamaged | ShipCaptured) -> tuple[ActorId, ...]:
    return event.harms


def _by(event: Any) -> tuple[ActorId, ...]:
    by: tuple[ActorId, ...] = event.by
    return by


def _against(event: Any) -> tuple[ActorId, ...]:
    return () if event.against is None else (event.against,)


def _civilian(event: Any) -> tuple[ActorId, ...]:
    return (ActorId(CIVILIANS),)


def _either(event: Any) -> tuple[ActorId, ...]:
    return (*_by(event), *_against(event))


TOLL_EVENTS: Final[Mapping[type[Event], _Counts]] = MappingProxyType(
    {
        Attacked: _Counts({"killed": _killed, "wounded": _wounded}, lambda it: it.sides, _by, _against),
        Captured: _Counts({"killed": _killed, "wounded": _wounded}, _either, _by, _against),
        Repelled: _Counts({"killed": _uncounted, "wounded": _uncounted}, _either, _against, _by),
        CiviliansKilled: _Counts({"killed": _civilians}, _civilian, _by, _civilian),
        ShipSunk: _Counts({"killed": _crew}, _at_sea, _by, _at_sea),
        ShipDamaged: _Counts({"killed": _crew}, _at_sea, _by, _at_sea),
        ShipCaptured: _Counts({"killed": _crew, "prisoners": _crew_taken}, _at_sea, _by, _at_sea),
        GarrisonSurrendered: _Counts({"prisoners": _garrison}, _by, lambda it: () if it.to is None else (it.to,), _by),
        PrisonersTaken: _Counts({"prisoners": _prisoners}, _against, _by, _against),
    }
)
"""The events in which there may be dead, wounded or prisoners. Prisoners are those taken: an exchange gives back men who were
counted before. Of an attack that was thrown back a source gives no number: it is one of which nobody counted the dead."""

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


def fights(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The reports of what may cost lives; of an attack that was thrown back that of the attack alone, where there is one."""
    rows = [it for it in entries if type(it.event) in TOLL_EVENTS and isinstance(it.cause, Reported)]
    attacks = [it for it in rows if isinstance(it.event, Attacked)]
    for row in rows:
        if not (isinstance(row.event, Repelled) and any(_is_thrown_back(it, row) for it in attacks)):
            yield row


def _is_thrown_back(attack: Entry, repulse: Entry) -> bool:
    sides = TOLL_EVENTS[Repelled].sufferers(repulse.event)
    at_once = attack.span.meet(repulse.span) is not None and attack.event.place == repulse.event.place
    return at_once and not {*sides}.isdisjoint(TOLL_EVENTS[Attacked].sufferers(attack.event))


def opponents(event: Event, ground: Ground) -> tuple[str | None, ...]:
    """Who stood against whom in an event of `TOLL_EVENTS`, by root: two sides, None for one that nobody names.

    Several on one side are joined by a plus. Nobody says which of them began it, or it makes no difference: the order is none.
    """
    if between := getattr(event, "between", ()):
        return tuple(sorted({str(ground.root(actor)) for actor in between}))
    counts = TOLL_EVENTS[type(event)]
    one, other = (_together(each(event), ground) for each in (counts.doers, counts.others))
    return tuple(sorted((one, other), key=lambda side: (side is None, side or "")))


def _together(actors: tuple[ActorId, ...], ground: Ground) -> str | None:
    known = {it if it == CIVILIANS else str(ground.root(it)) for it in actors if it != UNKNOWN}
    return TOGETHER.join(sorted(known)) or None
