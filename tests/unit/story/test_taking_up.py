"""A story taken up at a minute: as it was under its own orders, and under others from there on alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

from situation.dates import DAY, Minute
from situation.errors import Fault
from situation.events import ActorId, DoctrineSwitched, NumbersDrawn, OrderGiven, PostureChanged
from situation.record.record import Record
from situation.scenario import Scenario
from situation.story.stage import stage_of
from situation.story.story import Story, tell
from situation.story.taking_up import take_up as take_up_by_kernels
from situation.story.tally import tallies
from tests.oracles.fold.taking_up import take_up as take_up_on_the_fold
from tests.unit.valley_stories import scenario_of, valley

SEED, RUN = 3, 2
SOUTH = ActorId("south")


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> tuple[Scenario, Record]:
    return scenario_of(valley(tmp_path_factory.mktemp("valley")))


@pytest.fixture(scope="module")
def story(plan: tuple[Scenario, Record]) -> Story:
    return tell(stage_of(*plan), SEED, RUN, RUN, RUN)


def take_up(story: Story, at: Minute, scenario: Scenario, *luck: int) -> Story:
    """A story taken up, entry by entry as on the fold."""
    other = take_up_by_kernels(story, at, scenario, *luck)
    assert other.entries == take_up_on_the_fold(story, at, scenario, *luck).entries
    return other


def again(story: Story, day: int, scenario: Scenario, luck: int = RUN) -> Story:
    return take_up(story, Minute(scenario.at + day * DAY), scenario, SEED, RUN, RUN, luck)


def test_under_its_own_orders_and_on_its_own_luck_it_is_the_same_story(
    plan: tuple[Scenario, Record], story: Story
) -> None:
    for day in (0, 1, 7, 30, 59):
        assert again(story, day, plan[0]).entries == story.entries, day


def test_on_other_luck_only_what_comes_after_differs(plan: tuple[Scenario, Record], story: Story) -> None:
    at = plan[0].at + 5 * DAY
    other = again(story, 5, plan[0], luck=RUN + 1)
    until = [entry for entry in story.entries if entry.time <= at]
    assert list(other.entries[: len(until)]) == until
    assert other.entries != story.entries


def test_other_orders_hold_from_that_minute_on(plan: tuple[Scenario, Record], story: Story) -> None:
    """The North stops its push on the first morning on which its column gets an order."""
    scenario = plan[0]
    given = next(it for it in story.entries if isinstance(it.event, OrderGiven) and it.event.force == "column")
    stopped = evolve(scenario.doctrines["push"], doctrine="hold", switch=())
    halt = evolve(
        scenario,
        id="halt",
        doctrines={**scenario.doctrines, "push": stopped},
        actors={**scenario.actors, SOUTH: evolve(scenario.actors[SOUTH], posture="delay")},
        numbers={**scenario.numbers, "reach": evolve(scenario.numbers["reach"], low=1.0, best=1.0, high=1.0)},
    )
    other = take_up(story, given.time, halt, SEED, RUN, RUN, RUN)
    kept = sum(entry.time <= given.time for entry in story.entries)
    assert other.entries[:kept] == story.entries[:kept]
    turned = [entry.event for entry in other.entries[kept:] if entry.time == given.time]
    assert PostureChanged(SOUTH, "delay") in turned
    assert [it.values["reach"] for it in turned if isinstance(it, NumbersDrawn)] == [1.0]
    later = [entry.event for entry in other.entries if entry.time > given.time]
    assert not [it for it in later if isinstance(it, OrderGiven) and it.force == "column" and it.verb == "march"]
    assert all(tally.conserved for tally in tallies(other.state(), plan[1].ground).values())


def test_a_plan_that_had_turned_turns_back_where_its_new_form_says_so(plan: tuple[Scenario, Record]) -> None:
    stories = (tell(stage_of(*plan), SEED, run, run, run) for run in range(16))
    story = next(it for it in stories if it.state().cells.get("push.doctrine") == "hold")
    (turned,) = (it for it in story.entries if isinstance(it.event, DoctrineSwitched) and it.event.plan == "push")
    onward = evolve(plan[0].doctrines["push"], switch=())
    scenario = evolve(plan[0], id="onward", doctrines={**plan[0].doctrines, "push": onward})
    other = take_up(story, turned.time, scenario, SEED, RUN, RUN, RUN)
    assert DoctrineSwitched("push", "advance") in [it.event for it in other.entries if it.time == turned.time]


def test_what_does_not_fit_the_story_is_refused(plan: tuple[Scenario, Record], story: Story, tmp_path: Path) -> None:
    scenario = plan[0]
    with pytest.raises(Fault, match="outside the story"):
        again(story, 60, scenario)
    with pytest.raises(Fault, match="leaves the record at another time"):
        again(story, 5, evolve(scenario, at=Minute(scenario.at - DAY)))
    with pytest.raises(Fault, match="not in the story: reserve"):
        again(story, 5, evolve(scenario, forces={**scenario.forces, "reserve": scenario.forces["column"]}))
