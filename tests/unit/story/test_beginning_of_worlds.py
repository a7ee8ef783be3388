"""What worlds of a scenario begin with is made once and copied: each is as if it had been made for its stage alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs
import pytest
from attrs import evolve

from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.sweep.ranged_numbers import ranged_numbers, scenario_at
from situation.rules import Prior
from situation.story.decide import steps
from situation.story.decide.ground import make_ground
from situation.story.drivers.loop import StoryLoop
from situation.story.stage import Stage
from situation.story.world.beginning import begin_world
from situation.story.world.prepared import PREPARED, prepared_world
from situation.story.world.table_columns import ReadTable, TableColumns, values_in
from situation.story.world.tables import WorldTables
from tests.golden.test_stories import scenario_named

NAMES = ("tarn-valley/guns", "al-qaim-2017/hidden-camps", "falklands-1982/baseline-20-may")


def contents(tables: Any) -> dict[str, Any]:
    """All that stands in some tables."""
    return {
        name: [attrs.asdict(row) if attrs.has(type(row)) else row for row in table]
        for name, table in zip(tables._fields, tables, strict=True)
        if name != "n"
    }


def begun(stage: Stage) -> tuple[Mapping[str, Any], ...]:
    tables, numbering = begin_world(stage)
    ground = make_ground(stage, numbering)
    return contents(tables), contents(ground), attrs.asdict(numbering)


@pytest.mark.parametrize("name", NAMES)
def test_a_world_is_as_if_it_had_been_made_for_its_draw_alone(name: str) -> None:
    draws = RecordDraws(*scenario_named(name), 3)
    for index in range(3):
        stage = draws.draw(index)[0]
        first = begun(stage)
        begin_world(stage)[0].places[1].area = -1.0
        assert begun(stage) == first == begun(evolve(stage))


@pytest.mark.parametrize("name", NAMES)
def test_where_numbers_have_other_values_nothing_else_is_made_anew(name: str) -> None:
    stage = RecordDraws(*scenario_named(name), 3).draw(0)[0]
    begun(stage)
    varied = {name: _within(prior) for name, prior in ranged_numbers(stage.scenario).items()}
    assert any(name.startswith("force ") for name in varied)
    scenario = scenario_at(stage.scenario, varied)
    other = stage.under(scenario)
    assert other.worlds is stage.worlds
    assert begun(other) == begun(evolve(stage, scenario=scenario))
    without = evolve(scenario, doctrines={})
    assert stage.under(without).worlds is not stage.worlds


def _within(prior: Prior) -> float:
    return prior.low + (prior.high - prior.low) / 3


@pytest.mark.parametrize("name", NAMES)
def test_nothing_stands_in_the_tables_that_are_not_copied(name: str) -> None:
    stage = RecordDraws(*scenario_named(name), 3).draw(0)[0]
    tables = prepared_world(stage, "S", (), ()).tables
    for table in WorldTables._fields:
        if table not in (*PREPARED, "n", "letters"):
            rows = getattr(tables, table)
            assert rows == [0] * len(rows) or all(contents_of(row) == contents_of(type(row)()) for row in rows), table


def contents_of(row: Any) -> Any:
    return attrs.asdict(row)


def test_a_step_that_stays_due_stops_a_story_of_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = RecordDraws(*scenario_named("tarn-valley/guns"), 3).draw(0)[0]
    monkeypatch.setattr(steps, "take_step", lambda w, g, step: None)
    with pytest.raises(ValueError, match="draws 0, 1, 2: a step left due what it was to take"):
        StoryLoop.of(stage).simulate(3, 0, 1, 2)


def test_records_are_read_row_by_row_or_by_columns() -> None:
    import numpy as np

    records = np.array([(1, 2.5), (3, 4.5), (5, 6.5)], [("number", "i8"), ("real", "f8")])
    table = ReadTable("parts", records)
    assert len(table) == 3
    assert (table[1].number, table[1].real) == (3, 4.5)
    assert [row.number for row in table[1:]] == [row.number for row in table][1:] == [3, 5]
    assert values_in(table, "real") == values_in([*table], "real") == [2.5, 4.5, 6.5]
    columns = TableColumns("parts", table, 1, 3)
    assert columns["real"].tolist() == [4.5, 6.5]
    assert columns.at(np.array([1, 0, 1]))["real"].tolist() == [6.5, 4.5, 6.5]
