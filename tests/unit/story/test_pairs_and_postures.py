"""Numbers that two actors have of their own (R8), and last stands by posture (R3), in stories of the valley."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from situation.chance.luck import Luck
from situation.dates import DAY, Interval
from situation.events import ActorId, BattleBegan, Captured, ClashStepped, NumbersDrawn, PlaceId
from situation.log.entry import Entry, Ruled
from situation.log.fold import Folding
from situation.rules import DEFAULTS, Family, Prior
from situation.scenario import Condition, Plan, Scenario, Switch
from situation.scenario.orders import Order
from situation.scenario.story_numbers import NUMBERS, PAIRED, pair_number, shared_by_all
from situation.story.stage import stage_of
from situation.story.story import tell
from tests.oracles.fold.march.contact import contacts
from tests.oracles.fold.view import View
from tests.oracles.fold.world import World
from tests.unit.constructed import SEED, Valley, alone, fixed, men, the


def own(scenario: Scenario, name: str, value: float) -> Scenario:
    """The scenario with a number of a pair."""
    unit = NUMBERS[shared_by_all(name)[0]].unit
    prior = Prior(name=name, family=Family.FIXED, low=value, best=value, high=value, unit=unit, source="a test")
    return evolve(scenario, numbers={**scenario.numbers, name: prior})


def test_a_pair_is_named_in_one_way() -> None:
    assert (
        pair_number("clash_rate", "syria", "sdf") == pair_number("clash_rate", "sdf", "syria") == "clash_rate.sdf:syria"
    )
    assert shared_by_all("clash_rate.sdf:syria") == ("clash_rate", ("sdf", "syria"))
    for name in ("clash_rate", "speed.light", "raid_rate.sdf:syria", "plan:own"):
        assert shared_by_all(name) == (name, ())
    assert set(PAIRED) <= set(NUMBERS)


def test_two_actors_have_their_own_number_and_all_others_the_common_one(plan: Valley) -> None:
    """Whoever is named first; and a pair's number of 0 is a number."""
    scenario = fixed(alone(plan[0], {"posts": men("north", "arlen", 200)}), clash_rate=0.3, ladder_up=0.2)
    scenario = own(own(scenario, "clash_rate.north:south", 0.7), "ladder_up.north:south", 0.0)
    story = tell(stage_of(scenario, plan[1]), SEED, until=scenario.at)
    world = World(story.stage, story.state(), Luck(SEED, 0), story.until)
    assert world.between("clash_rate", "north", "south") == world.between("clash_rate", "south", "north") == 0.7
    assert world.between("ladder_up", "south", "north") == 0.0
    assert world.between("clash_rate", "rebels", "south") == world.between("clash_rate", "north", "rebels") == 0.3
    assert world.number("clash_rate") == 0.3


@pytest.mark.parametrize(("tense", "calm"), [("north:south", "rebels:south"), ("rebels:south", "north:south")])
def test_of_two_fronts_only_the_one_named_is_another(plan: Valley, tense: str, calm: str) -> None:
    """The North holds Dell next to the South in Corve, and the rebels the quarters of Corve."""
    scenario = own(
        fixed(alone(plan[0], {"posts": men("north", "arlen", 200)}), clash_rate=0.0), f"clash_rate.{tense}", 50.0
    )
    story = tell(stage_of(scenario, plan[1]), SEED, until=scenario.at)
    folding = Folding(story.stage.ground, story.state())
    taken = Captured(PlaceId("dell"), (ActorId("north"),), ActorId("rebels"))
    span = Interval(story.until, story.until)
    folding.apply(Entry("taken", story.until, span, taken, Ruled("a test", None, "", None, ())))
    steps = [one.event for one in contacts(World(story.stage, folding.live, Luck(SEED, 0), story.until + DAY))]
    assert [type(step) for step in steps] == [ClashStepped]
    assert [f"{step.actor}:{step.toward}" for step in steps if isinstance(step, ClashStepped)] == [tense]
    assert calm != tense


CHANGED = {
    "clash_rate": 0.6,
    "clash_lapsed": 1.0,
    "clash_echo": 0.9,
    "clash_fade": 0.9,
    "ladder_up": 0.6,
    "ladder_down": 0.4,
    "concession": 0.0,
    "confrontation_days": 20.0,
    "ceasefire_rate": 0.01,
}


def happened(scenario: Scenario, plan: Valley) -> list[tuple[int, object, object]]:
    """What happens in some stories, and why, but for the list of their numbers."""
    return [
        (entry.time, entry.event, entry.cause)
        for index in range(8)
        for entry in tell(stage_of(scenario, plan[1]), SEED, 0, 0, index).entries
        if not isinstance(entry.event, NumbersDrawn)
    ]


@pytest.mark.parametrize("name", PAIRED)
def test_on_the_only_front_a_number_of_the_pair_does_what_everyones_would(plan: Valley, name: str) -> None:
    """Rebels and South touch round Corve and nobody else does: the pair's own number is as good as the common one.

    The same number of two who touch nowhere changes nothing.
    """
    plans = {"rebels": Plan(ActorId("rebels"), "hold")}
    front = fixed(
        alone(plan[0], {"posts": men("north", "arlen", 200)}, plans),
        clash_rate=0.05, contact__full=1.0, clash_echo=0.3, clash_fade=0.2, ladder_up=0.4, ladder_down=0.2,
        concession=0.5, confrontation_days=3.0, ceasefire_rate=0.3,
    )  # fmt: skip
    as_it_is = happened(front, plan)
    for_all = happened(fixed(front, **{name: CHANGED[name]}), plan)
    assert for_all != as_it_is
    assert happened(own(front, f"{name}.rebels:south", CHANGED[name]), plan) == for_all
    assert happened(own(front, f"{name}.north:south", CHANGED[name]), plan) == as_it_is


# -- last stands by posture

BY_POSTURE = {"hold": "last_stand.determined", "delay": "last_stand.yielding", "insurgency": "last_stand"}
STANDS = {"last_stand__determined": 1.0, "last_stand__yielding": 0.0, "last_stand": 0.5}
STANDS_AT = 0.95


def assault(plan: Valley, last_stand: object, posture: Any, **numbers: float) -> Scenario:
    """2,000 of the North go on Dell, where 200 rebels stand in a posture."""
    push = Plan(ActorId("north"), "advance", ("column",), (PlaceId("dell"),))
    forces = {"column": men("north", "arlen", 2000, "field"), "town": men("rebels", "dell", 200)}
    scenario = alone(plan[0], forces, {"push": push})
    rebels = evolve(scenario.actors[ActorId("rebels")], last_stand=last_stand, posture=posture)
    scenario = evolve(scenario, actors={**scenario.actors, ActorId("rebels"): rebels})
    return fixed(
        scenario, **{**STANDS, "last_stand_at": STANDS_AT, "clash_rate": 0.0, "leave_before_contact": 0.0, **numbers}
    )


def yielding(view: View) -> tuple[Order, ...]:
    """Give up the order to stand, and stay."""
    return (Order("rebels/posture", "posture", "delay"),) if view.posture() != "delay" else ()


def points(scenario: Scenario, plan: Valley, runs: int = 40) -> list[float]:
    """The rebels' break points at Dell, story by story."""
    found = []
    for index in range(runs):
        until = scenario.at + 25 * DAY
        story = tell(stage_of(scenario, plan[1]), SEED, 0, 0, index, until=until, doctrines={"yield": yielding})
        for entry in the(story, BattleBegan, place="dell")[:1]:
            assert isinstance(entry.event, BattleBegan)
            assert entry.event.fight.defender == "rebels"
            assert isinstance(entry.cause, Ruled)
            assert entry.cause.odds is not None
            found.append(entry.cause.odds)
    assert len(found) > runs / 2
    return found


@pytest.mark.parametrize("posture", ["hold", "delay", "insurgency"])
def test_a_defender_stands_to_the_last_as_often_as_in_its_posture(plan: Valley, posture: str) -> None:
    """One number for each posture decides as that number alone would."""
    by_posture = points(assault(plan, BY_POSTURE, posture), plan)
    assert by_posture == points(assault(plan, BY_POSTURE[posture], posture), plan)
    stood = [point == STANDS_AT for point in by_posture]
    assert all(stood) == (posture == "hold")
    assert any(stood) == (posture != "delay")


def test_the_posture_at_the_time_of_the_battle_counts_not_the_one_at_the_branch(plan: Valley) -> None:
    """Told to hold at the branch, and to yield two days later, four days before the battle."""
    calm = assault(plan, BY_POSTURE, "hold", leave_before_contact=0.0)
    late = evolve(calm.doctrines["push"], start="wait")
    turn = Switch((Condition(after=2 * DAY),), "yield")  # type: ignore[arg-type]
    conduct = Plan(ActorId("rebels"), "hold", switch=(turn,))
    numbers = {**calm.numbers, "wait": evolve(DEFAULTS["regroup"], name="wait")}
    waiting = fixed(evolve(calm, numbers=numbers, doctrines={"push": late}), wait=6.0)
    turned = evolve(waiting, doctrines={"push": late, "rebels": conduct})
    assert {point == STANDS_AT for point in points(waiting, plan, 20)} == {True}
    assert {point == STANDS_AT for point in points(turned, plan, 20)} == {False}
