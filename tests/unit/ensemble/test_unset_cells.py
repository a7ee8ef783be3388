"""Why a cell of a story that nothing has set reads as it does: as a condition reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from situation.ensemble.trace import trace, trace_answer
from situation.errors import Fault
from situation.story.stage import stage_of
from situation.story.story import tell
from tests.unit.valley_stories import scenario_of, valley


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("south.left", 0),
        ("South.surrendered", 0),
        ("south.air", "none"),
        ("south@dell.hidden", 0),
        ("rebels.paused_until", None),
        ("given:guns.fired", None),
    ],
)
def test_an_unset_cell_is_answered_as_conditions_read_it(tmp_path: Path, cell: str, value: object) -> None:
    scenario, record = scenario_of(valley(tmp_path))
    story = tell(stage_of(scenario, record), 3, 0, 0, 0)
    found = trace(story, cell, scenario.at)
    answer = trace_answer(found, record, scenario)
    assert (answer["value"], answer["entry"]) == (value, None)
    assert answer["cell"] == cell.lower()


def test_what_no_condition_may_ask_for_is_no_cell(tmp_path: Path) -> None:
    scenario, record = scenario_of(valley(tmp_path))
    story = tell(stage_of(scenario, record), 3, 0, 0, 0)
    for cell in ("south.lefft", "dell.number", "given:gnus.fired"):
        with pytest.raises(Fault, match="no cell"):
            trace(story, cell, scenario.at)


def test_a_cell_that_is_set_keeps_its_entry(tmp_path: Path) -> None:
    scenario, record = scenario_of(valley(tmp_path))
    story = tell(stage_of(scenario, record), 3, 0, 0, 0)
    assert trace(story, "dell.holder", story.until).step is not None
