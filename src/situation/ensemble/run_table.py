"""What happened in the runs of an ensemble, as columns: who held what from when on, who clashed, what was triggered.

Columns are arrays, a few bytes a row; iterating over a table gives its rows one by one, so they are never all in memory
as Python values. Text is kept as numbers of words, each word once.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import define, field

from situation.chance.vectors import Flags, Ints

__all__ = [
    "Rows",
    "RunTable",
    "RunTableBuilder",
    "WordColumn",
    "first_takings",
    "grouped_by_block",
    "in_word_order",
    "signpost_candidates",
]

_ROWS_AT_ONCE = 65536
"""Rows that are turned into Python values at a time."""
_TAKINGS_AT_ONCE = 1 << 21
"""Changes of hands at most whose minutes are in memory at a time, but for those of a single place and actor."""


@define(frozen=True, eq=False)
class WordColumn:
    """A column of text: the words, sorted, nobody (None) last; and for each row the number of its word."""

    words: tuple[str | None, ...]
    codes: npt.NDArray[Any]

    @classmethod
    def of(cls, words: Sequence[str | None], codes: npt.NDArray[Any]) -> WordColumn:
        """The column of some words in any order."""
        order = sorted(range(len(words)), key=lambda code: (words[code] is None, words[code] or ""))
        places = np.zeros(len(words), dtype=np.int16 if len(words) < 2**15 else np.int32)
        places[order] = np.arange(len(words))
        return cls(tuple(words[code] for code in order), places[codes] if len(words) else codes)

    def code(self, word: str | None) -> int:
        """The number of a word; -1 where no row has it."""
        return self.words.index(word) if word in self.words else -1

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WordColumn) and self.words == other.words and np.array_equal(self.codes, other.codes)

    __hash__ = None  # type: ignore[assignment]  # arrays can be written to

    def texts(self, rows: slice) -> list[str | None]:
        """The words of some rows."""
        return [self.words[code] for code in self.codes[rows].tolist()]


class Rows:
    """A table of what happened, in the order of runs: in which run, to what, when, and more as the kind of table has it.

    It is held in memory, or lies on the disk; then `blocks` reads it piece by piece, and all else reads it whole.
    """

    @property
    def columns(self) -> Mapping[str, npt.NDArray[Any] | WordColumn]:
        """From a name to numbers, or to words; all of one length, `run` and `minute` among them."""
        raise NotImplementedError

    def blocks(self) -> Iterator[RunTable]:
        """The table in pieces, each of whole runs; its words are those of the piece. None is empty."""
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Rows):
            return False
        mine, theirs = self.columns, other.columns
        return list(mine) == list(theirs) and all(_same_column(mine[name], theirs[name]) for name in mine)

    __hash__ = None  # type: ignore[assignment]  # arrays can be written to

    def __len__(self) -> int:
        return sum(map(len, self.blocks()))

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        for block in self.blocks():
            yield from block

    def numbers(self, name: str) -> npt.NDArray[Any]:
        """A column of numbers."""
        column = self.columns[name]
        assert not isinstance(column, WordColumn), f"{name} is a column of words"
        return column

    def words(self, name: str) -> WordColumn:
        """A column of words."""
        column = self.columns[name]
        assert isinstance(column, WordColumn), f"{name} is a column of numbers"
        return column

    def where(self, **words: str | None) -> Flags:
        """Which rows have some words in some columns: flags of shape (rows,)."""
        columns = {name: self.words(name) for name in words}
        flags = [column.codes == column.code(words[name]) for name, column in columns.items()]
        return np.logical_and.reduce(flags) if flags else np.ones(len(self), dtype=bool)

    def only(self, chosen: Flags | Ints) -> RunTable:
        """Some of the rows, by a flag for each or by their places."""
        return RunTable({name: _some(column, chosen) for name, column in self.columns.items()})

    def grouped(self, *names: str) -> Iterator[tuple[tuple[Any, ...], RunTable]]:
        """The rows of each combination of words or numbers that occurs, in the order of the words; rows keep theirs."""
        columns = self.columns
        chosen = [columns[name] for name in names]
        codes = [column.codes.astype(np.int64) if isinstance(column, WordColumn) else column for column in chosen]
        if not len(codes[0]):
            return
        order = np.lexsort(codes[::-1])
        edges = np.flatnonzero(np.any([np.diff(code[order]) != 0 for code in codes], axis=0)) + 1
        for group in np.split(order, edges):
            first = tuple(_plain(column, slice(int(group[0]), int(group[0]) + 1))[0] for column in chosen)
            yield first, RunTable({name: _some(column, group) for name, column in columns.items()})


@define(frozen=True, eq=False)
class RunTable(Rows):
    """A table of what happened that is held in memory."""

    columns: dict[str, npt.NDArray[Any] | WordColumn]

    def __len__(self) -> int:
        column = next(iter(self.columns.values()))
        return len(column.codes if isinstance(column, WordColumn) else column)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        for start in range(0, len(self), _ROWS_AT_ONCE):
            some = slice(start, start + _ROWS_AT_ONCE)
            yield from zip(*(_plain(column, some) for column in self.columns.values()), strict=True)

    def blocks(self) -> Iterator[RunTable]:
        """The table, which is one piece."""
        if len(self):
            yield self


def _some(column: npt.NDArray[Any] | WordColumn, chosen: Flags | Ints) -> npt.NDArray[Any] | WordColumn:
    return WordColumn(column.words, column.codes[chosen]) if isinstance(column, WordColumn) else column[chosen]


def _plain(column: npt.NDArray[Any] | WordColumn, some: slice) -> list[Any]:
    if isinstance(column, WordColumn):
        return column.texts(some)
    values: list[Any] = column[some].tolist()
    return values


def _same_column(mine: npt.NDArray[Any] | WordColumn, theirs: npt.NDArray[Any] | WordColumn) -> bool:
    if isinstance(mine, WordColumn) or isinstance(theirs, WordColumn):
        return mine == theirs if isinstance(mine, WordColumn) else False
    return np.array_equal(mine, theirs)


@define
class RunTableBuilder:
    """Builds a table row by row.

    Args:
        names: of its columns after `run`; those in `texts` hold words.
    """

    names: tuple[str, ...]
    texts: frozenset[str]
    _runs: array[int] = field(factory=lambda: array("i"), init=False)
    _columns: dict[str, array[int]] = field(factory=dict, init=False)
    _words: dict[str, dict[str | None, int]] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        for name in self.names:
            self._columns[name] = array("i")
            self._words[name] = {}

    def add(self, run: int, rows: Iterable[tuple[Any, ...]]) -> None:
        """Add the rows of a run."""
        for row in rows:
            self._runs.append(run)
            for name, value in zip(self.names, row, strict=True):
                known = self._words[name]
                self._append(name, known.setdefault(value, len(known)) if name in self.texts else value)

    def _append(self, name: str, value: int) -> None:
        try:
            self._columns[name].append(value)
        except OverflowError:  # four bytes hold minutes up to the year 6053, and two thousand million men
            self._columns[name] = array("q", self._columns[name])
            self._columns[name].append(value)

    def table(self) -> RunTable:
        """The table of all rows added so far."""
        columns: dict[str, npt.NDArray[Any] | WordColumn] = {"run": np.asarray(self._runs)}
        for name, column in self._columns.items():
            values = np.asarray(column)
            columns[name] = WordColumn.of(tuple(self._words[name]), values) if name in self.texts else values
        return RunTable(columns)


def grouped_by_block(rows: Rows, *names: str) -> Iterator[tuple[tuple[Any, ...], RunTable]]:
    """The rows of each combination that occurs, piece by piece: of whole runs, each combination once a piece."""
    for block in rows.blocks():
        yield from block.grouped(*names)


def in_word_order(groups: Mapping[tuple[Any, ...], Any]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """What was gathered by combination, in the order in which `grouped` has them: of the words, nobody last."""
    for key in sorted(groups, key=lambda key: [(it is None, it) for it in key]):
        yield key, groups[key]


def first_takings(holders: Rows, at: int) -> Iterator[tuple[tuple[str, str], npt.NDArray[Any]]]:
    """Place and actor who comes to hold it, in their order, and when it first does after a minute, in each run that sees it.

    Of many runs the table is read several times, each time for some of them.
    """
    counts: dict[tuple[Any, ...], int] = {}
    for key, rows in _takings(holders, at):
        counts[key] = counts.get(key, 0) + len(rows)
    waiting = [key for key, _ in in_word_order(counts)]
    while waiting:
        ends = np.cumsum([counts[key] for key in waiting])
        some = max(1, int(np.searchsorted(ends, _TAKINGS_AT_ONCE, side="right")))
        minutes: dict[tuple[Any, ...], list[npt.NDArray[Any]]] = {key: [] for key in waiting[:some]}
        for key, rows in _takings(holders, at):
            if key in minutes:
                _, first = np.unique(rows.numbers("run"), return_index=True)
                minutes[key].append(rows.numbers("minute")[first])
        for place, holder in waiting[:some]:
            yield (place, holder), np.concatenate(minutes.pop((place, holder)))
        waiting = waiting[some:]


def _takings(holders: Rows, at: int) -> Iterator[tuple[tuple[Any, ...], RunTable]]:
    for block in holders.blocks():
        for key, rows in block.only(block.numbers("minute") > at).grouped("place", "holder"):
            if key[1] is not None:
                yield key, rows


def signpost_candidates(
    holders: Rows, clashes: Rows, fired: Rows, at: int
) -> Iterator[tuple[str, str, npt.NDArray[Any], npt.NDArray[Any]]]:
    """What happened after the branch, by kind: in words, its place or pair, and the runs and minutes, shape (times,).

    Of tables that are read piece by piece a kind comes as often as there are pieces that have it.
    """
    for block in holders.blocks():
        for (place, holder), rows in block.only(block.numbers("minute") > at).grouped("place", "holder"):
            if holder is not None:
                yield f"{place} taken by {holder}", place, rows.numbers("run"), rows.numbers("minute")
    for (pair, rung), rows in grouped_by_block(clashes, "pair", "rung"):
        one, _, other = pair.partition(":")
        yield f"clash of {one} and {other} at rung {rung}", pair, rows.numbers("run"), rows.numbers("minute")
    for (given,), rows in grouped_by_block(fired, "given"):
        yield f"{given} has come about", given, rows.numbers("run"), rows.numbers("minute")
