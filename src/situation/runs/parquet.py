"""Tables as Parquet, and Parquet as CSV. Row groups are fixed and the writer adds no metadata: same rows, same bytes.

A group is turned into Arrow's form, written and forgotten before the next one: a table of any length takes the memory of
one group, and of its bytes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Generator, Mapping
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt
import orjson

from situation.chance.vectors import Ints
from situation.ensemble.run_table import RunTable, WordColumn
from situation.errors import Fault, inert_cell

__all__ = ["csv_of", "parquet", "parquet_of_lists", "parquet_of_rows"]

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
    table = pa.Table.from_arrays(arrays, schema=schema).combine_chunks()
    return _written(schema, len(table), lambda start, stop: table.slice(start, stop - start))


def parquet_of_rows(rows: RunTable) -> bytes:
    """A table of what happened as Parquet."""
    import pyarrow as pa

    kinds = {
        name: pa.string() if isinstance(column, WordColumn) else pa.int64() for name, column in rows.columns.items()
    }
    schema = pa.schema(list(kinds.items()))

    def group(start: int, stop: int) -> Any:
        arrays = [_array(_some(column, start, stop)) for column in rows.columns.values()]
        return pa.Table.from_arrays(
            [column.cast(kind) for column, kind in zip(arrays, kinds.values(), strict=True)], schema=schema
        )

    return _written(schema, len(rows), group)


def parquet_of_lists(
    columns: Mapping[str, Callable[[Ints], Any]], name: str, lists: Callable[[Ints], npt.NDArray[Any]], count: int
) -> bytes:
    """A table with a column of lists of one length as Parquet.

    Args:
        columns: from a name to what gives whole numbers, or words, for some rows by their numbers.
        name, lists: the column of lists, and what gives a row of an array for each of some rows.
        count: how many rows there are.
    """
    import pyarrow as pa

    none = np.zeros(0, dtype=np.int64)
    kinds: dict[str, Any] = {
        key: pa.string() if isinstance(column_of(none), WordColumn) else pa.int64()
        for key, column_of in columns.items()
    }
    kinds[name] = pa.list_(pa.from_numpy_dtype(lists(none).dtype))
    schema = pa.schema(list(kinds.items()))

    def group(start: int, stop: int) -> Any:
        rows = np.arange(start, stop)
        values = lists(rows)
        offsets = np.arange(len(rows) + 1, dtype=np.int32) * values.shape[1]
        inner = pa.ListArray.from_arrays(pa.array(offsets), pa.array(values.reshape(-1)))
        arrays = [*(_array(column_of(rows)).cast(kinds[key]) for key, column_of in columns.items()), inner]
        return pa.Table.from_arrays(arrays, schema=schema)

    return _written(schema, count, group, LIST_ROWS)


def _some(column: npt.NDArray[Any] | WordColumn, start: int, stop: int) -> npt.NDArray[Any] | WordColumn:
    return WordColumn(column.words, column.codes[start:stop]) if isinstance(column, WordColumn) else column[start:stop]


def _array(column: npt.NDArray[Any] | WordColumn) -> Any:
    import pyarrow as pa

    if not isinstance(column, WordColumn):
        return pa.array(column)
    words = pa.array(column.words, type=pa.string())
    return words.take(pa.array(column.codes)) if len(column.words) else words


def _written(schema: Any, count: int, group: Callable[[int, int], Any], rows: int = GROUP_ROWS) -> bytes:
    """Groups of rows as one file; a table without rows has one empty group."""
    import pyarrow.parquet as pq

    buffer = io.BytesIO()
    options: dict[str, Any] = {"compression": "zstd", "compression_level": 9, "store_schema": False}
    with pq.ParquetWriter(buffer, schema, **options) as writer:
        for start in range(0, max(1, count), rows):
            writer.write_table(group(start, min(count, start + rows)), row_group_size=rows)
    return buffer.getvalue()


def csv_of(path: Path | IO[bytes], most: int | None = None) -> Generator[bytes]:
    """A Parquet file as CSV, piece by piece: a row a line, an empty field for what is not there, a list as JSON.

    Args:
        path: the file, or its bytes as a file in memory.
        most: values, those in lists counted, in the longest table that is written; None: a table of any length is.

    Raises:
        Fault: it has more.
    """
    import pyarrow.parquet as pq

    with pq.ParquetFile(path, pre_buffer=False) as file:
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
