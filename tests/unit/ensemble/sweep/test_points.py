"""Stories at the points of a design: the same luck at every point, and what is not asked for moves nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from situation.ensemble.chunks import Chunks
from situation.ensemble.sweep.points import Experiments, Points, experiments_of, stories_at, tell_points
from situation.ensemble.sweep.ranged_numbers import ranged_numbers, scenario_at, swept_numbers
from situation.errors import Fault, SituationError
from situation.record.record import Record
from situation.rules import Family
from situation.scenario import Scenario
from tests.unit.valley_stories import scenario_of, valley

STORIES = 3
POINTS = Points(
    ("boats", "force column", "rest", "total of rebels"),
    np.array(
        [[1.0, 2000.0, 2.0, 1000.0], [5.0, 2000.0, 2.0, 1000.0], [1.0, 40.0, 2.0, 1000.0], [1.0, 2000.0, 3.5, 950.0]]
    ),
)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> tuple[Scenario, Record]:
    small = valley(tmp_path_factory.mktemp("valley"))
    return scenario_of(small.plant("plan.yaml", "horizon: 60 d", "horizon: 20 d"))


@pytest.fixture(scope="module")
def told(opened: tuple[Scenario, Record]) -> Experiments:
    return stories_at(*opened, POINTS, STORIES, seed=3)


def test_a_number_that_no_story_asks_for_changes_nothing_at_all(told: Experiments) -> None:
    assert told.courses[0] == told.courses[1]
    assert all((values[0] == values[1]).all() for values in told.answers.values())


def test_a_number_that_stories_ask_for_changes_them(told: Experiments) -> None:
    assert not {*told.courses[0]} & {*told.courses[2]}
    assert not {*told.courses[0]} & {*told.courses[3]}


def test_the_same_story_at_the_same_point_does_not_hang_on_the_others(
    opened: tuple[Scenario, Record], told: Experiments
) -> None:
    alone = stories_at(*opened, Points(POINTS.names, POINTS.values[2:3]), 1, seed=3)
    assert alone.courses[0][0] == told.courses[2][0]
    assert all(values[0, 0] == told.answers[name][2, 0] for name, values in alone.answers.items())


def test_a_stopped_design_goes_on_where_it_was(
    opened: tuple[Scenario, Record], told: Experiments, tmp_path: Path
) -> None:
    chunks = Chunks(tmp_path / "stories", len(POINTS) * STORIES)

    def stop(stories: int) -> None:
        raise SituationError("Stopped.")

    with pytest.raises(SituationError):
        tell_points(*opened, POINTS, 3, chunks, finished=stop)
    assert len(chunks.missing()) == 1
    tell_points(*opened, POINTS, 3, chunks)
    again = experiments_of(opened[0], POINTS, STORIES, chunks.read())
    assert again.courses == told.courses


def test_numbers_are_named_with_their_units_and_sources_and_near_misses_are_offered(
    opened: tuple[Scenario, Record],
) -> None:
    scenario, _ = opened
    every = ranged_numbers(scenario)
    assert {"rest", "luck", "force column", "total of rebels"} <= set(every)
    assert "force north-posts" not in every and "contact.full" not in every  # they have one value
    assert all(prior.unit and prior.source and prior.low < prior.high for prior in every.values())
    assert [*swept_numbers(scenario, ["column", "rest"])] == ["rest", "force column"]
    assert swept_numbers(scenario) == every
    with pytest.raises(Fault, match=r"no number 'rst'.*Did you mean 'rest'"):
        swept_numbers(scenario, ["rst"])
    for fixed in ("contact.full", "north-posts", "force north-posts"):
        with pytest.raises(Fault, match="one value and no range"):
            swept_numbers(scenario, [fixed])


def test_a_number_at_a_point_has_one_value_everywhere(opened: tuple[Scenario, Record]) -> None:
    scenario, _ = opened
    there = scenario_at(scenario, {"speed.opposed": 3.25, "force rebel-ring": 77.0, "total of rebels": 950.0})
    assert (there.numbers["speed.opposed"].family, there.numbers["speed.opposed"].draw(0.9)) == (Family.FIXED, 3.25)
    assert there.forces["rebel-ring"].prior("ring").draw(0.1) == 77.0
    assert scenario.forces["rebel-ring"].value is None
    with pytest.raises(Fault, match="There is no number 'force ring'"):
        scenario_at(scenario, {"force ring": 1.0})
