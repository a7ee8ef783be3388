"""What cut and restored supply do to the state: since when each force is cut off, and which forces are."""

from __future__ import annotations

from situation.effects.registry import Changes, effect
from situation.events import SupplyCut, SupplyRestored
from situation.ground import Ground
from situation.log import Entry
from situation.state import State

__all__: list[str] = []


@effect(SupplyCut)
def _cut(event: SupplyCut, entry: Entry, state: State, ground: Ground) -> Changes:
    """The force lives on its stock from that day on, wherever it goes."""
    others = state.cells.get("story.cut") or ()
    return {f"{event.force}.cut_since": event.since, "story.cut": tuple(sorted({*others, event.force}))}


@effect(SupplyRestored)
def _restored(event: SupplyRestored, entry: Entry, state: State, ground: Ground) -> Changes:
    """The force is supplied, and its stock is whole again."""
    others = state.cells.get("story.cut") or ()
    return {
        f"{event.force}.cut_since": None,
        "story.cut": tuple(force for force in others if force != event.force),
    }
