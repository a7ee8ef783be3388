"""Replays stories as rows of a world of tables, and holds it to the fold: after each entry its cause, and each cell with its own.

`python -m tests.oracles.world_cells DAYS STORY...` prints how many entries each story has. As Python or compiled
(`SITUATION_KERNELS=each`), it fails at the first cell that differs.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable
from typing import Any

from attrs import evolve

from situation.dates import DAY
from situation.log.entry import Entry
from situation.log.fold import Folding
from situation.story.rows.entries import EntryWriter
from situation.story.rows.replay import Replay
from situation.story.stage import Stage, stage_of
from situation.story.story import Story
from tests.golden.test_stories import scenario_named
from tests.oracles.fold.story import tell

EVERY = 100
"""After so many entries all cells are compared, also those that no entry has just written."""


SOME = (
    "tarn-valley/guns",
    "al-qaim-2017/baseline-11-october",
    "al-qaim-2017/stand-and-fight",
    "falklands-1982/air-bridge-cut",
)
"""Scenarios for what is compared step by step; whole stories are compared of all (`whole_stories`)."""


def story_of(name: str, days: int | None, index: int = 0) -> Story:
    scenario, record = scenario_named(name)
    until = None if days is None else min(scenario.end, scenario.at + days * DAY)
    return tell(stage_of(scenario, record), 3, index, index, index, until)


def with_other_plans(stage: Stage, chance: random.Random, postures: Iterable[str]) -> Stage:
    """A stage whose actors have other postures, and whose plans follow other doctrines."""
    scenario = stage.scenario
    actors = {
        name: evolve(conduct, posture=posture)  # type: ignore[arg-type]
        for (name, conduct), posture in zip(scenario.actors.items(), postures, strict=False)
    }
    plans = {
        name: evolve(plan, doctrine=chance.choice((plan.doctrine, "race", "avoid contact", "hold")))
        for name, plan in scenario.doctrines.items()
    }
    return evolve(stage, scenario=evolve(scenario, actors=actors, doctrines=plans))


def rows_tell(story: Story) -> int:
    """Write the entries of a story as rows, make entries of the rows, and compare.

    Returns: how many there were.
    """
    replay = Replay.of(story.stage)
    for entry in story.entries:
        replay.take(entry)
    writer = EntryWriter(story.stage, replay.writer.tables, replay.writer.numbering)
    for entry, made in zip(story.entries, writer.entries(), strict=True):
        assert made == entry
    return len(story.entries)


def hold(stage: Stage, entries: Iterable[Entry], size: str = "S") -> int:
    """Fold entries and apply their rows, and compare.

    Returns: how many there were.

    Raises:
        AssertionError: a cell, its type or its cause differs, or one of both has a cell that the other lacks.
    """
    folding, replay, count = Folding(stage.ground, stage.state), Replay.of(stage, size), 0
    for count, entry in enumerate(entries, 1):
        changed = folding.apply(entry)
        row = replay.take(entry)
        assert replay.cause(row) == entry.cause, entry
        written = replay.written(row)
        assert not _differences(changed, {cell: value for cell, (value, _) in written.items()}), entry
        if count % EVERY == 0:
            _same_state(folding, replay)
    _same_state(folding, replay)
    return count


def _same_state(folding: Folding, replay: Replay) -> None:
    state = replay.state()
    assert not _differences(folding.live.cells, state.cells)
    assert {cell: entry.id for cell, entry in folding.live.because.items()} == {
        cell: entry.id for cell, entry in state.because.items()
    }


def _differences(expected: Any, given: Any) -> dict[str, tuple[Any, Any]]:
    """By cell that differs, what is expected and what is given."""
    absent = "absent"
    pairs = {cell: (expected.get(cell, absent), given.get(cell, absent)) for cell in sorted({*expected, *given})}
    return {cell: pair for cell, pair in pairs.items() if pair[0] != pair[1] or type(pair[0]) is not type(pair[1])}


if __name__ == "__main__":
    limit = int(sys.argv[1])
    for named in sys.argv[2:]:
        told_story = story_of(named, limit or None)
        print(named, hold(told_story.stage, told_story.entries))
