"""Columns (R10): a force that has what two objectives take goes for both at once, and no other divides."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from situation.dates import DAY
from situation.events import ActorId, Captured, ColumnDetached, ColumnRejoined, PlaceId
from situation.log.entry import Ruled
from situation.log.story_words import event_in_words
from situation.rules import second_column
from situation.scenario import Plan, Scenario
from situation.scenario.parts import Axis
from situation.story.stage import stage_of
from situation.story.story import Story, tell
from tests.unit.constructed import SEED, Valley, alone, fixed, men, the

NORTH = ActorId("north")
BRIDGE, DELL, DUNES = (PlaceId(place) for place in ("arlen-bridge", "dell", "dunes"))
NEVER = 1e9


def front(plan: Valley, column: int, garrison: int, objectives: tuple[PlaceId, ...] = (BRIDGE, DELL)) -> Scenario:
    """One force in Arlen, and two places on different roads from it, each with so many rebels told to hold."""
    forces = {
        "column": men("north", "arlen", column, "field"),
        "bridge": men("rebels", "arlen-bridge", garrison),
        "town": men("rebels", "dell", garrison),
    }
    push = Plan(NORTH, "advance", ("column",), objectives)
    return fixed(alone(plan[0], forces, {"push": push}), clash_rate=0.0, estimate_sigma=0.0, second_column=1.5)


def told(scenario: Scenario, plan: Valley, days: int = 60, seed: int = SEED) -> Story:
    return tell(stage_of(scenario, plan[1]), seed, until=scenario.at + days * DAY)


@given(
    men=st.integers(0, 100_000),
    room=st.none() | st.floats(0, 100_000),
    needs=st.floats(0, 1e6),
    second=st.floats(1, 1e6),
)
def test_what_goes_finds_no_room_or_leaves_each_part_enough(
    men: int, room: float | None, needs: float, second: float
) -> None:
    goes = second_column(men, room=room, needs=needs, second_needs=second)
    surplus = 0 if room is None else max(0.0, men - room)
    assert 0 <= goes <= men
    if goes > surplus:
        assert men - goes >= needs - 1
        assert goes >= second - 1 or men - goes >= (men - surplus) / 2 - 1
        assert men - goes >= (men - surplus) / 2 - 1
    assert goes >= int(surplus) - 1


def test_a_strong_force_goes_for_two_objectives_at_once(plan: Valley) -> None:
    story = told(front(plan, 6000, 200), plan)
    (parted,) = the(story, ColumnDetached)
    assert isinstance(parted.event, ColumnDetached)
    assert (parted.event.goal, parted.event.column) == ("dell", "column~dell")
    assert isinstance(parted.cause, Ruled)
    assert (parted.cause.rule, parted.cause.parents != ()) == ("R10 second_column", True)
    assert "turned to Dell, as a column of their own" in event_in_words(parted.event, plan[1].ground)
    assert parted.time < min(entry.time for entry in the(story, Captured))
    assert {entry.event.place for entry in the(story, Captured) if isinstance(entry.event, Captured)} == {BRIDGE, DELL}


def test_a_force_that_cannot_spare_the_men_stays_whole(plan: Valley) -> None:
    assert not the(told(front(plan, 600, 400), plan, 10), ColumnDetached)
    one_road = front(plan, 6000, 200, (DELL, DUNES))  # the Dunes lie behind Dell
    assert not the(told(one_road, plan, 3), ColumnDetached)


def test_two_columns_are_sooner_than_one_after_the_other(plan: Valley) -> None:
    def last_day(scenario: Scenario, seed: int) -> float:
        taken = the(told(scenario, plan, seed=seed), Captured)
        return max(entry.time for entry in taken) if len(taken) > 1 else float(scenario.end)

    both = fixed(front(plan, 6000, 500), engaged_per_km=1e6, recapture_rate=0.0)  # the front limits nobody
    one = fixed(both, second_column=NEVER)
    pairs = [(last_day(both, seed), last_day(one, seed)) for seed in range(12)]
    assert sum(two for two, _ in pairs) < sum(single for _, single in pairs)


def test_nobody_is_lost_when_a_force_parts_and_its_parts_meet(plan: Valley) -> None:
    scenario = front(plan, 6000, 1, (BRIDGE, DELL, BRIDGE))
    story = told(scenario, plan, 40)
    cells = story.state().cells
    assert the(story, ColumnDetached)
    there = sum(int(cells.get(f"{force}.{name}") or 0) for force in cells["story.forces"] for name in ("number", "wounded")
                if cells[f"{force}.actor"] == "north")  # fmt: skip
    gone = sum(int(cells.get(f"north.{name}") or 0) for name in ("killed", "surrendered", "left"))
    assert there + gone == cells["north.started"] == 6000
    for entry in the(story, ColumnRejoined):
        assert isinstance(entry.event, ColumnRejoined)
        assert entry.event.force == "column"


@pytest.mark.parametrize("first", ["dell", "arlen-bridge"])
def test_a_force_keeps_to_its_axis(plan: Valley, first: str) -> None:
    scenario = front(plan, 900, 100)
    one, other = Axis((DELL,), "a test"), Axis((BRIDGE,), "a test")
    mine = evolve(one if first == "dell" else other, forces=("column",))
    axes = tuple(mine if axis.objectives == mine.objectives else axis for axis in (one, other))
    push = Plan(NORTH, "advance", ("column",), axes=axes)
    story = told(fixed(evolve(scenario, doctrines={"push": push}), second_column=NEVER, recapture_rate=0.0), plan)
    captured = the(story, Captured)
    assert isinstance(captured[0].event, Captured)
    assert captured[0].event.place == first
