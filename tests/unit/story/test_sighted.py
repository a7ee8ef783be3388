"""Leaving before contact by the odds, once a column and place; and the ways that those who flee shun."""

from __future__ import annotations

import math
from typing import Any

from attrs import evolve

from situation.chance.luck import Luck, Stream
from situation.dates import DAY
from situation.events import (
    ActorId,
    BattleBegan,
    Captured,
    ColumnFled,
    ColumnSighted,
    DefenderBroke,
    MarchBegan,
    Melted,
    PlaceId,
    RouteSealed,
    Surrendered,
    Withdrew,
)
from situation.log.entry import Ruled
from situation.scenario import Given, Plan, Scenario
from situation.story.stage import stage_of
from situation.story.story import Story, tell
from tests.oracles.fold.battle.retreat import _safety
from tests.oracles.fold.view import View
from tests.oracles.fold.world import World
from tests.unit.constructed import SEED, Valley, alone, fixed, men, near, the

PUSH = Plan(ActorId("north"), "advance", ("column",), (PlaceId("dell"),))
WAYS = ("arlen--dell", "dell--corve", "dell--dunes")


def delayed(plan: Valley, attackers: int, defenders: int, posture: Any = "delay", **numbers: float) -> Scenario:
    """A column that goes on Dell, whose garrison is told to save itself; whatever the odds it sets out."""
    forces = {"column": men("north", "arlen", attackers, "field"), "town": men("rebels", "dell", defenders)}
    scenario = alone(plan[0], forces, {"push": PUSH})
    rebels = evolve(scenario.actors[ActorId("rebels")], posture=posture)
    scenario = evolve(scenario, actors={**scenario.actors, ActorId("rebels"): rebels})
    return fixed(scenario, **{"hopeless_below": 0.0, "estimate_sigma": 0.0, "clash_rate": 0.0, **numbers})


def told(plan: Valley, scenario: Scenario, index: int = 0, days: int = 20) -> Story:
    return tell(stage_of(scenario, plan[1]), SEED, 0, 0, index, until=scenario.at + days * DAY)


def went_before(story: Story) -> bool:
    return any(
        isinstance(entry.event, DefenderBroke) and entry.event.how == "before contact" for entry in story.entries
    )


def test_a_garrison_leaves_as_often_as_the_odds_say_it_should(plan: Valley) -> None:
    scenario = delayed(plan, 4000, 500, leave_before_contact=0.5)
    stories = [told(plan, scenario, index, 4) for index in range(60)]
    seen = [the(story, ColumnSighted, place="dell")[0].event for story in stories]
    assert all(isinstance(event, ColumnSighted) and event.ratio > 1.0 for event in seen)
    ratio = seen[0].ratio  # type: ignore[attr-defined]
    near(sum(map(went_before, stories)), len(stories), 1.0 - 0.5 ** (math.log(ratio) / math.log(3.0)))


def test_nineteen_men_empty_no_town_of_thousands(plan: Valley) -> None:
    scenario = delayed(plan, 19, 2500, leave_before_contact=0.8, recapture_rate=0.0)
    for index in range(12):
        story = told(plan, scenario, index)
        assert the(story, MarchBegan, force="column")
        assert not went_before(story)
        assert not the(story, Withdrew, place="dell")
        world = World(story.stage, story.state(), Luck(SEED, index, Stream.CHANCE), story.until)
        assert not View(world, ActorId("rebels"), "push").threatened(PlaceId("dell"))


def test_who_is_told_to_hold_or_has_no_way_out_stays(plan: Valley) -> None:
    hold = delayed(plan, 9000, 300, posture="hold", leave_before_contact=1.0)
    assert not went_before(told(plan, hold))
    ring = {link: Given(RouteSealed(link, ActorId("rebels")), at="2020-03-12") for link in WAYS}
    shut = evolve(delayed(plan, 9000, 300, leave_before_contact=1.0), given=ring)
    ground = plan[1].ground
    town = evolve(ground.places[PlaceId("dunes")], kind="town")
    record = evolve(
        plan[1], ground=evolve(ground, places={**ground.places, PlaceId("dunes"): town}), digest="no desert"
    )
    assert not went_before(told((shut, record), shut))
    assert went_before(told(plan, delayed(plan, 9000, 300, leave_before_contact=1.0)))


def test_a_column_is_seen_once_by_each_garrison_while_it_comes_on(plan: Valley) -> None:
    scenario = delayed(plan, 4000, 500, leave_before_contact=0.0, speed__light=2.0, speed__opposed=2.0)
    story = told(plan, scenario, 0, 10)
    assert len(the(story, ColumnSighted, place="dell", force="column")) == 1
    (battle,) = the(story, BattleBegan, place="dell")[:1]
    assert battle.time > the(story, ColumnSighted, place="dell")[0].time + 4 * DAY


def test_a_column_frightens_nobody_behind_the_place_that_it_is_bound_for(plan: Valley) -> None:
    """Corve lies 20 km behind Dell: its garrison is asked when the column takes the road to it, and not before."""
    scenario = delayed(plan, 9000, 300, posture="delay", leave_before_contact=1.0, leaving_rate__delay=0.0)
    on = evolve(PUSH, objectives=(PlaceId("dell"), PlaceId("corve")))
    own = {"corve": Given(Captured(PlaceId("corve"), (ActorId("rebels"),)), at="2020-03-11")}
    forces = {**scenario.forces, "behind": men("rebels", "corve", 300)}
    scenario = evolve(scenario, forces=forces, given=own, doctrines={"push": on})
    story = told(plan, scenario, 0, 60)
    bound = [entry.event.to for entry in the(story, MarchBegan, force="column")]  # type: ignore[attr-defined]
    seen = the(story, ColumnSighted, place="corve", force="column")
    assert "corve" in bound and len(seen) == 1
    assert seen[0].time >= next(entry.time for entry in the(story, MarchBegan, force="column", to="corve"))


def test_who_has_left_before_contact_leaves_the_place_to_nobody(plan: Valley) -> None:
    story = told(plan, delayed(plan, 9000, 300, leave_before_contact=1.0, speed__opposed=2.0, speed__light=2.0))
    (left,) = the(story, Withdrew, place="dell")
    assert story.state(left.time).get("dell", "status") == "ungarrisoned"


def test_a_garrison_that_leaves_in_time_goes_as_a_body_to_its_own_side_or_else_to_open_ground(plan: Valley) -> None:
    """Nobody of it hides or gives himself up, though half would hide in flight from a battle."""
    leaving = delayed(plan, 9000, 300, leave_before_contact=1.0, melt=0.5)
    own = {"corve": Given(Captured(PlaceId("corve"), (ActorId("rebels"),)), at="2020-03-11")}
    for scenario, refuge in ((leaving, "dunes"), (evolve(leaving, given=own), "corve")):
        story = told(plan, scenario)
        (left,) = the(story, DefenderBroke, place="dell", how="before contact")
        gone = [
            entry.event for entry in story.entries if isinstance(entry.cause, Ruled) and left.id in entry.cause.parents
        ]
        assert [(type(event), event.to, event.number) for event in gone] == [(ColumnFled, refuge, 300)]  # type: ignore[attr-defined]
        assert not the(story, Melted, place="dell")
        assert not the(story, Surrendered, place="dell")


def test_a_way_out_with_an_enemy_at_its_end_is_shunned(plan: Valley) -> None:
    """From Dell the Dunes are 30 km away and Arlen, where the column stands, 12.5: nobody is seen within a day of the Dunes."""
    scenario = delayed(plan, 5000, 500)
    story = tell(stage_of(scenario, plan[1]), SEED, until=scenario.at)
    world = World(story.stage, story.state(), Luck(SEED, 0, Stream.CHANCE), story.until)
    assert _safety(world, "dunes", ActorId("rebels"), 500) == 1.0
    assert _safety(world, "arlen-bridge", ActorId("rebels"), 500) == 500 / 5500
