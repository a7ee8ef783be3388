"""What a split or a merger does to what the actors held."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from situation.events import ActorId, ActorsMerged, ActorSplit, HoldingStated
from situation.log.effects.registry import Changes, effect
from situation.log.entry import Entry
from situation.log.state import StateView, holders_in, split_cell
from situation.testimony.ground import Ground

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
    for place, holders in _held_by({gone}, state.cells):
        left = tuple(holder for holder in holders if holder != gone)
        made[f"{place}.holder"] = left[0] if len(left) == 1 else frozenset(left) if left else None
        if not left:
            made[f"{place}.status"] = "unknown"
            made[f"{place}.successors"] = successors
    for place in _left_open_by(gone, state, ground):
        made[f"{place}.successors"] = successors
    return made


@effect(ActorsMerged)
def _merged(event: ActorsMerged, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """What they held is the other's; not where it is another whom they are believed to have joined, or nothing decides."""
    heir = ground.root(event.into)
    silent = entry.silent | entry.unknown
    gone = {ground.root(actor) for actor in event.by if f"{ground.root(actor)}.successors" not in silent} - {heir}
    made = dict(event.speaks(ground.root))
    for place, holders in _held_by(gone, state.cells):
        left = {heir if holder in gone else holder for holder in holders}
        made[f"{place}.holder"] = heir if left == {heir} else frozenset(left)
    return made


@effect(HoldingStated)
def _stated(event: HoldingStated, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """Of what an actor left at its end the successor that is named holds it; of two named at one minute it stays open."""
    made: Changes = {}
    heir = ground.root(event.actor)
    for place in (event.place, *ground.members(event.place)):
        last = state.because.get(f"{place}.holder")
        if heir in (state.get(place, "successors") or ()):
            made |= {f"{place}.holder": heir, f"{place}.status": "held"}
        elif last is not None and isinstance(last.event, HoldingStated) and last.time == entry.time:
            named = {*holders_in(state.get(place, "holder")), *(state.get(place, "successors") or ()), heir}
            if len(named) > 1:
                made |= {f"{place}.holder": None, f"{place}.status": "unknown"}
                made[f"{place}.successors"] = tuple(sorted(named))
    return made


def _left_open_by(actor: ActorId, state: StateView, ground: Ground) -> Iterator[str]:
    """The places of which another account of an actor's end left open who holds them."""
    for cell, entry in state.because.items():
        subject, attribute = split_cell(cell)
        if attribute != "successors" or subject in ground.actors or not state.cells[cell]:
            continue
        if isinstance(entry.event, ActorSplit) and ground.root(entry.event.actor) == actor:
            yield subject


def _held_by(actors: set[ActorId], cells: Mapping[str, object]) -> Iterator[tuple[str, tuple[ActorId, ...]]]:
    """The places that some actors hold, each with all who hold it."""
    for cell, value in cells.items():
        subject, attribute = split_cell(cell)
        if attribute == "holder":
            holders = holders_in(value)  # type: ignore[arg-type]  # what a cell `holder` has
            if actors & set(holders):
                yield subject, holders
