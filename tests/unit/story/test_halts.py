"""Operations that halt for reasons outside the war (R10): under way, or before their date."""

from __future__ import annotations

from itertools import pairwise

from attrs import evolve

from situation.dates import DAY
from situation.events import ActorId, MarchBegan, OperationPaused, PlaceId
from situation.rules import DEFAULTS
from situation.scenario import Plan, Scenario
from situation.story.stage import stage_of
from situation.story.story import Story, tell
from tests.unit.constructed import SEED, Valley, alone, fixed, men, the

PUSH = Plan(ActorId("north"), "advance", ("column",), (PlaceId("dell"),), start="wait")


def waiting(plan: Valley, days: float, rate: float) -> Scenario:
    """A column with orders to set out after some days, and operations that halt for 8 days."""
    forces = {"column": men("north", "arlen", 4000, "field"), "town": men("rebels", "dell", 100)}
    scenario = alone(plan[0], forces, {"push": PUSH})
    numbers = {**scenario.numbers, "wait": evolve(DEFAULTS["regroup"], name="wait")}
    return fixed(evolve(scenario, numbers=numbers), wait=days, halt_rate=rate, halt_days=8.0)


def told(plan: Valley, scenario: Scenario) -> Story:
    return tell(stage_of(scenario, plan[1]), SEED, until=scenario.at + 60 * DAY)


def set_out(story: Story) -> int:
    return the(story, MarchBegan, force="column")[0].time


def test_an_operation_that_waits_for_its_date_halts_too_and_is_so_much_later(plan: Valley) -> None:
    calm = told(plan, waiting(plan, 10.0, 0.0))
    halted = told(plan, waiting(plan, 10.0, 0.15))
    pauses = [entry for entry in the(halted, OperationPaused, plan="push") if entry.event.why == "outside"]  # type: ignore[attr-defined]
    before = [entry for entry in pauses if entry.time < set_out(calm)]
    assert len(before) == 1
    assert set_out(halted) >= set_out(calm) + 8 * DAY
    assert not [entry for entry in the(calm, OperationPaused, plan="push") if entry.event.why == "outside"]  # type: ignore[attr-defined]


def test_no_halt_begins_within_another(plan: Valley) -> None:
    pauses = [
        entry
        for entry in the(told(plan, waiting(plan, 10.0, 0.9)), OperationPaused, plan="push")
        if entry.event.why == "outside"  # type: ignore[attr-defined]
    ]
    assert len(pauses) > 2
    assert all(after.time >= one.time + 8 * DAY for one, after in pairwise(pauses))


def test_one_that_waits_long_may_halt_more_than_once(plan: Valley) -> None:
    story = told(plan, waiting(plan, 50.0, 0.3))
    pauses = [entry for entry in the(story, OperationPaused, plan="push") if entry.event.why == "outside"]  # type: ignore[attr-defined]
    assert len(pauses) > 2
    assert all(after.time >= one.time + 8 * DAY for one, after in pairwise(pauses))
