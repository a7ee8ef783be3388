"""The rows of a world as the words of their events, for a digest of a story: the same as of its entries, without making these."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping
from math import isnan
from types import MappingProxyType
from typing import Any, Final

import attrs

from situation.chance.luck import word_of
from situation.chance.philox import MASK
from situation.ensemble.rows import ABSENT, bits_of_float, put_value
from situation.events import (
    Arrived,
    Attacked,
    AttackPutOff,
    BattleDay,
    Captured,
    ColumnSighted,
    DayBegan,
    Due,
    Emerged,
    Event,
    OrderCarriedOut,
    OrderGiven,
    OrderLapsed,
    SearchDay,
    Withdrew,
    WoundedReturned,
)
from situation.events.story import DUE_KINDS, DueKind
from situation.story.rows.entries import ALSO, EVENT_OF_ROW, FALLS_DUE, WHY_LAPSED
from situation.story.rows.kinds import RowKind
from situation.story.rows.layout import LAYOUTS, Slot
from situation.story.stage import Stage
from situation.story.world.cells import VALUES
from situation.story.world.columns import stored
from situation.story.world.fields import TABLES
from situation.story.world.kinds import Kind
from situation.story.world.numbering import Numbering
from situation.story.world.reasons import Rule
from situation.story.world.words import TEXT_OF_WORD

__all__ = ["ROW_COLUMNS", "RowWords"]

ROW_COLUMNS: Final[Mapping[str, int]] = MappingProxyType(
    {name: at for at, (name, _, _) in enumerate(next(stored(table) for table in TABLES if table.name == "rows"))}
)
"""Where each column stands in a row as a tuple."""
_Row = tuple[Any, ...]
_Put = Callable[[_Row, "array[int]"], None]
_OTHERS: Final = frozenset(
    {
        RowKind.STORY_BEGAN,
        RowKind.NUMBERS_DRAWN,
        RowKind.BATTLE_BEGAN,
        RowKind.CLASH_STEPPED,
        RowKind.TRIGGERED,
    }
)
"""Of these a summary keeps more than a digest."""


_PARTS_OF: Final[Mapping[str, str]] = MappingProxyType(
    {**dict.fromkeys(("attackers", "defenders", "losses", "returns"), "Loss"), "parts": "Recovery"}
)
"""The lists of an event whose items are counts of a body, and the type of these."""
_LISTS: Final = frozenset({*_PARTS_OF, "forces", "incidents"})
_DUE, _EMPTY, _COUNTER_ATTACK = word_of(Due.__name__), word_of(""), word_of("counter-attack")
_KIND_OF_DUE: Final = tuple(map(word_of, DUE_KINDS))
_HAPPENING, _RULE = ROW_COLUMNS["happening"], ROW_COLUMNS["rule"]
_GIVEN: Final = Rule.GIVEN.value


class RowWords:
    """Writes rows as words.

    Args:
        parts: the table of parts, as tuples.
    """

    def __init__(self, stage: Stage, numbering: Numbering, parts: list[Any]) -> None:
        self._stage, self._numbering, self._parts = stage, numbering, parts
        it = numbering
        registers = {
            Kind.PLACE: it.places,
            Kind.FORCE: it.forces,
            Kind.ACTOR: it.actors,
            Kind.LINK: it.links,
            Kind.PLAN: it.plans,
            Kind.NUMBER: it.numbers,
            Kind.DOCTRINE: it.doctrines,
        }
        self._names = {kind: _words_of(register.names) for kind, register in registers.items()}
        self._names[Kind.WORD] = _TEXTS
        self._orders = _words_of(it.orders.names)
        self._kinds: dict[int, list[_Put] | None] = {happening.value: None for happening in _OTHERS}

    def put(self, row: _Row, words: array[int]) -> bool:
        """Write what a row tells; False where more is asked of it than its words, or some of it stands in no column."""
        if row[_RULE] == _GIVEN:
            return False
        happening = row[_HAPPENING]
        if happening not in self._kinds:
            self._kinds[happening] = self._of_type(EVENT_OF_ROW[happening])
        puts = self._kinds[happening]
        if puts is None:
            return False
        for put in puts:
            put(row, words)
        return True

    def _of_type(self, kind: type[Event]) -> list[_Put] | None:
        """What writes the fields of an event type, in their order; None where some stand in no column that is read here."""
        layout, also = LAYOUTS[kind], ALSO.get(kind)
        if also is not None and kind not in _OWN:
            return None
        slots, word = {slot.attribute: slot for slot in layout.slots}, word_of(kind.__name__)
        puts: list[_Put] = [lambda row, words: words.append(word)]
        for attribute in attrs.fields(kind):  # type: ignore[arg-type]  # every event type is one
            if not attribute.eq:
                continue
            name = attribute.name
            if name in _OWN.get(kind, {}):
                put: _Put | None = getattr(self, _OWN[kind][name])
            elif name in slots:
                put = self._of_slot(slots[name], layout.happening)
            elif name in layout.parts:
                put = self._of_list(name, layout.parts.index(name), len(layout.parts))
            else:
                put = _default(attribute)
            if put is None:
                return None
            puts.append(put)
        return puts

    def _of_slot(self, slot: Slot, happening: RowKind) -> _Put | None:
        """What writes a column."""
        at, kind, it = ROW_COLUMNS["due" if slot.kind is Kind.DUE else slot.column], slot.kind, self._numbering
        if kind in self._names:
            names = self._names[kind]
            return lambda row, words: words.append(names[row[at]])
        if kind in (Kind.COUNT, Kind.FLAG):
            return lambda row, words: words.append(row[at] & MASK)
        if kind is Kind.REAL:
            return lambda row, words: words.append(bits_of_float(row[at]))
        if kind in (Kind.MINUTE, Kind.DAY):
            ahead = it.origin if kind is Kind.MINUTE else it.first_day
            return lambda row, words: words.append(row[at] + ahead & MASK if row[at] else ABSENT)
        if kind is Kind.DUE:
            return self._of_due(FALLS_DUE[happening], at, ROW_COLUMNS["due_rank"])
        if kind is Kind.UNITS:
            actors = self._names[Kind.ACTOR]

            def units(row: _Row, words: array[int]) -> None:
                numbers = [actor for actor in range(1, len(actors)) if row[at] >> actor & 1]
                words.append(len(numbers))
                words.extend(actors[actor] for actor in numbers)

            return units
        value = VALUES.get(kind)
        return None if value is None else lambda row, words: put_value(value(it, row[at]), words)

    def _of_due(self, kind: DueKind, at: int, rank: int) -> _Put:
        """What writes when something falls due."""
        phase, origin = DUE_KINDS.index(kind), self._numbering.origin

        def due(row: _Row, words: array[int]) -> None:
            if row[at]:
                words.extend((_DUE, row[at] + origin & MASK, phase, bits_of_float(row[rank]), _KIND_OF_DUE[phase]))
            else:
                words.append(ABSENT)

        return due

    def _of_list(self, name: str, nth: int, count: int) -> _Put | None:
        """What writes a list of an event, of which each item is a part."""
        if name not in _LISTS:
            return None
        first = ROW_COLUMNS["middle" if nth == 1 else "first"]
        last = ROW_COLUMNS["middle" if nth == 0 and count == 2 else "last"]
        parts, forces = self._parts, self._names[Kind.FORCE]
        word = word_of(_PARTS_OF.get(name, ""))

        def losses(row: _Row, words: array[int]) -> None:
            words.append(row[last] - row[first])
            for part in parts[row[first] : row[last]]:
                words.extend((word, forces[part.force], part.one, part.two, bits_of_float(part.real)))

        def recoveries(row: _Row, words: array[int]) -> None:
            words.append(row[last] - row[first])
            for part in parts[row[first] : row[last]]:
                words.extend((word, forces[part.force], part.one, part.two))

        def bodies(row: _Row, words: array[int]) -> None:
            words.append(row[last] - row[first])
            words.extend(forces[part.force] for part in parts[row[first] : row[last]])

        def days(row: _Row, words: array[int]) -> None:
            words.append(row[last] - row[first])
            words.extend(part.one & MASK for part in parts[row[first] : row[last]])

        return {"Loss": losses, "Recovery": recoveries}.get(
            _PARTS_OF.get(name, ""), bodies if name == "forces" else days
        )

    # -- what stands beside the layout

    def _council(self, row: _Row, words: array[int]) -> None:
        self._of_due("council", ROW_COLUMNS["number"], ROW_COLUMNS["real"])(row, words)

    def _order_of(self, row: _Row, words: array[int]) -> None:
        words.append(self._orders[row[ROW_COLUMNS["index"]]])

    def _giver(self, row: _Row, words: array[int]) -> None:
        plan = self._numbering.plans.names[row[ROW_COLUMNS["plan"]]]
        words.extend((1, word_of(self._stage.scenario.doctrines[plan].actor)))

    def _why(self, row: _Row, words: array[int]) -> None:
        words.append(word_of(WHY_LAPSED[row[ROW_COLUMNS["word"]]]))

    def _ratio(self, row: _Row, words: array[int]) -> None:
        odds = row[ROW_COLUMNS["odds"]]
        words.append(ABSENT if isnan(odds) else bits_of_float(odds))

    def _residuals(self, row: _Row, words: array[int]) -> None:
        if row[ROW_COLUMNS["flag"]]:
            words.extend((2, *(bits_of_float(row[ROW_COLUMNS[it]]) for it in ("real_b", "real_c"))))
        else:
            words.append(ABSENT)

    def _joined(self, row: _Row, words: array[int]) -> None:
        words.append(ABSENT if row[ROW_COLUMNS["flag"]] else self._names[Kind.FORCE][row[ROW_COLUMNS["other"]]])

    def _batch(self, row: _Row, words: array[int]) -> None:
        words.append(word_of(self._numbering.batches.names[row[ROW_COLUMNS["index"]]]))

    def _ratio_or_zero(self, row: _Row, words: array[int]) -> None:
        odds = row[ROW_COLUMNS["odds"]]
        words.append(bits_of_float(0.0 if isnan(odds) else odds))

    def _toward(self, row: _Row, words: array[int]) -> None:
        to = row[ROW_COLUMNS["to"]]
        words.extend((1, self._names[Kind.PLACE][to]) if to else (0,))

    def _takers(self, row: _Row, words: array[int]) -> None:
        largest, units, actors = row[ROW_COLUMNS["actor"]], row[ROW_COLUMNS["units"]], self._names[Kind.ACTOR]
        numbers = [actor for actor in range(1, len(actors)) if units >> actor & 1 and actor != largest]
        words.extend((1 + len(numbers), actors[largest], *(actors[it] for it in numbers)))

    def _emerged_from(self, row: _Row, words: array[int]) -> None:
        words.append(self._names[Kind.FORCE][row[ROW_COLUMNS["other"]]] if row[ROW_COLUMNS["flag"]] else _EMPTY)

    def _means(self, row: _Row, words: array[int]) -> None:
        words.append(_COUNTER_ATTACK)

    def _searcher(self, row: _Row, words: array[int]) -> None:
        force = row[ROW_COLUMNS["force"]]
        words.append(self._names[Kind.FORCE][force] if row[ROW_COLUMNS["number"]] else _EMPTY)


_OWN: Final[Mapping[type[Event], Mapping[str, str]]] = MappingProxyType(
    {
        DayBegan: {"council": "_council"},
        OrderGiven: {"force": "_order_of", "by": "_giver"},
        OrderCarriedOut: {"force": "_order_of"},
        OrderLapsed: {"force": "_order_of", "why": "_why"},
        BattleDay: {"ratio": "_ratio", "residuals": "_residuals"},
        SearchDay: {"force": "_searcher"},
        Arrived: {"joins": "_joined"},
        WoundedReturned: {"batch": "_batch"},
        ColumnSighted: {"ratio": "_ratio_or_zero"},
        AttackPutOff: {"ratio": "_ratio_or_zero"},
        Withdrew: {"toward": "_toward"},
        Captured: {"by": "_takers"},
        Emerged: {"drawn_from": "_emerged_from"},
        Attacked: {"means": "_means"},
    }
)
"""By event type and attribute, what writes those that stand beside the layout; other types are told by their events."""


def _default(attribute: Any) -> _Put | None:
    """What writes an attribute that no row of a story sets."""
    default = attribute.default
    if default is attrs.NOTHING:
        return None
    value = array("Q")
    put_value(default.factory() if isinstance(default, attrs.Factory) else default, value)  # type: ignore[arg-type]
    return lambda row, words: words.extend(value)


def _words_of(names: Iterable[Any]) -> list[int]:
    return [ABSENT if name is None else word_of(str(name)) for name in names]


_TEXTS: Final = _words_of(TEXT_OF_WORD)
