"""What a side's doing hangs on of the other's: whom the beaten fear, who is the weaker, and for whom else a flier flies."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from situation.chance.luck import Luck, Stream
from situation.dates import Interval
from situation.events import (
    ActorId,
    AirSupportGiven,
    BattleBegan,
    ClashStepped,
    Conceded,
    Due,
    Event,
    Fight,
    PlaceId,
    Surrendered,
)
from situation.log.entry import Entry, Ruled
from situation.log.fold import Folding
from situation.scenario import Scenario
from situation.scenario.parts import Conduct
from situation.story.stage import stage_of
from situation.story.story import tell
from tests.oracles.fold.battle.odds import air_of
from tests.oracles.fold.battle.retreat import defenders_leave
from tests.oracles.fold.march.contact import contacts
from tests.oracles.fold.world import World
from tests.unit.constructed import SEED, Valley, alone, fixed, men, near

NORTH, SOUTH, REBELS = ActorId("north"), ActorId("south"), ActorId("rebels")


def begun(scenario: Scenario, plan: Valley, *events: Event) -> Any:
    """From the number of a run to its world at the branch, when some more has happened there."""
    start = tell(stage_of(scenario, plan[1]), SEED, until=scenario.at)
    folding = Folding(start.stage.ground, start.state())
    now = Interval(start.until, start.until)
    for number, event in enumerate(events):
        folding.apply(Entry(f"more/{number}", start.until, now, event, Ruled("a test", None, "", None, ())))
    return lambda run: World(start.stage, folding.live, Luck(SEED, run, Stream.CHANCE), start.until)


def conducted(scenario: Scenario, **conducts: Conduct) -> Scenario:
    """The scenario with some actors fighting in another way."""
    actors = {**scenario.actors, **{ActorId(actor): conduct for actor, conduct in conducts.items()}}
    return evolve(scenario, actors=actors)


@pytest.mark.parametrize(("captor", "share"), [("surrender.feared", 0.05), ("surrender.trusted", 0.4)])
def test_the_beaten_give_themselves_up_as_far_as_they_trust_their_captor(
    plan: Valley, captor: str, share: float
) -> None:
    """Whatever others may expect who would surrender to the beaten themselves."""
    other = {"surrender.feared": "surrender.trusted", "surrender.trusted": "surrender.feared"}[captor]
    scenario = fixed(
        alone(plan[0], {"town": men("rebels", "dell", 300)}),
        flee=0.3, melt=0.2, surrender__feared=0.05, surrender__trusted=0.4,
    )  # fmt: skip
    rebels = scenario.actors[REBELS]
    scenario = conducted(
        scenario, north=Conduct(surrender_to=captor), rebels=evolve(rebels, melt="melt", surrender_to=other)
    )
    world, runs, gave_up = begun(scenario, plan), 100, 0
    for run in range(runs):
        fates = defenders_leave(world(run), PlaceId("dell"), NORTH, ("rebels@dell",), stand=True)
        gave_up += sum(one.event.number for one in fates if isinstance(one.event, Surrendered))
    near(gave_up, runs * 300, share)


@pytest.mark.parametrize(
    ("rebels", "south", "weaker"), [(100, 500, {"rebels"}), (500, 100, {"south"}), (300, 300, {"rebels", "south"})]
)
def test_the_weaker_side_gives_way(plan: Valley, rebels: int, south: int, weaker: set[str]) -> None:
    """Of two as strong as each other, either: a draw decides and not their names."""
    forces = {"ring": men("rebels", "dell", rebels), "town": men("south", "corve", south)}
    scenario = fixed(alone(plan[0], forces), ladder_up=1.0, ladder_down=0.0, concession=1.0)
    clash = ClashStepped(REBELS, SOUTH, PlaceId("corve"), 2, ())
    gave_way = set()
    for run in range(12):
        told = [one.event for one in contacts(begun(scenario, plan, clash)(run))]
        (conceded,) = [event for event in told if isinstance(event, Conceded)]
        assert {conceded.actor, conceded.toward} == {"rebels", "south"}
        gave_way.add(conceded.actor)
        assert [event.rung for event in told if isinstance(event, ClashStepped) and event.actor == REBELS] == [3, 0]
    assert gave_way == weaker


@pytest.mark.parametrize(
    ("by", "effort"), [((), 1.0), (("north",), 1.0), (("north",) * 2, 0.5), (("rebels",) * 2, 1.0)]
)
def test_a_flier_shares_its_effort_among_the_battles_that_it_flies_for(
    plan: Valley, by: tuple[str, ...], effort: float
) -> None:
    """It keeps up a full effort over one battle; those of others take nothing of it."""
    scenario = fixed(
        alone(plan[0], {"column": men("north", "arlen", 500, "field"), "town": men("rebels", "dell", 200)}),
        air__battles=1.0, air__dedicated=3.0, civilians__air=1.0,
    )  # fmt: skip
    scenario = conducted(scenario, north=Conduct(), rebels=Conduct())
    fights: list[Event] = [
        BattleBegan(PlaceId(place), Fight(ActorId(attacker), SOUTH, 0, 9, 9, 1.0, 1.0), Due(0, 5, 0.5, "battle"))
        for place, attacker in zip(("dell", "corve"), by, strict=False)
    ]
    world = begun(scenario, plan, AirSupportGiven(SOUTH, NORTH, "dedicated"), *fights)(0)
    assert air_of(world, "north", "dell") == pytest.approx(1.0 + 2.0 * effort)
    assert air_of(world, "rebels", "dell") == 1.0
