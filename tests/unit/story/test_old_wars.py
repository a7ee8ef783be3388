"""A war before 1970, when minutes are counted from, is told as any other: its minutes are negative, and nothing hangs on that."""

from __future__ import annotations

from pathlib import Path

import pytest

from situation.ensemble.design import index_of
from situation.ensemble.record_draws import RecordDraws
from situation.events import BattleBegan, MarchBegan, OrderGiven
from tests.unit.valley_stories import scenario_of, valley


@pytest.mark.parametrize("year", ["2020", "1920", "1624"])
def test_forces_set_out_and_fight_in_any_century(tmp_path: Path, year: str) -> None:
    small = valley(tmp_path)
    for name, content in small.files.items():
        assert isinstance(content, str)
        small.files[name] = content.replace("2020-", f"{year}-")
    scenario, record = scenario_of(small)
    story = RecordDraws(scenario, record, 1).tell(index_of(0))
    for kind in (OrderGiven, MarchBegan, BattleBegan):
        assert any(isinstance(entry.event, kind) for entry in story.entries), kind.__name__
