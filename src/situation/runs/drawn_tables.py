"""The table of what was drawn, written as the stories come: numbers at once, then forces and the answers to disputes."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import define, evolve, field

from situation.ensemble.draw_table import DrawTable
from situation.ensemble.ensemble import Ensemble
from situation.runs.parquet import GROUP_ROWS, GroupedTable, row_schema
from situation.runs.stored_draws import DRAWS

__all__ = ["DrawsWriter"]


@define
class _Kind:
    """What was drawn of one kind.

    Args:
        table: where its rows go.
        places: each name that was met, with its place: a draw's values stand in the order of these.
        last: the last draw that was written.
    """

    table: GroupedTable
    places: dict[str, int] = field(factory=dict, init=False)
    last: int = field(default=-1, init=False)

    def later(self, values: DrawTable) -> DrawTable:
        """The draws that were not written yet, with their values in the order of their names."""
        for name in values.names:
            self.places.setdefault(name, len(self.places))
        order = np.argsort([self.places[name] for name in values.names])
        new = values.draws > self.last
        if new.any():
            self.last = int(values.draws[-1])
        names = tuple(values.names[place] for place in order)
        return evolve(values, draws=values.draws[new], names=names, table=values.table[new][:, order])


class DrawsWriter:
    """Writes the table of what was drawn. What comes behind the numbers waits in memory in the form of the table, compressed.

    Args:
        file: what the table is written to.
        rows: in a group of it.
    """

    def __init__(self, file: Any, rows: int = GROUP_ROWS) -> None:
        self._table = GroupedTable(file, row_schema(DRAWS), rows)
        self._waiting = io.BytesIO(), io.BytesIO()
        forces, believed = (GroupedTable(it, row_schema(DRAWS)) for it in self._waiting)
        self._kinds = {"numbers": _Kind(self._table), "forces": _Kind(forces), "believed": _Kind(believed)}

    def add(self, part: Ensemble) -> None:
        """Add what was drawn for some stories that come behind all before."""
        for word, values in zip(self._kinds, (part.numbers, part.forces, part.believed), strict=True):
            assert isinstance(values, DrawTable), "What was drawn for a chunk of stories is in memory."
            mine = self._kinds[word]
            new = mine.later(values)
            size = max(1, GROUP_ROWS // max(1, len(new.names)))
            for start in range(0, len(new), size):
                some = slice(start, start + size)
                mine.table.add(_columns(word, evolve(new, draws=new.draws[some], table=new.table[some])))

    def close(self) -> None:
        """Write what waits, and end the table."""
        import pyarrow.parquet as pq

        for word, waiting in zip(("forces", "believed"), self._waiting, strict=True):
            self._kinds[word].table.close()
            waiting.seek(0)
            with pq.ParquetFile(waiting) as file:
                for number in range(file.num_row_groups):
                    self._table.add(file.read_row_group(number, use_threads=False).combine_chunks().columns)
            waiting.truncate(0)
        self._table.close()


def _columns(word: str, table: DrawTable) -> list[Any]:
    """What was drawn as the columns of the table."""
    import pyarrow as pa

    draws, names, values = table.flat()
    none, in_words = pa.nulls(len(draws)), table.kind == "words"
    words = pa.array(table.words, type=pa.string())
    codes: npt.NDArray[np.int64] = values.astype(np.int64)
    return [
        pa.repeat(pa.scalar(word), len(draws)),
        pa.array(draws),
        pa.array(table.names, type=pa.string()).take(pa.array(names)),
        none if in_words else pa.array(values),
        words.take(pa.array(codes)) if in_words else none,
    ]
