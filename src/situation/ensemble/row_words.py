"""The rows of a story as the words of their events, for a digest: the same as of its entries, without making these."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final

import numpy as np
from attrs import frozen

from situation.chance.vectors import Flags, Ints
from situation.ensemble.row_pieces import ManyWords, OneWord, Piece, RowNames, Take
from situation.ensemble.row_takes import takes_of
from situation.ensemble.rows import put_value
from situation.events import Event
from situation.rules import Rung
from situation.story.rows.entries import EVENT_OF_ROW
from situation.story.rows.kinds import RowKind
from situation.story.stage import Stage
from situation.story.world.numbering import Numbering
from situation.story.world.reasons import Rule
from situation.story.world.table_columns import ChosenRows, TableColumns
from situation.story.world.tables import WorldTables

__all__ = ["RowWords"]

_UNTOLD: Final = 0
_BY_EVENT: Final = 1 + max(EVENT_OF_ROW)
"""Beside the kinds of rows: those without words, and those whose words are added by their events."""


@frozen(eq=False)
class _Plans:
    """What takes the words of every kind of rows, each numbered.

    Args:
        takes: what takes words. `constant`: its word, where it is the same for every row.
        numbers: those of each kind, one kind after another; `first`, `count`: where those of a kind begin, and how many they are.
    """

    takes: tuple[Take, ...]
    constant: Any
    is_constant: Flags
    numbers: Ints
    first: Ints
    count: Ints

    @classmethod
    def of(cls, kinds: Mapping[int, tuple[Take, ...]]) -> _Plans:
        """The plans of some kinds of rows, of which each begins with its minute."""
        every = list(dict.fromkeys(take for takes in kinds.values() for take in takes))
        number = {take: at for at, take in enumerate(every)}
        count = np.zeros(1 + _BY_EVENT, np.int64)
        for kind, takes in kinds.items():
            count[kind] = len(takes)
        numbers = [number[take] for kind in sorted(kinds) for take in kinds[kind]]
        words = [it.always if isinstance(it, OneWord) else 0 for it in every]
        alike = [isinstance(it, OneWord) and it.take is None for it in every]
        return cls(
            tuple(every),
            np.array(words, np.uint64),
            np.array(alike),
            np.array(numbers, np.int16),  # of these NumPy's sort is soonest
            np.cumsum(count) - count,
            count,
        )


_MINUTE: Final = OneWord(lambda names, rows: (rows["minute"] + names.numbering.origin).view(np.uint64))


def _words_of_event(names: RowNames, rows: ChosenRows) -> Piece:
    """The words of rows that were added by their events."""
    words = [names.added[row] for row in rows.rows.tolist()]
    return np.array([*map(len, words)]), np.concatenate(words)


@cache
def _plans() -> _Plans:
    by_columns = {kind: (_MINUTE, *takes) for kind in EVENT_OF_ROW if (takes := takes_of(kind)) is not None}
    return _Plans.of({**by_columns, _BY_EVENT: (_MINUTE, ManyWords(_words_of_event))})


class RowWords:
    """The words of the rows of a story that has been simulated.

    Args:
        tables: of a story, as they are to be read. `apart`: the rows of which more is asked than their words, or of which some
            stands in no column; their words are added by the events that they tell (`put`).
    """

    def __init__(self, stage: Stage, tables: WorldTables, numbering: Numbering) -> None:
        self.rows = TableColumns("rows", tables.rows, 1, int(tables.story[0].row_count) + 1)
        parts = TableColumns("parts", tables.parts, 0, int(tables.story[0].part_count))
        self._names, self._origin = RowNames(stage, numbering, parts, {}), numbering.origin
        self._kinds = self.rows["happening"].copy()
        self._kinds[self._kinds == RowKind.STORY_BEGAN.value] = _UNTOLD
        apart = (self.rows["rule"] == Rule.GIVEN.value) & (self._kinds != RowKind.TRIGGERED.value)
        for kind in np.flatnonzero(np.bincount(self._kinds)).tolist():
            if kind != _UNTOLD and takes_of(kind) is None:
                apart |= self._kinds == kind
        self._kinds[apart] = _UNTOLD
        self.apart: list[int] = np.flatnonzero(apart).tolist()

    def put(self, row: int, event: Event) -> None:
        """Write one that stands apart, by its event; others of these have no words."""
        words = array("Q")
        put_value(event, words)
        self._names.added[row] = np.frombuffer(words, np.uint64)
        self._kinds[row] = _BY_EVENT

    def raised(self) -> Iterable[tuple[int, int, int]]:
        """Of each force that is there as the story begins its rule, its place and its men."""
        rows = self._of(RowKind.FORCE_RAISED)
        at_branch = (rows["minute"] == 1) & (rows["flag"] == 0)
        columns = (rows["rule"], rows["place"], rows["number"] + rows["more"])
        return zip(*(it[at_branch].tolist() for it in columns), strict=True)

    def climbed(self) -> Iterable[tuple[int, int, int, int]]:
        """Of each step of a clash, and each battle as it begins, who, against whom, the rung reached, and the minute."""
        rows = self._of(RowKind.CLASH_STEPPED, RowKind.BATTLE_BEGAN)
        begins = rows["happening"] == RowKind.BATTLE_BEGAN.value
        rungs = np.where(begins, Rung.CONFRONTATION, rows["number"])
        columns = (rows["actor"], rows["toward"], rungs, rows["minute"] + self._origin)
        return zip(*(it.tolist() for it in columns), strict=True)

    def fired(self) -> Iterable[tuple[int, int]]:
        """The number of each given event that came about, and the minute."""
        rows = self._of(RowKind.TRIGGERED)
        columns = (rows["index"], rows["minute"] + self._origin)
        return zip(*(it[rows["flag"] != 0].tolist() for it in columns), strict=True)

    def _of(self, *kinds: RowKind) -> ChosenRows:
        """The rows of some kinds that do not stand apart."""
        return self.rows.at(np.flatnonzero(np.isin(self._kinds, [it.value for it in kinds])))

    def written(self) -> tuple[Any, Ints]:
        """The words of all rows, each after its minute, and how many they are up to the end of each row."""
        plans, each = _plans(), _plans().count[self._kinds]
        row = np.repeat(np.arange(len(each)), each)
        by = plans.numbers[np.arange(len(row)) + np.repeat(plans.first[self._kinds] - np.cumsum(each) + each, each)]
        words, counts = plans.constant[by], np.ones(len(by), np.int64)
        varying, many = np.empty((len(plans.takes), len(each)), np.uint64), []
        by_take, uses = np.argsort(by, kind="stable"), np.bincount(by)
        until = np.cumsum(uses)
        for number in np.flatnonzero(uses).tolist():
            take = plans.takes[number]
            if isinstance(take, ManyWords):
                at = by_take[until[number] - uses[number] : until[number]]
                piece = take.take(self._names, self.rows.at(row[at]))
                counts[at] = piece[0]
                many.append((at, piece))
            elif take.take is not None:
                varying[number] = take.take(self._names, self.rows)
        at = np.flatnonzero(~plans.is_constant[by])
        words[at] = varying[by[at], row[at]]
        ends = np.concatenate(([0], np.cumsum(counts)))
        out = np.empty(int(ends[-1]), np.uint64)
        out[ends[:-1][counts == 1]] = words[counts == 1]
        for at, (count, values) in many:
            out[np.repeat(ends[at] - np.cumsum(count) + count, count) + np.arange(len(values))] = values
        return out, ends[np.cumsum(each)]

    def rows_until(self, days: Iterable[int]) -> list[int]:
        """How many rows there are up to the end of each day."""
        counts: list[int] = np.searchsorted(self.rows["minute"] + self._origin, [*days], side="right").tolist()
        return counts
