"""The cells of a world: what each field says, as the state of a story has it, and which row wrote it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from situation.events import ActorId, Due, Fight, Loss, StandingAgreement
from situation.events.story import DUE_KINDS, DueKind
from situation.log.state import State
from situation.story.world.columns import Field, WorldTable
from situation.story.world.fields import TABLES
from situation.story.world.kinds import Kind
from situation.story.world.numbering import Numbering
from situation.story.world.table_columns import put_values
from situation.story.world.tables import WorldTables
from situation.story.world.words import TEXT_OF_WORD, Word
from situation.testimony.opening import Part

CellField = tuple[str, int, str]
"""Where a cell stands: the table, the row, and the field beside it that says who wrote it."""

__all__ = ["VALUES", "cells_of", "note_record", "thing_number"]

_DUE: Final[Mapping[str, DueKind]] = MappingProxyType(
    {
        "day_due": "day",
        "council_due": "council",
        "forces": "arrival",
        "searches": "search",
        "battles": "battle",
        "batches": "return",
        "orders": "order",
    }
)
"""What falls due in each table; in `story`, by field."""
_SHIFT: Final = 16


def cells_of(tables: WorldTables, numbering: Numbering, since: int = 1) -> dict[str, tuple[Any, int]]:
    """Every cell that a row has written, from the row `since` on: its value, and the row."""
    made = {}
    for table in TABLES:
        rows = getattr(tables, table.name)
        for field in table.fields:
            if field.cell:
                read, by = _READ[field.kind], f"{field.name}_by"
                for at in _written(rows, by, since):
                    value = read(tables, numbering, table, field, rows[at])
                    made[_cell(table, field, _SUBJECTS[table.name](numbering, at))] = (
                        value,
                        int(getattr(rows[at], by)),
                    )
    return made


def note_record(state: State, tables: WorldTables, numbering: Numbering, known: dict[str, CellField]) -> None:
    """Note beside each field which entry of the record set its cell: below 0.

    Args:
        known: by the name of a cell, where it stands in every world of the scenario; filled in where it is empty.
    """
    if not known:
        known.update(_cell_fields(tables, numbering, [table for table in TABLES if table.name != "lapsing"]))
    noted: dict[tuple[str, str], dict[int, int]] = {}
    for name, entry in state.because.items():
        where, lapsing = known.get(name), numbering.lapsing.known(name)
        if where is not None:
            table, at, by = where
            noted.setdefault((table, by), {})[at] = -numbering.record.of(entry.id)
        if lapsing:
            tables.lapsing[lapsing].stands_by = -numbering.record.of(entry.id)
    for (table, by), rows in noted.items():
        put_values(getattr(tables, table), by, rows)


def _cell_fields(tables: WorldTables, numbering: Numbering, of: list[WorldTable]) -> dict[str, CellField]:
    """By the name of each cell that a world has before its story begins, where in some tables it stands."""
    return {
        name: (table.name, at, f"{field.name}_by")
        for table in of
        for field in table.fields
        if field.cell
        for at, name in _named(table, field, numbering, len(getattr(tables, table.name)))
    }


def _named(table: WorldTable, field: Field, numbering: Numbering, length: int) -> Iterator[tuple[int, str]]:
    """The records of a table that have a name before the story begins, each with the name of a cell of it."""
    first = 0 if table.name == "story" else 1
    for at in range(first, length):
        try:
            subject = _SUBJECTS[table.name](numbering, at)
        except IndexError:
            return
        if subject is not None:
            yield at, _cell(table, field, subject)


def _written(rows: Any, by: str, since: int) -> list[int]:
    """The numbers of the records of which a field was written by a row from `since` on."""
    if isinstance(rows, Sequence):
        return [at for at, row in enumerate(rows) if getattr(row, by) >= since]
    numbers: list[int] = (rows[by] >= since).nonzero()[0].tolist()
    return numbers


def _cell(table: WorldTable, field: Field, subject: str) -> str:
    if field.cell == "*":
        return subject
    return field.cell if "." in field.cell else f"{table.subject.format(subject)}.{field.cell}"


def _crossed(ones: list[Any], others: list[Any], room: int, at: int, pattern: str) -> str:
    """How the cells of a table with a row for each two are named."""
    one, other = divmod(at, room)
    return pattern.format(ones[one], others[other])


def _of_two(actors: list[Any], others: list[Any], at: int, pattern: str) -> str:
    return _crossed(actors, others, len(others), at, pattern)


_SUBJECTS: Final[Mapping[str, Callable[[Numbering, int], str]]] = MappingProxyType(
    {
        "story": lambda n, at: "",
        "forces": lambda n, at: n.forces.names[at],
        **dict.fromkeys(("places", "searches", "battles"), lambda n, at: n.places.names[at]),
        "batches": lambda n, at: n.batches.names[at],
        "orders": lambda n, at: n.orders.names[at],
        "actors": lambda n, at: n.actors.names[at],
        "relations": lambda n, at: _of_two(n.actors.names, n.actors.names, at, "{}:{}"),
        "plans": lambda n, at: n.plans.names[at],
        "turns": lambda n, at: _crossed(n.plans.names, n.doctrines.names, n.doctrines.room, at, "{}.turned.{}"),
        "givens": lambda n, at: n.givens.names[at],
        "ways": lambda n, at: _of_two(n.actors.names, n.links.names, at, "{}|{}"),
        "lapsing": lambda n, at: n.lapsing.names[at],
        "others": lambda n, at: n.others.names[at],
    }
)
"""By table, how the subject of a record is called."""


def thing_number(numbering: Numbering, text: str) -> int:
    """The number of what an order is about: a place, a link or a posture."""
    if number := numbering.places.known(text):
        return number
    if number := numbering.links.known(text):
        return len(numbering.places.names) + number
    return len(numbering.places.names) + len(numbering.links.names) + Word[text.upper()]


def _thing(numbering: Numbering, number: int) -> Any:
    for names in (numbering.places.names, numbering.links.names):
        if number < len(names):
            return names[number]
        number -= len(names)
    return TEXT_OF_WORD[number]


def _sides(numbering: Numbering, bits: int) -> Any:
    named = numbering.named(bits)
    return frozenset(named) if len(named) > 1 else named[0] if named else None


def _due(minute: int, rank: float, kind: DueKind, numbering: Numbering) -> Due | None:
    return Due(minute + numbering.origin, DUE_KINDS.index(kind), rank, kind) if minute else None


def _fight(numbering: Numbering, row: Any) -> Fight | None:
    if not row.attacker:
        return None
    scattered = bool(row.scattered)
    return Fight(
        attacker=numbering.actors.names[row.attacker],
        defender=numbering.actors.names[row.defender],
        began=int(row.began) + numbering.first_day,
        attackers_start=int(row.attackers_start),
        defenders_start=int(row.defenders_start),
        fortune=float(row.fortune),
        area=float(row.area),
        attacker_rate=float(row.attacker_rate),
        defender_rate=float(row.defender_rate),
        attacker_residual=float(row.attacker_residual) if scattered else None,
        defender_residual=float(row.defender_residual) if scattered else None,
        cleared=float(row.cleared),
        broken=bool(row.broken),
    )


def _batch(tables: WorldTables, numbering: Numbering, row: Any) -> tuple[Loss, ...] | None:
    if not row.batch_count:
        return None
    wounds = (tables.wounds[at] for at in range(row.batch_first, row.batch_first + row.batch_count))
    return tuple(
        Loss(numbering.forces.names[it.force], int(it.killed), int(it.wounded), float(it.counted)) for it in wounds
    )


def _bodies(tables: WorldTables, numbering: Numbering, only: int) -> tuple[str, ...]:
    """The bodies that there are, in the order of coming."""
    rows = [(int(tables.forces[at].serial), at) for at in range(1, len(numbering.forces.names))]
    kept = [(serial, at) for serial, at in rows if serial and (not only or tables.forces[at].kind == only)]
    return tuple(numbering.forces.names[at] for _, at in sorted(kept))


def _listed(row: Any, name: str) -> list[int]:
    """A list inside a record."""
    return [int(it) for it in getattr(row, name)[: getattr(row, f"{name}_count")]]


def _garrison(numbering: Numbering, code: int) -> str:
    return f"{numbering.actors.names[code >> _SHIFT]}@{numbering.places.names[code & ((1 << _SHIFT) - 1)]}"


def _direction(n: Numbering, row: Any) -> tuple[tuple[str, ...], str]:
    return n.named(int(row.direction)), n.actors.names[row.direction_against]


def _parts(n: Numbering, row: Any) -> tuple[Part, ...]:
    pairs = zip(row.parts_actor, row.parts_text, strict=True)
    return tuple(Part(n.actors.names[actor], n.part_texts.names[text]) for actor, text in pairs)[: row.parts_count]


def _standing(n: Numbering, row: Any) -> frozenset[StandingAgreement]:
    return frozenset(
        StandingAgreement(
            n.agreements.names[row.beside_agreement[at]],
            bool(row.beside_violated[at]),
            frozenset(map(ActorId, n.named(int(row.beside_violators[at])))),
        )
        for at in range(row.beside_count)
    )


_Read = Callable[[WorldTables, Numbering, WorldTable, Field, Any], Any]


def _plainly(read: Callable[[Numbering, Any], Any]) -> _Read:
    """A reader of a field that is one number."""
    return lambda _tables, numbering, _table, field, row: read(numbering, getattr(row, field.name).__index__())


VALUES: Final[Mapping[Kind, Callable[[Numbering, int], Any]]] = MappingProxyType(
    {
        Kind.COUNT: lambda n, value: value,
        Kind.FLAG: lambda n, value: bool(value),
        Kind.MINUTE: lambda n, value: value + n.origin if value else None,
        Kind.DAY: lambda n, value: value + n.first_day if value else None,
        Kind.WORD: lambda n, value: TEXT_OF_WORD[value],
        Kind.PLACE: lambda n, value: n.places.names[value],
        Kind.FORCE: lambda n, value: n.forces.names[value],
        Kind.ACTOR: lambda n, value: n.actors.names[value],
        Kind.PLAN: lambda n, value: n.plans.names[value],
        Kind.DOCTRINE: lambda n, value: n.doctrines.names[value],
        Kind.THING: _thing,
        Kind.AGREEMENT: lambda n, value: n.agreements.names[value],
        Kind.VALUE: lambda n, value: n.values.names[value],
        Kind.SIDES: _sides,
        Kind.UNITS: lambda n, value: frozenset(n.named(value)),
        Kind.HEIRS: lambda n, value: () if value else None,
    }
)
"""How the value of a kind that is one whole number is read from it."""
_READ: Final[Mapping[Kind, _Read]] = MappingProxyType(
    {
        **{kind: _plainly(value) for kind, value in VALUES.items()},
        Kind.REAL: lambda w, n, t, f, row: float(getattr(row, f.name)),
        Kind.LAPSED: lambda w, n, t, f, row: None,
        Kind.DUE: lambda w, n, t, f, row: _due(
            int(getattr(row, f.name)), float(getattr(row, f"{f.name}_rank")), _DUE.get(f.name) or _DUE[t.name], n
        ),
        Kind.FIGHT: lambda w, n, t, f, row: _fight(n, row),
        Kind.BATCH: lambda w, n, t, f, row: _batch(w, n, row),
        Kind.DIRECTION: lambda w, n, t, f, row: _direction(n, row),
        Kind.PARTS: lambda w, n, t, f, row: _parts(n, row),
        Kind.STANDING: lambda w, n, t, f, row: _standing(n, row),
        Kind.BODIES: lambda w, n, t, f, row: tuple(n.forces.names[it] for it in _listed(row, f.name)),
        Kind.SIGHTED: lambda w, n, t, f, row: tuple(_garrison(n, it) for it in _listed(row, f.name)),
        Kind.COLUMNS: lambda w, n, t, f, row: tuple(n.forces.names[it] for it in _listed(row, f.name)),
        Kind.INCIDENTS: lambda w, n, t, f, row: tuple(_listed(row, f.name)),
        Kind.NUMBERS: lambda w, n, t, f, row: {
            name: float(w.numbers[at].value) for at, name in enumerate(n.numbers.names) if w.numbers[at].of_story
        },
        Kind.FORCES: lambda w, n, t, f, row: _bodies(w, n, Word.NOTHING),
        Kind.FIELD_FORCES: lambda w, n, t, f, row: _bodies(w, n, Word.FIELD),
        Kind.CUT: lambda w, n, t, f, row: tuple(n.forces.names[w.cut[at].force] for at in range(row.cut_count)),
    }
)
"""How the value of each kind is read."""
