"""Enemies whose ground touches: who became so in the story is in a confrontation, whose fire costs lives (R8)."""

from __future__ import annotations

from attrs import evolve

from situation.dates import DAY
from situation.events import ActorId, CeasefireAgreed, ClashStepped, FireExchanged, StanceChanged
from situation.log.entry import Ruled
from situation.scenario import Given, Scenario
from situation.story.stage import stage_of
from situation.story.story import Story, tell
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
