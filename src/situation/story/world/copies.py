"""Copies of tables: what every story of a scenario begins with is made once, and copied for each."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any

import attrs

__all__ = ["bytes_of", "copied_table"]


def copied_table(table: Any) -> Any:
    """A table with the same rows: NumPy records, objects, numbers or bytes."""
    if not isinstance(table, list):
        return table.copy()
    if not table or not attrs.has(type(table[0])):
        return [*table]
    kind: Any = type(table[0])
    return _copier(kind)(table)


def bytes_of(records: Any) -> Any:
    """The bytes of a table of NumPy records, to be read and written."""
    import numpy as np

    return np.frombuffer(records, np.uint8)


@cache
def _copier(kind: Any) -> Callable[[list[Any]], list[Any]]:
    """What copies objects of a class, with the lists in them."""
    fields = attrs.fields(kind)
    names, lists = [it.name for it in fields], [it.name for it in fields if isinstance(it.default, attrs.Factory)]  # type: ignore[arg-type]
    values = attrgetter(*names, names[0])  # of two and more it gives a tuple

    def copies(rows: list[Any]) -> list[Any]:
        made = [kind(*values(row)[:-1]) for row in rows]
        for name in lists:
            for row in made:
                setattr(row, name, [*getattr(row, name)])
        return made

    return copies
