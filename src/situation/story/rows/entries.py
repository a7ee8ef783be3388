"""Rows as entries of the log: the event that a row tells, with its id and its cause."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from attrs import define, evolve, field

from situation.dates import Interval
from situation.events import (
    AreaId,
    Arrived,
    Attacked,
    AttackPutOff,
    BattleBegan,
    BattleDay,
    Captured,
    CeasefireAgreed,
    ColumnSighted,
    DayBegan,
    Due,
    Emerged,
    Event,
    Fight,
    ForceRaised,
    Loss,
    OrderCarriedOut,
    OrderGiven,
    OrderLapsed,
    Recovery,
    SearchDay,
    Triggered,
    Withdrew,
    WoundedReturned,
)
from situation.events.story import DUE_KINDS, DueKind
from situation.log.entry import Entry, Ruled
from situation.story.rows.causes import cause_of
from situation.story.rows.kinds import RowKind
from situation.story.rows.layout import FIGHT_SLOTS, LAYOUTS, Layout, Slot
from situation.story.stage import Stage
from situation.story.world.cells import VALUES
from situation.story.world.kinds import Kind
from situation.story.world.numbering import Numbering
from situation.story.world.reasons import Hindrance, Rule
from situation.story.world.tables import WorldTables, column

__all__ = ["ALSO", "EVENT_OF_ROW", "FALLS_DUE", "WHY_LAPSED", "EntryWriter"]

EVENT_OF_ROW: Final[Mapping[int, type[Event]]] = MappingProxyType(
    {it.happening.value: kind for kind, it in LAYOUTS.items()}
)
"""From the number of a happening to its event type."""
_SLOTS: Final[Mapping[type[Event], tuple[Slot, ...]]] = MappingProxyType(
    {
        kind: tuple(slot for slot in it.slots if slot.attribute in {*kind.__init__.__annotations__})
        for kind, it in LAYOUTS.items()
    }
)
"""What stands in the columns of a row that an event is made of; else it follows from what does."""
FALLS_DUE: Final[Mapping[RowKind, DueKind]] = MappingProxyType(
    {
        **dict.fromkeys((RowKind.STORY_BEGAN, RowKind.DAY_BEGAN), "day"),
        RowKind.ORDER_GIVEN: "order",
        **dict.fromkeys(
            (
                RowKind.MARCH_BEGAN,
                RowKind.MARCH_QUICKENED,
                RowKind.ATTACK_PUT_OFF,
                RowKind.FELL_BACK,
                RowKind.COLUMN_FLED,
            ),
            "arrival",
        ),
        **dict.fromkeys(
            (RowKind.BATTLE_BEGAN, RowKind.BATTLE_JOINED, RowKind.BATTLE_DAY, RowKind.DEFENDER_BROKE), "battle"
        ),
        **dict.fromkeys((RowKind.GARRISON_POSTED, RowKind.SEARCH_DAY), "search"),
        **dict.fromkeys((RowKind.BATTLE_ENDED, RowKind.RAIDED, RowKind.FIRE_EXCHANGED), "return"),
    }
)
"""What falls due by a row."""


@define
class EntryWriter:
    """Makes entries of the rows of a story, in their order. `ids`: those of the entries made so far, by row from 1 on."""

    stage: Stage
    tables: WorldTables
    numbering: Numbering
    ids: list[str] = field(factory=list)
    _times_used: dict[str, int] = field(factory=dict, init=False)

    def note(self, entry: Entry) -> None:
        """Note an entry that there is of the next row."""
        name = f"{type(entry.event).__name__}/{entry.event.subject}/{entry.time}"
        self._times_used[name] = self._times_used.get(name, 0) + 1
        self.ids.append(entry.id)

    def entries(self) -> Iterator[Entry]:
        """An entry of each row that has none yet."""
        while len(self.ids) < self.tables.story[0].row_count:
            yield self._entry(self.tables.rows[len(self.ids) + 1])

    def without_parents(self, row: Any) -> Entry:
        """The entry of a row, but for its id and its parents."""
        cause = cause_of(self.tables, self.numbering, row, None)
        now = int(row.minute) + self.numbering.origin
        return Entry("", now, Interval(now, now), self._event(row, cause), cause)

    def _entry(self, row: Any) -> Entry:
        cause = cause_of(self.tables, self.numbering, row, self.ids)
        event, now = self._event(row, cause), int(row.minute) + self.numbering.origin
        name = f"{type(event).__name__}/{event.subject}/{now}"
        times = self._times_used[name] = self._times_used.get(name, 0) + 1
        self.ids.append(name if times == 1 else f"{name}/{times}")
        return Entry(self.ids[-1], now, Interval(now, now), event, cause)

    def _event(self, row: Any, cause: Ruled) -> Event:
        """The event that a row tells: one that a scenario gives as it stands there, any other by its layout."""
        kind = EVENT_OF_ROW[int(row.happening)]
        if cause.rule == Rule.GIVEN.text and kind is not Triggered:
            trigger = self.tables.rows[self.tables.parents[row.first_parent].entry]
            event = self.stage.scenario.given[self.numbering.givens.names[trigger.index]].event
            if isinstance(event, ForceRaised):
                return evolve(event, number=int(row.number), hidden=int(row.more))
            return event
        layout = LAYOUTS[kind]
        values = {it.attribute: self._value(row, it) for it in _SLOTS[kind]}
        values.update(self._parts(row, layout))
        also = ALSO.get(kind)
        return kind(**{**values, **(also(self, row, cause) if also is not None else {})})

    def _value(self, row: Any, slot: Slot) -> Any:
        if slot.kind is Kind.DUE:
            return self.due(FALLS_DUE[RowKind(int(row.happening))], row.due, row.due_rank)
        value = column(row, slot.column)
        return float(value) if slot.kind is Kind.REAL else _TELLS[slot.kind](self.numbering, int(value))

    def due(self, kind: DueKind, minute: int, rank: float) -> Due | None:
        """What falls due at a minute of the world; None at 0."""
        if not minute:
            return None
        return Due(int(minute) + self.numbering.origin, DUE_KINDS.index(kind), float(rank), kind)

    def _parts(self, row: Any, layout: Layout) -> Iterator[tuple[str, Any]]:
        if len(layout.parts) == 1:
            yield layout.parts[0], self._list(layout.parts[0], row.first, row.last)
        elif layout.parts:
            yield layout.parts[0], self._list(layout.parts[0], row.first, row.middle)
            yield layout.parts[1], self._list(layout.parts[1], row.middle, row.last)

    def _list(self, name: str, first: int, last: int) -> Any:
        """The list of an event of which each item is a part."""
        parts = self.tables.parts[first:last]
        if name == "values":
            return {self.numbering.numbers.names[it.one]: float(column(it, "real")) for it in parts}
        return tuple(_PART[name](self.numbering.forces.names[it.force], it) for it in parts)

    def fight(self, row: Any) -> Fight:
        """A battle as it begins."""
        return Fight(cleared=0.0, **{it.attribute: self._value(row, it) for it in FIGHT_SLOTS})


def _loss(force: str, part: Any) -> Loss:
    return Loss(force, int(part.one), int(part.two), float(column(part, "real")))


_PART: Final[Mapping[str, Callable[[str, Any], Any]]] = MappingProxyType(
    {
        **dict.fromkeys(("attackers", "defenders", "losses", "returns"), _loss),
        "parts": lambda force, part: Recovery(force, int(part.one), int(part.two)),
        "forces": lambda force, part: force,
        "incidents": lambda force, part: int(part.one),
    }
)
"""What stands in a list of an event, by the name of the list."""
_TELLS: Final[Mapping[Kind, Callable[[Numbering, int], Any]]] = MappingProxyType(
    {
        **VALUES,
        Kind.UNITS: lambda n, value: n.named(value),
        Kind.LINK: lambda n, value: n.links.names[value],
        Kind.NUMBER: lambda n, value: n.numbers.names[value],
    }
)
"""What a column says in an event, in which several sides are a tuple."""


WHY_LAPSED: Final = {it.value: it.text for it in Hindrance}
"""Why an order lapses."""


def _order(writer: EntryWriter, row: Any, cause: Ruled) -> dict[str, Any]:
    return {"force": writer.numbering.orders.names[row.index]}


def _by_plan(writer: EntryWriter, row: Any, cause: Ruled) -> dict[str, Any]:
    plan = writer.stage.scenario.doctrines[writer.numbering.plans.names[row.plan]]
    return {"by": (plan.actor,), **_order(writer, row, cause)}


def _largest_first(writer: EntryWriter, row: Any) -> tuple[str, ...]:
    """Those who took a place: the one with most men, then the others by name."""
    largest, named = writer.numbering.actors.names[row.actor], writer.numbering.named(int(row.units))
    return (largest, *(it for it in named if it != largest))


def _between(writer: EntryWriter, row: Any, cause: Ruled) -> dict[str, Any]:
    one, other = writer.numbering.named(int(row.units))
    return {"actor": one, "toward": other}


ALSO: Final[Mapping[type[Event], Callable[[EntryWriter, Any, Ruled], dict[str, Any]]]] = MappingProxyType(
    {
        DayBegan: lambda it, row, cause: {"council": it.due("council", row.number, column(row, "real"))},
        OrderGiven: _by_plan,
        OrderCarriedOut: _order,
        OrderLapsed: lambda it, row, cause: {"why": WHY_LAPSED[int(row.word)], **_order(it, row, cause)},
        **dict.fromkeys((ColumnSighted, AttackPutOff), lambda it, row, cause: {"ratio": cause.odds or 0.0}),
        Arrived: lambda it, row, cause: {"joins": None if row.flag else it.numbering.forces.names[row.other]},
        WoundedReturned: lambda it, row, cause: {"batch": it.numbering.batches.names[row.index]},
        BattleBegan: lambda it, row, cause: {"fight": it.fight(row)},
        BattleDay: lambda it, row, cause: {
            "ratio": cause.odds,
            "residuals": (float(row.real_b), float(row.real_c)) if row.flag else None,
        },
        Emerged: lambda it, row, cause: {"drawn_from": it.numbering.forces.names[row.other] if row.flag else ""},
        SearchDay: lambda it, row, cause: {"force": it.numbering.forces.names[row.force] if row.number else ""},
        Withdrew: lambda it, row, cause: {"toward": (AreaId(it.numbering.places.names[row.to]),) if row.to else ()},
        Attacked: lambda it, row, cause: {"means": "counter-attack"},
        Captured: lambda it, row, cause: {"by": _largest_first(it, row)},
        CeasefireAgreed: _between,
        Triggered: lambda it, row, cause: {"given": it.numbering.givens.names[row.index]},
    }
)
"""What an event says beside its layout."""
