"""Values as numbers in the columns and parts of a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from attrs import define, field

from situation.errors import Fault
from situation.events import ActorId, Agreement, Due, Event, Loss, Recovery
from situation.log.cells import return_id
from situation.log.entry import Entry, Ruled
from situation.story.rows.causes import write_cause
from situation.story.rows.layout import Layout, Slot
from situation.story.stage import Stage
from situation.story.world.agreed import take_agreement
from situation.story.world.cells import thing_number
from situation.story.world.kinds import Kind
from situation.story.world.numbering import NO_ROOM, Numbering, Register
from situation.story.world.staging import name_number
from situation.story.world.table_columns import values_in
from situation.story.world.tables import WorldTables, has_room
from situation.story.world.words import WORD_OF_TEXT

__all__ = ["RowWriter"]


@define
class RowWriter:
    """Writes entries as rows into a world. `rows`: by the id of an entry, its row."""

    stage: Stage
    tables: WorldTables
    numbering: Numbering
    rows: dict[str, int] = field(factory=dict)
    _named: int = 0

    @property
    def parts(self) -> int:
        """How many parts of rows there are."""
        return int(self.tables.story[0].part_count)

    def make_room(self) -> None:
        """Let the tables go as far as what has been numbered."""
        tables, it = self.tables, self.numbering
        for table, register in (
            (tables.forces, it.forces),
            (tables.orders, it.orders),
            (tables.batches, it.batches),
            (tables.others, it.others),
            (tables.givens, it.givens),
            (tables.numbers, it.numbers),
        ):
            has_room(table, len(register.names) - 1)

    def name_bodies(self) -> None:
        """Give bodies of men that have just come into being their names."""
        names = self.numbering.forces.names
        for number in range(max(1, self._named), len(names)):
            body, name = self.tables.forces[number], names[number]
            body.name = name_number(self.tables, self.numbering, name)
            body.own_name = "@" not in name or "/" in name
        self._named = len(names)

    def take_names(self) -> None:
        """Number what kernels have brought into being, as its tables name it: bodies of men, orders, batches, ceasefires."""
        tables, it, story = self.tables, self.numbering, self.tables.story[0]
        for first, last in self._new(tables.names, it.names, story.name_count, "first", "last"):
            it.names.of(bytes(tables.letters[first:last]).decode())
        for (name,) in self._new(tables.forces, it.forces, story.bodies, "name"):
            it.forces.of(it.names.names[name])
            if ordered := it.orders.known(it.names.names[name]):  # before it came
                tables.forces[len(it.forces.names) - 1].order = ordered
        self._named = len(it.forces.names)
        for (force,) in self._new(tables.orders, it.orders, story.order_count, "force"):
            it.orders.of(it.forces.names[force])
        for place, since, by in self._new(tables.batches, it.batches, story.batch_count, "place", "since", "by"):
            actor = it.actors.names[by] if by else None
            it.batches.of(return_id(it.places.names[place], int(since) + it.origin, actor))
        story.batch_count = len(it.batches.names) - 1
        for (parties,) in self._new(tables.agreements, it.agreements, story.agreement_count, "parties"):
            named = frozenset(map(ActorId, it.named(int(parties))))
            it.agreements.of(Agreement("ceasefire", named, frozenset(), None, None))

    def _new(self, table: Any, register: Register, count: int, *columns: str) -> Iterable[tuple[Any, ...]]:
        """Some columns of what a table has that is not numbered yet."""
        first = len(register.names)
        if first > count:
            return ()
        return zip(*(values_in(table, name, first, count + 1) for name in columns), strict=True)

    def write_cause(self, row: Any, entry: Entry) -> None:
        """Write why an entry came about."""
        assert isinstance(entry.cause, Ruled), f"{entry.id} is no entry of a story"
        write_cause(self.tables, self.numbering, row, entry.cause, self.rows)

    def fill(self, row: Any, slots: Iterable[Slot], source: object) -> None:
        """Write attributes of an event, or of what stands in it, into their columns."""
        for slot in slots:
            value = getattr(source, slot.attribute)
            if slot.kind is Kind.DUE:
                row.due, row.due_rank = self.minute(value), 0.0 if value is None else value.rank
            else:
                setattr(row, slot.column, _NUMBER[slot.kind](self, value))

    def pool(self, actor: str, place: str) -> int:
        """The body of all of an actor's men who garrison a place, or hide there."""
        return self.numbering.forces.of(f"{self.stage.ground.root(actor)}@{place}")  # type: ignore[arg-type]

    def minute(self, due: Due | None) -> int:
        """When something falls due, as a world counts minutes; 0: never."""
        return 0 if due is None else due.minute - self.numbering.origin

    def agreement(self, agreed: Any) -> int:
        """The number of an agreement."""
        return take_agreement(self.stage, self.tables, self.numbering, agreed)

    def write_parts(self, row: Any, layout: Layout, event: Event) -> None:
        """Write the lists of an event as the parts of its row."""
        row.first = row.middle = self.parts
        for number, attribute in enumerate(layout.parts):
            row.middle = self.parts if number else row.middle
            values = getattr(event, attribute)
            for value in values.items() if isinstance(values, Mapping) else values:
                self.add_part(value)
        row.last = self.parts

    def add_part(self, value: Any) -> None:
        """Write what stands in a list of an event as the next part.

        Raises:
            Fault: the table is full.
        """
        if not has_room(self.tables.parts, self.parts):
            raise Fault(f"The table of parts is full: it has {self.parts} rows.", NO_ROOM)
        part, forces = self.tables.parts[self.parts], self.numbering.forces
        self.tables.story[0].part_count += 1
        part.force, part.one, part.two, part.real = 0, 0, 0, 0.0
        if isinstance(value, Loss):
            part.force, part.one, part.two = forces.of(value.force), value.killed, value.wounded
            part.real = value.counted
        elif isinstance(value, Recovery):
            part.force, part.one, part.two = forces.of(value.force), value.back, value.left
        elif isinstance(value, str):
            part.force = forces.of(value)
        elif isinstance(value, int):
            part.one = value
        elif isinstance(value[1], float):
            part.one, part.real = self.numbering.numbers.of(value[0]), value[1]
        else:
            part.one, part.two = self.numbering.others.of(value[0]), self.numbering.values.of(value[1])


_NUMBER: Final[Mapping[Kind, Callable[[RowWriter, Any], Any]]] = MappingProxyType(
    {
        Kind.COUNT: lambda it, value: value,
        Kind.REAL: lambda it, value: float(value),
        Kind.FLAG: lambda it, value: bool(value),
        Kind.MINUTE: lambda it, value: value - it.numbering.origin,
        Kind.DAY: lambda it, value: value - it.numbering.first_day,
        Kind.WORD: lambda it, value: WORD_OF_TEXT[value],
        Kind.PLACE: lambda it, value: it.numbering.places.of(value),
        Kind.FORCE: lambda it, value: it.numbering.forces.of(value),
        Kind.ACTOR: lambda it, value: it.numbering.actors.of(value),
        Kind.LINK: lambda it, value: it.numbering.links.of(value),
        Kind.PLAN: lambda it, value: it.numbering.plans.known(value),
        Kind.DOCTRINE: lambda it, value: it.numbering.doctrines.of(value),
        Kind.THING: lambda it, value: thing_number(it.numbering, value),
        Kind.NUMBER: lambda it, value: it.numbering.numbers.known(value),
        Kind.UNITS: lambda it, value: it.numbering.sides(value),
        Kind.AGREEMENT: lambda it, value: it.agreement(value),
    }
)
"""How the value of each kind becomes a number."""
