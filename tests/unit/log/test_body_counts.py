"""Whoever leaves one count enters another: what each event does to the men of a force, to the man."""

from __future__ import annotations

import pytest

from situation.dates import Interval
from situation.events import ActorId, ColumnFled, Due, Event, ForceRaised, KilledOff, LeftTheatre, PlaceId, Surrendered
from situation.log.entry import Entry, Log, Ruled
from situation.log.fold import fold
from tests.unit.small import small_ground

GROUND = small_ground()
ARLEN, DELL, SOUTH = PlaceId("arlen"), PlaceId("dell"), ActorId("south")
GUARD, NORTH = ActorId("north-guard"), "north"
FORCE = f"{NORTH}@arlen"
RAISED = ForceRaised(FORCE, GUARD, ARLEN, 100, kind="garrison", hidden=20)
DUE = Due(0, 0, 0.5, "arrival")


def counts(*events: Event) -> dict[str, int]:
    """The counts that are not 0 after some events: of the force, of a column that left it, and of its root actor."""
    entries = [
        Entry(f"e{minute}", minute, Interval(minute, minute), it, Ruled("R")) for minute, it in enumerate(events)
    ]
    cells = fold(Log.of(entries), GROUND).cells
    names = [f"{FORCE}.number", f"{FORCE}.hidden", f"{FORCE}.wounded", "column.number"]
    names += [f"{NORTH}.{fate}" for fate in ("started", "killed", "surrendered", "left")]
    return {name: cells[name] for name in names if cells.get(name)}


START = {f"{FORCE}.number": 100, f"{FORCE}.hidden": 20, f"{NORTH}.started": 120}


@pytest.mark.parametrize(
    ("event", "changed"),
    [
        (LeftTheatre(FORCE, GUARD, ARLEN, 30), {f"{FORCE}.number": 70, f"{NORTH}.left": 30}),
        (Surrendered(FORCE, GUARD, ARLEN, 30, SOUTH), {f"{FORCE}.number": 70, f"{NORTH}.surrendered": 30}),
        (KilledOff(FORCE, GUARD, ARLEN, 30), {f"{FORCE}.number": 70, f"{NORTH}.killed": 30}),
        (KilledOff(FORCE, GUARD, ARLEN, 5, hidden=True), {f"{FORCE}.hidden": 15, f"{NORTH}.killed": 5}),
        (
            ColumnFled(FORCE, GUARD, ARLEN, DELL, 40, "column", DUE, lost=4),
            {f"{FORCE}.number": 60, "column.number": 36, f"{NORTH}.killed": 4},
        ),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Event) else "",
)
def test_men_who_leave_a_count_enter_another(event: Event, changed: dict[str, int]) -> None:
    assert counts(RAISED) == START
    assert counts(RAISED, event) == START | changed


def test_nobody_leaves_who_is_not_there() -> None:
    with pytest.raises(ValueError, match="took men who are not there"):
        counts(RAISED, LeftTheatre(FORCE, GUARD, ARLEN, 101))
