"""The registry of effects: from an event's type to the pure function that computes what it changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from situation.events import Event
from situation.events.story import StoryEvent
from situation.log.entry import Entry
from situation.log.state import StateView, split_cell
from situation.log.violations import violations
from situation.testimony.apart import ground_when
from situation.testimony.ground import Ground

__all__ = ["EFFECTS", "Changes", "Effect", "changes", "effect"]

Changes = dict[str, Any]
"""From a cell to its new value."""
Effect = Callable[[Any, Entry, StateView, Ground], Changes]
EFFECTS: dict[type[Event], Effect] = {}
_F = TypeVar("_F", bound=Effect)


def effect(kind: type[Event]) -> Callable[[_F], _F]:
    """Make a function the effect of an event type, in place of "what it speaks to".

    Raises:
        RuntimeError: the type has an effect already.
    """

    def enter(function: _F) -> _F:
        if EFFECTS.get(kind, function).__qualname__ != function.__qualname__:
            raise RuntimeError(f"{kind.__name__} has two effects. Make them one.")
        EFFECTS[kind] = function
        return function

    return enter


def changes(entry: Entry, state: StateView, ground: Ground) -> Changes:
    """The changes that an entry makes, without the cells on which a rival was believed.

    What it leaves open of the last of its kind is not known any more, whatever was known of an earlier one.

    Raises:
        LookupError: an event of a story, which speaks to no cell by itself, has no effect.
    """
    function = EFFECTS.get(type(entry.event))
    if function is None and isinstance(entry.event, StoryEvent):
        raise LookupError(
            f"{type(entry.event).__name__} has no effect. Give it one with @effect in situation.log.effects."
        )
    ground = ground_when(entry.event, entry.span, ground)
    made = function(entry.event, entry, state, ground) if function else dict(entry.event.speaks(ground.root))
    if entry.event.strikes:
        made |= violations(entry.event, entry.time, state, ground)
    made = _left_open(entry.event, state, ground) | made
    written = {cell: value for cell, value in made.items() if cell not in entry.silent and not _of_itself(cell)}
    written |= dict.fromkeys(entry.unknown)
    for cell, value in [it for it in written.items() if it[0].endswith(".holder")]:
        place = cell.removesuffix(".holder")
        if value is not None and f"{place}.successors" not in made and state.get(place, "successors"):
            written[f"{place}.successors"] = None
    return written


def _of_itself(cell: str) -> bool:
    """Whether it says how a side stands to itself, as of two that are of one side: nobody is an enemy or a friend of his own."""
    if ":" not in cell:
        return False
    one, _, other = split_cell(cell)[0].partition(":")
    return one == other


def _left_open(event: Event, state: StateView, ground: Ground) -> Changes:
    """The cells of an earlier event of a kind that the last of it leaves open: who did it, and how many it cost."""
    if not event.details:
        return {}
    subjects = event.detailed(ground.root)
    cells = {f"{subject}.{detail}": None for subject in subjects for detail in event.details}
    others = [*(f"{subject}.parties" for subject in subjects), *event.speaks(ground.root)]
    before = (state.because[cell].event for cell in (*cells, *others) if cell in state.because)
    earlier = {id(it): it for it in before}  # several of the cells are of one event
    for cell in [cell for it in earlier.values() for cell in it.speaks(ground.root)]:
        subject, attribute = split_cell(cell)
        if subject in subjects and attribute.partition(".")[0] in event.details:
            cells[cell] = None
    return {cell: None for cell in cells if state.cells.get(cell)}
