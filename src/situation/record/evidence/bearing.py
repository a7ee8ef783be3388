"""What a statement says of one place: whether the place, as it stands, is as the statement has it.

`statements.judge` tests a statement as a whole; here it is held against a single place that it speaks of, so that it
can be evidence for or against who holds that place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from situation.dates import Interval
from situation.events.predicates import (
    BesiegedBy,
    DividedBetween,
    Holds,
    HoldsMostOf,
    HoldsNothingIn,
    LargestPlaceOf,
    LastPlaceOf,
    Predicate,
    Said,
    ShareHeld,
    ShareRegained,
)
from situation.log.state import HOLDING, PlaceState
from situation.testimony.ground import Ground

__all__ = ["BEARINGS", "bears_on", "places_spoken_of", "time_of"]

_Bearing = Callable[[Any, PlaceState, str, Ground], bool | None]
"""From a predicate, a place as it stands, an attribute and the ground to whether that is as it says; None: it says
nothing of it."""


def bears_on(predicate: Predicate, place: PlaceState, attribute: str, ground: Ground) -> bool | None:
    """Whether a place, as it stands, is as a statement has it; None where the statement says nothing of this attribute.

    Where it is not known how the place stands, whoever says something of it says otherwise.

    Args:
        predicate: what is stated.
        place: a place as it stands at some minute.
        attribute: `holder`, `status`, `parts` or `besieger`.
        ground: for the hierarchy of actors and what lies in an area.

    Raises:
        LookupError: nothing says how this predicate bears on a place.
    """
    bearing = BEARINGS.get(type(predicate))
    if bearing is None:
        raise LookupError(
            f"It is not said how {type(predicate).__name__} bears on a place. Enter it in situation.record.evidence.bearing."
        )
    if attribute not in HOLDING:
        return None
    holds = bearing(predicate, place, attribute, ground)
    return False if holds and place.status == "unknown" else holds


def places_spoken_of(predicate: Predicate, ground: Ground) -> tuple[str, ...]:
    """The places that a statement may be evidence of: those that it names, and those in the area that it names."""
    areas = [*getattr(predicate, "places", ()), getattr(predicate, "place", None), getattr(predicate, "area", None)]
    return tuple(dict.fromkeys(place for area in areas if area is not None for place in ground.members(area)))


def time_of(predicate: Predicate, span: Interval, window: Interval) -> Interval:
    """When a statement of a time may have held: the last places are so, or were until they fell, perhaps long before."""
    if isinstance(predicate, LastPlaceOf):
        return Interval(min(span.earliest, window.earliest), span.latest)
    return span


def _has(actor: str, place: PlaceState, ground: Ground) -> bool:
    """Whether an actor holds a place, in whole or part."""
    root = ground.root(actor)  # type: ignore[arg-type]
    return root in place.occupants or any(part.actor == root for part in place.parts)


def _holds(predicate: Holds, place: PlaceState, attribute: str, ground: Ground) -> bool | None:
    empty = not place.holders and place.status != "unknown"
    if attribute == "besieger" or (empty and not ground.is_place(predicate.area)):
        return None
    named = ground.is_place(predicate.area)
    if named and place.id != predicate.area:
        return None
    return ground.root(predicate.actor) in place.holders


def _most(predicate: HoldsMostOf, place: PlaceState, attribute: str, ground: Ground) -> bool | None:
    """Of the place itself; most of a region says nothing of any one place in it."""
    if place.id != predicate.area or attribute == "besieger" or len(place.holders) > 1:
        return None
    first = place.parts[0].actor if place.parts else place.holder
    return first == ground.root(predicate.actor)


def _nothing(predicate: HoldsNothingIn, place: PlaceState, attribute: str, ground: Ground) -> bool | None:
    if attribute == "besieger":
        return None
    return not _has(predicate.actor, place, ground)


def _last(predicate: LastPlaceOf, place: PlaceState, attribute: str, ground: Ground) -> bool | None:
    """The places named are held; of others in the area those that the qualifier reaches are not."""
    if attribute == "besieger":
        return None
    named = {inner for area in predicate.places for inner in ground.members(area)}
    known = ground.places[place.id]  # type: ignore[index]
    if place.id in named:
        return _has(predicate.actor, place, ground) if place.id in predicate.places else None
    reaches = {
        "the last": True,
        "the last major": known.size == "major",
        "the last urban": ground.is_town(known.id),
        "one of the last": False,
    }[predicate.qualifier]
    around = bool(named & set(ground.inside(place.id)))  # type: ignore[arg-type]
    return not _has(predicate.actor, place, ground) if reaches and not around else None


def _largest(predicate: LargestPlaceOf, place: PlaceState, attribute: str, ground: Ground) -> bool | None:
    if place.id != predicate.place or attribute == "besieger":
        return None
    return _has(predicate.actor, place, ground)


def _besieged(predicate: BesiegedBy, place: PlaceState, attribute: str, ground: Ground) -> bool | None:
    root = ground.root(predicate.actor)
    if place.id != predicate.place:
        return None
    if attribute in ("status", "besieger"):
        return place.status == "besieged" and root in place.besiegers
    return False if attribute == "holder" and place.holder == root else None


def _divided(predicate: DividedBetween, place: PlaceState, attribute: str, ground: Ground) -> bool | None:
    if place.id != predicate.place or attribute == "besieger" or len(place.holders) > 1:
        return None  # held together is not divided
    there = {place.holder, *place.besiegers, *(part.actor for part in place.parts)}
    return {ground.root(actor) for actor in predicate.actors} <= there


def _nothing_said(predicate: Predicate, place: PlaceState, attribute: str, ground: Ground) -> None:
    """Shares of ground, and statements without a predicate, say nothing of who holds one place."""


BEARINGS: Mapping[type[Predicate], _Bearing] = {
    Holds: _holds,
    HoldsMostOf: _most,
    HoldsNothingIn: _nothing,
    LastPlaceOf: _last,
    LargestPlaceOf: _largest,
    BesiegedBy: _besieged,
    DividedBetween: _divided,
    ShareHeld: _nothing_said,
    ShareRegained: _nothing_said,
    Said: _nothing_said,
}
"""How each predicate bears on a single place."""
