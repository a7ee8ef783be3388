"""Relief for a defender that has broken, whom the fall of a place kills, and how many of the many a few can strike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve

from situation.chance.luck import Luck
from situation.dates import DAY, Interval
from situation.events import (
    ActorId,
    Arrived,
    BattleBegan,
    BattleDay,
    BattleJoined,
    Captured,
    ColumnSighted,
    DefenderBroke,
    FellBack,
    Fight,
    KilledOff,
    Loss,
    PlaceId,
)
from situation.log.entry import Entry, Ruled
from situation.log.fold import Folding
from situation.scenario import Force, Plan, Scenario
from situation.scenario.orders import Order
from situation.story.stage import stage_of
from situation.story.story import Story, tell
from situation.story.tally import tallies
from situation.story.view import View
from tests.oracles.fold.battle.retreat import defenders_leave
from tests.oracles.fold.march.march import arrival
from tests.oracles.fold.world import World
from tests.unit.constructed import SEED, Valley, alone, before, fixed, men, the

PUSH = Plan(ActorId("north"), "advance", ("column",), (PlaceId("dell"),))
COLUMN = men("north", "arlen", 2000, "field")
QUIET = {
    "clash_rate": 0.0, "raid_rate": 0.0, "hunted": 0.0, "recapture_rate": 0.0, "evacuation_rate": 0.0,
    "leaving_rate__hold": 0.0, "leaving_rate__delay": 0.0, "lost_on_the_way": 0.0, "hopeless_below": 0.0,
}  # fmt: skip
ABANDONED = {
    **QUIET, "leave_before_contact": 0.0, "leaving_rate__delay": 1e6, "clear__contested": 0.0,
    "speed__opposed": 25.0, "speed__light": 10.0, "speed__unopposed": 10.0, "passage_least": 10.0,
}  # fmt: skip
"""Dell is left on the first evening, and takes ten days to go through; help from the Dunes is three days away."""


def given_up(plan: Valley, helpers: dict[str, Force], *forces: str, **numbers: float) -> Scenario:
    """2,000 of the North come to Dell, whose 300 rebels go at once; other rebels have an order of their own."""
    relief = Plan(ActorId("rebels"), "relieve", forces)
    scenario = alone(
        plan[0], {"column": COLUMN, "town": men("rebels", "dell", 300), **helpers}, {"push": PUSH, "relief": relief}
    )
    rebels = evolve(scenario.actors[ActorId("rebels")], posture="delay")
    scenario = evolve(scenario, actors={**scenario.actors, ActorId("rebels"): rebels})
    return fixed(scenario, **{**ABANDONED, **numbers})


def once(verb: str, force: str, start: str, goal: str) -> Callable[[View], tuple[Order, ...]]:
    """A doctrine of one order, given while the force stands where it starts."""

    def decide(view: View) -> tuple[Order, ...]:
        here = (force, start) in [*view.free_forces(), *((it, place) for it, place, _ in view.garrisons())]
        return (Order(force, verb, goal),) if here and not view.fought_for(start) else ()  # type: ignore[arg-type]

    return decide


def fight_of(story: Story, entry: Entry, after: bool) -> Fight:
    """The battle for Dell as an entry found it, or left it."""
    state = before(story, story.entries[story.entries.index(entry) + after])
    found = state.get("battle:dell", "fight")
    assert isinstance(found, Fight)
    return found


def taken_up_again(story: Story, joined: Entry, number: int) -> None:
    """The fight had been given up, and is on again against those who came, of whom none is lost yet."""
    found, left = fight_of(story, joined, False), fight_of(story, joined, True)
    assert found.broken
    assert found.cleared < found.area
    assert not left.broken
    assert left.defenders_start == number
    assert left.attackers_start == found.attackers_start
    fought = [entry for entry in the(story, BattleDay, place="dell") if entry.time > joined.time]
    assert isinstance(fought[0].event, BattleDay)
    assert fought[0].event.ratio is not None
    broke = [entry.time for entry in the(story, DefenderBroke, place="dell") if entry.time > joined.time]
    fell = [entry.time for entry in the(story, Captured, place="dell")]
    assert all(any(joined.time < time <= taken for time in broke) for taken in fell)
    assert all(tally.conserved for tally in tallies(story.state(), story.stage.ground).values())


def test_a_force_that_comes_to_a_town_given_up_takes_the_fight_up_again(plan: Valley) -> None:
    """800 from the Dunes, on their third day."""
    scenario = given_up(plan, {"help": men("rebels", "dunes", 800, "field")}, "help")
    march = {"relieve": once("march", "help", "dunes", "dell")}
    story = tell(stage_of(scenario, plan[1]), SEED, until=scenario.at + 40 * DAY, doctrines=march)
    (came,) = the(story, Arrived, force="help")[:1]
    (joined,) = the(story, BattleJoined, place="dell")[:1]
    assert came.time == joined.time
    assert isinstance(joined.event, BattleJoined)
    assert (joined.event.attackers, joined.event.defenders) == (0, 800)
    assert isinstance(joined.cause, Ruled)
    assert came.id in joined.cause.parents
    taken_up_again(story, joined, 800)


def test_a_town_left_before_contact_is_traced_to_the_column_that_was_seen(plan: Valley) -> None:
    scenario = given_up(plan, {}, leave_before_contact=1.0)
    story = tell(
        stage_of(scenario, plan[1]), SEED, until=scenario.at + 40 * DAY, doctrines={"relieve": lambda view: ()}
    )
    (broke,) = the(story, DefenderBroke, place="dell")
    (seen,) = the(story, ColumnSighted, place="dell")
    (begun,) = the(story, BattleBegan, place="dell")
    assert broke.time < begun.time
    assert isinstance(broke.cause, Ruled)
    assert broke.cause.parents == (seen.id,)
    assert isinstance(begun.event, BattleBegan)
    assert begun.event.fight.defenders_start == 0


def test_a_garrison_that_comes_as_a_column_takes_the_fight_up_again(plan: Valley) -> None:
    """400 who leave the Dunes for Dell; beside them stand those of the town who had stayed, if any."""
    scenario = given_up(plan, {"camp": men("rebels", "dunes", 400)})
    leave = {"relieve": once("withdraw", "rebels@dunes", "dunes", "dell")}
    story = tell(stage_of(scenario, plan[1]), SEED, until=scenario.at + 40 * DAY, doctrines=leave)
    joined = the(story, BattleJoined, place="dell")[0]
    assert isinstance(joined.event, BattleJoined)
    assert joined.event.defenders == 400
    taken_up_again(story, joined, 400)


def test_a_force_thrown_back_into_a_town_given_up_takes_the_fight_up_again(plan: Valley) -> None:
    """300 sally from Dell on Arlen as the column comes the other way; beaten there by 3,000, they are back in Dell."""
    helpers = {
        "sally": men("rebels", "dell", 300, "field"), "posts": men("north", "arlen", 3000),
        "column": men("north", "arlen", 20000, "field"),
    }  # fmt: skip
    scenario = given_up(
        plan,
        helpers,
        "sally",
        break_median=0.03,
        break_sigma=0.01,
        last_stand=0.0,
        attrition_rate=0.1,
        attrition_shared_sigma=0.0,
        attrition_own_sigma=0.0,
    )
    story = tell(
        stage_of(scenario, plan[1]),
        SEED,
        until=scenario.at + 40 * DAY,
        doctrines={"relieve": once("march", "sally", "dell", "arlen")},
    )
    back = the(story, FellBack, force="sally", place="arlen")[0]
    assert isinstance(back.event, FellBack)
    assert back.event.due is not None
    joined = next(entry for entry in the(story, BattleJoined, place="dell") if entry.time >= back.time)
    assert joined.time == back.event.due.minute > back.time
    number = int(story.state(joined.time).get("sally", "number"))
    assert 0 < number < 300
    taken_up_again(story, joined, number)


def test_a_force_beaten_elsewhere_that_falls_back_into_a_town_given_up_takes_the_fight_up_again(plan: Valley) -> None:
    """700 give up the Dunes, whose only way leads to Dell, on the second day of its clearing."""
    scenario = given_up(plan, {"guard": men("rebels", "dunes", 700, "field")})
    stay = {"relieve": once("march", "nobody", "dell", "dunes")}
    story = tell(stage_of(scenario, plan[1]), SEED, until=scenario.at + 3 * DAY, doctrines=stay)
    folding = Folding(story.stage.ground, story.state())
    assert folding.live.cells["battle:dell.fight"].broken
    world = World(story.stage, folding.live, Luck(SEED, 0), story.until)
    happened = []
    for one in defenders_leave(world, PlaceId("dunes"), ActorId("north"), ("guard",), stand=True):
        happened.append(one.event)
        now = Interval(story.until, story.until)
        folding.apply(Entry(f"now/{len(happened)}", story.until, now, one.event, one.cause))
    assert [type(event) for event in happened] == [FellBack]
    there = folding.live.cells["guard.due"]
    assert there.minute - story.until == 3 * DAY
    back = World(story.stage, folding.live, Luck(SEED, 0), there.minute)
    for one in arrival(back, "guard"):
        happened.append(one.event)
        then = Interval(there.minute, there.minute)
        folding.apply(Entry(f"then/{len(happened)}", there.minute, then, one.event, one.cause))
    assert [type(event) for event in happened] == [FellBack, Arrived, BattleJoined]
    assert isinstance(happened[2], BattleJoined)
    assert happened[2].defenders == 700
    fight = folding.live.cells["battle:dell.fight"]
    assert (fight.broken, fight.defenders_start) == (False, 700)


def test_help_for_the_attacker_does_not_put_heart_into_a_defender_that_has_gone(plan: Valley) -> None:
    """A second column of the North joins the clearing: the fight stays given up."""
    second = men("north", "dunes", 900, "field")
    scenario = given_up(plan, {"second": second})
    plans = {"push": PUSH, "other": Plan(ActorId("north"), "advance", ("second",), (PlaceId("dell"),))}
    scenario = evolve(scenario, doctrines=plans)
    story = tell(stage_of(scenario, plan[1]), SEED, until=scenario.at + 40 * DAY)
    joined = the(story, BattleJoined, place="dell")[0]
    assert isinstance(joined.event, BattleJoined)
    assert (joined.event.attackers, joined.event.defenders) == (900, 0)
    found, left = fight_of(story, joined, False), fight_of(story, joined, True)
    assert found.broken
    assert left == evolve(found, attackers_start=found.attackers_start + 900)


def test_who_has_fallen_back_when_the_place_falls_is_not_killed_with_it(plan: Valley) -> None:
    """All of Dell is won before its defenders break, so that it falls hours after its field force has left it."""
    forces = {
        "column": men("north", "arlen", 4000, "field"),
        "stand": men("rebels", "dell", 500, "field"),
        "town": men("rebels", "dell", 200),
    }
    swift = fixed(
        alone(plan[0], forces, {"push": PUSH}),
        **{**QUIET, "clear__contested": 50.0, "leave_before_contact": 0.0, "speed__opposed": 25.0, "last_stand": 0.0},
        attrition_rate=0.1, attacker_pause=5.0,
    )  # fmt: skip
    seen = 0
    for index in range(12):
        story = tell(stage_of(swift, plan[1]), SEED, 0, 0, index, until=swift.at + 60 * DAY)
        left = the(story, FellBack, force="stand")
        taken = the(story, Captured, place="dell")
        if not left or not taken:
            continue
        assert left[0].time < taken[0].time <= left[0].time + DAY
        seen += 1
        assert not the(story, KilledOff, force="stand")
        state = story.state(taken[0].time)
        assert "dunes" in (state.get("stand", "to"), state.get("stand", "place"))
        assert state.get("stand", "number") > 0
        assert all(tally.conserved for tally in tallies(state, plan[1].ground).values())
    assert seen >= 3


# -- struck: of a defender many times as strong as its attacker only so many are exposed


def casualties(losses: tuple[Loss, ...]) -> int:
    return sum(loss.killed + loss.wounded for loss in losses)


def days_of(story: Story) -> list[tuple[int, int, int, BattleDay]]:
    """Each day's fighting for Dell: attackers, defenders and all defenders so far as it found them, and the day."""
    found = []
    for entry in the(story, BattleDay, place="dell"):
        state, fight = before(story, entry), None
        fight = state.get("battle:dell", "fight")
        ours = int(state.get("column", "number"))
        theirs = int(state.get("rebels@dell", "number"))
        assert isinstance(entry.event, BattleDay)
        if theirs:
            found.append((ours, theirs, max(theirs, fight.defenders_start), entry.event))
    return found


def siege(plan: Valley, attackers: int, defenders: int, posture: Any = "hold", **numbers: float) -> Scenario:
    """A column before Dell, where nobody breaks, and each day costs exactly what the rule says."""
    forces = {"column": men("north", "arlen", attackers, "field"), "town": men("rebels", "dell", defenders)}
    scenario = alone(plan[0], forces, {"push": PUSH})
    rebels = evolve(scenario.actors[ActorId("rebels")], posture=posture)
    scenario = evolve(scenario, actors={**scenario.actors, ActorId("rebels"): rebels})
    exact = {
        "day_variation": 1e-9, "attrition_rate": 0.05, "attrition_exponent": 0.35, "hidden_exposure": 0.5,
        "last_stand": 1.0, "last_stand_at": 0.999, "leave_before_contact": 0.0, "clear__contested": 0.0,
        "speed__opposed": 25.0, "struck": 5.0, "insurgency_threshold": 1.0,
        "attrition_shared_sigma": 0.0, "attrition_own_sigma": 0.0, "assault_per_km2": 1.0, "overwhelming": 1e6,
    }  # fmt: skip
    return fixed(scenario, **{**QUIET, **exact, **numbers})


@pytest.mark.parametrize("posture", ["hold", "insurgency"])
@pytest.mark.parametrize(("attackers", "defenders"), [(500, 2000), (500, 2500), (500, 10000), (100, 20000)])
def test_a_day_costs_a_defender_no_more_than_those_who_stand_where_it_falls(
    plan: Valley, attackers: int, defenders: int, posture: str
) -> None:
    """0.05 x min(D, 5 A) x ratio^0.35, and of those who hide half are found and the rest as they thin out; to a man."""
    scenario = siege(plan, attackers, defenders, posture)
    story = tell(stage_of(scenario, plan[1]), SEED, until=scenario.at + 25 * DAY)
    days = days_of(story)
    assert len(days) > 3
    for ours, theirs, in_all, day in days:
        assert day.ratio is not None
        found = 1.0 if posture == "hold" else 0.5 + 0.5 * theirs / in_all
        expected = 0.05 * min(theirs, 5 * ours) * day.ratio**0.35 * found
        assert abs(casualties(day.defenders) - expected) <= 1.0 + 1e-5 * expected
        assert abs(casualties(day.attackers) - min(ours, 0.05 * ours / day.ratio**0.35)) <= 1.0 + 1e-5 * ours
    if defenders > 5 * attackers:
        assert casualties(days[0][3].defenders) < 0.05 * defenders * (days[0][3].ratio or 0.0) ** 0.35 / 1.5


def test_a_defender_up_to_five_times_as_strong_is_exposed_as_a_whole(plan: Valley) -> None:
    """While it is no stronger than that, the number of those struck changes nothing at all; beyond, it does."""

    def first_day(defenders: int, struck: float) -> BattleDay:
        scenario = siege(plan, 500, defenders, struck=struck)
        return days_of(tell(stage_of(scenario, plan[1]), SEED, until=scenario.at + 5 * DAY))[0][3]

    assert first_day(2500, 5.0) == first_day(2500, 1e6)
    assert first_day(5000, 5.0) != first_day(5000, 1e6)
    assert casualties(first_day(5000, 5.0).defenders) < casualties(first_day(5000, 1e6).defenders)
