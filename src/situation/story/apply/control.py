"""What rows of control do to places: who holds them, rings them or shares them, and what lapses where they change hands."""

from __future__ import annotations

from typing import Any

from situation.kernel import world_kernel
from situation.rules.control import ControlStatus, entered, left_behind, ring_opened, stood_in
from situation.story.apply.agreements import struck
from situation.story.apply.sides import first_of, how_many, keepers_of, roots_of, units_of
from situation.story.apply.writer import bit, has, put

__all__ = [
    "attacked",
    "besieged",
    "captured",
    "handed_over",
    "moved_in",
    "place_shared",
    "repelled",
    "siege_broken",
    "withdrew",
]


@world_kernel
def _held_by(place: Any, holders: int, at: int) -> None:
    """Who holds a place from now on; of whom it was open since its holder broke up is settled."""
    put(place, "holder", holders, at)
    place.shared, place.captured = False, False
    if holders != 0 and place.heirs != 0:
        place.heirs = 0
        put(place, "successors", 0, at)


@world_kernel
def _is_lost(w: Any, row: Any) -> None:
    """Its holder has it by a capture, or by what came of one; whoever lost it may try to take it back."""
    place = w.places[row.place]
    place.captured, place.captured_at, place.loser = True, row.minute, w.actors[row.toward].root


@world_kernel
def _owners(place: Any) -> int:
    """Those who have lasting parts of a place."""
    owners = 0
    for index in range(place.parts_count):
        owners |= bit(place.parts_actor[index])
    return owners


@world_kernel
def _blockade_over(w: Any, place: Any, takers: int, at: int) -> None:
    """Nobody blockades a place that is his own: of those who do, the takers do no more."""
    left = 0
    for unit in range(1, len(w.actors)):
        sides = bit(w.actors[unit].root) | bit(w.actors[unit].keeper)
        if has(place.blockaders, unit) and sides & takers == 0:
            left |= bit(unit)
    if left == place.blockaders or not place.blockaded:
        return
    if left != 0:
        put(place, "blockaders", left, at)
    else:
        put(place, "blockaded", False, at)


@world_kernel
def _numbers_lapse(w: Any, units: int, where: int, nearest: int, at: int) -> None:
    """What was estimated of some units at a place, or (`nearest` 2) in a region around it, no longer stands."""
    places = len(w.places)
    for index in range(1, len(w.covers) // places):
        covered = w.covers[index * places + where].covered
        number = w.lapsing[index]
        if number.stands and 0 < covered <= nearest and has(units, number.unit):
            put(number, "stands", False, at)


@world_kernel
def _changes_hands(w: Any, where: int, takers: int, at: int) -> None:
    """What lapses where a place passes to others: its parts, its ring, a victory of others, the losers' numbers there."""
    place = w.places[where]
    losers = (place.holder | place.besieger | _owners(place)) & ~takers
    if place.parts_count != 0:
        place.parts_count, place.parts_by = 0, at
    if place.besieger != 0:
        put(place, "besieger", 0, at)
    if place.declared_by != 0 and place.declared_by & takers == 0:
        put(place, "declared_by", 0, at)
    _blockade_over(w, place, takers, at)
    _numbers_lapse(w, units_of(w, losers), where, 2, at)


@world_kernel
def captured(w: Any, row: Any, at: int) -> None:
    """The first taker (`actor`) holds it; the losers' numbers there lapse, and its search begins anew."""
    struck(w, row, at)
    place, taker = w.places[row.place], bit(w.actors[row.actor].keeper)
    _changes_hands(w, row.place, taker, at)
    _held_by(place, taker, at)
    _is_lost(w, row)
    put(place, "status", ControlStatus.HELD if row.units != 0 else ControlStatus.UNKNOWN, at)
    put(place, "taken_by", row.units, at)
    put(place, "searched", 0.0, at)
    put(w.searches[row.place], "due", 0, at)


@world_kernel
def moved_in(w: Any, row: Any, at: int) -> None:
    """Contested, unless it is one's own ground; ground that nobody stood in is simply held."""
    struck(w, row, at)
    place, comers = w.places[row.place], roots_of(w, row.units)
    holders = place.holder if stood_in(place.status) else 0
    put(place, "entered_by", row.units, at)
    own = 0
    for actor in range(1, len(w.actors)):
        if has(comers, actor) and has(holders, w.actors[actor].keeper):
            own |= bit(actor)
    within = comers != 0 and comers & ~(holders | own) == 0
    if (holders != 0 and within) or (holders == 0 and place.status != ControlStatus.UNGARRISONED and row.toward == 0):
        return
    if holders == 0:
        whose = bit(w.actors[row.toward].keeper)
        _held_by(place, keepers_of(w, row.units) if place.status == ControlStatus.UNGARRISONED else whose, at)
        put(place, "status", entered(place.status, False, False, comers != 0, row.toward != 0), at)
        return
    put(place, "status", entered(place.status, True, within, comers != 0, row.toward != 0), at)
    if place.besieger != 0:
        put(place, "besieger", 0, at)
    if place.declared_by != 0 and place.declared_by & comers == 0:
        put(place, "declared_by", 0, at)


@world_kernel
def handed_over(w: Any, row: Any, at: int) -> None:
    """The friend (`actor`) holds it, beside others who held it with those who give; of a mixed place he gets their part."""
    _given_over(w, row, at)
    _is_lost(w, row)


@world_kernel
def _given_over(w: Any, row: Any, at: int) -> None:
    place, taker = w.places[row.place], bit(w.actors[row.actor].keeper)
    givers = row.units | bit(row.toward)
    leavers, holders = roots_of(w, givers) | keepers_of(w, givers), place.holder
    stay = holders & ~leavers
    open_share = holders != 0 and leavers & place.heirs != 0 and leavers & holders == 0
    of_leavers, of_others = _owners(place) & leavers, _owners(place) & ~leavers & ~taker
    if not open_share and place.status == ControlStatus.MIXED and of_leavers != 0 and of_others != 0:
        for index in range(place.parts_count):
            if has(leavers, place.parts_actor[index]):
                place.parts_actor[index] = w.actors[row.actor].keeper
        place.parts_by = at
        _held_by(place, taker if stay == 0 else bit(first_of(holders)), at)
        return
    _blockade_over(w, place, taker, at)
    if open_share:
        _held_by(place, keepers_of(w, bit(row.actor) | holders), at)
        put(place, "status", ControlStatus.HELD, at)
        return
    if place.parts_count != 0:
        place.parts_count, place.parts_by = 0, at
    _held_by(place, keepers_of(w, bit(row.actor) | stay) if 0 != stay != holders else taker, at)
    status, ring = ControlStatus.HELD, place.besieger
    if place.status == ControlStatus.BESIEGED:
        left = ring & ~taker
        if left != ring:
            put(place, "besieger", roots_of(w, left), at)
        if left != 0 or ring == 0:
            status = ControlStatus.BESIEGED
    put(place, "status", status, at)


@world_kernel
def besieged(w: Any, row: Any, at: int) -> None:
    """Its holder is ringed, by these beside those who ring it already."""
    struck(w, row, at)
    place, comers = w.places[row.place], roots_of(w, row.units)
    ring = place.besieger & ~bit(w.actors[row.toward].root)
    put(place, "status", ControlStatus.BESIEGED, at)
    put(place, "besieger", roots_of(w, ring | comers) if comers != 0 and ring != 0 else comers, at)
    if place.holder & ~comers == 0 and row.toward != 0:
        _held_by(place, bit(w.actors[row.toward].keeper), at)


@world_kernel
def siege_broken(w: Any, row: Any, at: int) -> None:
    """The ring of the side that it was broken against is open, or every ring where no side is named."""
    place = w.places[row.place]
    left = place.besieger & ~bit(w.actors[row.toward].root) if row.toward != 0 else 0
    parted = _owners(place) & ~(place.holder | keepers_of(w, row.units)) != 0
    put(place, "status", ring_opened(left != 0, place.holder != 0, parted), at)
    put(place, "besieger", roots_of(w, left), at)


@world_kernel
def repelled(w: Any, row: Any, at: int) -> None:
    """Held by those who threw the attack back, with whom they held it; a ring around them, or a lasting split, stays."""
    place, by = w.places[row.place], keepers_of(w, row.units)
    if place.status == ControlStatus.BESIEGED or place.status == ControlStatus.MIXED or (by == 0 and place.holder == 0):
        return
    put(place, "status", ControlStatus.HELD, at)
    if by != 0:
        _held_by(place, place.holder if by & place.holder != 0 else by, at)


@world_kernel
def place_shared(w: Any, row: Any, at: int) -> None:
    """Mixed, and theirs together; where one is left it holds the place. A ring is gone, and so are lasting parts."""
    place = w.places[row.place]
    together = how_many(row.units) > 1
    _changes_hands(w, row.place, row.units, at)
    _held_by(place, row.units, at)
    place.shared = True
    put(place, "status", ControlStatus.MIXED if together else ControlStatus.HELD, at)


@world_kernel
def withdrew(w: Any, row: Any, at: int) -> None:
    """The leavers' numbers there lapse, and whoever stays has what they leave."""
    places, gone = len(w.places), 0
    for unit in range(1, len(w.actors)):
        if w.actors[unit].above & row.units != 0:
            gone |= bit(unit)
    _numbers_lapse(w, gone, row.place, 1, at)
    leavers = roots_of(w, row.units)
    for actor in range(1, len(w.actors)):
        if has(row.units | leavers, actor):
            put(w.lapsing[w.strengths[actor * places + row.place].lapsing], "stands", False, at)
    _left_to_others(w, w.places[row.place], leavers, at)


@world_kernel
def _left_to_others(w: Any, place: Any, leavers: int, at: int) -> None:
    """The control of a place that some sides have left: what of it changes is written."""
    came_in = roots_of(w, place.entered_by) if place.status == ControlStatus.CONTESTED else 0
    if leavers & (place.holder | place.besieger | came_in | _owners(place)) == 0:
        _heirs_left(place, leavers, at)
        return
    stay, owners = place.holder & ~leavers, _owners(place) & ~leavers
    comers = keepers_of(w, came_in & ~leavers)
    inside = stay | owners | comers
    hidden = place.parts_count == 0 and came_in == 0 and (place.status == ControlStatus.CONTESTED or place.holder == 0)
    alone = comers if how_many(comers) == 1 else 0
    holder = keepers_of(w, stay if stay != 0 else owners if owners != 0 else alone)
    ring = place.besieger & ~leavers & ~holder
    status = left_behind(place.status, ring != 0, how_many(inside), inside & ~stay == 0, hidden)
    if how_many(owners) <= 1:
        leavers |= owners
    if holder != place.holder:
        _held_by(place, holder, at)
    if status != place.status:
        put(place, "status", status, at)
    around = roots_of(w, ring) if status == ControlStatus.BESIEGED else 0
    if around != place.besieger:
        put(place, "besieger", around, at)
    _parts_left(place, leavers, at)


@world_kernel
def _parts_left(place: Any, leavers: int, at: int) -> None:
    """The parts of those who stay, where several do."""
    kept = 0
    for index in range(place.parts_count):
        if not has(leavers, place.parts_actor[index]):
            place.parts_actor[kept], place.parts_text[kept] = place.parts_actor[index], place.parts_text[index]
            kept += 1
    if kept != place.parts_count:
        place.parts_count, place.parts_by = kept, at


@world_kernel
def _heirs_left(place: Any, leavers: int, at: int) -> None:
    """One of those of whom it was open who holds a place, since its holder broke up, has left it: it was that one."""
    if leavers & place.heirs == 0:
        return
    place.heirs = 0
    put(place, "successors", 1, at)
    if place.holder == 0 and place.status != ControlStatus.UNGARRISONED:
        put(place, "status", ControlStatus.UNGARRISONED, at)


@world_kernel
def attacked(w: Any, row: Any, at: int) -> None:
    """Who attacked whom there last; what the attack before it cost is not known of this one."""
    struck(w, row, at)
    place = w.places[row.place]
    for index in range(1, len(w.covers) // len(w.places)):
        cost = w.lapsing[index]
        if cost.stands and cost.struck == row.place:
            put(cost, "stands", False, at)
    put(place, "parties", roots_of(w, row.units | bit(row.toward)), at)
    if row.units != 0:
        put(place, "attacked_by", row.units, at)
        if row.toward != 0:
            put(place, "direction", roots_of(w, row.units), at)
            place.direction_against = w.actors[row.toward].root
