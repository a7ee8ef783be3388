"""Minutes and days in cells are told as local times and dates, and none as a bare number."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from situation.dates import DAY
from situation.ensemble.trace import trace, trace_answer
from situation.events import Due
from situation.log.cell_times import local_date, timed_value
from situation.log.value_words import cell_value_in_words
from situation.story.stage import stage_of
from situation.story.story import tell
from tests.unit.small import small_ground
from tests.unit.valley_stories import scenario_of, valley

GROUND = small_ground()
NOON = GROUND.clock.moment("2020-03-16T12:00")
DAYS_TO_MARCH_16 = GROUND.clock.local(NOON) // DAY


def _times(value: Any) -> Iterator[float]:
    """Every number within a value that can be a minute or a day counted from 1970."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _times(inner)
    elif isinstance(value, int | float) and not isinstance(value, bool) and 18_000 <= value < 30_000_000:
        yield value


def test_a_minute_is_a_local_time_a_launch_and_a_day_are_dates() -> None:
    assert timed_value("column.fought", NOON, GROUND) == "2020-03-16T12:00+02:00"
    assert timed_value("push.launched", NOON, GROUND) == "2020-03-16"
    assert timed_value("column.cut_since", DAYS_TO_MARCH_16, GROUND) == "2020-03-16"
    assert timed_value("north:south.incidents", (DAYS_TO_MARCH_16,), GROUND) == ["2020-03-16"]
    assert timed_value("day.due", Due(NOON, 0, 0.5, "day"), GROUND)["minute"] == "2020-03-16T12:00+02:00"
    assert timed_value("column.fought", None, GROUND) is None
    assert local_date(DAYS_TO_MARCH_16, GROUND) == "2020-03-16"
    assert cell_value_in_words("day.due", Due(NOON, 0, 0.5, "day"), GROUND) == "day, 2020-03-16T12:00+02:00"
    assert cell_value_in_words("north:south.incidents", (DAYS_TO_MARCH_16,), GROUND) == "2020-03-16"
    assert cell_value_in_words("column.cut_since", DAYS_TO_MARCH_16, GROUND) == "2020-03-16"


def test_no_cell_of_a_story_is_told_by_a_bare_minute_or_day(tmp_path: Path) -> None:
    scenario, record = scenario_of(valley(tmp_path))
    story = tell(stage_of(scenario, record), 1)
    looked_at = set()
    for at in range(scenario.at, story.until, 9 * DAY):
        state = story.state(at)
        for cell, value in state.cells.items():
            looked_at.add(cell.rpartition(".")[2])
            assert list(_times(timed_value(cell, value, record.ground))) == [], cell
    assert {"fought", "due", "day", "incidents", "branch", "paused_until"} <= looked_at
    answer = trace_answer(trace(story, "story.day", story.until), record, scenario)
    assert answer["value"].startswith("2020-05-1")
