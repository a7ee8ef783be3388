"""A story replayed: its entries as rows, applied to a world of their own, and the cells as they leave them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from attrs import define, field

from situation.errors import Fault
from situation.log.entry import Entry, Ruled
from situation.log.state import State
from situation.story.apply.apply import apply_rows
from situation.story.apply.writer import Stop
from situation.story.rows.causes import cause_of
from situation.story.rows.details import DETAILS
from situation.story.rows.layout import LAYOUTS
from situation.story.rows.writer import RowWriter
from situation.story.stage import Stage
from situation.story.world.beginning import begin_world
from situation.story.world.cells import cells_of
from situation.story.world.numbering import NO_ROOM
from situation.story.world.tables import WorldTables, has_room

__all__ = ["Replay", "refuse_stopped"]

_FULL: Final[Mapping[Stop, str]] = MappingProxyType(
    {
        Stop.BODIES_FULL: "the list of bodies at a place",
        Stop.SIGHTED_FULL: "the list of garrisons that have seen a column",
        Stop.COLUMNS_FULL: "the list of a plan's columns",
        Stop.INCIDENTS_FULL: "the list of the incidents between two actors",
        Stop.BESIDE_FULL: "the list of agreements that hold at once between two actors",
        Stop.WOUNDS_FULL: "the table of wounds",
        Stop.CUT_FULL: "the table of forces without supply",
        Stop.ROWS_FULL: "the table of rows",
        Stop.PARTS_FULL: "the table of parts",
        Stop.PARENTS_FULL: "the table of parents",
        Stop.FORCES_FULL: "the table of bodies of men",
        Stop.BATCHES_FULL: "the table of batches of wounded",
        Stop.LETTERS_FULL: "the table of letters",
        Stop.ORDERS_FULL: "the table of orders",
        Stop.AGREEMENTS_FULL: "the table of agreements",
        Stop.SIDE_FULL: "the list of bodies on one side of a front",
    }
)
_IMPOSSIBLE: Final[Mapping[Stop, str]] = MappingProxyType(
    {
        Stop.TOO_FEW_MEN: "an event took men who are not there.",
        Stop.UNKNOWN_DOCTRINE: "no kernel follows the doctrine of a plan.",
        Stop.LEFT_DUE: "a step left due what it was to take.",
    }
)
if unsaid := sorted({*Stop} - {Stop.NOTHING, Stop.UNKNOWN_HAPPENING, *_FULL, *_IMPOSSIBLE}):
    raise TypeError(f"It is not said what it means that a world stopped: {', '.join(it.name for it in unsaid)}.")


def refuse_stopped(tables: WorldTables, name: str) -> None:
    """Refuse a world that has stopped.

    Args:
        name: of the entry or the story at which it did.

    Raises:
        Fault: a table or a list is full.
        ValueError: an event took men who are not there.
        LookupError: a row is of a kind that no kernel applies.
    """
    why = Stop(int(tables.story[0].fault))
    if why is Stop.UNKNOWN_HAPPENING:
        raise LookupError(f"{name}: no kernel applies its row. Give it one in situation.story.apply.apply.")
    if why in _IMPOSSIBLE:
        raise ValueError(f"{name}: {_IMPOSSIBLE[why]}")
    if why is not Stop.NOTHING:
        raise Fault(f"{name}: {_FULL[why]} is full.", NO_ROOM)


@define
class Replay:
    """The entries of a story as rows, applied to a world of their own."""

    writer: RowWriter
    entries: list[Entry] = field(factory=list)
    with_causes: bool = True

    @classmethod
    def of(cls, stage: Stage, size: str = "S", with_causes: bool = True) -> Replay:
        """The world of a stage, before its first entry.

        Args:
            size: one of `SIZES` of `world.tables`.
            with_causes: whether rows have the causes of their entries, which no step of a story reads.

        Raises:
            Fault: a world of this size has not room for what the map and the record say.
        """
        return cls(RowWriter(stage, *begin_world(stage, size)), with_causes=with_causes)

    def write(self, entry: Entry) -> int:
        """Write an entry as the next row, without applying it.

        Returns: the row.

        Raises:
            Fault: a table is full.
            LookupError: no story holds events of that type.
        """
        story, event = self.writer.tables.story[0], entry.event
        at = story.row_count + 1
        if not has_room(self.writer.tables.rows, at):
            raise Fault(f"The table of rows is full: it has {at} rows.", NO_ROOM)
        layout = LAYOUTS.get(type(event))
        if layout is None:
            raise LookupError(f"{type(event).__name__} has no layout. Give it one in situation.story.rows.layout.")
        row = self.writer.tables.rows[at]
        row.happening, row.minute = layout.happening, entry.time - self.writer.numbering.origin
        self.writer.fill(row, layout.slots, event)
        if layout.pool:
            row.other = self.writer.pool(getattr(event, layout.pool), event.place)
        self.writer.write_parts(row, layout, event)
        also = DETAILS.get(type(event))
        if also is not None:
            also(self.writer, row, event, entry)
        self.writer.make_room()
        self.writer.name_bodies()
        if self.with_causes:
            self.writer.write_cause(row, entry)
        self.note(entry, at)
        story.row_count, story.parts_taken = at, story.part_count
        return int(at)

    def note(self, entry: Entry, row: int) -> None:
        """Note the entry of the next row, which is written, and what came into being with it."""
        self.writer.take_names()
        self.writer.rows[entry.id] = row
        self.entries.append(entry)

    def take(self, entry: Entry) -> int:
        """Write an entry as the next row and apply it.

        Returns: the row.

        Raises:
            Fault: a table or a list is full.
            ValueError: an event took men who are not there.
        """
        at = self.write(entry)
        self.apply(at, at + 1)
        return at

    def apply(self, first: int, last: int) -> None:
        """Apply rows that have been written.

        Raises:
            Fault: a list is full.
            ValueError: an event took men who are not there.
            LookupError: a row is of a kind that no kernel applies.
        """
        stopped = apply_rows(self.writer.tables, first, last)
        if stopped == last:
            return
        refuse_stopped(self.writer.tables, self.entries[stopped - 1].id)

    def cause(self, row: int) -> Ruled:
        """Why a row came about, as its entry says it."""
        it = self.writer
        return cause_of(it.tables, it.numbering, it.tables.rows[row], [entry.id for entry in self.entries])

    def written(self, since: int = 1) -> dict[str, tuple[Any, Entry]]:
        """Every cell that was written by a row from `since` on: its value, and the entry that set it."""
        cells = cells_of(self.writer.tables, self.writer.numbering, since)
        return {cell: (value, self.entries[by - 1]) for cell, (value, by) in cells.items()}

    def state(self) -> State:
        """The state: the cells of the record, overlaid by those of the world."""
        before, written = self.writer.stage.state, self.written()
        cells = {**before.cells, **{cell: value for cell, (value, _) in written.items()}}
        return State(cells, {**before.because, **{cell: entry for cell, (_, entry) in written.items()}}, before.last)
