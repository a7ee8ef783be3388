"""The rows of a story as the words of their events, for a digest: the same as of its entries, without making these."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import Any, Final

import numpy as np

from situation.chance.vectors import Ints
from situation.ensemble.row_pieces import Piece, RowNames
from situation.ensemble.row_takes import takes_of
from situation.ensemble.rows import put_value
from situation.events import Event
from situation.story.rows.kinds import RowKind
from situation.story.stage import Stage
from situation.story.world.numbering import Numbering
from situation.story.world.reasons import Rule
from situation.story.world.table_columns import TableColumns
from situation.story.world.tables import WorldTables

__all__ = ["RowWords"]

_APART: Final = frozenset(
    {
        RowKind.STORY_BEGAN,
        RowKind.NUMBERS_DRAWN,
        RowKind.BATTLE_BEGAN,
        RowKind.CLASH_STEPPED,
        RowKind.TRIGGERED,
    }
)
"""Of these a summary keeps more than a digest."""


class RowWords:
    """The words of the rows of a story that has been simulated.

    Args:
        tables: of a story, as they are to be read. `apart`: the rows of which more is asked than their words, or of which some
            stands in no column; their words are added by the events that they tell (`put`).
    """

    def __init__(self, stage: Stage, tables: WorldTables, numbering: Numbering) -> None:
        self.rows = TableColumns("rows", tables.rows, 1, int(tables.story[0].row_count) + 1)
        parts = TableColumns("parts", tables.parts, 0, int(tables.story[0].part_count))
        self._names, self._origin = RowNames(stage, numbering, parts), numbering.origin
        happening = self.rows["happening"]
        self.by_kind: dict[int, Ints] = {}
        apart = self.rows["rule"] == Rule.GIVEN.value
        for kind in np.flatnonzero(np.bincount(happening)).tolist():
            if kind in _APART or takes_of(kind) is None:
                apart |= happening == kind
            else:
                self.by_kind[kind] = np.flatnonzero((happening == kind) & ~apart)
        self.apart: list[int] = np.flatnonzero(apart).tolist()
        self._put: dict[int, Any] = {}

    def put(self, row: int, event: Event) -> None:
        """Write one that stands apart, by its event; others of these have no words."""
        words = array("Q")
        put_value(event, words)
        self._put[row] = np.frombuffer(words, np.uint64)

    def raised(self) -> Iterable[tuple[int, int, int]]:
        """Of each force that is there as the story begins its rule, its place and its men."""
        rows = self.rows.at(self.by_kind.get(RowKind.FORCE_RAISED.value, np.zeros(0, np.int64)))
        at_branch = (rows["minute"] == 1) & (rows["flag"] == 0)
        columns = (rows["rule"], rows["place"], rows["number"] + rows["more"])
        return zip(*(it[at_branch].tolist() for it in columns), strict=True)

    def written(self) -> tuple[Any, Ints]:
        """The words of all rows, each after its minute, and how many they are up to the end of each row."""
        lengths = np.zeros(len(self.rows), np.int64)
        pieces: list[tuple[Ints, Any, Piece]] = []
        for kind, rows in self.by_kind.items():
            chosen, before = self.rows.at(rows), 1
            for take in takes_of(kind) or ():
                piece = take(self._names, chosen)
                pieces.append((rows, before, piece))
                before = before + piece[0]
            lengths[rows] = before
        for row, words in self._put.items():
            lengths[row] = 1 + len(words)
        ends = np.cumsum(lengths)
        starts, out = ends - lengths, np.empty(int(lengths.sum()), np.uint64)
        with_words = lengths > 0
        out[starts[with_words]] = (self.rows["minute"] + self._origin)[with_words].view(np.uint64)
        for rows, before, (count, values) in pieces:
            at = starts[rows] + before
            if isinstance(count, int):
                out[at[:, None] + np.arange(count)] = values if values.ndim == 1 else values.reshape(-1, count)
            else:
                first = np.cumsum(count) - count
                out[np.repeat(at - first, count) + np.arange(len(values))] = values
        for row, words in self._put.items():
            out[starts[row] + 1 : ends[row]] = words
        return out, ends

    def rows_until(self, days: Iterable[int]) -> list[int]:
        """How many rows there are up to the end of each day."""
        counts: list[int] = np.searchsorted(self.rows["minute"] + self._origin, [*days], side="right").tolist()
        return counts
