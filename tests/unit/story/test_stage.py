"""A stage is made from the scenario at hand: a changed scenario never gets the ways, plans or forces of the first."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

from situation.chance.luck import Luck
from situation.ensemble.design import index_of
from situation.ensemble.summary import summary_of
from situation.errors import Fault
from situation.events import ActorId, AreaId, ForceRaised, OpeningAssumed, OperationPaused, OrderGiven, PlaceId
from situation.events.story import DUE_KINDS
from situation.log.entry import Log, Ruled
from situation.log.fold import fold
from situation.record.record import Record
from situation.scenario import Question, Scenario
from situation.scenario.branch import without_claims
from situation.story.stage import stage_of
from situation.story.story import resume, tell
from tests.oracles.fold.world import World
from tests.unit.constructed import men
from tests.unit.valley_stories import scenario_of, valley


@pytest.fixture
def plan(tmp_path: Path) -> tuple[Scenario, Record]:
    return scenario_of(valley(tmp_path))


def test_a_scenario_with_other_forces_raises_other_forces(plan: tuple[Scenario, Record]) -> None:
    scenario, record = plan
    tell(stage_of(scenario, record), 3)
    reserve = men("north", "arlen", 700, "field")
    changed = stage_of(evolve(scenario, forces={**scenario.forces, "reserve": reserve}), record)
    raised = {entry.event.force for entry in tell(changed, 3).entries if isinstance(entry.event, ForceRaised)}
    assert "reserve" in raised


def test_a_scenario_with_other_plans_gives_other_orders(plan: tuple[Scenario, Record]) -> None:
    scenario, record = plan
    before = stage_of(scenario, record)
    assert any(isinstance(entry.event, OrderGiven) for entry in tell(before, 3).entries)
    after = stage_of(evolve(scenario, doctrines={}), record)
    assert (len(before.scenario.doctrines), len(after.scenario.doctrines)) == (2, 0)
    assert not any(isinstance(entry.event, OrderGiven) for entry in tell(after, 3).entries)


def test_a_scenario_that_leaves_claims_out_branches_from_another_state(plan: tuple[Scenario, Record]) -> None:
    scenario, record = plan
    before = stage_of(scenario, record)
    claims = before.state.because["arlen.holder"].cause.claims
    after = stage_of(evolve(scenario, without=claims), record)
    assert before.state.get("arlen", "holder") == "north"
    assert after.state.get("arlen", "holder") != "north"
    assert tell(after, 3).entries != tell(before, 3).entries


def test_a_stage_may_be_set_on_another_log(plan: tuple[Scenario, Record]) -> None:
    scenario, record = plan
    stage = stage_of(scenario, record, Log(()))
    assert not stage.state.cells
    assert stage_of(scenario, record).state.cells


def test_a_record_without_some_claims_is_read_anew(plan: tuple[Scenario, Record]) -> None:
    scenario, record = plan
    entry = stage_of(scenario, record).state.because["arlen.holder"]
    left = without_claims(record, entry.cause.claims)
    assert entry in record.log(scenario.known_at)
    assert entry not in left.log(scenario.known_at)


def test_nobody_stands_in_ground_that_its_holder_has_left(tmp_path: Path) -> None:
    """A place that is somebody's by name and ungarrisoned counts for nobody: in the story, and in what is asked of it."""
    scenario, record = scenario_of(valley(tmp_path))
    held = Question("places held", by=ActorId("rebels"), area=AreaId("dunes"))
    stage = stage_of(evolve(scenario, questions={"held": held}), record)
    opening = next(entry for entry in stage.log if entry.id == "opening:dunes")
    left = OpeningAssumed("dunes", {"dunes.holder": "rebels", "dunes.status": "ungarrisoned"})
    log = Log(tuple(evolve(entry, event=left) if entry is opening else entry for entry in stage.log))
    stage = evolve(stage, log=log, state=fold(log, stage.ground))
    story = tell(stage, 3, until=scenario.end)
    assert story.state().get("dunes", "holder") == "rebels"
    assert World(stage, story.state(), Luck(3, 0), story.until).holder("dunes", "north") is None
    row = summary_of(story, index_of(0))
    assert [who for place, _, who in row.holders if place == "dunes"] == [None]
    assert row.answers["held"] == 0


def test_what_falls_due_at_one_minute_has_the_order_of_its_kinds(plan: tuple[Scenario, Record]) -> None:
    stage = stage_of(*plan)
    world = World(stage, tell(stage, 3, until=plan[0].at).state(), Luck(3, 0), plan[0].at)
    assert [world.due(kind, world.now, "it").phase for kind in DUE_KINDS] == list(range(len(DUE_KINDS)))
    assert DUE_KINDS == ("day", "return", "council", "order", "arrival", "battle", "search")


def test_a_story_is_taken_up_on_the_stage_that_it_was_told_on_alone(plan: tuple[Scenario, Record]) -> None:
    stage = stage_of(*plan)
    story = tell(stage, 3)
    assert resume(story.prefix(4), stage, 3).entries == story.entries
    other = stage_of(*plan, log=Log(stage.log.entries[:-1]))
    with pytest.raises(Fault, match="The log before the story is not that of the stage"):
        resume(story.prefix(4), other, 3)


def test_a_misspelt_cell_is_an_error_and_not_a_cell_that_nothing_has_set(plan: tuple[Scenario, Record]) -> None:
    stage = stage_of(*plan)
    world = World(stage, stage.state, Luck(3, 0), plan[0].at)
    assert world.get("dell.searched_by") is None
    with pytest.raises(LookupError, match="Did you mean 'holder'"):
        world.get("dell.holdr")


def test_a_plan_rests_where_no_way_leads_to_from_its_hub(tmp_path: Path) -> None:
    apart = "{id: isle, name: the Isle, kind: village, country: TV, at: {lat: 1.9, lon: 2.9, precision_km: 1, source: invented}}"
    small = valley(tmp_path).plant("map.yaml", "regions:\n  - {id: valley", f"  - {apart}\nregions:\n  - {{id: valley")
    small.plant(
        "map.yaml", "    arlen: {holder", "    isle: {status: unknown, assumed: nobody says}\n    arlen: {holder"
    )
    scenario, record = scenario_of(small)
    cut = {name: evolve(made, hub=PlaceId("isle")) for name, made in scenario.doctrines.items()}

    def rests(of: Scenario) -> dict[str, float | None]:
        """Why plans rest by R4, and the share or the km on which that hangs."""
        story = tell(stage_of(of, record), 3)
        return {
            entry.event.why: entry.cause.odds
            for entry in story.entries
            if isinstance(entry.event, OperationPaused)
            and isinstance(entry.cause, Ruled)
            and entry.cause.rule == "R4 must_pause"
        }

    assert "supply" not in rests(scenario)
    assert rests(evolve(scenario, doctrines=cut))["supply"] is None


def test_a_plan_that_rests_says_what_is_left_of_its_men_or_how_far_its_hub_is(plan: tuple[Scenario, Record]) -> None:
    scenario, record = plan
    hubs = {name: evolve(made, hub=PlaceId("corve")) for name, made in scenario.doctrines.items()}

    def odds(why: str, **numbers: float) -> list[float]:
        changed = {name: evolve(scenario.numbers[name], low=it, best=it, high=it) for name, it in numbers.items()}
        story = tell(stage_of(evolve(scenario, doctrines=hubs, numbers={**scenario.numbers, **changed}), record), 3)
        return [
            entry.cause.odds or 0.0
            for entry in story.entries
            if isinstance(entry.event, OperationPaused) and entry.event.why == why and isinstance(entry.cause, Ruled)
        ]

    spent = odds("spent", spent_below=0.99, reach=1000.0)
    assert spent
    assert all(0.0 < share < 0.99 for share in spent)
    far = odds("supply", reach=5.0, spent_below=0.0)
    assert far
    assert all(km > 5.0 for km in far)
