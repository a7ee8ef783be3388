"""What a withdrawal does to a place: who stays there holds it, and the ring that the leavers drew is open."""

from __future__ import annotations

from situation.events import ActorId, AreaId, Withdrew, in_hands_of, roots, sides_of
from situation.log.effects.control import numbers_lapse_of
from situation.log.effects.registry import Changes, effect
from situation.log.entry import Entry
from situation.log.state import StateView, holders_in
from situation.rules.control import STATUS_OF_TEXT, TEXT_OF_STATUS, left_behind
from situation.testimony.ground import Ground

__all__: list[str] = []


@effect(Withdrew)
def _withdrew(event: Withdrew, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """Their numbers there lapse, and whoever stays has what they leave."""
    made = dict(event.speaks(ground.root))
    gone = [unit for actor in event.by for unit in ground.root.side(actor) if ground.under(unit, actor)]
    made |= numbers_lapse_of(gone, event.place, state)
    leavers = frozenset(roots(ground.root, event.by))
    changed = _left_behind(event.place, leavers, state, ground)
    return made | {cell: value for cell, value in changed.items() if (state.cells.get(cell) or None) != (value or None)}


def _left_behind(place: AreaId, leavers: frozenset[ActorId], state: StateView, ground: Ground) -> Changes:
    """The control of a place that some sides have left.

    Of several who hold it, ring it or have parts of it, those who stay do. Where one side alone is left inside, it holds the
    place, be it the one that had come in; where nobody is, nobody garrisons it any more. Where it is not known who had come
    in, it stays contested, or is unknown once its holder has left.
    """
    status, parts = state.get(place, "status"), state.get(place, "parts") or ()
    holders, ring = (holders_in(state.get(place, name)) for name in ("holder", "besieger"))
    came_in = {ground.root(unit) for unit in state.get(place, "entered_by") or ()} if status == "contested" else set()
    if leavers.isdisjoint({*holders, *ring, *came_in, *(part.actor for part in parts)}):
        return _heirs_left(place, leavers, state)
    kept = tuple(part for part in parts if part.actor not in leavers)
    stay = tuple(holder for holder in holders if holder not in leavers)
    comers = sorted({ground.root.keeper(side) for side in came_in - leavers})
    owners = tuple(dict.fromkeys(part.actor for part in kept))
    inside = tuple(dict.fromkeys((*stay, *owners, *comers)))
    hidden = not (parts or came_in) and (status == "contested" or not holders)
    holder = in_hands_of(ground.root, stay or owners or (comers if len(comers) == 1 else ()))
    around = [side for side in ring if side not in leavers and side not in holders_in(holder)]
    only_holders = set(inside) <= set(stay)
    left = TEXT_OF_STATUS[left_behind(STATUS_OF_TEXT[status], bool(around), len(inside), only_holders, hidden)]
    return {
        f"{place}.holder": holder,
        f"{place}.status": left,
        f"{place}.besieger": sides_of(ground.root, around) if left == "besieged" else None,
        f"{place}.parts": kept if len(owners) > 1 else (),
    }


def _heirs_left(place: AreaId, leavers: frozenset[ActorId], state: StateView) -> Changes:
    """One of those of whom it was open who holds a place, since its holder broke up, has left it: it was that one."""
    if leavers.isdisjoint(state.get(place, "successors") or ()):
        return {}
    alone = not holders_in(state.get(place, "holder"))
    return {f"{place}.successors": ()} | ({f"{place}.status": "ungarrisoned"} if alone else {})
