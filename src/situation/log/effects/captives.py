"""What a surrender does to the state."""

from __future__ import annotations

from situation.events import GarrisonSurrendered, roots
from situation.log.effects.registry import Changes, effect
from situation.log.effects.reported import changed_hands, numbers_lapse, part_lost
from situation.log.entry import Entry
from situation.log.state import StateView
from situation.testimony.ground import Ground

__all__: list[str] = []


@effect(GarrisonSurrendered)
def _surrendered(event: GarrisonSurrendered, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """The place is in the hands of those to whom they surrendered; their numbers there lapse."""
    made: Changes = dict(event.speaks(ground.root))
    part = part_lost(event.place, event, event.by, state, ground)
    made = part or made | changed_hands(event.place, made[f"{event.place}.holder"], state, ground)
    return made | numbers_lapse(roots(ground.root, event.by), event.place, state, ground)
