"""What reports of control do to places, and those of a force's number and of a ship that is hit: from entry and state to changes.

Most events change just the cells that they speak to. Those below do more, and together they are the entry and exit
tests of the status of a place:

| status | enters | leaves |
|---|---|---|
| `held` | captured; an attack thrown back; the last ring opened; empty ground entered; the opening | any of the others |
| `contested` | another's forces enter a held place; a ring around a part is opened | captured; thrown back; one side leaves |
| `besieged` | the holder is cut off on all sides | every ring is opened, or another enters or takes the place |
| `mixed` | the opening: several hold lasting parts; in a story, two who are no friends stand in it | taken; one of them is gone |
| `ungarrisoned` | nobody stands in it: the opening, or its holder withdrew | captured or entered |
| `unknown` | the opening, where nothing is known; taken by nobody known | any report of control |

`besieger` stands beside `besieged` alone. An attack that is thrown back leaves a ring, or a lasting split, as it was.

`declared_by` stands beside `held` from a victory's announcement until another actor enters or takes the place.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from attrs import evolve

from situation.events import (
    APART,
    ActorId,
    AreaId,
    Captured,
    Entered,
    Event,
    HandedOver,
    Holder,
    Repelled,
    ShipCaptured,
    ShipDamaged,
    StrengthAssessed,
    in_hands_of,
    roots,
    sides_of,
)
from situation.log.cells import search_id
from situation.log.effects.registry import Changes, effect
from situation.log.entry import Entry, Ruled
from situation.log.state import StateView, holders_in, occupants
from situation.rules.control import STATUS_OF_TEXT, TEXT_OF_STATUS, ControlStatus, entered
from situation.testimony.ground import Ground

__all__ = ["changed_hands", "numbers_lapse", "numbers_lapse_of", "part_lost"]


@effect(Captured)
def _captured(event: Captured, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """The takers hold it; the losers' numbers there lapse; `wholly` takes every nested place still lost to them.

    A rule of a story names the largest force first, and that one's side alone holds the place.
    """
    by = event.by[:1] if isinstance(entry.cause, Ruled) else event.by
    taker = in_hands_of(ground.root, by)
    if not event.wholly and event.against is not None and not isinstance(entry.cause, Ruled):
        part = part_lost(event.place, event, (event.against,), state, ground)
        if part:
            return part
    made = dict(event.speaks(ground.root)) | _taken(event, event.place, taker, state, ground)
    if isinstance(entry.cause, Ruled):
        made |= {f"{event.place}.searched": 0.0, f"{search_id(event.place)}.due": None}
    elif state.get(event.place, "searched") is not None:
        made[f"{event.place}.searched"] = None  # whoever takes it searches it anew, and no report tells how far
    if event.wholly:
        for inner in ground.inside(event.place):
            if state.get(inner, "holder") != taker or state.get(inner, "status") != "held":
                made |= _taken(event, inner, taker, state, ground)
    return made


def _taken(event: Captured, place: AreaId, taker: Holder, state: StateView, ground: Ground) -> Changes:
    made: Changes = {
        f"{place}.holder": taker,
        f"{place}.status": "held" if event.by else "unknown",
        f"{place}.taken_by": frozenset(event.by),
    }
    return made | changed_hands(place, taker, state, ground)


def changed_hands(place: AreaId, taker: Holder, state: StateView, ground: Ground) -> Changes:
    """What lapses where a place passes to others: its parts, its ring, a victory of others, the losers' numbers there."""
    made: Changes = {}
    takers = holders_in(taker)
    for gone in ("parts", "besieger"):
        if state.get(place, gone):
            made[f"{place}.{gone}"] = () if gone == "parts" else None
    if _announced_by_others(place, takers, state):
        made[f"{place}.declared_by"] = None
    made |= _blockade_over(place, takers, state, ground)
    losers = {*holders_in(state.get(place, "holder")), *holders_in(state.get(place, "besieger"))}
    losers |= {part.actor for part in state.get(place, "parts") or ()}
    for area in (place, *ground.regions_of(place)):
        made |= numbers_lapse(sorted(losers - set(takers)), area, state, ground)
    return made


def part_lost(place: AreaId, event: Event, losers: Iterable[ActorId], state: StateView, ground: Ground) -> Changes:
    """What the fall of a place does where it was in parts, and those who lost it held but some of them: these change hands.

    Empty where the whole place does.
    """
    made = dict(event.speaks(ground.root))
    gone = {side for unit in losers for side in (ground.root(unit), ground.root.keeper(unit))}
    taker, parts = made.pop(f"{place}.holder"), state.get(place, "parts") or ()
    made.pop(f"{place}.status")
    takers = holders_in(taker)
    left = tuple(evolve(it, actor=one) for it in parts for one in (takers if it.actor in gone else (it.actor,)))
    split = state.get(place, "status") == "mixed" and any(part.actor in gone for part in parts)
    if not split or {part.actor for part in left} <= {*takers}:
        return {}
    holder = {} if gone.isdisjoint(holders_in(state.get(place, "holder"))) else {f"{place}.holder": taker}
    return made | holder | {f"{place}.parts": left} | numbers_lapse(sorted(gone), place, state, ground)


def _blockade_over(place: AreaId, takers: Iterable[ActorId], state: StateView, ground: Ground) -> Changes:
    """Nobody blockades a place that is his own: of those who do, the takers do no more."""
    before = state.get(place, "blockaded_by") or frozenset()
    sides = set(takers)
    left = frozenset(unit for unit in before if sides.isdisjoint((ground.root(unit), ground.root.keeper(unit))))
    if left == before or not state.get(place, "blockaded"):
        return {}
    return {f"{place}.blockaded_by": left} if left else {f"{place}.blockaded": False}


def numbers_lapse(sides: Iterable[ActorId], area: AreaId, state: StateView, ground: Ground) -> Changes:
    """What was estimated of some sides in an area, and of their units, no longer stands."""
    return numbers_lapse_of((unit for actor in sides for unit in ground.root.side(actor)), area, state)


def numbers_lapse_of(units: Iterable[ActorId], area: AreaId, state: StateView) -> Changes:
    """What was estimated of some units in an area no longer stands."""
    named = _number_cells(tuple(units), area)
    standing = {cell for cell in state.cells.keys() & named if state.cells[cell] is not None}
    return {cell: None for cell in named if cell in standing} if standing else {}


@lru_cache(maxsize=4096)
def _number_cells(units: tuple[ActorId, ...], area: AreaId) -> tuple[str, ...]:
    """The cells of all numbers that can be estimated of some units in an area."""
    forces = [f"{unit}@{area}.strength" for unit in units]
    return (*forces, *(f"{force}.{measure}" for force in forces for measure in APART))


def _announced_by_others(place: AreaId, actors: tuple[ActorId, ...], state: StateView) -> bool:
    """Whether a victory was announced there, and by none of some actors."""
    announced_by = set(holders_in(state.get(place, "declared_by")))
    return bool(announced_by) and not announced_by & set(actors)


@effect(HandedOver)
def _handed_over(event: HandedOver, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """The friend holds it, beside others who held it with those who give; the credit of those who took it stays theirs.

    Of a mixed place the friend gets their part; a ring stays, unless the friend drew it.
    """
    made, place = dict(event.speaks(ground.root)), event.place
    leavers = {
        side for unit in (*event.by, event.against) if unit for side in (ground.root(unit), ground.root.keeper(unit))
    }
    holders, taker = holders_in(state.get(place, "holder")), ground.root.keeper(event.to)
    made |= _blockade_over(place, (taker,), state, ground)
    heirs = set(state.get(place, "successors") or ())
    if holders and not leavers.isdisjoint(heirs) and leavers.isdisjoint(holders):  # the share of one that broke up
        return made | {f"{place}.holder": in_hands_of(ground.root, (event.to, *holders))}
    stay = tuple(actor for actor in holders if actor not in leavers)
    status, parts = state.get(place, "status"), state.get(place, "parts") or ()
    if status == "mixed" and any(part.actor in leavers for part in parts):
        parts = tuple(evolve(part, actor=taker) if part.actor in leavers else part for part in parts)
        if any(part.actor != taker for part in parts):
            return {f"{place}.holder": made[f"{place}.holder"] if not stay else holders[0], f"{place}.parts": parts}
    if parts:
        made[f"{place}.parts"] = ()
    if 0 < len(stay) < len(holders):
        made[f"{place}.holder"] = in_hands_of(ground.root, (event.to, *stay))
    if status == "besieged":
        ring = holders_in(state.get(place, "besieger"))
        left = tuple(actor for actor in ring if actor != taker)
        if left != ring:
            made[f"{place}.besieger"] = sides_of(ground.root, left)
        if left or not ring:
            made[f"{place}.status"] = status
    return made


@effect(Entered)
def _entered(event: Entered, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """Contested, unless it is one's own ground; ground that nobody stood in is simply held.

    Where it is not known who holds a place, `against` says who does. Without it that stays unknown, and the comers are not alone.
    """
    comers, holders = roots(ground.root, event.by), occupants(state.cells, event.place)
    made: Changes = {f"{event.place}.entered_by": frozenset(event.by)}
    own = [actor for actor in comers if ground.root.keeper(actor) in holders]
    within = bool(comers) and set(comers) <= {*holders, *own}
    status = STATUS_OF_TEXT[state.get(event.place, "status")]
    if within or (not holders and status != ControlStatus.UNGARRISONED and event.against is None):
        return made
    after = entered(status, bool(holders), within, bool(comers), event.against is not None)
    made[f"{event.place}.status"] = TEXT_OF_STATUS[after]
    if not holders:
        keeper = None if event.against is None else ground.root.keeper(event.against)
        taken = status == ControlStatus.UNGARRISONED
        return made | {f"{event.place}.holder": in_hands_of(ground.root, event.by) if taken else keeper}
    if state.get(event.place, "besieger") is not None:
        made[f"{event.place}.besieger"] = None
    if _announced_by_others(event.place, comers, state):
        made[f"{event.place}.declared_by"] = None
    return made


@effect(Repelled)
def _repelled(event: Repelled, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """Held by those who threw the attack back, with whom they held it; a ring around them, or a lasting split, stays.

    Where nobody says who threw it back, whoever held the place still does.
    """
    if state.get(event.place, "status") in ("besieged", "mixed"):
        return {}
    holder = state.get(event.place, "holder")
    made, by = dict(event.speaks(ground.root)), in_hands_of(ground.root, event.by)
    if not by:
        return made if holder else {}
    stays = not set(holders_in(by)).isdisjoint(holders_in(holder))
    return made | {f"{event.place}.holder": holder if stays else by}


@effect(StrengthAssessed)
def _assessed(event: StrengthAssessed, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """A number for the surroundings does not replace one for the place itself."""
    (cell,) = event.speaks(ground.root)
    before = state.because.get(cell) if state.cells.get(cell) is not None else None
    of_the_place = before is not None and getattr(before.event, "scope", "place") == "place"
    if event.scope == "vicinity" and of_the_place:
        return {}
    return {cell: event.number}


@effect(ShipDamaged)
def _ship_damaged(event: ShipDamaged, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """A ship that had been captured stays captured when it is hit."""
    made = dict(event.speaks(ground.root))
    ship = event.named(ground.root)
    if state.get(ship, "condition") == ShipCaptured.condition:
        del made[f"{ship}.condition"]
    return made
