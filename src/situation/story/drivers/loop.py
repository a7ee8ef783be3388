"""The loop: stories of one stage, one after another in the same tables, each as a whole by kernels alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from attrs import frozen

from situation.chance.luck import Luck, Stream
from situation.kernel import COMPILED
from situation.log.entry import Entry
from situation.story.decide.ground import GroundTables, make_ground
from situation.story.decide.steps import simulate_story
from situation.story.rows.entries import EntryWriter
from situation.story.rows.replay import refuse_stopped
from situation.story.rows.writer import RowWriter
from situation.story.stage import Stage
from situation.story.world.beginning import begin_world
from situation.story.world.kept_story import keep_story
from situation.story.world.numbering import Numbering
from situation.story.world.staging import set_draws, set_luck
from situation.story.world.tables import WorldTables, tables_to_read

__all__ = ["StoryLoop", "TableStory"]

_WRITTEN_ANEW: Final = frozenset({"parts", "parents", "work", "n"})
"""What a story writes whole before it reads it, and what only names fields of another table."""


@frozen
class TableStory:
    """A story as tables to read, and the numbers of what is in them."""

    stage: Stage
    tables: WorldTables
    numbering: Numbering

    @property
    def entries(self) -> Iterator[Entry]:
        """Its entries, one after another."""
        return EntryWriter(self.stage, self.tables, self.numbering).entries()


@frozen
class StoryLoop:
    """Simulates stories of a stage in tables that are made once.

    Args:
        beginning: the tables as they are before a story, where kernels are compiled; else None, and they serve one story.
    """

    stage: Stage
    tables: WorldTables
    numbering: Numbering
    ground: GroundTables
    beginning: tuple[Any, ...] | None

    @classmethod
    def of(cls, stage: Stage, size: str = "S") -> StoryLoop:
        """The tables of a stage.

        Args:
            size: one of `SIZES` of `world.tables`.

        Raises:
            Fault: it has no room in tables.
        """
        tables, numbering = begin_world(stage, size)
        ground = make_ground(stage, numbering)
        keep_story(stage, tables, numbering)
        beginning = tuple(table.copy() for table in tables) if COMPILED else None
        return cls(stage, tables, numbering, ground, beginning)

    def simulate(self, seed: int, record_index: int, parameter_index: int, chance_index: int) -> TableStory:
        """A story to its end, with what an ensemble keeps of it.

        Raises:
            Fault: a table or a list is full.
            ValueError: what happens is impossible.
        """
        return (self if self.beginning else StoryLoop.of(self.stage))._simulate(
            seed, record_index, parameter_index, chance_index
        )

    def _simulate(self, seed: int, record_index: int, parameter_index: int, chance_index: int) -> TableStory:
        stage, tables, numbering = self.stage, self.tables, self.numbering.copy()
        self._clear()
        set_luck(tables, numbering, Luck(seed, chance_index, Stream.CHANCE))
        record, parameters = Luck(seed, record_index, Stream.RECORD), Luck(seed, parameter_index, Stream.PARAMETERS)
        set_draws(tables, numbering, record, parameters)
        branch, last = (minute - numbering.origin for minute in (stage.scenario.at, stage.scenario.end))
        simulate_story(tables, self.ground, branch, last)
        refuse_stopped(tables, f"{stage.scenario.id}, draws {record_index}, {parameter_index}, {chance_index}")
        RowWriter(stage, tables, numbering).take_names()
        return TableStory(stage, tables_to_read(tables), numbering)

    def _clear(self) -> None:
        """Make the tables what they are before a story."""
        used = int(self.tables.story[0].row_count) + 1
        for name, table, begins in zip(WorldTables._fields, self.tables, self.beginning or (), strict=False):
            if name == "rows":
                table[:used] = begins[:used]
            elif name not in _WRITTEN_ANEW:
                table[:] = begins
