"""What befalls ships, where it hangs on what befell them before."""

from __future__ import annotations

from situation.events import ShipCaptured, ShipDamaged
from situation.log.effects.registry import Changes, effect
from situation.log.entry import Entry
from situation.log.state import StateView
from situation.testimony.ground import Ground

__all__: list[str] = []


@effect(ShipDamaged)
def _damaged(event: ShipDamaged, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """A ship that had been captured stays captured when it is hit."""
    made = dict(event.speaks(ground.root))
    ship = event.named(ground.root)
    if state.get(ship, "condition") == ShipCaptured.condition:
        del made[f"{ship}.condition"]
    return made
