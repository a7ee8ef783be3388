"""The registry of effects: from an event's type to the pure function that computes what it changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from situation.events import Event
from situation.events.story import StoryEvent
from situation.log.entry import Entry
from situation.log.state import StateView
from situation.log.violations import violations
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

    Raises:
        LookupError: an event of a story, which speaks to no cell by itself, has no effect.
    """
    function = EFFECTS.get(type(entry.event))
    if function is None and isinstance(entry.event, StoryEvent):
        raise LookupError(
            f"{type(entry.event).__name__} has no effect. Give it one with @effect in situation.log.effects."
        )
    ground = ground.at(entry.time)
    made = function(entry.event, entry, state, ground) if function else dict(entry.event.speaks(ground.root))
    if entry.event.strikes:
        made |= violations(entry.event, entry.time, state, ground)
    written = {cell: value for cell, value in made.items() if cell not in entry.silent}
    for cell, value in list(written.items()):
        place, _, attribute = cell.rpartition(".")
        if attribute == "holder" and value is not None and state.get(place, "successors"):
            written[f"{place}.successors"] = None
    return written
