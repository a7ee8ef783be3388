"""Open and closed roads, and long odds: supply that follows a force, free roads, sealed links, raiders who break off."""

from __future__ import annotations

import pytest
from attrs import evolve

from situation.chance.luck import Luck, Stream
from situation.dates import DAY, Duration
from situation.events import (
    ActorId,
    Arrived,
    Attacked,
    BattleBegan,
    BattleDay,
    ColumnFled,
    Event,
    MarchBegan,
    MarchQuickened,
    Melted,
    OperationPaused,
    PlaceId,
    Repelled,
    RouteSealed,
    SupplyCut,
    SupplyRestored,
    Surrendered,
    Withdrew,
)
from situation.log.entry import Ruled
from situation.scenario import Plan, Scenario
from situation.scenario.parts import Condition, Given, Inflow
from situation.story.stage import stage_of
from situation.story.story import tell
from situation.story.tally import tallies
from tests.oracles.fold.battle.retreat import defenders_leave
from tests.oracles.fold.march.supply import supply_of
from tests.oracles.fold.world import World
from tests.unit.constructed import SEED, Valley, alone, dell_as, fixed, men, the

PUSH = Plan(ActorId("north"), "advance", ("column",), (PlaceId("dell"),))


def after(scenario: Scenario, days: int, event: Event) -> Scenario:
    """The scenario in which an event is given after some days."""
    return evolve(scenario, given={"it": Given(event, (Condition(after=Duration(days * DAY)),))})


def supplied(scenario: Scenario, place: str) -> Scenario:
    """The scenario in which the North draws its supply from a place."""
    north = evolve(scenario.actors[ActorId("north")], supply_from=(Inflow((PlaceId(place),), "a test"),))
    return evolve(scenario, actors={**scenario.actors, ActorId("north"): north})


def test_a_force_that_no_way_joins_to_its_supply_is_cut_off_once_and_until_a_way_opens(plan: Valley) -> None:
    """Scouts stand in the Dunes, whose one track leads through rebel Dell; the North takes Dell after some days."""
    forces = {
        "scouts": men("north", "dunes", 100, "field"),
        "column": men("north", "arlen", 5000, "field"),
        "town": men("rebels", "dell", 60),
    }
    scenario = supplied(fixed(alone(plan[0], forces, {"push": PUSH}), speed__opposed=10.0, stock=1.0), "arlen")
    story = tell(stage_of(scenario, plan[1]), SEED, until=scenario.at + 40 * DAY)
    (cut,) = the(story, SupplyCut, force="scouts")
    (again,) = the(story, SupplyRestored, force="scouts")
    assert cut.time < again.time
    assert story.state(again.time - 1).cells["dell.holder"] == "north"
    assert story.state(cut.time).cells["story.cut"] == ("scouts",)
    assert story.state().cells["story.cut"] == ()

    def weight(minute: int) -> float:
        return supply_of(World(story.stage, story.state(minute), Luck(SEED, 0), minute), "scouts")

    assert weight(cut.time) == 1.0
    assert weight(again.time - 1) < 1.0
    assert weight(again.time) == 1.0
    assert supply_of(World(story.stage, story.state(), Luck(SEED, 0), story.until), "column") == 1.0


def test_a_column_that_finds_its_goal_left_goes_the_rest_of_its_road_at_the_pace_of_an_open_one(plan: Valley) -> None:
    """12.5 km at 1 km a day; the rebels leave on the third day, and what is left of the road takes hours."""
    slow = fixed(
        alone(plan[0], {"column": men("north", "arlen", 500, "field")}, {"push": PUSH}),
        speed__light=1.0, speed__unopposed=25.0, clash_rate=0.0,
    )  # fmt: skip
    slow = after(slow, 3, Withdrew(PlaceId("dell"), (ActorId("rebels"),), ()))
    story = tell(stage_of(slow, plan[1]), SEED, until=slow.at + 20 * DAY)
    (march,) = the(story, MarchBegan, force="column")
    (sooner,) = the(story, MarchQuickened, force="column")
    (came,) = the(story, Arrived, force="column")
    assert isinstance(march.event, MarchBegan)
    assert isinstance(sooner.event, MarchQuickened)
    left = 12.5 * (march.event.due.minute - sooner.time) / (march.event.due.minute - march.time)
    assert came.time == sooner.event.due.minute == sooner.time + round(left / 25.0 * DAY)
    assert isinstance(sooner.cause, Ruled)
    assert march.id in sooner.cause.parents


@pytest.mark.parametrize(("men_there", "pace"), [(40, "speed.opposed"), (0, "speed.light")])
def test_a_road_is_opposed_where_men_stand_at_its_end_and_lightly_where_they_have_gone(
    plan: Valley, men_there: int, pace: str
) -> None:
    forces = {"column": men("north", "arlen", 500, "field")}
    if men_there:
        forces["town"] = men("rebels", "dell", men_there)
    marches = alone(plan[0], forces, {"push": PUSH})
    (march,) = the(tell(stage_of(marches, plan[1]), SEED, until=marches.at + 3 * DAY), MarchBegan, force="column")
    assert isinstance(march.event, MarchBegan) and march.event.pace == pace


def test_a_garrison_does_not_raid_over_a_link_that_is_sealed_against_it(plan: Valley) -> None:
    forces = {"town": men("rebels", "dell", 500), "posts": men("north", "arlen", 100)}
    open_ = fixed(alone(plan[0], forces), recapture_rate=50.0, recapture_decay=30.0, recapture_near=25.0)
    sealed = after(open_, 0, RouteSealed("arlen--dell", ActorId("rebels")))
    attacks = [
        len(the(tell(stage_of(one, plan[1]), SEED, until=one.at + 10 * DAY), Attacked, place="arlen"))
        for one in (open_, sealed)
    ]
    assert attacks[0] > 0
    assert attacks[1] == 0


@pytest.mark.parametrize("leaving", [0.0, 100.0])
def test_raiders_who_are_the_weaker_break_off_and_hide_again(plan: Valley, leaving: float) -> None:
    forces = {"hidden": men("rebels", "arlen", 100, "hidden"), "posts": men("north", "arlen", 400)}
    struck = fixed(
        alone(plan[0], forces), recapture_rate=50.0, recapture_decay=30.0, leaving_rate__delay=leaving,
        attrition_rate=0.006, last_stand=1.0, hopeless_below=0.0,
    )  # fmt: skip
    story = tell(stage_of(struck, plan[1]), SEED, until=struck.at + 4 * DAY)
    begun = the(story, BattleBegan, place="arlen")
    assert begun
    off = [entry for entry in the(story, Repelled, place="arlen") if isinstance(entry.cause, Ruled)]
    rules = {entry.cause.rule for entry in off if isinstance(entry.cause, Ruled)}
    assert ("R3 leaving_rate" in rules) == (leaving > 0.0)
    if leaving:
        first = next(entry for entry in story.entries if isinstance(entry.event, BattleDay))
        assert off[0].time == first.time
        assert any(entry.time == first.time for entry in the(story, Melted, place="arlen"))


def test_a_few_defenders_bleed_no_more_of_an_army_than_they_can_strike(plan: Valley) -> None:
    forces = {"column": men("north", "arlen", 20_000, "field"), "town": men("rebels", "dell", 20)}
    long_odds = fixed(
        alone(plan[0], forces, {"push": PUSH}), speed__opposed=30.0, attrition_rate=0.1, attrition_exponent=0.2,
        struck=5.0, day_variation=0.0, leave_before_contact=0.0,
    )  # fmt: skip
    story = tell(stage_of(long_odds, plan[1]), SEED, until=long_odds.at + 5 * DAY)
    days = [entry.event for entry in the(story, BattleDay, place="dell") if isinstance(entry.event, BattleDay)]
    assert days
    for day in days:
        assert sum(loss.killed + loss.wounded for loss in day.attackers) <= 0.1 * 5 * 20 + 1


def test_soldiers_who_do_not_hide_flee_instead(plan: Valley) -> None:
    """0.6 flee and 0.25 would hide: of soldiers 0.85 flee; 0.05 give themselves up, and a tenth stands."""
    forces = {"town": men("north", "arlen", 4000)}
    scenario = fixed(alone(plan[0], forces), flee=0.6, melt=0.25, surrender__trusted=0.05)
    scenario = after(scenario, 0, Withdrew(PlaceId("dell"), (ActorId("rebels"),), ()))
    story = tell(stage_of(scenario, plan[1]), SEED, until=scenario.at + DAY)
    world = World(story.stage, story.state(), Luck(SEED, 0, Stream.CHANCE), story.until)
    assert any(True for _ in world.ways_out("arlen", "north"))
    gone = [
        one.event for one in defenders_leave(world, PlaceId("arlen"), ActorId("rebels"), ("north@arlen",), stand=True)
    ]
    fled = sum(event.number for event in gone if isinstance(event, ColumnFled))
    assert not any(isinstance(event, Melted) for event in gone)
    assert fled / 4000 == pytest.approx(0.85, abs=0.02)


def test_what_an_operation_has_lost_counts_from_its_start_until_it_has_rested(plan: Valley) -> None:
    """A regrouping is no new start: what the town cost still counts against the force after it."""
    forces = {"column": men("north", "arlen", 3000, "field"), "town": men("rebels", "dell", 400)}
    scenario = fixed(alone(plan[0], forces, {"push": PUSH}), speed__opposed=30.0, attrition_rate=0.1)
    story = tell(stage_of(scenario, dell_as("town", plan[1])), SEED, until=scenario.at + 30 * DAY)
    regrouped = [
        entry
        for entry in the(story, OperationPaused)
        if isinstance(entry.event, OperationPaused) and entry.event.why == "regroup"
    ]
    assert regrouped
    cells = story.state(regrouped[0].time).cells
    lost = sum(
        loss.killed + loss.wounded
        for entry in the(story, BattleDay, place="dell")
        if isinstance(entry.event, BattleDay)
        for loss in entry.event.attackers
    )
    assert 0 < cells["column.lost"] <= lost
    assert 1 - cells["column.number"] / cells["column.at_start"] == pytest.approx(lost / 3000, abs=0.001)


def test_a_battle_follows_from_the_numbers_of_both_sides(plan: Valley) -> None:
    forces = {"column": men("north", "arlen", 3000, "field"), "town": men("rebels", "dell", 400)}
    scenario = fixed(alone(plan[0], forces, {"push": PUSH}), speed__opposed=30.0)
    story = tell(stage_of(scenario, plan[1]), SEED, until=scenario.at + 10 * DAY)
    (begun,) = the(story, BattleBegan, place="dell")
    assert isinstance(begun.cause, Ruled)
    because = story.state(begun.time - 1).because
    assert {because["column.number"].id, because["rebels@dell.number"].id} <= set(begun.cause.parents)


@pytest.mark.parametrize("soldiers", [True, False])
def test_men_of_a_garrison_whose_counter_attack_fails_go_back_to_it(plan: Valley, soldiers: bool) -> None:
    """Nobody of them hides where the enemy stands, be they soldiers or not; what does not come through is told as lost."""
    forces = {"near": men("rebels", "dell", 600), "posts": men("north", "arlen", 900)}
    still = alone(plan[0], forces)
    conduct = still.actors[ActorId("rebels")]
    still = evolve(
        still, actors={**still.actors, ActorId("rebels"): evolve(conduct, melt="melt.none" if soldiers else "melt")}
    )
    struck = fixed(
        still, recapture_rate=50.0, recapture_decay=30.0, recapture_near=100.0, attrition_rate=0.02, last_stand=0.0,
        raid_share=0.5, hopeless_below=0.0, leaving_rate__delay=100.0, estimate_sigma=0.001,
    )  # fmt: skip
    back = 0
    for index in range(6):
        story = tell(stage_of(struck, plan[1]), SEED, 0, 0, index, until=struck.at + 8 * DAY)
        assert not [e for e in the(story, Melted, place="arlen") if getattr(e.event, "actor", "") == "rebels"]
        for entry in the(story, ColumnFled, place="arlen"):
            assert isinstance(entry.event, ColumnFled)
            assert (entry.event.force.partition("/")[0], entry.event.to) == ("raid", "dell")
            arrived = [
                e.event
                for e in the(story, Arrived)
                if e.time > entry.time and getattr(e.event, "force", "") == entry.event.column
            ]
            back += sum(isinstance(e, Arrived) and e.joins == "rebels@dell" for e in arrived)
        assert all(tally.conserved for tally in tallies(story.state(), plan[1].ground).values())
    assert back > 3


def test_soldiers_without_a_way_to_their_own_give_themselves_up_and_others_hide(plan: Valley) -> None:
    """Dell falls while some of its men are out against Arlen: they have no way back. The dunes are open ground."""
    forces = {
        "near": men("rebels", "dell", 600),
        "posts": men("north", "arlen", 300),
        "column": men("north", "corve", 3000, "field"),
    }
    push = Plan(ActorId("north"), "advance", ("column",), (PlaceId("dell"),))
    numbers = {"recapture_rate": 50.0, "recapture_decay": 30.0, "raid_share": 0.5, "hopeless_below": 0.0}
    numbers |= {"speed__opposed": 30.0, "speed__light": 30.0, "leaving_rate__delay": 0.0, "attrition_rate": 0.01}
    gave_up, hid = 0, 0
    for melt in ("melt.none", "melt"):
        still = alone(plan[0], forces, {"push": push})
        conduct = evolve(still.actors[ActorId("rebels")], melt=melt)
        still = fixed(evolve(still, actors={**still.actors, ActorId("rebels"): conduct}), last_stand=0.0, **numbers)
        for index in range(12):
            story = tell(stage_of(still, plan[1]), SEED, 0, 0, index, until=still.at + 20 * DAY)
            rebels = tallies(story.state(), plan[1].ground)["rebels"]
            assert rebels.conserved
            hides = {e.event.place for e in the(story, Arrived) if isinstance(e.event, Arrived) and e.event.hides}
            hides |= {e.event.place for e in the(story, Melted) if isinstance(e.event, Melted)}
            if melt == "melt":
                hid += bool(hides - {"dunes"})
            else:
                assert hides <= {"dunes"}
                gave_up += any(
                    getattr(e.event, "force", "").startswith(("column/", "raid/")) for e in the(story, Surrendered)
                )
    assert gave_up > 0 and hid > 0
