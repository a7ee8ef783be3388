"""A story's hierarchy is that of its branch: what is folded of it again, to go on or to be shown, stands on the same one."""

from __future__ import annotations

from pathlib import Path

import pytest

from situation.log.fold import history
from situation.story.stage import stage_of
from situation.story.story import resume, tell
from tests.unit.valley_stories import scenario_of, valley


@pytest.mark.parametrize("day", [11, 25])
def test_a_parent_that_changes_changes_no_story_that_is_folded_again(tmp_path: Path, day: int) -> None:
    """A day before the branch, after the Guard has taken Arlen, or some after it."""
    dated = f"parents: [{{parent: north, until: 2020-03-{day}}}, {{parent: south, from: 2020-03-{day + 1}}}]"
    small = valley(tmp_path)
    for actor in ("north-guard, name: the North Guard", "north-scouts, name: the North Scouts"):
        small.plant("map.yaml", f"{actor}, parent: north", f"{actor}, {dated}")
    plan, record = scenario_of(small)
    stage = stage_of(plan, record)
    story = tell(stage, 3)
    middle = story.prefix(len(story.steps) // 2)
    assert resume(middle, stage, 3).entries == story.entries
    last = {
        change.cell: change.value
        for change in history(stage.log, record.ground, story.entries, stage.ground)
        if change.until is None
    }
    assert last == {cell: value for cell, value in story.state().cells.items() if cell in last}
    assert last["arlen.holder"] == story.state().places["arlen"].holder
