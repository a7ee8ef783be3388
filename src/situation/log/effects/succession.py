"""What a split or a merger does to what the actors held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve

from situation.events import ActorId, ActorsMerged, ActorSplit, HoldingStated, sides_of
from situation.log.at_once import of_one_time
from situation.log.effects.registry import Changes, effect
from situation.log.entry import Entry
from situation.log.state import StateView, holders_in, split_cell
from situation.testimony.ground import Ground
from situation.testimony.opening import Part

__all__: list[str] = []


@effect(ActorSplit)
def _split(event: ActorSplit, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """Of each place that it held the successor is not stated; where others held it too, they stay.

    Where a rival account of the successors is believed, or nothing decides between two, none is named. An actor from which
    a part broke off keeps what it held.
    """
    if event.broke_off:
        return dict(event.speaks(ground.root))
    gone = ground.root(event.actor)
    successors = () if f"{gone}.successors" in entry.silent | entry.unknown else tuple(sorted(event.into))
    made = dict(event.speaks(ground.root))
    for place in _places(state):
        made |= _passed_on(place, {gone: None}, state, ground)
        open_here = {*(state.get(place, "successors") or ()), *successors}
        if any(f"{place}.{name}" in made for name in ("holder", "parts")):
            made[f"{place}.successors"] = tuple(sorted(open_here))
    for place in _left_open_by(gone, state, ground):
        made[f"{place}.successors"] = successors
    return made | _reopened(gone, successors, entry, state, ground)


@effect(ActorsMerged)
def _merged(event: ActorsMerged, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """What they held is the other's; not where it is another whom they are believed to have joined, or nothing decides."""
    heir = None if event.into is None else ground.root(event.into)
    silent = entry.silent | entry.unknown
    gone = {ground.root(actor) for actor in event.by if f"{ground.root(actor)}.successors" not in silent} - {heir}
    made = dict(event.speaks(ground.root))
    for place in _places(state):
        made |= _passed_on(place, dict.fromkeys(sorted(gone), heir), state, ground)
        left_open = state.get(place, "successors") or ()
        if f"{place}.holder" in made or not gone.isdisjoint(left_open):
            still = {heir if actor in gone else actor for actor in left_open}
            made[f"{place}.successors"] = tuple(sorted(actor for actor in still if actor is not None)) or None
    for actor in sorted(gone):
        made |= _reopened(actor, () if heir is None else (heir,), entry, state, ground)
    return made


def _reopened(gone: ActorId, heirs: tuple[ActorId, ...], entry: Entry, state: StateView, ground: Ground) -> Changes:
    """What passed on from an actor by another account of its end is open again, where nobody tells which came first.

    Args:
        gone: the actor.
        heirs: who it has become by this account.
        entry: the account.
        state: the state before it.
        ground: the map.
    """
    made: Changes = {}
    cell = f"{gone}.successors"
    before = state.because.get(cell)
    for earlier in [writing.entry for writing in state.last.get(cell, ())] or ([] if before is None else [before]):
        other = earlier.event.speaks(ground.root).get(cell, ())
        if not isinstance(earlier.event, ActorsMerged) or not of_one_time(earlier, entry) or other == heirs:
            continue
        either = {*other, *heirs}
        for place in _places(state):
            if not any(_by(earlier, f"{place}.{name}", state) for name in ("holder", "besieger", "parts")):
                continue
            left = tuple(side for side in holders_in(state.get(place, "holder")) if side not in either)
            ring = tuple(side for side in holders_in(state.get(place, "besieger")) if side not in either)
            parts = tuple(part for part in state.get(place, "parts") or () if part.actor not in either)
            made |= {f"{place}.holder": sides_of(ground.root, left), f"{place}.besieger": sides_of(ground.root, ring)}
            made |= {f"{place}.parts": parts, f"{place}.successors": tuple(sorted(either))}
            made |= {} if left else {f"{place}.status": "unknown"}
    return made


def _by(entry: Entry, cell: str, state: StateView) -> bool:
    """Whether an entry set a cell last."""
    last = state.because.get(cell)
    return last is not None and last.id == entry.id


@effect(HoldingStated)
def _stated(event: HoldingStated, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """Of what an actor left at its end the successor that is named holds it; of two named at one minute it stays open."""
    made: Changes = {}
    heir = ground.root(event.actor)
    for place in (event.place, *ground.members(event.place)):
        last = state.because.get(f"{place}.holder")
        if heir in (state.get(place, "successors") or ()):
            made |= _settled(place, heir, state)
        elif last is not None and isinstance(last.event, HoldingStated) and last.time == entry.time:
            named = {*holders_in(state.get(place, "holder")), *(state.get(place, "successors") or ()), heir}
            if len(named) > 1:
                made |= {f"{place}.holder": None, f"{place}.status": "unknown"}
                made[f"{place}.successors"] = tuple(sorted(named))
    return made


def _settled(place: str, heir: ActorId, state: StateView) -> Changes:
    """A successor has what was open: the place, or the share or the part of it beside what others hold."""
    holders, status = holders_in(state.get(place, "holder")), state.get(place, "status")
    if status == "mixed":
        parts = (*(state.get(place, "parts") or ()), Part(heir, "a part"))
        return {f"{place}.parts": parts, f"{place}.successors": ()} | ({} if holders else {f"{place}.holder": heir})
    holder = frozenset({*holders, heir}) if set(holders) - {heir} else heir
    return {f"{place}.holder": holder, f"{place}.status": "held" if status == "unknown" else str(status)}


def _left_open_by(actor: ActorId, state: StateView, ground: Ground) -> Iterator[str]:
    """The places of which another account of an actor's end left open who holds them."""
    for cell, entry in state.because.items():
        subject, attribute = split_cell(cell)
        if attribute != "successors" or subject in ground.actors or not state.cells[cell]:
            continue
        if isinstance(entry.event, ActorSplit) and ground.root(entry.event.actor) == actor:
            yield subject


def _places(state: StateView) -> list[str]:
    """The places that somebody holds, rings, blockades or has a part of."""
    cells = map(split_cell, state.cells)
    return list(
        dict.fromkeys(subject for subject, name in cells if name in ("holder", "besieger", "parts", "blockaded_by"))
    )


def _passed_on(place: str, heirs: Mapping[ActorId, ActorId | None], state: StateView, ground: Ground) -> Changes:
    """What becomes of a place where some actors are others from now on; or None: it is not stated who.

    Nobody rings or blockades what is his own by now, or fights for it against himself.
    """

    def now(sides: Iterable[ActorId]) -> tuple[ActorId, ...]:
        return tuple(dict.fromkeys(heir for side in sides if (heir := heirs.get(side, side)) is not None))

    made: Changes = {}
    status, parts = state.get(place, "status"), state.get(place, "parts") or ()
    holders, ring = (holders_in(state.get(place, name)) for name in ("holder", "besieger"))
    have = now(holders)
    if set(have) != set(holders):
        made[f"{place}.holder"] = sides_of(ground.root, have)
        if not have and status not in ("besieged", "mixed"):
            made[f"{place}.status"] = "unknown"
    left = tuple(evolve(part, actor=one) for part in parts for one in now([part.actor]))
    if left != parts:
        made[f"{place}.parts"] = left
        if len(left) == len(parts) and len({part.actor for part in left}) == 1:
            made |= {f"{place}.parts": (), f"{place}.holder": left[0].actor}
            made |= {f"{place}.status": "held"} if status == "mixed" else {}
    around = tuple(side for side in now(ring) if side not in have)
    if set(around) != set(ring):
        made[f"{place}.besieger"] = sides_of(ground.root, around)
        if status == "besieged" and not around and not set(have).isdisjoint(now(ring)):
            made[f"{place}.status"] = "mixed" if len({part.actor for part in left}) > 1 else "held"
    came_in = state.get(place, "entered_by") or ()
    if status == "contested" and came_in and have and not set(heirs).isdisjoint({*holders, *map(ground.root, came_in)}):
        made |= {f"{place}.status": "held"} if set(now(map(ground.root, came_in))) <= set(have) else {}
    before = state.get(place, "blockaded_by") or frozenset()
    ships = frozenset(now(unit for unit in before if heirs.get(ground.root(unit), ground.root(unit)) not in have))
    if state.get(place, "blockaded") and ships != before:
        own = not ships and len(now(before)) > 0
        made |= {f"{place}.blockaded": False} if own else {f"{place}.blockaded_by": ships}
    return made
