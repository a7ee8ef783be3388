"""What an event does to the state: a pure function from an entry, the state before it and the ground to changes.

Most events change just the cells that they speak to. Those below do more, and together they are the entry and exit
tests of the status of a place:

| status | enters | leaves |
|---|---|---|
| `held` | captured; an attack thrown back; empty ground entered; the opening | any of the others |
| `contested` | another's forces enter a held place; a ring around a part is opened | captured; thrown back; one side leaves |
| `besieged` | the holder is cut off on all sides | the ring is opened, or another enters or takes the place |
| `mixed` | the opening: several hold lasting parts | another enters or takes it |
| `ungarrisoned` | nobody stands in it: the opening, or its holder withdrew | captured or entered |
| `unknown` | the opening, where nothing is known | any report of control |

`besieger` stands beside `besieged` alone. An attack that is thrown back leaves a ring, or a lasting split, as it was.

`declared_by` stands beside `held` from a victory's announcement until another actor enters or takes the place.
"""

from __future__ import annotations

from situation.events import (
    ActorId,
    AreaId,
    Besieged,
    Captured,
    Entered,
    HandedOver,
    OperationLaunched,
    OperationReported,
    PlaceId,
    Repelled,
    SiegeBroken,
    StrengthAssessed,
    VictoryDeclared,
    Withdrew,
)
from situation.log.effects.registry import Changes, effect
from situation.log.entry import Entry
from situation.log.state import StateView, occupant
from situation.testimony.ground import Ground

__all__: list[str] = []


@effect(Captured)
def _captured(event: Captured, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """The taker holds it, alone; the loser's numbers there lapse; `wholly` takes every nested place still lost to it."""
    taker = ground.root(event.by[0])
    made = _taken(event, event.place, taker, state, ground)
    if event.wholly:
        for inner in ground.inside(event.place):
            if state.get(inner, "holder") != taker or state.get(inner, "status") != "held":
                made |= _taken(event, inner, taker, state, ground)
    return made


def _taken(event: Captured, place: AreaId, taker: ActorId, state: StateView, ground: Ground) -> Changes:
    made: Changes = {f"{place}.holder": taker, f"{place}.status": "held", f"{place}.taken_by": frozenset(event.by)}
    for gone in ("parts", "besieger"):
        if state.get(place, gone):
            made[f"{place}.{gone}"] = () if gone == "parts" else None
    if state.get(place, "declared_by") not in (None, taker):
        made[f"{place}.declared_by"] = None
    loser = state.get(place, "holder")
    losers = {loser, state.get(place, "besieger"), *(part.actor for part in state.get(place, "parts") or ())}
    for actor in sorted(actor for actor in losers if actor is not None and actor != taker):
        for area in (place, *ground.regions_of(place)):
            if state.get(f"{actor}@{area}", "strength") is not None:
                made[f"{actor}@{area}.strength"] = None
    return made


@effect(HandedOver)
def _handed_over(event: HandedOver, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """The friend holds it; the credit of those who took it stays theirs."""
    return dict(event.speaks(ground.root))


@effect(Entered)
def _entered(event: Entered, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """Contested, unless it is one's own ground; ground that nobody stood in is simply held."""
    comer, holder = ground.root(event.by[0]), occupant(state.cells, event.place)
    made: Changes = {f"{event.place}.entered_by": frozenset(event.by)}
    if holder is None:
        return made | {f"{event.place}.holder": comer, f"{event.place}.status": "held"}
    if holder == comer:
        return made
    made[f"{event.place}.status"] = "contested"
    if state.get(event.place, "besieger") is not None:
        made[f"{event.place}.besieger"] = None
    if state.get(event.place, "declared_by") not in (None, comer):
        made[f"{event.place}.declared_by"] = None
    return made


@effect(Besieged)
def _besieged(event: Besieged, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """Its holder is ringed; where nobody is known to hold it, or only the besieger, `against` says who is."""
    made = dict(event.speaks(ground.root))
    if state.get(event.place, "holder") in (None, ground.root(event.by[0])) and event.against is not None:
        made[f"{event.place}.holder"] = ground.root(event.against)
    return made


@effect(Repelled)
def _repelled(event: Repelled, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """Held by those who threw the attack back; a ring around them, or a lasting split, stays as it was."""
    lasts = state.get(event.place, "status") in ("besieged", "mixed")
    return {} if lasts else dict(event.speaks(ground.root))


@effect(SiegeBroken)
def _siege_broken(event: SiegeBroken, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """Contested while others still hold a part, or the whole; else held by those who opened the ring."""
    opener, holder = ground.root(event.by[0]), state.get(event.place, "holder")
    others = [part for part in state.get(event.place, "parts") or () if part.actor != opener]
    status = "contested" if others or holder not in (None, opener) else "held"
    made: Changes = {f"{event.place}.status": status, f"{event.place}.besieger": None}
    return made if holder is not None else made | {f"{event.place}.holder": opener}


@effect(Withdrew)
def _withdrew(event: Withdrew, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """The force's number there lapses; what it alone held, nobody garrisons any more; the ring that it drew is open."""
    made = dict(event.speaks(ground.root))
    leaver, status = ground.root(event.by[0]), state.get(event.place, "status")
    if status == "held" and state.get(event.place, "holder") == leaver:
        made |= {f"{event.place}.status": "ungarrisoned", f"{event.place}.holder": None}
    elif status == "contested":
        made |= _left_contested(event.place, leaver, state, ground)
    elif status == "besieged" and state.get(event.place, "besieger") == leaver:
        made |= {f"{event.place}.status": "held", f"{event.place}.besieger": None}
    return made


def _left_contested(place: PlaceId, leaver: ActorId, state: StateView, ground: Ground) -> Changes:
    """Of two who fight for a place, the one that stays holds it."""
    comers = {ground.root(unit) for unit in state.get(place, "entered_by") or ()}
    holder = state.get(place, "holder")
    if leaver == holder and len(comers - {leaver}) == 1:
        return {f"{place}.holder": min(comers - {leaver}), f"{place}.status": "held"}
    if comers == {leaver} and holder != leaver:
        return {f"{place}.status": "held"}
    return {}


@effect(VictoryDeclared)
def _declared(event: VictoryDeclared, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """An announcement changes no ground: it stands beside the status."""
    return {f"{event.place}.declared_by": ground.root(event.by[0])}


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
    cell = f"{ground.root(event.actor)}@{event.place}.strength"
    if event.scope == "vicinity" and state.cells.get(cell) is not None:
        return {}
    return {cell: event.number}
