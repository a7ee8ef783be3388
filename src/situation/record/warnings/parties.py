"""Who does what to whom: warnings on claims that put one side on both ends, or name whom the event cannot be about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from situation.errors import Problem
from situation.events import (
    CIVILIANS,
    ActorId,
    ActorsMerged,
    ActorSplit,
    AirSupportGiven,
    Attacked,
    Besieged,
    Captured,
    Entered,
    Event,
    HandedOver,
    OperationLaunched,
    PositionTaken,
    PrisonersExchanged,
    RelationReported,
    Repelled,
    SiegeBroken,
    StanceChanged,
    roots,
)
from situation.testimony.apart import dealings, ground_when
from situation.testimony.claims import Claim
from situation.testimony.ground import Ground

__all__ = ["odd_parties"]

_AMONG_THEIR_OWN: Final = (AirSupportGiven, PositionTaken)
"""What a side may well do to its own units: it flies for them, and it accuses or praises them."""
_TESTED_IN_ORDER: Final = (
    *(Attacked, Besieged, Captured, Entered, HandedOver, OperationLaunched, RelationReported, Repelled, SiegeBroken),
)
"""What `record.order.objections` tests for this, with the state before it."""


def odd_parties(claim: Claim, ground: Ground) -> Iterator[Problem]:
    """What a claim says of its parties that can hardly be meant, by the hierarchy of actors of its time."""
    event = claim.event
    if event is None:
        return
    if isinstance(event, ActorSplit):
        yield from _still_under(claim, event, ground)
    ground = ground_when(event, claim.happened.span if claim.happened is not None else ground.window, ground)
    yield from _one_side(claim, event, ground)
    yield from _of_no_side(claim, event, ground)
    yield from _of_a_unit(claim, event, ground)
    ship = getattr(event, "ship", None)
    if ship is not None and ground.actors[ship].kind != "ship":
        fact = f"'{ship}' is no ship: its kind is {ground.actors[ship].kind}."
        yield Problem(claim.at, fact, "Name a ship, or only its side, under 'against'.")
    if isinstance(event, ActorsMerged) and event.into is not None:
        for actor in event.by:
            if actor != event.into and ground.under(event.into, actor):
                fact = f"'{actor}' joins '{event.into}', which is a part of it."
                yield Problem(claim.at, fact, "Name under 'into' what came of them.")


def _pairs(event: Any) -> Iterator[tuple[ActorId, ActorId]]:
    """Each two whose sides are looked at here."""
    if getattr(event, "between", ()) or not isinstance(event, (*_TESTED_IN_ORDER, *_AMONG_THEIR_OWN)):
        yield from dealings(event)


def _one_side(claim: Claim, event: Event, ground: Ground) -> Iterator[Problem]:
    """Two ends of what happened that are of one side."""
    for one, other in _pairs(event):
        if one in ground.root.tops and other in ground.root.tops and ground.root(one) == ground.root(other):
            fact = f"'{one}' stands on both sides of it." if one == other else f"'{one}' and '{other}' are of one side."
            yield Problem(claim.at, fact, "Name two sides; where a unit had left its side, say so under its 'parents'.")


def _of_a_unit(claim: Claim, event: Event, ground: Ground) -> Iterator[Problem]:
    """Stances of a unit: how two stand to each other is of their sides."""
    if not isinstance(event, StanceChanged) or claim.mode != "asserts":
        return
    for unit, other in ((event.actor, event.toward), (event.toward, event.actor)):
        side = ground.root(unit)
        if side != unit and side != ground.root(other):
            fact = f"'{unit}' stands under '{side}' then: this is how all of '{side}' stands to '{ground.root(other)}'."
            advice = f"If '{unit}' alone changed, say under its 'parents' until when it stood under '{side}'; else name '{side}'."
            yield Problem(claim.at, fact, advice)


def _still_under(claim: Claim, event: ActorSplit, ground: Ground) -> Iterator[Problem]:
    """Parts of what broke up that stand under it on the map when it is over: whatever they do is then still its own."""
    span = claim.happened.span if claim.happened is not None else ground.window
    then = ground.at(span.latest + 1)
    for part in event.into:
        if part != event.actor and then.under(part, event.actor):
            fact = f"'{part}' still stands under '{event.actor}' after it, by the map."
            until = ground.clock.day(span.latest)
            advice = (
                f"Write in its place 'parents: [{{parent: {then.actors[part].parent}, until: {until}}}]' at '{part}'."
            )
            yield Problem(claim.at, fact, advice)


def _of_no_side(claim: Claim, event: Event, ground: Ground) -> Iterator[Problem]:
    """Dead and wounded of a side that a fight does not name, and prisoners who came home to a third."""
    keys: tuple[str, ...]
    if isinstance(event, PrisonersExchanged):
        sides, keys, where = event.between, ("released",), "'between'"
    elif isinstance(event, Captured) and (event.against is None or not event.by):
        return
    elif isinstance(event, Attacked | Captured) and event.sides:
        sides, keys, where = event.sides, ("killed_of", "wounded_of"), "'by', 'against' or 'between'"
        where = where if isinstance(event, Attacked) else "'by' or 'against'"
    else:
        return
    named = set(roots(ground.root, sides))
    for key in keys:
        for side in getattr(event, key):
            if side == CIVILIANS:  # they die in others' fights, also where an actor of the map is called so
                continue
            if (actor := ActorId(side)) in ground.root.tops and ground.root(actor) not in named:
                fact = f"'{side}' stands under '{key}', and is no side of it."
                yield Problem(claim.at, fact, f"Name it under {where} too, or take it out.")
