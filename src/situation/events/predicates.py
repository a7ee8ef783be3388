"""Predicates: what a statement about the state asserts, in a closed set, so that it can be tested against the fold.

A statement is not an event: nothing changed because someone said it. It names who is said to hold what, and is tested at the time
that it speaks of. `Said` carries no predicate: it is kept and shown as untestable, not dropped.
"""

from __future__ import annotations

from typing import Literal

from attrs import field, frozen

from situation.events import ActorId, AreaId, PlaceId, Quantity
from situation.events.kinds import not_empty

__all__ = [
    "PREDICATES",
    "BesiegedBy",
    "DividedBetween",
    "Holds",
    "HoldsMostOf",
    "HoldsNothingIn",
    "LargestPlaceOf",
    "LastPlaceOf",
    "Predicate",
    "Qualifier",
    "Said",
    "ShareHeld",
    "ShareRegained",
]

Qualifier = Literal["the last", "the last major", "the last urban", "one of the last"]
"""How far "last" reaches: no other at all; none of size; no other town or city; others remain."""


class Predicate:
    """What a statement asserts of the state."""


@frozen
class Holds(Predicate):
    """`actor` holds `area`: the place, or every place of the region that anyone holds."""

    actor: ActorId
    area: AreaId


@frozen
class HoldsMostOf(Predicate):
    """`actor` holds the greater part of `area`."""

    actor: ActorId
    area: AreaId


@frozen
class HoldsNothingIn(Predicate):
    """`actor` holds no place in `area`."""

    actor: ActorId
    area: AreaId


@frozen
class LastPlaceOf(Predicate):
    """`places` are (or were, until they fell) the last that `actor` holds within `area`; None: the source names no bounds."""

    actor: ActorId
    places: tuple[AreaId, ...] = field(validator=not_empty)
    area: AreaId | None
    qualifier: Qualifier = "the last"


@frozen
class LargestPlaceOf(Predicate):
    """`place` is held by `actor`, and is the largest that it holds within `area`."""

    actor: ActorId
    place: AreaId
    area: AreaId


@frozen
class BesiegedBy(Predicate):
    """`place` is ringed by `actor`."""

    actor: ActorId
    place: PlaceId


@frozen
class DividedBetween(Predicate):
    """`place` is split between `actors`."""

    actors: tuple[ActorId, ...] = field(validator=not_empty)
    place: PlaceId


@frozen
class ShareRegained(Predicate):
    """`actor` has taken back a share of what `against` once held in `area`. The state keeps no shares of ground: untestable."""

    actor: ActorId
    against: ActorId
    area: AreaId
    share: Quantity


@frozen
class ShareHeld(Predicate):
    """`actor` held a share of the ground, or of the people, of `area`. The state keeps no shares: untestable."""

    actor: ActorId
    area: AreaId
    share: Quantity


@frozen
class Said(Predicate):
    """A statement without a predicate: `about` names what it speaks of."""

    about: tuple[AreaId, ...] = ()
    actors: tuple[ActorId, ...] = ()


PREDICATES: dict[str, type[Predicate]] = {
    cls.__name__: cls
    for cls in (
        Holds,
        HoldsMostOf,
        HoldsNothingIn,
        LastPlaceOf,
        LargestPlaceOf,
        BesiegedBy,
        DividedBetween,
        ShareRegained,
        ShareHeld,
        Said,
    )
}
