"""Tables of a run's folder that stay on the disk: each is opened once, and read group by group whenever it is asked for."""

from __future__ import annotations

import io
import os
import weakref
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from situation.ensemble.run_table import Rows, RunTable, WordColumn
from situation.runs.manifest import BrokenRun, readable
from situation.runs.parquet import row_schema
from situation.testimony.disk.steps import CAN_HOLD

__all__ = ["StoredDays", "StoredRows", "TableFile", "check_columns"]

_MAY_BE_NULL: Final = frozenset({"holder", "value", "text"})
_Column = npt.NDArray[Any]


class _Reader(io.RawIOBase):
    """An open file read from a place of one's own, so that several may read it in turn; it stays open."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number, self._at = number, 0

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """Where the next byte is read."""
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Read on from another place."""
        begin = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: os.fstat(self._number).st_size}
        self._at = begin[whence] + offset
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Read some bytes."""
        content = os.pread(self._number, len(buffer), self._at)
        buffer[: len(content)] = content
        self._at += len(content)
        return len(content)


class TableFile:
    """A Parquet file, held open: it is read as it was when it was checked, also where another process replaces its folder.

    Where a file that is held cannot be moved, which is so on Windows, it is opened anew by its name.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._number: int | None = None
        if CAN_HOLD:
            try:
                self._number = os.open(path, os.O_RDONLY)
            except FileNotFoundError as error:
                raise BrokenRun(path, "The file is gone or damaged.") from error
            weakref.finalize(self, os.close, self._number)

    @contextmanager
    def opened(self, texts: list[str] | None = None) -> Iterator[Any]:
        """The file, for reading; `texts`: columns of words, each word of which is read once.

        Raises:
            BrokenRun: it cannot be read.
        """
        import pyarrow.parquet as pq

        with readable(self.path):
            file = self.path.open("rb") if self._number is None else _Reader(self._number)
            with file, pq.ParquetFile(file, read_dictionary=texts, pre_buffer=False) as table:
                yield table

    def groups(
        self, columns: list[str], texts: list[str] | None = None, chosen: Iterable[int] | None = None
    ) -> Iterator[Any]:
        """The groups of rows that have any, each as a table of Arrow; `chosen`: the numbers of those that are read."""
        with self.opened(texts) as file:
            for number in range(file.num_row_groups) if chosen is None else chosen:
                group = file.read_row_group(number, columns, use_threads=False).combine_chunks()
                if len(group):
                    yield group

    def count(self) -> int:
        """How many rows there are."""
        with self.opened() as file:
            return int(file.metadata.num_rows)


def check_columns(path: Path, schema: Any, kinds: Mapping[str, Any]) -> None:
    """Refuse a table that has other columns, or columns of another type.

    Raises:
        BrokenRun: it has.
    """
    for field in row_schema(kinds):
        if field.name not in schema.names:
            raise BrokenRun(path, f"The column '{field.name}' is missing.")
        if schema.names.count(field.name) > 1 or schema.field(field.name).type != field.type:
            raise BrokenRun(path, f"The column '{field.name}' is not of type {field.type}.")


class StoredRows(Rows):
    """A table of what happened, or of what was drawn, in its file.

    Args:
        path: the file.
        kinds: its columns, in their order.
    """

    def __init__(self, path: Path, kinds: Mapping[str, type]) -> None:
        self._file, self._kinds = TableFile(path), kinds
        self._texts = [name for name, kind in kinds.items() if kind is str]
        with self._file.opened() as file:
            check_columns(path, file.schema_arrow, kinds)

    def __len__(self) -> int:
        return self._file.count()

    @property
    def columns(self) -> Mapping[str, _Column | WordColumn]:
        """All of it, read whole."""
        words: dict[str, dict[str | None, int]] = {name: {} for name in self._texts}
        parts: dict[str, list[_Column]] = {name: [] for name in self._kinds}
        for piece in self._pieces(words):
            for name, values in piece.items():
                parts[name].append(values)
        none = {
            name: np.zeros(0, dtype=np.float64 if kind is float else np.int32) for name, kind in self._kinds.items()
        }
        whole = {name: np.concatenate(parts.pop(name) or [none[name]]) for name in self._kinds}
        return self._table(whole, words).columns

    def blocks(self) -> Iterator[RunTable]:
        """The table in pieces of whole runs, from about a group of rows each."""
        words: dict[str, dict[str | None, int]] = {name: {} for name in self._texts}
        waiting: dict[str, _Column] = {}
        for group in self._pieces(words):
            piece = {name: np.concatenate([waiting[name], it]) for name, it in group.items()} if waiting else group
            last = int(np.searchsorted(piece["run"], piece["run"][-1]))
            waiting = {name: values[last:] for name, values in piece.items()}
            if last:
                yield self._table({name: values[:last] for name, values in piece.items()}, words)
        if waiting:
            yield self._table(waiting, words)

    def groups(self) -> Iterator[RunTable]:
        """The table by groups of rows, which need not be of whole runs."""
        words: dict[str, dict[str | None, int]] = {name: {} for name in self._texts}
        for piece in self._pieces(words):
            yield self._table(piece, words)

    def _table(self, columns: Mapping[str, _Column], words: Mapping[str, Mapping[str | None, int]]) -> RunTable:
        return RunTable(
            {
                name: WordColumn.of(tuple(words[name]), values) if name in words else values
                for name, values in columns.items()
            }
        )

    def _pieces(self, words: Mapping[str, dict[str | None, int]]) -> Iterator[dict[str, _Column]]:
        """The groups of rows, of words their numbers; words that are not known yet are added."""
        for group in self._file.groups(list(self._kinds), self._texts):
            piece: dict[str, _Column] = {}
            for name, kind in self._kinds.items():
                values = group.column(name)
                if values.null_count and name not in _MAY_BE_NULL:
                    raise BrokenRun(self._file.path, f"The column '{name}' lacks values.")
                if kind is str:
                    piece[name] = _codes(values.chunk(0), words[name])
                else:
                    piece[name] = _in_few_bytes(values.to_numpy()) if kind is int else values.to_numpy()
            yield piece


def _in_few_bytes(values: _Column) -> _Column:
    """Whole numbers in four bytes each, where these hold them all."""
    fewer = values.astype(np.int32)
    return fewer if np.array_equal(fewer, values) else values


def _codes(coded: Any, known: dict[str | None, int]) -> npt.NDArray[np.int32]:
    """The numbers of some words of Arrow's form; words that are not known yet are added. Null there is None here."""
    import pyarrow as pa

    indices = coded.indices
    numbers = [known.setdefault(word, len(known)) for word in coded.dictionary.to_pylist()]
    if indices.null_count:
        indices = indices.fill_null(pa.scalar(len(numbers), type=indices.type))
        numbers.append(known.setdefault(None, len(known)))
    codes: npt.NDArray[np.int32] = np.array(numbers, dtype=np.int32)[indices.to_numpy()]
    return codes


class StoredDays:
    """Values by run and day in their file: one list a run, or one for each run and actor, the actors of a run in their order.

    Args:
        file: the file, whose rows were checked.
        name: the column of lists.
        shape: how many runs and days.
        dtype: the type of the values.
        each: how many rows a run has, and which of them is meant, from 0.
    """

    def __init__(
        self, file: TableFile, name: str, shape: tuple[int, int], dtype: np.dtype[Any], each: tuple[int, int] = (1, 0)
    ) -> None:
        self._file, self._name, self._each = file, name, each
        self.shape, self.dtype = shape, dtype

    def blocks(self) -> Iterator[_Column]:
        """The values of some runs after another, in their order."""
        (rows, mine), before = self._each, 0
        for group in self._file.groups([self._name]):
            values = group.column(0).chunk(0).flatten().to_numpy().reshape(len(group), self.shape[1])
            some = values[(mine - before) % rows :: rows]
            before += len(group)
            if len(some):
                yield some

    def __getitem__(self, run: int) -> _Column:
        """The values of a run."""
        start = 0
        for block in self.blocks():
            if run < start + len(block):
                values: _Column = block[run - start]
                return values
            start += len(block)
        raise IndexError(run)

    def __array__(self, dtype: npt.DTypeLike | None = None, copy: bool | None = None) -> _Column:
        values: _Column = np.concatenate([np.zeros((0, self.shape[1]), dtype=self.dtype), *self.blocks()])
        return values if dtype is None else values.astype(dtype)
