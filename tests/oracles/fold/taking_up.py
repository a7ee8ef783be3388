"""A story taken up at a minute under another scenario: what has happened stays, and what was ordered and drawn follows suit."""

from __future__ import annotations

from collections.abc import Mapping

from situation.chance.luck import Luck, Stream
from situation.dates import Minute
from situation.errors import Fault
from situation.events import (
    AirSupportGiven,
    AirSupportWithdrawn,
    DoctrineSwitched,
    NumbersDrawn,
    PostureChanged,
)
from situation.log.entry import Log
from situation.scenario import Scenario
from situation.story.story import Story
from situation.testimony.dating.clock import Clock
from tests.oracles.fold.given import draw_numbers, plans_begin
from tests.oracles.fold.march.axes import doctrine_of
from tests.oracles.fold.story import resume
from tests.oracles.fold.world import Outcome, Outcomes, World

__all__ = ["check_point", "take_up"]

_RULE = "taken up"


def take_up(
    story: Story,
    at: Minute,
    scenario: Scenario,
    seed: int,
    record_index: int,
    parameter_index: int,
    chance_index: int,
) -> Story:
    """A story up to the end of a minute, and from there on under a scenario: the same events, forces and numbers until then.

    Under its own scenario, on its own luck, it is the same story. Under another its plans give the orders from the next
    council on, and one that is new or another begins as at a branch; marches and battles that are under way go on;
    postures and air support are what the scenario says; and a number is drawn at the address that it always has.

    Args:
        story: the story.
        at: the last minute that stays.
        scenario: how it goes on.
        seed, record_index, parameter_index: those of the story.
        chance_index: of the luck from then on.

    Raises:
        Fault: the minute lies outside the story, or the scenario leaves the record elsewhere, or has forces that are not there.
    """
    before = story.stage.scenario
    check_point(before, scenario, at, story.stage.ground.clock)
    stage = story.stage if scenario == before else story.stage.under(scenario)
    kept = sum(entry.time <= at for entry in story.entries)
    prefix = Log((*stage.log.entries, *story.entries[:kept]))
    numbers = draw_numbers(stage, Luck(seed, parameter_index, Stream.PARAMETERS))

    def turn(world: World) -> Outcomes:
        world.now = at
        return _turned(world, before, numbers)

    indices = (record_index, parameter_index, chance_index)
    return resume(prefix, stage, seed, *indices, first=None if scenario == before else turn)


def check_point(before: Scenario, scenario: Scenario, at: Minute, clock: Clock) -> None:
    """Refuse what cannot be taken up.

    Args:
        before: the scenario of the story.
        scenario: how it would go on.
        at: the last minute that would stay.
        clock: says the times between which it may lie.

    Raises:
        Fault: the minute lies outside the story, or the scenario leaves the record elsewhere, or has forces that are not there.
    """
    if any(getattr(before, name) != getattr(scenario, name) for name in ("situation", "at", "known_at", "without")):
        fact = f"{scenario.id} leaves the record at another time than {before.id}."
        raise Fault(fact, "Give its file the same branch.")
    if not before.at <= at < scenario.end:
        fact = f"{clock.text(at)} lies outside the story."
        raise Fault(
            fact, f"Name a time from {clock.text(before.at)} to before {clock.text(scenario.end)}.", argument="at"
        )
    if added := sorted({*scenario.forces} - {*before.forces}):
        fact = f"{scenario.id} has forces that are not in the story: {', '.join(added)}."
        raise Fault(fact, "Let them come by an entry of 'given'.")


def _turned(world: World, before: Scenario, numbers: Mapping[str, float]) -> Outcomes:
    """What another scenario changes at once."""
    scenario = world.stage.scenario
    if dict(world.get("numbers.drawn")) != dict(numbers):
        yield Outcome(NumbersDrawn(numbers), world.by("priors"))
    changed = {name for name, plan in scenario.doctrines.items() if before.doctrines.get(name) != plan}
    for name in world.ranks.ordered(changed & {*before.doctrines}):
        if doctrine_of(world, name) != scenario.doctrines[name].doctrine:
            yield Outcome(DoctrineSwitched(name, scenario.doctrines[name].doctrine), world.by(_RULE))
    for actor in world.ranks.armed:
        was, conduct = before.actors.get(actor), world.stage.conduct(actor)
        if was == conduct:
            continue
        if was is None or was.posture != conduct.posture:
            yield Outcome(PostureChanged(actor, conduct.posture), world.by("posture as said"))
        if conduct.air_by is not None and conduct.air != "none":
            yield Outcome(AirSupportGiven(conduct.air_by, actor, conduct.air), world.by("air support as said"))
        elif was is not None and was.air_by is not None and was.air != "none":
            yield Outcome(AirSupportWithdrawn(actor), world.by("air support as said"))
    yield from plans_begin(world, changed)
