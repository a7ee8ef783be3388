"""A story taken up at a minute under another scenario, on the fold."""

from __future__ import annotations

from collections.abc import Mapping

from situation.chance.luck import Luck, Stream
from situation.dates import Minute
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
from situation.story.taking_up import check_point
from tests.oracles.fold.given import draw_numbers, plans_begin
from tests.oracles.fold.march.axes import doctrine_of
from tests.oracles.fold.story import resume
from tests.oracles.fold.world import Outcome, Outcomes, World

__all__ = ["take_up"]

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
    """A story taken up as `situation.story.taking_up.take_up` does it."""
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
