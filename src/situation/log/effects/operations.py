"""What is known of an operation: its targets, aims and help add up over what reports say of it."""

from __future__ import annotations

from situation.events import OperationLaunched, OperationReported
from situation.log.effects.registry import Changes, effect
from situation.log.entry import Entry
from situation.log.state import StateView
from situation.testimony.ground import Ground

__all__: list[str] = []


@effect(OperationLaunched)
def _launched(event: OperationLaunched, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """The operation runs from now on; targets add up."""
    made = _answered(dict(event.speaks(ground.root)), state)
    made[f"{event.operation}.launched"] = entry.time
    return _added(event.operation, "targets", event.targets, state, made)


@effect(OperationReported)
def _operation_reported(event: OperationReported, entry: Entry, state: StateView, ground: Ground) -> Changes:
    """Targets, aims and help add up; all else that is said replaces what was; credit is the capture's to give."""
    made = {cell: value for cell, value in event.speaks(ground.root).items() if not cell.endswith(".taken_by")}
    made = _answered(made, state)
    for part in event.support:
        cell = f"{event.operation}.support.{part.by}"
        before = state.cells.get(cell)
        if before and part.means not in before.split("; "):
            made[cell] = f"{before}; {part.means}"
    made = _added(event.operation, "targets", event.targets, state, made)
    return _added(event.operation, "aims", event.aims, state, made)


def _answered(made: Changes, state: StateView) -> Changes:
    """Whoever is attacked by an operation is hostile to the attacker too."""
    for cell in [cell for cell, value in made.items() if value == "hostile"]:
        actor, _, toward = cell.removesuffix(".stance").partition(":")
        if state.get(f"{toward}:{actor}", "stance") not in (None, "hostile"):
            made[f"{toward}:{actor}.stance"] = "hostile"
    return made


def _added(operation: str, name: str, more: tuple[str, ...], state: StateView, made: Changes) -> Changes:
    if more:
        made[f"{operation}.{name}"] = tuple(dict.fromkeys((*(state.get(operation, name) or ()), *more)))
    return made
