"""The loop: stories of one stage, one after another in the same tables, each as a whole by kernels alone."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, Final

from attrs import frozen

from situation.chance.luck import Luck, Stream
from situation.dates import Minute
from situation.kernel import COMPILED
from situation.log.entry import Entry
from situation.story.decide.ground import make_ground
from situation.story.decide.ground_tables import GroundTables
from situation.story.decide.steps import simulate_story
from situation.story.rows.entries import EntryWriter
from situation.story.rows.replay import refuse_stopped
from situation.story.rows.writer import RowWriter
from situation.story.stage import Stage
from situation.story.world.beginning import begin_world
from situation.story.world.copies import bytes_of
from situation.story.world.kept_story import keep_story
from situation.story.world.numbering import Numbering
from situation.story.world.staging import set_draws, set_luck
from situation.story.world.table_columns import values_in
from situation.story.world.tables import WorldTables, again, tables_to_read

__all__ = ["StoryLoop", "TableStory"]

_WRITTEN_ANEW: Final = frozenset({"rows", "parts", "parents", "holdings", "tolls", "work", "n"})
"""What a story writes whole before it reads it, or is emptied by itself, and what only names fields of another table."""


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

    def happenings_after(self, minute: Minute) -> Iterator[Entry]:
        """Its entries after a minute, one after another, without their ids and parents."""
        rows, writer = self.tables.rows, EntryWriter(self.stage, self.tables, self.numbering)
        for at in range(bisect_right(values_in(rows, "minute"), minute - self.numbering.origin, 1), len(rows)):
            yield writer.without_parents(rows[at])


@frozen
class StoryLoop:
    """Simulates stories of a stage in tables that are made once.

    Args:
        beginning: the tables as they are before a story, where kernels are compiled; else None, and they serve one story.
        renewed: the bytes of each table that has to be as it was before a story, and what they were.
    """

    stage: Stage
    tables: WorldTables
    numbering: Numbering
    ground: GroundTables
    beginning: WorldTables | None
    renewed: tuple[tuple[Any, Any], ...]

    @classmethod
    def of(cls, stage: Stage, size: str = "S", before: StoryLoop | None = None) -> StoryLoop:
        """The tables of a stage.

        Args:
            size: one of `SIZES` of `world.tables`.
            before: a loop on another draw of the same record, which is needed no more: its tables are used again.

        Raises:
            Fault: it has no room in tables.
        """
        tables, numbering = begin_world(stage, size)
        ground = make_ground(stage, numbering)
        keep_story(stage, tables, numbering)
        if not COMPILED:
            return cls(stage, tables, numbering, ground, None, ())
        used = tables if before is None else before.tables
        if before is None or _lengths(tables) != _lengths(used):
            used = again(tables, {})
        return cls(stage, used, numbering, ground, tables, tuple(_lasting(used, tables)))

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
        if self.renewed:
            bytes_of(self.tables.rows[: int(self.tables.story[0].row_count) + 1])[:] = 0
        for table, begins in self.renewed:
            table[:] = begins


def _lengths(tables: WorldTables) -> list[int]:
    return [len(getattr(tables, name)) for name in WorldTables._fields if name != "n"]


def _lasting(used: WorldTables, beginning: WorldTables) -> Iterator[tuple[Any, Any]]:
    """The bytes of each table that has to be as it was before a story, and what they were."""
    for name, table, begins in zip(WorldTables._fields, used, beginning, strict=True):
        if name not in _WRITTEN_ANEW and len(table):
            yield bytes_of(table), bytes_of(begins)
