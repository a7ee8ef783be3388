"""Stories on one belief's account of the record, in place of draws of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

from situation.ensemble.record_draws import RecordDraws
from situation.record.record import Record
from situation.scenario import Scenario
from situation.scenario.branch import under_belief
from tests.unit.valley_stories import problems, scenario_of, valley


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> tuple[Scenario, Record]:
    return scenario_of(valley(tmp_path_factory.mktemp("valley")))


def test_under_a_belief_every_draw_of_the_record_is_its_account(sides: tuple[Scenario, Record]) -> None:
    scenario, record = sides
    for belief in ("graded", "latest"):
        draws = RecordDraws(under_belief(scenario, belief), record, 7)
        logs = [draws.draw(index)[0].log for index in range(4)]
        assert all(log == logs[0] for log in logs)
        assert logs[0] == record.log(scenario.known_at, belief).until(scenario.at)
    drawn = [RecordDraws(scenario, record, 7).draw(index)[0].log for index in range(4)]
    assert any(log != drawn[0] for log in drawn)


def test_a_place_that_an_account_gives_to_somebody_without_a_force_is_as_the_scenarios_own_belief_has_it(
    sides: tuple[Scenario, Record],
) -> None:
    scenario, record = sides
    account = record.state(scenario.at, scenario.known_at, "two-origins").places["arlen"].holder
    forces = {name: force for name, force in scenario.forces.items() if name != "rebel-towns"}
    lacking = evolve(under_belief(scenario, "two-origins"), forces=forces)
    usual = record.state(scenario.at, scenario.known_at).places["arlen"].holder
    assert RecordDraws(lacking, record, 7).draw(0)[0].state.places["arlen"].holder == usual
    assert account in ("rebels", usual)


def test_an_account_that_no_belief_gives_is_a_fault_at_its_line(tmp_path: Path) -> None:
    small = valley(tmp_path).plant("plan.yaml", "known_at: 2020-03-31}", "known_at: 2020-03-31, account: latst}")
    (problem,) = problems(small)
    assert problem.startswith(small.at("plan.yaml", "account: latst"))
    assert "There is no belief 'latst'. Did you mean 'latest'?" in problem
