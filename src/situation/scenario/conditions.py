"""Whether a condition of a scenario holds in a state, and what a cell that nothing has set is read as."""

from __future__ import annotations

from typing import Final

from situation.clock import Minute
from situation.log.state import State, split_cell
from situation.scenario.parts import Condition
from situation.testimony.ground import Ground

__all__ = ["COUNTS", "MINUTES", "UNSET", "holds"]

COUNTS: Final = ("number", "hidden", "wounded", "killed", "surrendered", "left", "rung")
"""Attributes that are whole numbers from 0 up."""
MINUTES: Final = ("resting", "paused_until")
"""Attributes that are a time, in minutes."""
UNSET: Final = {
    **dict.fromkeys((*COUNTS, *MINUTES), 0),
    "stance": "neutral",
    "air": "none",
    "conduct": "hold",
    "status": "unknown",
}
"""What the rules read where nothing has set a cell, by attribute; where none stands here, nothing."""


def holds(condition: Condition, state: State, now: Minute, branch: Minute, ground: Ground) -> bool:
    """Whether a condition holds at a time. A cell that nothing has set is as the rules read it: no men, no stance but neutral."""
    if condition.after is not None:
        return now >= branch + condition.after
    if condition.at is not None:
        return now >= ground.clock.moment(condition.at)
    value = state.cells.get(str(condition.cell))
    if value is None:
        value = UNSET.get(split_cell(str(condition.cell))[1])
    if condition.equals is not None and value != condition.equals:
        return False
    if condition.differs is not None and value == condition.differs:
        return False
    number = value if isinstance(value, int | float) else 0
    if condition.above is not None and not number > condition.above:
        return False
    return condition.below is None or number < condition.below
