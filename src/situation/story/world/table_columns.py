"""Tables that a story has filled, to be read: row by row as tuples, or whole columns as arrays."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final

from attrs import define, field

from situation.story.world.columns import stored
from situation.story.world.fields import TABLES

__all__ = ["ChosenRows", "ReadTable", "TableColumns", "put_values", "values_in"]

_TYPES: Final = {table.name: {name: kind for name, kind, count in stored(table) if not count} for table in TABLES}


class ReadTable(Sequence[Any]):
    """Records of NumPy, of which each is read as a tuple with the same names; a look into a record itself is slow."""

    def __init__(self, name: str, records: Any) -> None:
        import numpy as np

        self.records = records.view(np.ndarray)
        self._make = _tuple_of(name, records.dtype.names)._make

    def __len__(self) -> int:
        return len(self.records)

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return [*map(self._make, self.records[at].tolist())]
        return self._make(self.records[at].item())

    def __iter__(self) -> Iterator[Any]:
        return map(self._make, self.records.tolist())


@cache
def _tuple_of(name: str, columns: tuple[str, ...]) -> Any:
    return namedtuple(f"{name.title()}Read", columns)


def values_in(table: Any, name: str, first: int = 0, last: int | None = None) -> list[Any]:
    """A column of some rows of a table, whatever it is made of."""
    records = table.records if isinstance(table, ReadTable) else table
    if hasattr(records, "dtype"):
        values: list[Any] = records[name][first:last].tolist()
        return values
    return [getattr(row, name) for row in records[first:last]]


def put_values(table: Any, name: str, values: Mapping[int, Any]) -> None:
    """Write a field of some rows of a table, whatever it is made of.

    Args:
        values: by row.
    """
    if isinstance(table, list):
        for at, value in values.items():
            setattr(table[at], name, value)
    else:
        table[name][[*values]] = [*values.values()]


@define
class TableColumns:
    """Some rows of a table, by columns as arrays, which are taken as they are asked for.

    Args:
        name: of the table.
        table: its rows.
        first, last: from which row to before which.
    """

    name: str
    table: Any
    first: int
    last: int
    _columns: dict[str, Any] = field(factory=dict, init=False)

    def __len__(self) -> int:
        return self.last - self.first

    def __getitem__(self, name: str) -> Any:
        if name not in self._columns:
            self._columns[name] = self._taken(name)
        return self._columns[name]

    def _taken(self, name: str) -> Any:
        import numpy as np

        if isinstance(self.table, ReadTable):
            return np.ascontiguousarray(self.table.records[name][self.first : self.last])
        rows = self.table[self.first : self.last]
        return np.array([getattr(row, name) for row in rows], _TYPES[self.name][name])

    def at(self, rows: Any) -> ChosenRows:
        """Some of these rows, by an array of their places among them."""
        return ChosenRows(self, rows)


@define
class ChosenRows:
    """Some rows of others, by columns."""

    of: TableColumns
    rows: Any

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, name: str) -> Any:
        return self.of[name][self.rows]
