"""The last of a garrison that is shut in fight on as its defenders; who is overrun; and who waits for friends on the road."""

from __future__ import annotations

import pytest
from attrs import evolve

from situation.dates import DAY, Duration
from situation.ensemble.attack_figures import attack_figures
from situation.events import (
    ActorId,
    AttackPutOff,
    BattleBegan,
    BattleDay,
    Captured,
    DefenderBroke,
    Entered,
    KilledOff,
    Loss,
    MarchBegan,
    PlaceId,
    Repelled,
    RouteSealed,
    Surrendered,
)
from situation.log.entry import Ruled
from situation.log.story_words import event_in_words
from situation.scenario import Force, Plan, Scenario
from situation.scenario.parts import Condition, Given
from situation.story.stage import stage_of
from situation.story.story import Story, tell
from situation.story.tally import tallies
from tests.oracles.fold.story import tell as by_the_fold
from tests.unit.constructed import SEED, Valley, alone, fixed, men, the

DELL, NORTH, REBELS = PlaceId("dell"), ActorId("north"), ActorId("rebels")
PUSH = Plan(NORTH, "advance", ("column",), (DELL,))
QUIET = {
    "clash_rate": 0.0, "raid_rate": 0.0, "hunted": 0.0, "recapture_rate": 0.0, "evacuation_rate": 0.0, "yields": 0.0,
    "leaving_rate__hold": 0.0, "leaving_rate__delay": 0.0, "lost_on_the_way": 0.0, "leave_before_contact": 0.0,
    "speed__opposed": 25.0, "last_stand": 0.0, "last_stand__determined": 0.0, "estimate_sigma": 0.0,
}  # fmt: skip
ALL_STAND = {"closed__stand": 1.0, "closed__surrender": 0.0, "closed__melt": 0.0, "closed__evacuate": 0.0}
WAYS = ("arlen--dell", "dell--corve", "dell--dunes")


def shut_in(plan: Valley, **numbers: float) -> Scenario:
    """4,000 of the North before 500 rebels in Dell, out of which no way leads."""
    forces = {"column": men("north", "arlen", 4000, "field"), "town": men("rebels", "dell", 500)}
    shut = {way: Given(RouteSealed(way, REBELS), (Condition(after=Duration(0)),)) for way in WAYS}
    scenario = evolve(alone(plan[0], forces, {"push": PUSH}), given=shut)
    return fixed(scenario, **{**QUIET, **ALL_STAND, "clear__contested": 0.0, **numbers})


def told(plan: Valley, scenario: Scenario, index: int = 0, days: int = 150) -> Story:
    return tell(stage_of(scenario, plan[1]), SEED, 0, 0, index, until=scenario.at + days * DAY)


def hurt(losses: tuple[Loss, ...]) -> int:
    return sum(loss.killed + loss.wounded for loss in losses)


@pytest.mark.parametrize("index", range(3))
def test_those_who_fight_on_cost_the_attacker_and_who_is_left_is_taken_captive(plan: Valley, index: int) -> None:
    story = told(plan, shut_in(plan), index)
    first, last = the(story, DefenderBroke, place="dell")
    (taken,) = the(story, Captured, place="dell")
    after = [entry.event for entry in the(story, BattleDay, place="dell") if first.time < entry.time <= last.time]
    days = [day for day in after if isinstance(day, BattleDay) and day.ratio is not None]
    assert len(days) > 1
    assert sum(hurt(day.attackers) for day in days) > 0
    stood = story.state(first.time).cells["rebels@dell.number"]
    assert sum(hurt(day.defenders) for day in days) > 0.7 * stood
    assert not the(story, KilledOff)
    assert isinstance(last.cause, Ruled) and last.cause.odds == pytest.approx(0.95)
    captives = sum(e.event.number for e in the(story, Surrendered) if isinstance(e.event, Surrendered))
    tally = tallies(story.state(taken.time), plan[1].ground)["rebels"]
    assert tally.conserved and tally.surrendered == captives and tally.killed + captives + tally.hidden == 500
    assert last.time < taken.time < last.time + DAY


def test_kernels_and_the_fold_tell_the_same_last_stand(plan: Valley) -> None:
    scenario = shut_in(plan)
    stage, until = stage_of(scenario, plan[1]), scenario.at + 100 * DAY
    for index in range(2):
        one, other = (telling(stage, SEED, 0, 0, index, until=until) for telling in (tell, by_the_fold))
        assert tuple(one.entries) == tuple(other.entries)


def test_an_attacker_can_be_thrown_back_by_those_who_fight_on(plan: Valley) -> None:
    """Six hundred against five hundred who break at once: some attackers come to their own break point before the end."""
    scenario = shut_in(plan, break_sigma=0.9, supply_floor=0.99, supply_floor__light=0.99, hopeless_below=0.0)
    forces = {**scenario.forces, "column": men("north", "arlen", 700, "field")}
    stories = [told(plan, evolve(scenario, forces=forces), index, 60) for index in range(12)]
    broke = [story for story in stories if the(story, DefenderBroke, place="dell")]
    held = [
        story
        for story in broke
        if any(
            back.time > the(story, DefenderBroke, place="dell")[0].time for back in the(story, Repelled, place="dell")
        )
    ]
    assert held


@pytest.mark.parametrize("alive", [0.0, 1.0])
def test_of_those_overrun_a_share_is_taken_alive(plan: Valley, alive: float) -> None:
    """With a way out those who cover the others are gone through in a day; all who are left then live, or none."""
    forces = {"column": men("north", "arlen", 4000, "field"), "town": men("rebels", "dell", 500)}
    open_ = fixed(
        alone(plan[0], forces, {"push": PUSH}),
        **{**QUIET, "clear__contested": 0.0, "clear__abandoned": 50.0, "flee": 0.0, "melt": 0.0, "surrender__feared": 0.0},
        surrender__trusted=0.0, taken_alive=alive, taken_alive__feared=alive,
    )  # fmt: skip
    story = told(plan, open_)
    (taken,) = the(story, Captured, place="dell")
    dead = [entry for entry in the(story, KilledOff) if entry.time == taken.time]
    fit = [e for e in the(story, Surrendered) if isinstance(e.event, Surrendered) and not e.event.wounded]
    assert (bool(dead), bool(fit)) == (alive == 0.0, alive == 1.0)


def with_friends(plan: Valley, defenders: int) -> Scenario:
    forces: dict[str, Force] = {
        "column": men("north", "arlen", 213, "field"),
        "friends": men("north", "dunes", 6000, "field"),
        "town": men("rebels", "dell", defenders),
    }
    plans = {"push": PUSH, "other": Plan(NORTH, "advance", ("friends",), (DELL,))}
    numbers = {**QUIET, "speed__light": 5.0, "hopeless_below": 1.0 / 3.0}
    return fixed(alone(plan[0], forces, plans), **numbers)


def test_a_few_wait_before_a_place_for_friends_who_are_days_away(plan: Valley) -> None:
    story = told(plan, with_friends(plan, 3000), days=20)
    waits = [entry for entry in the(story, AttackPutOff, force="column") if getattr(entry.event, "due", None)]
    assert waits
    due = the(story, MarchBegan, force="friends")[0].event
    begun = the(story, BattleBegan, place="dell")[0]
    assert isinstance(due, MarchBegan) and begun.time >= due.due.minute - DAY
    assert isinstance(waits[0].event, AttackPutOff) and waits[0].event.due is not None
    assert waits[0].event.due.minute == due.due.minute
    words = 'The force "column" waited before Dell for others on the road to it'
    assert event_in_words(waits[0].event, plan[1].ground) == words


def test_an_attack_that_is_begun_says_whom_it_counted_and_from_which_odds_on_it_begins(plan: Valley) -> None:
    story = told(plan, with_friends(plan, 3000), days=20)
    (entered,) = the(story, Entered, place="dell")[:1]
    figures = attack_figures(story, entered, {entry.id: entry for entry in story.log})
    assert figures is not None
    assert (figures.own + figures.friends, figures.enemy) == (6213, 3000)
    assert figures.least == pytest.approx(1.0 / 3.0)
