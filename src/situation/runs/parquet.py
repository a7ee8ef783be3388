"""Tables as Parquet, and Parquet as CSV. Row groups are fixed and the writer adds no metadata: same rows, same bytes.

A group is turned into Arrow's form, written and forgotten before the next one: a table of any length takes the memory of
one group, and of its bytes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt
import orjson

from situation.ensemble.run_table import Rows, RunTable, WordColumn
from situation.errors import Fault, inert_cell

__all__ = [
    "GROUP_ROWS",
    "LIST_ROWS",
    "GroupedTable",
    "column_array",
    "csv_of",
    "list_array",
    "parquet",
    "parquet_of_rows",
    "row_schema",
    "schema_of",
    "table_of",
]

GROUP_ROWS = 65536
"""Rows in a group."""
LIST_ROWS = 4096
"""Rows in a group of a table with a list in each row: some hundred values, so that a group takes as much memory as another."""
_CSV_ROWS = 256
"""Rows that are turned into CSV at once: a row may hold a long list."""
_CSV_LETTERS = 1 << 16
"""The least letters in a piece of CSV but the last."""


def parquet(columns: Mapping[str, Any], types: Mapping[str, Any]) -> bytes:
    """Some whole columns as Parquet."""
    import pyarrow as pa

    schema = pa.schema([(name, types[name]) for name in columns])
    arrays = [
        column if isinstance(column, pa.Array) else pa.array(column, type=types[name])
        for name, column in columns.items()
    ]
    return _whole(schema, pa.Table.from_arrays(arrays, schema=schema))


def parquet_of_rows(rows: Rows, kinds: Mapping[str, Any]) -> bytes:
    """A table of what happened as Parquet; `kinds`: the type of each column."""
    buffer = io.BytesIO()
    table = GroupedTable(buffer, row_schema(kinds))
    for block in rows.blocks():
        table.add_rows(block)
    table.close()
    return buffer.getvalue()


def row_schema(kinds: Mapping[str, Any]) -> Any:
    """The columns of a table, from their names to `str`, `int`, `float` or a type of Arrow."""
    import pyarrow as pa

    types: Mapping[Any, Any] = {int: pa.int64(), float: pa.float64(), str: pa.string()}
    return pa.schema([(name, types.get(kind, kind)) for name, kind in kinds.items()])


class GroupedTable:
    """A table that is written group by group, as its rows come; one without rows has one empty group.

    Args:
        file: what is written to.
        schema: the columns.
        rows: in a group.
    """

    def __init__(self, file: Any, schema: Any, rows: int = GROUP_ROWS) -> None:
        import pyarrow.parquet as pq

        options: dict[str, Any] = {"compression": "zstd", "compression_level": 9, "store_schema": False}
        self._writer = pq.ParquetWriter(file, schema, **options)
        self._schema, self._rows = schema, rows
        self._waiting: list[Any] = []
        self._count, self._groups = 0, 0

    def add(self, arrays: Sequence[Any]) -> None:
        """Add some rows, as an array for each column."""
        import pyarrow as pa

        columns = [array.cast(kind) for array, kind in zip(arrays, self._schema.types, strict=True)]
        self._waiting.append(pa.Table.from_arrays(columns, schema=self._schema))
        self._count += len(self._waiting[-1])
        while self._count >= self._rows:
            self._write()

    def add_rows(self, rows: RunTable, first_run: int = 0) -> None:
        """Add rows of what happened; `first_run` is added to the numbers of their runs."""
        import pyarrow as pa

        arrays = [column_array(column) for column in rows.columns.values()]
        if first_run:
            arrays[0] = pa.array(rows.numbers("run").astype(np.int64) + first_run)
        self.add(arrays)

    def close(self) -> None:
        """Write what is left."""
        if self._count or not self._groups:
            self._write()
        self._writer.close()

    def _write(self) -> None:
        import pyarrow as pa

        together = pa.concat_tables(self._waiting) if self._waiting else self._schema.empty_table()
        group, rest = together.slice(0, self._rows), together.slice(self._rows)
        self._writer.write_table(group.combine_chunks(), row_group_size=self._rows)
        self._waiting, self._count = ([rest] if len(rest) else []), len(rest)
        self._groups += 1


def list_array(values: npt.NDArray[Any]) -> Any:
    """An array whose every row is a list, from one of shape (rows, values)."""
    import pyarrow as pa

    offsets = np.arange(len(values) + 1, dtype=np.int32) * values.shape[1]
    return pa.ListArray.from_arrays(pa.array(offsets), pa.array(np.ascontiguousarray(values).reshape(-1)))


def column_array(column: npt.NDArray[Any] | WordColumn) -> Any:
    """A column as an array of Arrow."""
    import pyarrow as pa

    if not isinstance(column, WordColumn):
        return pa.array(column)
    words = pa.array(column.words, type=pa.string())
    return words.take(pa.array(column.codes)) if len(column.words) else words


def _whole(schema: Any, table: Any) -> bytes:
    buffer = io.BytesIO()
    grouped = GroupedTable(buffer, schema)
    for start in range(0, len(table), GROUP_ROWS):
        grouped.add([column.combine_chunks() for column in table.slice(start, GROUP_ROWS).columns])
    grouped.close()
    return buffer.getvalue()


def schema_of(path: Path) -> Any:
    """The columns of a Parquet file."""
    import pyarrow.parquet as pq

    with _opened(path) as file:
        return pq.read_schema(file)


def table_of(path: Path) -> Any:
    """A whole Parquet file as a table of Arrow."""
    import pyarrow.parquet as pq

    with _opened(path) as file:
        return pq.read_table(file, use_threads=False)


@contextmanager
def _opened(path: Path | IO[bytes]) -> Iterator[IO[bytes]]:
    """A file, opened here: Arrow would take a name such as `s3:x` for an address, and fails at names that are not UTF-8."""
    if isinstance(path, Path):
        with path.open("rb") as file:
            yield file
    else:
        yield path


def csv_of(path: Path | IO[bytes], most: int | None = None) -> Generator[bytes]:
    """A Parquet file as CSV, piece by piece: a row a line, an empty field for what is not there, a list as JSON.

    Args:
        path: the file, or its bytes as a file in memory.
        most: values, those in lists counted, in the longest table that is written; None: a table of any length is.

    Raises:
        Fault: it has more.
    """
    import pyarrow.parquet as pq

    with _opened(path) as it, pq.ParquetFile(it, pre_buffer=False) as file:
        groups = [file.metadata.row_group(number) for number in range(file.metadata.num_row_groups)]
        values = sum(group.column(number).num_values for group in groups for number in range(group.num_columns))
        if most is not None and values > most:
            fact = f"The table has {values:,} values, and at most {most:,} are written as CSV."
            raise Fault(fact, "Take the Parquet file.")
        text = io.StringIO()
        rows = csv.writer(text, lineterminator="\n")
        rows.writerow(inert_cell(name) for name in file.schema_arrow.names)
        for batch in file.iter_batches(batch_size=_CSV_ROWS, use_threads=False):
            columns = [column.to_pylist() for column in batch.columns]
            rows.writerows([_cell(cell) for cell in row] for row in zip(*columns, strict=True))
            if text.tell() >= _CSV_LETTERS:
                yield text.getvalue().encode()
                text.seek(0)
                text.truncate()
        yield text.getvalue().encode()


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    return inert_cell(orjson.dumps(value).decode() if isinstance(value, list) else value)
