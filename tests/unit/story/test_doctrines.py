"""Each doctrine, shown in the Tarn valley by the orders it gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from attrs import evolve

from situation.events import (
    ActorId,
    Captured,
    ColumnFled,
    ForceRaised,
    OrderGiven,
    RouteOpened,
    RouteSealed,
    StanceChanged,
)
from situation.record.record import Record
from situation.scenario import Given, Scenario
from situation.story.stage import stage_of
from situation.story.story import Story, tell
from tests.unit.valley_stories import scenario_of, valley

PUSH = "{actor: north, doctrine: advance, forces: [column], objectives: [arlen-bridge, dell], start: rest,"
REBELS = "rebels: {actor: rebels, doctrine: hold}"


def planted(tmp_path: Path, *changes: tuple[str, str]) -> tuple[Scenario, Record]:
    small = valley(tmp_path)
    for old, new in changes:
        small.plant("plan.yaml", old, new)
    return scenario_of(small)


def events(story: Story, *kinds: type) -> list[Any]:
    return [entry.event for entry in story.entries if isinstance(entry.event, kinds)]


def given(scenario: Scenario, **events: Any) -> Scenario:
    """The scenario with some events given on its first day."""
    return evolve(scenario, given={name: Given(event, at="2020-03-13") for name, event in events.items()})


def test_a_race_goes_for_the_nearest_first(tmp_path: Path) -> None:
    plan = planted(
        tmp_path, (PUSH, PUSH.replace("advance", "race").replace("[arlen-bridge, dell]", "[dell, arlen-bridge]"))
    )
    assert events(tell(stage_of(*plan), 3), OrderGiven)[0].object == "arlen-bridge"


def test_advancing_goes_by_the_order_of_objectives(tmp_path: Path) -> None:
    plan = planted(tmp_path, (PUSH, PUSH.replace("[arlen-bridge, dell]", "[dell, arlen-bridge]")))
    assert events(tell(stage_of(*plan), 3), OrderGiven)[0].object == "dell"


def test_what_lies_beside_strangers_is_left_alone(tmp_path: Path) -> None:
    plan = planted(tmp_path, (PUSH, PUSH.replace("advance", "avoid contact")))
    taken = {event.place for event in events(tell(stage_of(*plan), 3), Captured) if event.by[0] == "north"}
    assert taken == {"arlen-bridge"}  # dell lies beside Corve, which the South holds


def test_what_a_stranger_holds_is_not_entered(tmp_path: Path) -> None:
    plan = planted(tmp_path, (PUSH, PUSH.replace("[arlen-bridge, dell]", "[corve]")))
    assert not [event for event in events(tell(stage_of(*plan), 3), OrderGiven) if event.object == "corve"]


def test_an_enemy_is_attacked_from_when_on_he_is_one(tmp_path: Path) -> None:
    plan = planted(tmp_path, (PUSH, PUSH.replace("[arlen-bridge, dell]", "[corve]")))
    hostile = given(plan[0], war=StanceChanged(ActorId("north"), ActorId("south"), "hostile"))
    orders = events(tell(stage_of(hostile, plan[1]), 3), OrderGiven)
    assert next(event for event in orders if event.verb == "march").object == "dell"  # on the way to Corve


def test_a_route_is_sealed_where_one_stands_at_it_and_opened_again(tmp_path: Path) -> None:
    seal = "watch: {actor: north, doctrine: seal route, links: [arlen--dell]}\n  " + REBELS
    (tmp_path / "a").mkdir()
    story = tell(stage_of(*planted(tmp_path / "a", (REBELS, seal))), 3)
    assert [event.link for event in events(story, RouteSealed)] == ["arlen--dell"]
    turned = seal.replace("[arlen--dell]", "[arlen--dell], switch: [{when: [{after: 5 d}], to: open route}]")
    (tmp_path / "b").mkdir()
    opened = tell(stage_of(*planted(tmp_path / "b", (REBELS, turned))), 3)
    assert [event.link for event in events(opened, RouteOpened)] == ["arlen--dell"]


def test_a_garrison_that_delays_withdraws_by_its_last_way(tmp_path: Path) -> None:
    delay = REBELS.replace("hold", "delay and withdraw")
    story = tell(stage_of(*planted(tmp_path, (REBELS, delay))), 3)
    column = events(story, ColumnFled)[0]
    assert (column.place, column.to) == ("dell", "dunes")


def test_allies_fight_one_battle_for_the_same_place(tmp_path: Path) -> None:
    guests = "help: {actor: south, doctrine: coordinate, forces: [guests], objectives: [dell]}\n  " + REBELS
    small = valley(tmp_path).plant("plan.yaml", REBELS, guests)
    small.plant(
        "plan.yaml",
        "given:\n",
        "given:\n  come: {at: 2020-03-13, event: {event: ForceRaised, force: guests, actor: south, place: arlen, number: 900,"
        " kind: field, arrival: true}}\n"
        "  war: {at: 2020-03-13, event: {event: StanceChanged, actor: south, toward: rebels, stance: hostile}}\n"
        "  pact: {at: 2020-03-13, event: {event: StanceChanged, actor: south, toward: north, stance: allied}}\n",
    )
    plan = scenario_of(small)
    joint = [tell(stage_of(*plan), 3, index, index, index) for index in range(12)]
    by = {event.by for story in joint for event in events(story, Captured) if event.place == "dell"}
    assert any(len(takers) == 2 for takers in by), by
    assert all(events(story, ForceRaised)[-1].force == "guests" for story in joint)
