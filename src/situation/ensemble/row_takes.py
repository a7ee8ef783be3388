"""What each kind of rows says, attribute by attribute of its event, as pieces of words."""

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
    one_each,
    units_in,
)
from situation.ensemble.rows import put_value
from situation.events import (
    Arrived,
    Attacked,
    AttackPutOff,
    BattleDay,
    Captured,
    ColumnSighted,
    DayBegan,
    Emerged,
    Event,
    OrderCarriedOut,
    OrderGiven,
    OrderLapsed,
    SearchDay,
    Withdrew,
    WoundedReturned,
)
from situation.story.rows.entries import ALSO, EVENT_OF_ROW, FALLS_DUE, WHY_LAPSED
from situation.story.rows.kinds import RowKind
from situation.story.rows.layout import LAYOUTS, Slot
from situation.story.world.cells import VALUES
from situation.story.world.kinds import Kind
from situation.story.world.table_columns import ChosenRows

__all__ = ["takes_of"]

_PARTS_OF: Final[Mapping[str, str]] = MappingProxyType(
    {**dict.fromkeys(("attackers", "defenders", "losses", "returns"), "Loss"), "parts": "Recovery"}
)
"""The lists of an event whose items are counts of a body, and the type of these."""
_LISTS: Final = frozenset({*_PARTS_OF, "forces", "incidents"})


@cache
def takes_of(happening: int) -> tuple[Take, ...] | None:
    """What takes the pieces of the events of a kind of rows, in the order of their attributes; None where some stand
    in no column."""
    kind = EVENT_OF_ROW[happening]
    layout, also, own = LAYOUTS[kind], ALSO.get(kind), _OWN.get(kind, {})
    if also is not None and not own:
        return None
    slots = {slot.attribute: slot for slot in layout.slots}
    takes: list[Take | None] = [always(word_of(kind.__name__))]
    for attribute in attrs.fields(kind):  # type: ignore[arg-type]  # every event type is one
        name = attribute.name
        if not attribute.eq:
            continue
        if name in own:
            takes.append(own[name])
        elif name in slots:
            takes.append(_of_slot(slots[name], layout.happening))
        elif name in layout.parts:
            takes.append(_of_list(name, layout.parts.index(name), len(layout.parts)))
        else:
            takes.append(by_default(attribute))
    made = tuple(it for it in takes if it is not None)
    return made if len(made) == len(takes) else None


def _of_slot(slot: Slot, happening: RowKind) -> Take | None:
    """What takes a column; None where it is of a kind that is not read here."""
    name, kind = slot.column, slot.kind
    if kind is Kind.WORD or kind in REGISTERS:
        return lambda names, rows: one_each(names.of(kind)[rows[name]])
    if kind in (Kind.COUNT, Kind.FLAG):
        return lambda names, rows: one_each(rows[name].astype(np.int64).view(np.uint64))
    if kind is Kind.REAL:
        return lambda names, rows: one_each(bits_of(rows[name]))
    if kind in (Kind.MINUTE, Kind.DAY):

        def time(names: RowNames, rows: ChosenRows) -> Piece:
            ahead = names.numbering.origin if kind is Kind.MINUTE else names.numbering.first_day
            return one_each(np.where(rows[name] != 0, (rows[name] + ahead).view(np.uint64), NO_WORD))

        return time
    if kind is Kind.DUE:
        return of_due(FALLS_DUE[happening], "due", "due_rank")
    if kind is Kind.UNITS:
        return lambda names, rows: as_list(*units_in(names, rows[name]))
    return _of_values(name, kind) if kind in VALUES else None


def _of_values(name: str, kind: Kind) -> Take:
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

    return take


def _of_list(name: str, nth: int, count: int) -> Take | None:
    """What takes a list of an event, of which each item is a part."""
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

    return take


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


def _order_of(names: RowNames, rows: ChosenRows) -> Piece:
    return one_each(names.register("orders")[rows["index"]])


def _giver(names: RowNames, rows: ChosenRows) -> Piece:
    plans = names.stage.scenario.doctrines
    actors = as_words(*(0 if plan is None else word_of(plans[plan].actor) for plan in names.numbering.plans.names))
    return 2, np.stack([np.ones(len(rows), np.uint64), actors[rows["plan"]]], axis=1)


def _why(names: RowNames, rows: ChosenRows) -> Piece:
    return one_each(as_words(*(word_of(WHY_LAPSED[it]) for it in rows["word"].tolist())))


def _ratio(names: RowNames, rows: ChosenRows) -> Piece:
    return one_each(np.where(np.isnan(rows["odds"]), NO_WORD, bits_of(rows["odds"])))


def _ratio_or_zero(names: RowNames, rows: ChosenRows) -> Piece:
    return one_each(bits_of(np.where(np.isnan(rows["odds"]), 0.0, rows["odds"])))


def _residuals(names: RowNames, rows: ChosenRows) -> Piece:
    has_any, out = rows["flag"] != 0, np.empty((len(rows), 3), np.uint64)
    out[:, 0] = np.where(has_any, np.uint64(2), NO_WORD)
    out[:, 1], out[:, 2] = bits_of(rows["real_b"]), bits_of(rows["real_c"])
    return at_most(out, np.where(has_any, 3, 1))


def _joined(names: RowNames, rows: ChosenRows) -> Piece:
    return one_each(np.where(rows["flag"] != 0, NO_WORD, names.of(Kind.FORCE)[rows["other"]]))


def _batch(names: RowNames, rows: ChosenRows) -> Piece:
    return one_each(names.register("batches")[rows["index"]])


def _toward(names: RowNames, rows: ChosenRows) -> Piece:
    to = rows["to"]
    return at_most(np.stack([(to != 0).astype(np.uint64), names.of(Kind.PLACE)[to]], axis=1), np.where(to != 0, 2, 1))


def _takers(names: RowNames, rows: ChosenRows) -> Piece:
    """Those who took a place, the largest first."""
    largest = rows["actor"]
    others, values = units_in(names, rows["units"] & ~(1 << largest))
    count, out = as_list(others + 1, np.insert(values, np.cumsum(others) - others, names.of(Kind.ACTOR)[largest]))
    return count, out


def _emerged_from(names: RowNames, rows: ChosenRows) -> Piece:
    return one_each(np.where(rows["flag"] != 0, names.of(Kind.FORCE)[rows["other"]], EMPTY_WORD))


def _searcher(names: RowNames, rows: ChosenRows) -> Piece:
    return one_each(np.where(rows["number"] != 0, names.of(Kind.FORCE)[rows["force"]], EMPTY_WORD))


_OWN: Final[Mapping[type[Event], Mapping[str, Take]]] = MappingProxyType(
    {
        DayBegan: {"council": of_due("council", "number", "real")},
        OrderGiven: {"force": _order_of, "by": _giver},
        OrderCarriedOut: {"force": _order_of},
        OrderLapsed: {"force": _order_of, "why": _why},
        BattleDay: {"ratio": _ratio, "residuals": _residuals},
        SearchDay: {"force": _searcher},
        Arrived: {"joins": _joined},
        WoundedReturned: {"batch": _batch},
        ColumnSighted: {"ratio": _ratio_or_zero},
        AttackPutOff: {"ratio": _ratio_or_zero},
        Withdrew: {"toward": _toward},
        Captured: {"by": _takers},
        Emerged: {"drawn_from": _emerged_from},
        Attacked: {"means": always(word_of("counter-attack"))},
    }
)
"""By event type and attribute, what takes those that stand beside the layout; other types are told by their events."""
