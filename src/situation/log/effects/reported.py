"""What an event does to the state: a pure function from an entry, the state before it and the ground to changes.

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

from attrs import evolve

from situation.events import (
    APART,
    ActorId,
    AreaId,
    Captured,
    Entered,
    HandedOver,
    Holder,
    OperationLaunched,
    OperationReported,
    Repelled,
    StrengthAssessed,
    Withdrew,
    in_hands_of,
    roots,
    sides_of,
)
from situation.log.cells import search_id
from situation.log.effects.registry import Changes, effect
from situation.log.entry import Entry, Ruled
from situation.log.state import StateView, holders_in, occupants
from situation.testimony.ground import Ground

__all__ = ["changed_hands", "numbers_lapse"]


@effect(Captured)
def _captured(event: Captured, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """The takers hold it; the losers' numbers there lapse; `wholly` takes every nested place still lost to them.

    A rule of a story names the largest force first, and that one's side alone holds the place.
    """
    by = event.by[:1] if isinstance(entry.cause, Ruled) else event.by
    taker = in_hands_of(ground.root, by)
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
    losers = {*holders_in(state.get(place, "holder")), *holders_in(state.get(place, "besieger"))}
    losers |= {part.actor for part in state.get(place, "parts") or ()}
    for area in (place, *ground.regions_of(place)):
        made |= numbers_lapse(sorted(losers - set(takers)), area, state, ground)
    return made


def numbers_lapse(sides: Iterable[ActorId], area: AreaId, state: StateView, ground: Ground) -> Changes:
    """What was estimated of some sides in an area, and of their units, no longer stands."""
    return _lapsed((unit for actor in sides for unit in ground.root.side(actor)), area, state)


def _lapsed(units: Iterable[ActorId], area: AreaId, state: StateView) -> Changes:
    forces = [f"{unit}@{area}.strength" for unit in units]
    cells = [*forces, *(f"{force}.{measure}" for force in forces for measure in APART)]
    return {cell: None for cell in cells if state.cells.get(cell) is not None}


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
    if not holders and state.get(event.place, "status") != "ungarrisoned":
        if event.against is None:
            return made
        return made | {f"{event.place}.holder": ground.root.keeper(event.against), f"{event.place}.status": "contested"}
    if not holders:
        status = "held" if comers else "unknown"
        return made | {f"{event.place}.holder": in_hands_of(ground.root, event.by), f"{event.place}.status": status}
    if comers and set(comers) <= {*holders, *(actor for actor in comers if ground.root.keeper(actor) in holders)}:
        return made
    made[f"{event.place}.status"] = "contested"
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


@effect(Withdrew)
def _withdrew(event: Withdrew, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """Their numbers there lapse; what they alone held, nobody garrisons any more; the ring that they drew is open.

    Of several who held it together, those who stay hold it; of several who ring it, those who stay ring it.
    """
    made = dict(event.speaks(ground.root))
    gone = [unit for actor in event.by for unit in ground.root.side(actor) if ground.under(unit, actor)]
    made |= _lapsed(gone, event.place, state)
    leavers, status = roots(ground.root, event.by), state.get(event.place, "status")
    holders = holders_in(state.get(event.place, "holder"))
    stay = tuple(actor for actor in holders if actor not in leavers)
    if status == "contested":
        made |= _left_contested(event.place, leavers, holders, state, ground)
    elif status == "held" and not stay and holders:
        made |= {f"{event.place}.status": "ungarrisoned", f"{event.place}.holder": None}
    elif status in ("held", "besieged") and len(stay) < len(holders) and stay:
        made[f"{event.place}.holder"] = in_hands_of(ground.root, stay)
    besiegers = holders_in(state.get(event.place, "besieger"))
    if status == "besieged" and set(besiegers) & set(leavers):
        left = sides_of(ground.root, (actor for actor in besiegers if actor not in leavers))
        made |= {f"{event.place}.besieger": left} | ({} if left else {f"{event.place}.status": "held"})
    return made


def _left_contested(
    place: AreaId, leavers: tuple[ActorId, ...], holders: tuple[ActorId, ...], state: StateView, ground: Ground
) -> Changes:
    """Of those who fight for a place, the side that stays holds it; of several holders, those who stay."""
    comers = {ground.root(unit) for unit in state.get(place, "entered_by") or ()}
    left, stay = comers - set(leavers), tuple(actor for actor in holders if actor not in leavers)
    if holders and not stay and len(left) == 1:
        return {f"{place}.holder": ground.root.keeper(min(left)), f"{place}.status": "held"}
    made: Changes = {f"{place}.holder": in_hands_of(ground.root, stay)} if stay and len(stay) < len(holders) else {}
    return made | {f"{place}.status": "held"} if comers and not left and stay else made


@effect(OperationLaunched)
def _launched(event: OperationLaunched, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """The operation runs from now on; targets add up."""
    made = _answered(dict(event.speaks(ground.root)), state)
    made[f"{event.operation}.launched"] = entry.time
    return _added(event.operation, "targets", event.targets, state, made)


@effect(OperationReported)
def _reported(event: OperationReported, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """Targets, aims and help add up; all else that is said replaces what was; credit is the capture's to give."""
    made = {cell: value for cell, value in event.speaks(ground.root).items() if not cell.endswith(".taken_by")}
    made = _answered(made, state)
    for part in event.support:
        cell = f"{event.operation}.support.{part.by}"
        before = state.cells.get(cell)
        if before and part.means not in before.split("; "):
            made[cell] = f"{before}; {part.means}"
    made = _added(event.operation, "targets", event.targets, state, made)
    return _added(event.operation, "aims", event.aims, state, made)


def _answered(made: Changes, state: StateView) -> Changes:
    """Whoever is attacked by an operation is hostile to the attacker too."""
    for cell in [cell for cell, value in made.items() if value == "hostile"]:
        actor, _, toward = cell.removesuffix(".stance").partition(":")
        if state.get(f"{toward}:{actor}", "stance") not in (None, "hostile"):
            made[f"{toward}:{actor}.stance"] = "hostile"
    return made


def _added(operation: str, name: str, more: tuple[str, ...], state: StateView, made: Changes) -> Changes:
    if more:
        made[f"{operation}.{name}"] = tuple(dict.fromkeys((*(state.get(operation, name) or ()), *more)))
    return made


@effect(StrengthAssessed)
def _assessed(event: StrengthAssessed, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """A number for the surroundings does not replace one for the place itself."""
    (cell,) = event.speaks(ground.root)
    before = state.because.get(cell) if state.cells.get(cell) is not None else None
    of_the_place = before is not None and getattr(before.event, "scope", "place") == "place"
    if event.scope == "vicinity" and of_the_place:
        return {}
    return {cell: event.number}
