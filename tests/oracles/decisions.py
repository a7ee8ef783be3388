"""Holds the mechanisms that decide as kernels to those of the fold: at each battle day and each search of a story, row by row.

`python -m tests.oracles.decisions DAYS STORY...` prints how many rows they wrote in each story. As Python or compiled
(`SITUATION_KERNELS=each`), it fails at the first row that differs.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from attrs import define, field

from situation.chance.luck import Luck, word_of
from situation.events import Due, PlaceId
from situation.log.cells import named_in_id
from situation.log.entry import Entry
from situation.log.fold import Folding
from situation.story.decide.battle_day import DayVerdict, fight_day
from situation.story.decide.ground import make_ground, order_ground
from situation.story.decide.search import search_on
from situation.story.rows.replay import Replay
from situation.story.story import Story
from situation.story.world.columns import stored
from situation.story.world.fields import TABLES
from situation.story.world.staging import set_luck
from tests.oracles.world_cells import story_of

RANGES = ("first", "middle", "last", "first_parent", "last_parent")
"""Columns that say where in a table parts and parents stand; what stands there is compared."""
_OF_ROW = tuple(
    (name, count)
    for table in TABLES
    if table.name == "rows"
    for name, _, count in stored(table)
    if name not in (*RANGES, "odds")
)


def _field(row: Any, name: str) -> Any:
    """A field of an object, or of a record, which has attributes of its own beside its fields (`real`)."""
    return row[name] if hasattr(row, "dtype") else getattr(row, name)


def _plain(row: Any) -> dict[str, Any]:
    return {name: [*map(int, _field(row, name))] if count else float(_field(row, name)) for name, count in _OF_ROW}


def _parts(replay: Replay, row: Any) -> list[tuple[Any, ...]]:
    parts = (replay.writer.tables.parts[at] for at in range(row.first, row.last))
    return [(int(it.force), int(it.one), int(it.two), float(_field(it, "real"))) for it in parts]


def same_row(decided: Replay, expected: Replay, at: int) -> None:
    """Fail where a row of two worlds differs: what it tells, its parts, and why."""
    one, other = decided.writer.tables.rows[at], expected.writer.tables.rows[at]
    entry = expected.entries[at - 1]
    assert _plain(one) == _plain(other), entry
    assert _parts(decided, one) == _parts(expected, other), entry
    assert one.middle - one.first == other.middle - other.first, entry
    assert decided.cause(at) == entry.cause, entry


@define
class Decisions:
    """A story as its entries tell it, and once more in a world in which kernels decide battles and searches."""

    story: Story
    luck: Luck
    expected: Replay
    decided: Replay
    ground: Any
    folding: Folding
    dues: dict[str, Due] = field(factory=dict)
    rows: Counter[str] = field(factory=Counter)

    @classmethod
    def of(cls, story: Story, seed: int, index: int) -> Decisions:
        luck, decided, stage = Luck(seed, index), Replay.of(story.stage), story.stage
        tables, numbering = decided.writer.tables, decided.writer.numbering
        set_luck(tables, numbering, luck)
        ground = make_ground(stage, numbering)
        order_ground(ground, tables)
        return cls(story, luck, Replay.of(stage), decided, ground, Folding(stage.ground, stage.state))

    def hold(self) -> Mapping[str, int]:
        """Compare every step; how many rows kernels wrote, by the kind of step and what came of it."""
        first = 0
        for last in self.story.steps:
            self._step(self.story.entries[first:last])
            first = last
        return self.rows

    def _step(self, entries: tuple[Entry, ...]) -> None:
        if not entries:
            return
        due = min(
            self.dues.items(), key=lambda it: (it[1].minute, it[1].phase, it[1].rank, word_of(it[0])), default=None
        )
        made, row = 0, len(self.expected.entries) + 1
        if due is not None and due[1].kind in _KERNELS:
            assert due[1].minute == entries[0].time
            place = self.decided.writer.numbering.places.of(PlaceId(named_in_id(due[0])))
            self.decided.writer.tables.story[0].now = entries[0].time - self.decided.writer.numbering.origin
            name = _KERNELS[due[1].kind](self.decided.writer.tables, self.ground, place)
            made = int(self.decided.writer.tables.story[0].row_count) + 1 - row
            assert made == len(entries), (name, made, entries)
            self.rows[name] += made
        for number, entry in enumerate(entries):
            self.expected.take(entry)
            if number < made:
                self.decided.note(entry, row + number)
                same_row(self.decided, self.expected, row + number)
            else:
                self.decided.take(entry)
            for cell, value in self.folding.apply(entry).items():
                if cell.endswith(".due"):
                    self.dues[cell.removesuffix(".due")] = value
                    if value is None:
                        del self.dues[cell.removesuffix(".due")]
        if made:
            assert self.decided.written(row) == self.expected.written(row), entries


def _battle(w: Any, g: Any, place: int) -> str:
    return f"battle {DayVerdict(fight_day(w, g, place)).name}"


def _search(w: Any, g: Any, place: int) -> str:
    search_on(w, g, place)
    return "search"


_KERNELS: Mapping[str, Callable[[Any, Any, int], str]] = {"battle": _battle, "search": _search}
"""What falls due for which kernels decide the whole step, and how what they did is called."""


def hold_decisions(name: str, days: int | None, index: int = 0) -> Mapping[str, int]:
    """Compare the decisions of one story of a scenario."""
    return Decisions.of(story_of(name, days, index), 3, index).hold()


def line(name: str, days: int | None) -> str:
    """What `hold_decisions` counts, in a line."""
    return "; ".join((name, *(f"{what}: {count}" for what, count in sorted(hold_decisions(name, days).items()))))


if __name__ == "__main__":
    limit = int(sys.argv[1])
    for named in sys.argv[2:]:
        print(line(named, limit or None))
