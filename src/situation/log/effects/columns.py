"""What columns do to the state: their men, and what they have lost, go with them and come back; who shares a place."""

from __future__ import annotations

from situation.events import AttackPutOff, ColumnDetached, ColumnRejoined, GroundShared
from situation.log.effects.bodies import Moves
from situation.log.effects.control import changed_hands
from situation.log.effects.registry import Changes, effect
from situation.log.entry import Entry
from situation.log.state import StateView
from situation.testimony.ground import Ground

__all__: list[str] = []


@effect(ColumnDetached)
def _detached(event: ColumnDetached, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """A field force of its own, with its share of what the whole has lost."""
    moves, column = Moves(state), event.column
    moves.part(event.force, event.number)
    moves.known(column, event.actor, event.place, "field")
    moves.stand(column, event.place)
    moves.muster(column, event.number)
    started = int(state.cells.get(f"{event.force}.at_start") or 0) - moves.count(event.force, "at_start")
    lost = float(state.cells.get(f"{event.force}.lost") or 0.0) - float(moves.made.get(f"{event.force}.lost") or 0.0)
    moves.set(column, "at_start", max(event.number, started))
    moves.set(column, "lost", max(0.0, lost) if f"{event.force}.lost" in moves.made else 0.0)
    moves.set(column, "fought", state.cells.get(f"{event.force}.fought"))
    moves.set(column, "cut_since", state.cells.get(f"{event.force}.cut_since"))
    if event.force in (state.cells.get("story.cut") or ()):
        moves.set("story", "cut", (*(state.cells.get("story.cut") or ()), column))
    moves.set(column, "parent", event.force)
    moves.set(column, "goal", event.goal)
    others = state.cells.get(f"{event.plan}.columns") or ()
    moves.set(event.plan, "columns", (*(one for one in others if one != column), column))
    return moves.made


@effect(ColumnRejoined)
def _rejoined(event: ColumnRejoined, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """The men, those against whom losses count, and these losses, are the force's again."""
    moves, cells = Moves(state), state.cells
    for name in ("number", "wounded"):
        men = moves.count(event.column, name)
        moves.add(event.column, name, -men)
        moves.add(event.force, name, men)
    moves.add(event.force, "at_start", int(cells.get(f"{event.column}.at_start") or 0))
    lost = float(cells.get(f"{event.force}.lost") or 0.0) + float(cells.get(f"{event.column}.lost") or 0.0)
    moves.set(event.force, "lost", lost)
    moves.stand(event.column, None)
    moves.set("story", "cut", tuple(force for force in cells.get("story.cut") or () if force != event.column))
    return moves.made


@effect(GroundShared)
def _shared(event: GroundShared, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """Mixed, and theirs together; where one is left it holds the place. A ring is gone, and so are lasting parts."""
    together = len(event.by) > 1
    holder = frozenset(event.by) if together else event.by[0]
    return {
        f"{event.place}.holder": holder,
        f"{event.place}.status": "mixed" if together else "held",
    } | changed_hands(event.place, holder, state, ground)


@effect(AttackPutOff)
def _put_off(event: AttackPutOff, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """Told once for a place, until the force marches; who waits before it for others attacks when they are there."""
    made: Changes = {f"{event.force}.put_off": event.place}
    return made if event.due is None else made | {f"{event.force}.due": event.due}
