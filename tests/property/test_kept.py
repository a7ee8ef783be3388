"""What a world keeps of a story while it is told: the summary made of it is the one that is made of the state's cells."""

from __future__ import annotations

from collections import namedtuple

import pytest

from situation.ensemble.design import Index
from situation.ensemble.kept_summary import summary_of_world
from situation.ensemble.summary import StorySummary, summary_of
from situation.story.decide.kept import keep_before, keep_row
from situation.story.rows.replay import Replay
from situation.story.story import Story
from situation.story.world.columns import stored
from situation.story.world.fields import TABLES
from situation.story.world.kept_story import keep_story
from situation.story.world.tables import WorldTables
from tests.golden.test_stories import NAMES
from tests.oracles.world_cells import story_of


def kept_of(story: Story, index: Index) -> StorySummary:
    """The summary that a world keeps of the rows of a story."""
    replay = Replay.of(story.stage)
    tables, numbering = replay.writer.tables, replay.writer.numbering
    keep_story(story.stage, tables, numbering)
    for entry in story.entries:
        keep_before(tables, entry.time - numbering.origin)
        keep_row(tables, replay.take(entry))
    keep_before(tables, story.until + 1 - numbering.origin)
    kept = summary_of_world(story.stage, tables, numbering, index, story.entries)
    assert summary_of_world(story.stage, as_read(tables), numbering, index) == kept
    return kept


def as_read(tables: WorldTables) -> WorldTables:
    """The rows and parts of a world as the tuples as which those of compiled kernels are read."""
    copies = {}
    for name in ("rows", "parts"):
        columns = [column for column, _, _ in stored(next(table for table in TABLES if table.name == name))]
        read = namedtuple(name, columns)  # type: ignore[misc]
        copies[name] = [read(*(getattr(row, it) for it in columns)) for row in getattr(tables, name)]
    return tables._replace(**copies)


def same_summary_of(story: Story, index: Index) -> StorySummary:
    """The summary of a story by what its world kept, of its entries and of its rows, and of its state: all the same."""
    kept = kept_of(story, index)
    assert kept == summary_of(story, index)
    return kept


def same_summary(name: str, run: int) -> StorySummary:
    return same_summary_of(story_of(name, None, run), Index(run, run, run, run))


def test_what_a_world_keeps_is_what_the_cells_say() -> None:
    kept = same_summary("tarn-valley/guns", 0)
    assert kept.entries > 100
    assert kept.fates
    assert any(minute > kept.holders[0][1] for _, minute, _ in kept.holders)


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_what_a_world_keeps_of_every_scenarios_stories_is_what_the_cells_say(name: str) -> None:
    for run in range(2):
        same_summary(name, run)
