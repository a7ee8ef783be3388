"""A world made of its tables: NumPy records where kernels are compiled, else objects with the same names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from attrs import field, frozen, make_class

from situation.chance.blake import WORK
from situation.kernel import COMPILED, stand_in
from situation.scenario.story_numbers import NUMBERS
from situation.story.world.columns import WorldTable, stored
from situation.story.world.copies import copied_table
from situation.story.world.fields import TABLES
from situation.story.world.kinds import LISTS
from situation.story.world.table_columns import ReadTable

__all__ = [
    "GROWS",
    "MOST_COVERED",
    "SIZES",
    "Size",
    "WorldTables",
    "again",
    "column",
    "field_of_number",
    "has_room",
    "make_table",
    "make_tables",
    "number_at",
    "reals",
    "tables_to_read",
    "wholes",
]


class WorldTables(NamedTuple):
    """A world: each table a NumPy array of records, or a list of objects; `w.forces[force].number` reads either.

    `n`: the numbers that every story has, by name: `w.n.attrition_rate`. `letters`: the letters of names, as UTF-8.
    `work`: words to reckon with.
    """

    story: Any
    forces: Any
    places: Any
    searches: Any
    battles: Any
    batches: Any
    orders: Any
    actors: Any
    relations: Any
    plans: Any
    turns: Any
    givens: Any
    ways: Any
    lapsing: Any
    others: Any
    numbers: Any
    cut: Any
    wounds: Any
    agreements: Any
    scopes: Any
    covers: Any
    strengths: Any
    rows: Any
    parts: Any
    sides: Any
    goals: Any
    conditions: Any
    switches: Any
    sayings: Any
    parents: Any
    names: Any
    stage: Any
    shifts: Any
    kept: Any
    days: Any
    tallies: Any
    holdings: Any
    tolls: Any
    counts: Any
    counted_in: Any
    n: Any
    letters: Any
    work: Any


if WorldTables._fields != (*(table.name for table in TABLES), "n", "letters", "work"):
    raise TypeError("The tables of a world are not those of `fields`.")


@frozen
class Size:
    """How much a world has room for, beside what the map gives: bodies of men, batches of wounded, orders, rows ..."""

    forces: int
    batches: int
    orders: int
    wounds: int
    plans: int
    doctrines: int
    givens: int
    others: int
    agreements: int
    rows: int
    parts: int
    parents: int


SIZES: Final[Mapping[str, Size]] = MappingProxyType(
    {
        "S": Size(256, 512, 256, 2_048, 16, 16, 32, 32, 64, 4_096, 32_768, 16_384),
        "M": Size(1_024, 4_096, 1_024, 16_384, 32, 32, 64, 128, 256, 32_768, 262_144, 131_072),
        "L": Size(8_192, 32_768, 8_192, 131_072, 128, 64, 512, 1_024, 1_024, 262_144, 2_097_152, 1_048_576),
    }
)
"""The sizes of a world whose kernels are compiled: a story of four months takes the first; the last is for years."""
MOST_COVERED: Final = 62
"""The last agreement that a set of them has room for, of 64 bits with a sign."""
GROWS: Final = Size(64, 64, 64, 64, 16, 16, 32, 32, 16, 256, 512, 512)
"""With how much a world of objects begins, which grows (`has_room`)."""


def _of_fixed_length() -> Callable[[Any, int], bool]:
    def has_room(table: Any, at: int) -> bool:
        return at < len(table)

    return has_room


@stand_in(_of_fixed_length)
def has_room(table: Any, at: int) -> bool:
    """Whether a table, or a list in one, goes as far as row `at`. As Python it grows, so that it does."""
    more = at + 1 - len(table)
    if more > 0:
        more = max(more, len(table))
        table.extend(bytes(more) if isinstance(table, bytearray) else (type(table[0])() for _ in range(more)))
    return True


def make_tables(lengths: Mapping[str, int]) -> WorldTables:
    """An empty world.

    Args:
        lengths: how many rows each table has, row 0 among them.
    """
    tables = {table.name: make_table(table, lengths[table.name]) for table in TABLES}
    return WorldTables(**tables, n=_by_name(tables["numbers"]), letters=_bytes(lengths["letters"]), work=_words(WORK))


def again(tables: WorldTables, copies: Mapping[str, Any]) -> WorldTables:
    """A world of the same lengths, of some tables as copied, and of others that are empty."""
    lengths = {table.name: len(getattr(tables, table.name)) for table in TABLES}
    made = {table.name: make_table(table, lengths[table.name]) for table in TABLES if table.name not in copies}
    made.update(copies)
    return WorldTables(**made, n=_by_name(made["numbers"]), letters=copied_table(tables.letters), work=_words(WORK))


def _words(length: int) -> Any:
    """So many words, to reckon with."""
    if not COMPILED:
        return [0] * length
    import numpy as np

    return np.zeros(length, np.uint64)


def reals(length: int) -> Any:
    """So many numbers, which are 0."""
    if not COMPILED:
        return [0.0] * length
    import numpy as np

    return np.zeros(length, np.float64)


def wholes(length: int) -> Any:
    """So many whole numbers, which are 0."""
    if not COMPILED:
        return [0] * length
    import numpy as np

    return np.zeros(length, np.int64)


def _bytes(length: int) -> Any:
    """So many bytes, which are 0."""
    if not COMPILED:
        return bytearray(length)
    import numpy as np

    return np.zeros(length, np.uint8)


def column(row: Any, name: str) -> Any:
    """A field of a row, also where a record has an attribute of its own of that name (`real`)."""
    return row[name] if COMPILED and not isinstance(row, tuple) else getattr(row, name)


def tables_to_read(tables: WorldTables) -> WorldTables:
    """Tables from which Python reads what a story has written; of compiled ones a copy, for each look into a record is slow."""
    if not COMPILED:
        return tables
    story, kept = tables.story[0], tables.kept[0]
    used = {
        "story": 1,
        "kept": 1,
        "rows": story.row_count + 1,
        "parts": story.part_count,
        "parents": story.parent_count,
        "holdings": kept.holding_count,
        "tolls": kept.toll_count,
        "forces": story.bodies + 1,
        **dict.fromkeys(("actors", "givens", "tallies", "counts")),
    }
    copied = {name: ReadTable(name, getattr(tables, name)[:length].copy()) for name, length in used.items()}
    return tables._replace(**copied)


def field_of_number(name: str) -> str:
    """How a number that every story has is called in kernels: `w.n.attrition_rate`, `w.n.air_some`."""
    return name.replace(".", "_").replace("-", "_")


_EVERY: Final = tuple(map(field_of_number, NUMBERS))
"""The numbers that every story has; they come first in the table of numbers."""


def number_at(name: str) -> int:
    """Where a number that every story has stands in the table of numbers."""
    return 1 + _EVERY.index(field_of_number(name))


def _by_name(numbers: Any) -> Any:
    """The values in the table of numbers, under their names; of one type, however many numbers a scenario has of its own."""
    if not COMPILED:
        return _NumbersByName(numbers)
    import numpy as np

    row, rows = numbers.dtype.itemsize, len(_EVERY) + 1
    offsets = [row * at + numbers.dtype.fields["value"][1] for at in range(1, rows)]
    named = {"names": _EVERY, "formats": ["f8"] * len(_EVERY), "offsets": offsets, "itemsize": row * rows}
    return np.ndarray((1,), np.dtype(named), numbers).view(np.recarray)[0]  # type: ignore[call-overload]


class _NumbersByName:
    """The values in a table of objects, under their names."""

    __slots__ = ("_rows",)

    def __init__(self, rows: Any) -> None:
        self._rows = rows


def _value_of(at: int) -> property:
    return property(lambda self: self._rows[at].value)


for at, name in enumerate(_EVERY, 1):
    setattr(_NumbersByName, name, _value_of(at))


def make_table(table: WorldTable, length: int) -> Any:
    """An empty table of so many rows."""
    return _records(table, length) if COMPILED else _objects(table, length)


def _records(table: WorldTable, length: int) -> Any:
    import numpy as np

    columns = [(name, kind, (count,) if count else ()) for name, kind, count in stored(table)]
    return np.zeros(length, dtype=columns).view(np.recarray)


def _objects(table: WorldTable, length: int) -> list[Any]:
    make = _class_of(table)
    return [make() for _ in range(length)]


@cache
def _class_of(table: WorldTable) -> Callable[[], Any]:
    """A class of objects that have the fields of a table; lists begin short, and grow (`has_room`)."""
    columns: dict[str, Any] = {
        column: _list_of(min(count, LISTS["about"])) if count else field(default=0.0 if kind == "f8" else 0)
        for column, kind, count in stored(table)
    }
    row: Callable[[], Any] = make_class(f"{table.name.title()}Row", columns, slots=True, eq=False, repr=False)
    return row


def _list_of(count: int) -> Any:
    """A field that begins as a list of so many zeros."""
    return field(factory=lambda: [0] * count)
