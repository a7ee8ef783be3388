"""Who rings a place on land or blockades it: who comes to it rings it too, and who is left when one is gone; and surrenders."""

from __future__ import annotations

from situation.events import (
    Besieged,
    Blockaded,
    BlockadeLifted,
    GarrisonSurrendered,
    SiegeBroken,
    in_hands_of,
    roots,
    sides_of,
)
from situation.log.effects.control import changed_hands, numbers_lapse, part_lost
from situation.log.effects.registry import Changes, effect
from situation.log.entry import Entry
from situation.log.state import StateView, holders_in
from situation.rules.control import TEXT_OF_STATUS, ring_opened
from situation.testimony.ground import Ground

__all__: list[str] = []


@effect(Besieged)
def _besieged(event: Besieged, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """Its holder is ringed, by these beside those who ring it already.

    Where nobody is known to hold it, or only the besieger, `against` says who is.
    """
    place, comers = event.place, roots(ground.root, event.by)
    made = dict(event.speaks(ground.root))
    ringed = None if event.against is None else ground.root(event.against)
    ring = tuple(side for side in holders_in(state.get(place, "besieger")) if side != ringed)
    if comers and ring:
        made[f"{place}.besieger"] = sides_of(ground.root, (*ring, *comers))
    others = set(holders_in(state.get(place, "holder"))) - set(comers)
    if not others and event.against is not None:
        made[f"{place}.holder"] = ground.root.keeper(event.against)
    return made


@effect(SiegeBroken)
def _siege_broken(event: SiegeBroken, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """The ring of the side that it was broken against is open, or every ring where no side is named.

    While others ring it, it stays besieged. Then its holder has it again, whoever opened the ring; it is contested while others
    hold a part. Where it is not known who held it, that stays so.
    """
    place = event.place
    ring, holders = holders_in(state.get(place, "besieger")), holders_in(state.get(place, "holder"))
    left = tuple(side for side in ring if event.against is not None and side != ground.root(event.against))
    mine = {*holders, *holders_in(in_hands_of(ground.root, event.by))}
    parted = any(part.actor not in mine for part in state.get(place, "parts") or ())
    status = TEXT_OF_STATUS[ring_opened(bool(left), bool(holders), parted)]
    return {f"{place}.status": status, f"{place}.besieger": sides_of(ground.root, left)}


@effect(Blockaded)
def _blockaded(event: Blockaded, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """By these beside those of other sides who blockade it already."""
    made = dict(event.speaks(ground.root))
    if event.by and state.get(event.place, "blockaded"):
        comers = roots(ground.root, event.by)
        before = state.get(event.place, "blockaded_by") or frozenset()
        made[f"{event.place}.blockaded_by"] |= {unit for unit in before if ground.root(unit) not in comers}
    return made


@effect(BlockadeLifted)
def _blockade_lifted(event: BlockadeLifted, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """Where some of those who blockade it lift theirs, that of the others goes on."""
    place, leavers = event.place, roots(ground.root, event.by)
    before = state.get(place, "blockaded_by") or frozenset()
    left = frozenset(unit for unit in before if ground.root(unit) not in leavers)
    if not state.get(place, "blockaded") or not left or left == before:
        return dict(event.speaks(ground.root))
    return {f"{place}.blockaded": True, f"{place}.blockaded_by": left}


@effect(GarrisonSurrendered)
def _surrendered(event: GarrisonSurrendered, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """The place is in the hands of those to whom they surrendered; their numbers there lapse."""
    made: Changes = dict(event.speaks(ground.root))
    part = part_lost(event.place, event, event.by, state, ground)
    made = part or made | changed_hands(event.place, made[f"{event.place}.holder"], state, ground)
    return made | numbers_lapse(roots(ground.root, event.by), event.place, state, ground)
