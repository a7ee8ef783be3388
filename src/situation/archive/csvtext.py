"""A table of a run folder as CSV, for those who have nothing that reads Parquet."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import orjson

__all__ = ["csv_of"]


def csv_of(table: Path) -> bytes:
    """A Parquet file as CSV: a row a line, an empty field for what is not there, a list as JSON."""
    import pyarrow.parquet as pq

    found = pq.read_table(table, use_threads=False)
    columns = [found.column(name).to_pylist() for name in found.column_names]
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(found.column_names)
    for row in zip(*columns, strict=True):
        rows.writerow(
            ["" if cell is None else orjson.dumps(cell).decode() if isinstance(cell, list) else cell for cell in row]
        )
    return text.getvalue().encode()
