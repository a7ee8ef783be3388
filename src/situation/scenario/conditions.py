"""Whether a condition of a scenario holds in a state, and how a cell that nothing has set is read."""

from __future__ import annotations

from typing import Any, Final

from situation.dates import Minute
from situation.log.cells import MINUTES, UNSET_WORDS
from situation.log.state import StateView, split_cell
from situation.scenario.parts import Condition
from situation.testimony.ground import Ground

__all__ = ["COUNT_ATTRIBUTES", "cell_value", "holds"]

COUNT_ATTRIBUTES: Final = ("number", "hidden", "wounded", "killed", "surrendered", "left", "rung")
"""Attributes that are whole numbers from 0 up."""
_UNSET: Final = {
    **dict.fromkeys((*COUNT_ATTRIBUTES, *MINUTES), 0),
    **UNSET_WORDS,
}
"""How a cell is read that nothing has set, by attribute; any other attribute is None."""


def cell_value(state: StateView, cell: str) -> Any:
    """A cell's value; where nothing has set it, how it is read: a count or a time as 0, any other without such a word as None."""
    value = state.cells.get(cell)
    return _UNSET.get(split_cell(cell)[1]) if value is None else value


def holds(condition: Condition, state: StateView, now: Minute, branch: Minute, ground: Ground) -> bool:
    """Whether a condition holds at a time."""
    if condition.after is not None:
        return now >= branch + condition.after
    if condition.at is not None:
        return now >= ground.clock.moment(condition.at)
    value = cell_value(state, str(condition.cell))
    if condition.equals is not None and not _is(value, condition.equals):
        return False
    if condition.differs is not None and _is(value, condition.differs):
        return False
    number = value if isinstance(value, int | float) else 0
    if condition.above is not None and not number > condition.above:
        return False
    return condition.below is None or number < condition.below


def _is(value: Any, word: object) -> bool:
    """Whether a cell has a value; of several who hold a place together, whether it is one of them."""
    return word in value if isinstance(value, frozenset) else bool(value == word)
