"""What an event takes for granted of the state before it: that a loser holds what it loses, and nobody takes what is his own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from situation.events import (
    ActorId,
    ActorsMerged,
    ActorSplit,
    AgreementEnded,
    AgreementLapsed,
    Attacked,
    Besieged,
    BlockadeLifted,
    Captured,
    Entered,
    Event,
    Fled,
    HandedOver,
    OperationLaunched,
    PlaceDescribed,
    RelationReported,
    Repelled,
    ShipCaptured,
    ShipDamaged,
    ShipSunk,
    SiegeBroken,
    Withdrew,
    roots,
)
from situation.log.name_words import in_place, named, verb_of
from situation.log.state import StateView, holders_in
from situation.log.value_words import list_in_words
from situation.testimony.ground import Ground

__all__ = ["OBJECTIONS", "objection"]


def objection(event: Event, state: StateView, ground: Ground) -> str:
    """Why an event cannot have happened in a state, as a sentence; empty where nothing speaks against it.

    Args:
        event: what is said to have happened.
        state: what held just before.
        ground: for the hierarchy of actors, and names.
    """
    test = OBJECTIONS.get(type(event))
    return test(event, state, ground) if test else ""


def _holders(state: StateView, place: str) -> frozenset[ActorId]:
    """Those who hold a place: one, several together, or nobody known."""
    return frozenset(holders_in(state.get(place, "holder")))


def _there(state: StateView, place: str, ground: Ground) -> set[ActorId]:
    """Everybody who has men in a place or around it, as far as it is known."""
    parts = [part.actor for part in state.get(place, "parts") or ()]
    entered = [ground.root(unit) for unit in state.get(place, "entered_by") or ()]
    comers = entered if state.get(place, "status") == "contested" else []
    heirs = state.get(place, "successors") or () if _holders(state, place) or parts else ()
    return {*_holders(state, place), *heirs, *parts, *comers, *holders_in(state.get(place, "besieger"))}


def _sides(units: Iterable[ActorId], ground: Ground) -> set[ActorId]:
    """The sides of some units, and those who hold for them what they take."""
    return {side for unit in units for side in (ground.root(unit), ground.root.keeper(unit))}


def _then(state: StateView, place: str, ground: Ground) -> str:
    names = [ground.name(holder) for holder in sorted(_holders(state, place))]
    return f"{list_in_words(names)} held it then"


def _itself(event: Any, ground: Ground, many: str, one: str) -> str:
    """Where one side stands on both ends of what is done: the verb as it stands after a plural name, and after another."""
    against = getattr(event, "against", None)
    if against is not None and ground.root(against) in _sides(event.by, ground):
        side = ground.root(against)
        return f"{ground.name(side)} {verb_of(side, ground, many, one)} {_self(side, ground)}."
    return ""


def _self(side: ActorId, ground: Ground) -> str:
    return verb_of(side, ground, "themselves", "itself")


def _loser(event: Any, state: StateView, ground: Ground) -> str:
    """Where the side against which it is done is not known to be there, and another is."""
    against, there = event.against, _there(state, event.place, ground)
    if against is None or not there or _sides([against], ground) & there:
        return ""
    loser = ground.name(ground.root(against))
    were = verb_of(ground.root(against), ground, "were", "was")
    return f"{loser} {were} not {in_place(event.place, ground)} to lose it: {_then(state, event.place, ground)}."


def _own(event: Any, state: StateView, ground: Ground) -> str:
    """Where the doers hold the whole place already."""
    doers, holders = {ground.root.keeper(unit) for unit in event.by}, _holders(state, event.place)
    whole = state.get(event.place, "status") == "held" and not state.get(event.place, "successors")
    if doers and whole and doers <= holders:
        return f"{named(event.place, ground)} was their own: {_then(state, event.place, ground)}."
    return ""


def _captured(event: Captured, state: StateView, ground: Ground) -> str:
    return (
        _itself(event, ground, "take a place from", "takes a place from")
        or _own(event, state, ground)
        or _loser(event, state, ground)
    )


def _entered(event: Entered, state: StateView, ground: Ground) -> str:
    itself = _itself(event, ground, "enter a place against", "enters a place against")
    return itself or _own(event, state, ground) or _loser(event, state, ground)


def _besieged(event: Besieged, state: StateView, ground: Ground) -> str:
    whole = "" if state.get(event.place, "parts") else _own(event, state, ground)
    return _itself(event, ground, "besiege", "besieges") or whole or _loser(event, state, ground)


def _siege_broken(event: SiegeBroken, state: StateView, ground: Ground) -> str:
    openers = _sides(event.by, ground)
    own = [actor for actor in holders_in(state.get(event.place, "besieger")) if actor in openers]
    if own:
        verb = "break their" if len(own) > 1 else verb_of(own[0], ground, "break their", "breaks its")
        return f"{list_in_words(map(ground.name, own))} {verb} own ring around {named(event.place, ground)}."
    status, besieger = (state.get(event.place, name) for name in ("status", "besieger"))
    if status in ("held", "contested") and not holders_in(besieger):
        return f"Nobody had drawn a ring around {named(event.place, ground)}."
    ring = holders_in(besieger)
    if event.against is not None and ring and ground.root(event.against) not in ring:
        names = [ground.name(side) for side in ring]
        ringers = f"{list_in_words(names)} ringed it then"
        return f"{ground.name(ground.root(event.against))} had drawn no ring around {named(event.place, ground)}: {ringers}."
    return _itself(event, ground, "break a ring of", "breaks a ring of")


def _repelled(event: Repelled, state: StateView, ground: Ground) -> str:
    there = _there(state, event.place, ground)
    if event.by and there and not _sides(event.by, ground) & there:
        return f"{named(event.place, ground)} was not theirs to defend: {_then(state, event.place, ground)}."
    return _itself(event, ground, "throw back an attack by", "throws back an attack by")


def _withdrew(event: Withdrew, state: StateView, ground: Ground) -> str:
    there = _there(state, event.place, ground)
    if event.place in event.toward:
        return f"They withdraw from {named(event.place, ground)} to where they are."
    if state.get(event.place, "status") == "held" and there and not _sides(event.by, ground) & there:
        return f"They had nobody {in_place(event.place, ground)}: {_then(state, event.place, ground)}."
    return ""


def _handed_over(event: HandedOver, state: StateView, ground: Ground) -> str:
    givers, there = _sides(event.by, ground), _there(state, event.place, ground)
    if event.to in event.by:
        giver, place = ground.root(event.to), named(event.place, ground)
        return f"{ground.name(giver)} {verb_of(giver, ground, 'hand', 'hands')} {place} over to {_self(giver, ground)}."
    lost = set() if event.against is None else {ground.root(event.against)}
    if there and not there & (givers | lost):
        return f"{named(event.place, ground)} was not theirs to give: {_then(state, event.place, ground)}."
    return ""


def _blockade_lifted(event: BlockadeLifted, state: StateView, ground: Ground) -> str:
    areas = {event.place, *ground.members(event.place)}
    areas |= {region for area in areas for region in ground.regions_of(area)}
    if any(state.get(area, "blockaded") for area in areas):
        return ""
    return f"no blockade of {named(event.place, ground)} was in force."


def _agreement_ended(event: AgreementEnded, state: StateView, ground: Ground) -> str:
    """Where none of those who end it has an agreement with the other, or it had ended or lapsed."""
    other = ground.root(event.toward)
    for side in roots(ground.root, event.by):
        pair = ":".join(sorted((side, other)))
        last = state.because.get(f"{pair}.stance")
        over = state.get(pair, "ended") or (last is not None and isinstance(last.event, AgreementLapsed))
        if side == other or (state.get(pair, "agreement") is not None and not over):
            return ""
    names = [ground.name(actor) for actor in (*event.by, event.toward)]
    return f"no agreement was in force between {list_in_words(names)}."


def _split(event: ActorSplit, state: StateView, ground: Ground) -> str:
    return f"it breaks up into what it was: {ground.name(event.actor)}." if {*event.into} == {event.actor} else ""


def _merged(event: ActorsMerged, state: StateView, ground: Ground) -> str:
    if event.into is None or set(event.by) != {event.into}:
        return ""
    return f"it joins what it is: {ground.name(event.into)}."


def _fled(event: Fled, state: StateView, ground: Ground) -> str:
    return f"They flee from {named(event.place, ground)} to where they are." if event.place in event.toward else ""


def _described(event: PlaceDescribed, state: StateView, ground: Ground) -> str:
    return f"{named(event.place, ground)} is described by where it lies from itself." if event.place == event.of else ""


def _launched(event: OperationLaunched, state: StateView, ground: Ground) -> str:
    return _itself(event, ground, "launch an operation against", "launches an operation against")


def _attacked(event: Attacked, state: StateView, ground: Ground) -> str:
    if event.among_themselves:
        return f"{ground.name(event.by[0])} {verb_of(event.by[0], ground, 'stand', 'stands')} on both ends of it."
    return _itself(event, ground, "attack", "attacks")


def _related(event: RelationReported, state: StateView, ground: Ground) -> str:
    if ground.root(event.actor) == ground.root(event.toward):
        return f"{ground.name(event.actor)} and {ground.name(event.toward)} are of one side."
    return ""


def _ship(event: ShipSunk | ShipDamaged | ShipCaptured, state: StateView, ground: Ground) -> str:
    """Where a ship that was sunk is struck; one that was lost for good may still go down in tow, by nobody's hand."""
    if isinstance(event, ShipSunk) and not event.by:
        return ""
    if event.ship is not None and state.get(event.ship, "condition") == "sunk":
        return f"{ground.name(event.ship)} had been sunk before."
    return ""


OBJECTIONS: Final[Mapping[type[Event], Callable[[Any, StateView, Ground], str]]] = {
    Captured: _captured,
    Entered: _entered,
    Besieged: _besieged,
    SiegeBroken: _siege_broken,
    Repelled: _repelled,
    Withdrew: _withdrew,
    HandedOver: _handed_over,
    Attacked: _attacked,
    ActorSplit: _split,
    BlockadeLifted: _blockade_lifted,
    AgreementEnded: _agreement_ended,
    ActorsMerged: _merged,
    Fled: _fled,
    PlaceDescribed: _described,
    OperationLaunched: _launched,
    RelationReported: _related,
    ShipSunk: _ship,
    ShipDamaged: _ship,
    ShipCaptured: _ship,
}
"""What speaks against an event of each kind, for those that take something for granted."""
