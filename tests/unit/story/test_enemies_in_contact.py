"""Enemies whose ground touches: who became so in the story is in a confrontation, whose fire costs lives (R8)."""

from __future__ import annotations

from attrs import evolve

from situation.chance.luck import Luck, Stream
from situation.dates import DAY
from situation.events import ActorId, BattleDay, CeasefireAgreed, ClashStepped, FireExchanged, PlaceId, StanceChanged
from situation.log.entry import Ruled
from situation.scenario import Given, Plan, Scenario
from situation.story.stage import stage_of
from situation.story.story import Story, tell
from situation.story.taking_up import take_up
from tests.oracles.fold.battle.casualties import loss_so_far
from tests.oracles.fold.world import World
from tests.unit.constructed import SEED, Valley, alone, fixed, men, the

TURNS = {"turns": Given(StanceChanged(ActorId("south"), ActorId("rebels"), "hostile"), at="2020-03-12")}


def at_war(plan: Valley, given: dict[str, Given]) -> Scenario:
    """Rebels and South touch round Corve, with 2,000 men each, and nobody has orders."""
    forces = {"posts": men("south", "corve", 2000), "quarters": men("rebels", "dell", 2000)}
    scenario = alone(plan[0], forces)
    return fixed(evolve(scenario, given=given), clash_rate=0.0, ceasefire_rate=0.5, recapture_rate=0.0, raid_rate=0.0)


def told(plan: Valley, given: dict[str, Given]) -> Story:
    scenario = at_war(plan, given)
    return tell(stage_of(scenario, plan[1]), SEED, until=scenario.at + 40 * DAY)


def test_who_are_made_enemies_are_in_a_confrontation_and_their_fire_costs_lives(plan: Valley) -> None:
    story = told(plan, TURNS)
    (turned,) = the(story, StanceChanged, actor="south", toward="rebels")
    (step,) = [entry for entry in story.entries if isinstance(entry.event, ClashStepped)]
    assert isinstance(step.event, ClashStepped) and step.event.rung == 4
    assert isinstance(step.cause, Ruled) and step.cause.parents == (turned.id,)
    fired = [entry for entry in story.entries if isinstance(entry.event, FireExchanged)]
    hit = [loss.killed + loss.wounded for entry in fired for loss in entry.event.losses]  # type: ignore[attr-defined]
    assert 20 < sum(hit) < 0.002 * 4000 * 40
    assert all(entry.time > step.time for entry in fired)


def test_a_war_that_a_scenario_begins_goes_on_until_it_says_otherwise(plan: Valley) -> None:
    assert not [entry for entry in told(plan, TURNS).entries if isinstance(entry.event, CeasefireAgreed)]


def test_without_a_turn_nobody_fires(plan: Valley) -> None:
    story = told(plan, {})
    assert not [entry for entry in story.entries if isinstance(entry.event, ClashStepped | FireExchanged)]


def test_peace_ends_a_confrontation_and_incidents_begin_anew(plan: Valley) -> None:
    peace = {"peace": Given(StanceChanged(ActorId("south"), ActorId("rebels"), "neutral"), at="2020-03-22")}
    scenario = fixed(at_war(plan, TURNS | peace), clash_rate=2.0, contact__full=1.0)
    story = tell(stage_of(scenario, plan[1]), SEED, until=scenario.at + 60 * DAY)
    rungs = [(entry.time, entry.event.rung) for entry in story.entries if isinstance(entry.event, ClashStepped)]
    (made,) = [entry.time for entry in the(story, StanceChanged, stance="neutral")]
    after = [rung for time, rung in rungs if time >= made]
    assert after[0] == 0 and 1 in after


def test_to_say_again_who_is_an_enemy_changes_nothing(plan: Valley) -> None:
    """North and rebels are enemies by the record: a war that it knows is no confrontation of this story."""
    again = {"again": Given(StanceChanged(ActorId("north"), ActorId("rebels"), "hostile"), at="2020-03-12")}
    forces = {"posts": men("north", "arlen", 2000), "quarters": men("rebels", "dell", 2000)}
    scenario = fixed(evolve(alone(plan[0], forces), given=again), clash_rate=0.0)
    story = tell(stage_of(scenario, plan[1]), SEED, until=scenario.at + 40 * DAY)
    assert the(story, StanceChanged, actor="north", toward="rebels")
    assert not [entry for entry in story.entries if isinstance(entry.event, ClashStepped | FireExchanged)]


def test_a_year_of_fire_across_a_line_breaks_nobody(plan: Valley) -> None:
    """A tenth of a percent a day is mended by 5 % of the loss a day: some 2 % of the men stay counted, not all of them."""
    scenario = at_war(plan, TURNS)
    story = tell(stage_of(scenario, plan[1]), SEED, until=scenario.at + 150 * DAY)
    world = World(story.stage, story.state(), Luck(SEED, 0, Stream.CHANCE), story.until)
    for force in ("south@corve", "rebels@dell"):
        assert 0.0 < loss_so_far(world, force) < 0.04 * 2000


def test_who_is_in_a_battle_is_not_under_the_fire_of_another_front(plan: Valley) -> None:
    """The North attacks Dell from Arlen, while the South in Corve fires on the rebels of Dell on all other days."""
    forces = {
        "posts": men("south", "corve", 2000),
        "quarters": men("rebels", "dell", 2000),
        "column": men("north", "arlen", 1500, "field"),
    }
    push = Plan(ActorId("north"), "advance", ("column",), (PlaceId("dell"),))
    scenario = evolve(alone(plan[0], forces, {"push": push}), given=TURNS)
    scenario = fixed(scenario, clash_rate=0.0, hopeless_below=0.0, recapture_rate=0.0, raid_rate=0.0)
    fired = fought = 0
    for index in range(8):
        story = tell(stage_of(scenario, plan[1]), SEED, 0, 0, index, until=scenario.at + 40 * DAY)
        battles = {entry.time // DAY for entry in the(story, BattleDay, place="dell")}
        days = {entry.time // DAY for entry in story.entries if isinstance(entry.event, FireExchanged)}
        under = {
            entry.time // DAY
            for entry in story.entries
            if isinstance(entry.event, FireExchanged)
            for loss in entry.event.losses
            if loss.force == "rebels@dell"
        }
        within = {day for day in battles if day - 1 in battles and day + 1 in battles}
        assert under.isdisjoint(within)
        fired, fought = fired + len(days), fought + len(within)
    assert fired and fought


def test_a_war_that_climbed_the_ladder_is_taken_up_as_it_was(plan: Valley) -> None:
    """It may still end by a ceasefire."""
    scenario = fixed(
        at_war(plan, {}), clash_rate=5.0, contact__full=1.0, ladder_up=0.9, ladder_down=0.0, concession=0.0
    )
    ended = 0
    for index in range(4):
        story = tell(stage_of(scenario, plan[1]), SEED, 0, 0, index, until=scenario.at + 60 * DAY)
        (turned, *_) = the(story, StanceChanged, stance="hostile")
        again = take_up(story, turned.time + 60, scenario, SEED, 0, 0, index)
        assert [(entry.time, entry.event) for entry in again.entries[-20:]] == [
            (entry.time, entry.event) for entry in story.entries[-20:]
        ]
        ended += bool([entry for entry in again.entries if isinstance(entry.event, CeasefireAgreed)])
    assert ended
