"""What takes the words of each kind of rows, attribute by attribute of its event."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Final

import attrs
import numpy as np

from situation.chance.luck import word_of
from situation.ensemble.row_pieces import (
    EMPTY_WORD,
    NO_WORD,
    REGISTERS,
    ManyWords,
    OneWord,
    Piece,
    RowNames,
    Take,
    always,
    as_list,
    as_words,
    at_most,
    bits_of,
    by_default,
    of_due,
    units_in,
    words_at,
)
from situation.ensemble.rows import put_value
from situation.events import (
    Arrived,
    Attacked,
    AttackPutOff,
    BattleBegan,
    BattleDay,
    Captured,
    ColumnSighted,
    DayBegan,
    Emerged,
    Event,
    Fight,
    OrderCarriedOut,
    OrderGiven,
    OrderLapsed,
    SearchDay,
    Triggered,
    Withdrew,
    WoundedReturned,
)
from situation.story.rows.entries import ALSO, EVENT_OF_ROW, FALLS_DUE, WHY_LAPSED
from situation.story.rows.kinds import RowKind
from situation.story.rows.layout import FIGHT_SLOTS, LAYOUTS, Slot
from situation.story.world.cells import VALUES
from situation.story.world.kinds import Kind
from situation.story.world.table_columns import ChosenRows, TableColumns

__all__ = ["takes_of"]

_PARTS_OF: Final[Mapping[str, str]] = MappingProxyType(
    {**dict.fromkeys(("attackers", "defenders", "losses", "returns"), "Loss"), "parts": "Recovery"}
)
"""The lists of an event whose items are counts of a body, and the type of these."""
_LISTS: Final = frozenset({*_PARTS_OF, "forces", "incidents"})
_WHYS: Final = as_words(*(word_of(WHY_LAPSED.get(it, "")) for it in range(max(WHY_LAPSED) + 1)))
"""The word of each reason for which an order lapses, by its number."""


@cache
def takes_of(happening: int) -> tuple[Take, ...] | None:
    """What takes the words of the events of a kind of rows, attribute by attribute; None where some stand in no column."""
    kind = EVENT_OF_ROW[happening]
    layout, also, own = LAYOUTS[kind], ALSO.get(kind), _OWN.get(kind, {})
    if also is not None and not own:
        return None
    slots = {slot.attribute: slot for slot in layout.slots}
    takes: list[Take] = [always(word_of(kind.__name__))]
    for attribute in attrs.fields(kind):  # type: ignore[arg-type]  # every event type is one
        name = attribute.name
        if not attribute.eq:
            continue
        made: tuple[Take, ...] | None
        if name in own:
            made = own[name]
        elif name in slots:
            made = _of_slot(slots[name], layout.happening)
        elif name in layout.parts:
            made = _of_list(name, layout.parts.index(name), len(layout.parts))
        else:
            made = by_default(attribute)
        if made is None:
            return None
        takes += made
    return tuple(takes)


def _of_slot(slot: Slot, happening: RowKind) -> tuple[Take, ...] | None:
    """What takes a column; None where it is of a kind that is not read here."""
    if slot.kind is Kind.DUE:
        return (of_due(FALLS_DUE[happening], "due", "due_rank"),)
    return _of_column(slot.column, slot.kind)


@cache
def _of_column(name: str, kind: Kind) -> tuple[Take, ...] | None:
    """The same by the name of the column: kinds of rows that share one share what takes it."""
    if kind is Kind.WORD or kind in REGISTERS:
        return (OneWord(lambda names, rows: words_at(names.of(kind), rows[name])),)
    if kind in (Kind.COUNT, Kind.FLAG):
        return (OneWord(lambda names, rows: rows[name].astype(np.int64).view(np.uint64)),)
    if kind is Kind.REAL:
        return (OneWord(lambda names, rows: bits_of(rows[name])),)
    if kind in (Kind.MINUTE, Kind.DAY):

        def time(names: RowNames, rows: TableColumns) -> Any:
            ahead = names.numbering.origin if kind is Kind.MINUTE else names.numbering.first_day
            return np.where(rows[name] != 0, (rows[name] + ahead).view(np.uint64), NO_WORD)

        return (OneWord(time),)
    if kind is Kind.UNITS:
        return (ManyWords(lambda names, rows: as_list(*units_in(names, rows[name]))),)
    return (_of_values(name, kind),) if kind in VALUES else None


def _of_values(name: str, kind: Kind) -> ManyWords:
    """What takes a column whose values are several words each, such as an agreement."""

    def take(names: RowNames, rows: ChosenRows) -> Piece:
        known: dict[int, array[int]] = {}
        values, count, out = rows[name].tolist(), [], array("Q")
        for value in values:
            if value not in known:
                known[value] = array("Q")
                put_value(VALUES[kind](names.numbering, value), known[value])
            count.append(len(known[value]))
            out.extend(known[value])
        return np.array(count), np.frombuffer(out, np.uint64)

    return ManyWords(take)


@cache
def _of_list(name: str, nth: int, count: int) -> tuple[Take, ...] | None:
    """What takes a list of an event, of which each item is a part; None where it is none that is read here."""
    if name not in _LISTS:
        return None
    first = "middle" if nth == 1 else "first"
    last = "middle" if nth == 0 and count == 2 else "last"

    def take(names: RowNames, rows: ChosenRows) -> Piece:
        lengths = rows[last] - rows[first]
        before = np.cumsum(lengths) - lengths
        parts = names.parts.at(np.repeat(rows[first] - before, lengths) + np.arange(int(lengths.sum())))
        items = np.stack([*_items(name, names, parts)], axis=1)
        width = items.shape[1]
        each, values = as_list(lengths * width, items.reshape(-1))
        values[np.cumsum(each) - each] = lengths
        return each, values

    return (ManyWords(take),)


def _items(name: str, names: RowNames, parts: ChosenRows) -> Iterator[Any]:
    """The words of each part, column by column."""
    one, two = (parts[it].view(np.uint64) for it in ("one", "two"))
    if name == "incidents":
        yield one
        return
    kind = _PARTS_OF.get(name)
    if kind is not None:
        yield np.full(len(parts), word_of(kind), np.uint64)
    yield names.of(Kind.FORCE)[parts["force"]]
    if kind is not None:
        yield one
        yield two
    if kind == "Loss":
        yield bits_of(parts["real"])


# -- what stands beside the layout


def _order_of(names: RowNames, rows: TableColumns) -> Any:
    return words_at(names.register("orders"), rows["index"])


def _giver(names: RowNames, rows: TableColumns) -> Any:
    plans = names.stage.scenario.doctrines
    actors = as_words(*(0 if plan is None else word_of(plans[plan].actor) for plan in names.numbering.plans.names))
    return words_at(actors, rows["plan"])


def _why(names: RowNames, rows: TableColumns) -> Any:
    return words_at(_WHYS, rows["word"])


def _ratio(names: RowNames, rows: TableColumns) -> Any:
    return np.where(np.isnan(rows["odds"]), NO_WORD, bits_of(rows["odds"]))


def _ratio_or_zero(names: RowNames, rows: TableColumns) -> Any:
    return bits_of(np.where(np.isnan(rows["odds"]), 0.0, rows["odds"]))


def _residuals(names: RowNames, rows: ChosenRows) -> Piece:
    has_any, out = rows["flag"] != 0, np.empty((len(rows), 3), np.uint64)
    out[:, 0] = np.where(has_any, np.uint64(2), NO_WORD)
    out[:, 1], out[:, 2] = bits_of(rows["real_b"]), bits_of(rows["real_c"])
    return at_most(out, np.where(has_any, 3, 1))


def _joined(names: RowNames, rows: TableColumns) -> Any:
    return np.where(rows["flag"] != 0, NO_WORD, _other(names, rows))


def _batch(names: RowNames, rows: TableColumns) -> Any:
    return words_at(names.register("batches"), rows["index"])


def _toward(names: RowNames, rows: ChosenRows) -> Piece:
    to = rows["to"]
    return at_most(np.stack([(to != 0).astype(np.uint64), names.of(Kind.PLACE)[to]], axis=1), np.where(to != 0, 2, 1))


def _takers(names: RowNames, rows: ChosenRows) -> Piece:
    """Those who took a place, the largest first."""
    largest = rows["actor"]
    others, values = units_in(names, rows["units"] & ~(1 << largest))
    count, out = as_list(others + 1, np.insert(values, np.cumsum(others) - others, names.of(Kind.ACTOR)[largest]))
    return count, out


def _emerged_from(names: RowNames, rows: TableColumns) -> Any:
    return np.where(rows["flag"] != 0, _other(names, rows), EMPTY_WORD)


def _searcher(names: RowNames, rows: TableColumns) -> Any:
    return np.where(rows["number"] != 0, words_at(names.of(Kind.FORCE), rows["force"]), EMPTY_WORD)


def _other(names: RowNames, rows: TableColumns) -> Any:
    return words_at(names.of(Kind.FORCE), rows["other"])


def _given(names: RowNames, rows: TableColumns) -> Any:
    return words_at(names.register("givens"), rows["index"])


def _of_fight() -> Iterator[Take]:
    """What takes a battle as it begins."""
    slots = {slot.attribute: slot for slot in FIGHT_SLOTS}
    yield always(word_of(Fight.__name__))
    for attribute in attrs.fields(Fight):
        slot = slots.get(attribute.name)
        yield from (by_default(attribute) if slot is None else _of_column(slot.column, slot.kind)) or ()


_RATIO_OR_ZERO: Final = OneWord(_ratio_or_zero)
_ORDER: Final = (OneWord(_order_of),)
_OWN: Final[Mapping[type[Event], Mapping[str, tuple[Take, ...]]]] = MappingProxyType(
    {
        DayBegan: {"council": (of_due("council", "number", "real"),)},
        OrderGiven: {"force": _ORDER, "by": (always(1), OneWord(_giver))},
        OrderCarriedOut: {"force": _ORDER},
        OrderLapsed: {"force": _ORDER, "why": (OneWord(_why),)},
        BattleBegan: {"fight": (*_of_fight(),)},
        BattleDay: {"ratio": (OneWord(_ratio),), "residuals": (ManyWords(_residuals),)},
        SearchDay: {"force": (OneWord(_searcher),)},
        Arrived: {"joins": (OneWord(_joined),)},
        WoundedReturned: {"batch": (OneWord(_batch),)},
        ColumnSighted: {"ratio": (_RATIO_OR_ZERO,)},
        AttackPutOff: {"ratio": (_RATIO_OR_ZERO,)},
        Withdrew: {"toward": (ManyWords(_toward),)},
        Captured: {"by": (ManyWords(_takers),)},
        Emerged: {"drawn_from": (OneWord(_emerged_from),)},
        Attacked: {"means": (always(word_of("counter-attack")),)},
        Triggered: {"given": (OneWord(_given),)},
    }
)
"""By event type and attribute, what takes those that stand beside the layout; other types are told by their events."""
