"""Whom a force meets and whom an actor has to fear, each on a state written out cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from situation.chance.luck import Luck
from situation.events import ActorId, Arrived, Entered
from situation.log.state import State
from situation.story.stage import stage_of
from tests.oracles.fold.march.march import arrival, face_to_face
from tests.oracles.fold.view import View
from tests.oracles.fold.world import World
from tests.unit.valley_stories import scenario_of, valley

HOSTILE = {"north:rebels.stance": "hostile", "north:south.stance": "hostile", "rebels:south.stance": "tolerated"}
Made = Callable[[Mapping[str, Any]], World]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    scenario, record = scenario_of(valley(tmp_path))
    stage = stage_of(scenario, record)
    numbers = {name: prior.best for name, prior in stage.numbers.items()} | {"hopeless_below": 0.0}
    begun = {"story.branch": scenario.at, "numbers.drawn": numbers}
    return lambda cells: World(stage, State({**begun, **HOSTILE, **cells}), Luck(3, 0), scenario.at)


def force(name: str, actor: str, men: int = 100, **cells: Any) -> dict[str, Any]:
    return {
        f"{name}.actor": actor,
        f"{name}.kind": "field",
        f"{name}.number": men,
        **{f"{name}.{key}": value for key, value in cells.items()},
    }


@pytest.mark.parametrize(
    ("bodies", "met"),
    [
        (("raiders", "scouts"), "rebels"),
        (("scouts", "raiders"), "south"),
        (("friends", "raiders", "scouts"), "rebels"),
    ],
)
def test_on_ground_that_nobody_holds_a_force_meets_the_enemy_that_came_there_first(
    made: Made, bodies: tuple[str, ...], met: str
) -> None:
    there = {
        **force("raiders", "rebels", place="dunes"),
        **force("scouts", "south", place="dunes"),
        **force("friends", "north", place="dunes"),
        "dunes.bodies": bodies,
        "dunes.status": "ungarrisoned",
        "story.fields": ("column",),
    }
    steps = arrival(made({**there, **force("column", "north", to="dunes")}), "column")
    arrived, entered = next(steps).event, next(steps).event
    assert isinstance(arrived, Arrived)
    assert isinstance(entered, Entered)
    assert (entered.by, entered.against) == (("north",), met)
    faced = next(face_to_face(made({**there, **force("column", "north", place="dunes")}))).event
    assert isinstance(faced, Entered)
    assert faced.against == met


def test_a_force_meets_the_enemy_that_holds_the_ground_before_any_other_that_stands_there(made: Made) -> None:
    world = made(
        {
            **force("raiders", "rebels", place="corve"),
            **force("scouts", "south", place="corve"),
            **force("column", "north", to="corve"),
            "corve.bodies": ("raiders", "scouts"),
            "corve.holder": "south",
            "corve.status": "held",
        }
    )
    steps = arrival(world, "column")
    next(steps)
    entered = next(steps).event
    assert isinstance(entered, Entered)
    assert entered.against == "south"


@pytest.mark.parametrize(
    ("cells", "threatened"),
    [
        (force("column", "north", to="dell"), {"dell"}),
        ({**force("column", "north", to="dell"), "column.from": "arlen"}, {"dell"}),
        (force("column", "north", place="dell"), {"arlen", "corve", "dunes"}),
        (force("column", "north", men=0, to="dell"), set()),
        (force("column", "north", men=0, place="dell"), set()),
        (force("column", "south", to="dell"), set()),
        (force("column", "south", place="dell"), set()),
    ],
)
def test_an_actor_fears_for_the_goal_of_an_enemy_on_the_march_and_for_what_lies_next_to_one_that_stands(
    made: Made, cells: dict[str, Any], threatened: set[str]
) -> None:
    view = View(made({**cells, "story.fields": ("column",)}), ActorId("rebels"), "rebels")
    assert set(filter(view.threatened, view.world.stage.places)) == threatened


def test_an_actor_fears_for_the_places_of_all_its_enemies_forces(made: Made) -> None:
    cells = {**force("column", "north", to="dell"), **force("reserve", "north", place="arlen-bridge")}
    view = View(made({**cells, "story.fields": ("column", "reserve")}), ActorId("rebels"), "rebels")
    assert set(filter(view.threatened, view.world.stage.places)) == {"dell", "arlen"}
