"""The history of a log that changes: entries taken off its end and put on again, and which cells have another course since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from attrs import define, evolve, field

from situation.log.entry import Entry, Writing
from situation.log.fold import Change, written
from situation.log.state import StateView
from situation.testimony.ground import Ground

__all__ = ["LiveHistory"]


@define
class _Applied:
    """An entry that has been applied: the cells that it set, each with the change that was its last before."""

    entry: Entry
    before: dict[str, Change | None]


@define
class LiveHistory:
    """Every value that every cell had, of a log whose end may be taken off and put on again.

    The same as `fold.history` of the same entries.
    """

    ground: Ground
    changes: dict[str, list[Change]] = field(factory=dict)
    """By cell, in order of time."""
    broken: dict[str, tuple[str, ...]] = field(factory=dict)
    """From the id of each entry that breaks an agreement to the pairs between which it held, `north:south`."""
    _applied: list[_Applied] = field(factory=list)
    _cells: dict[str, Any] = field(factory=dict)
    _because: dict[str, Entry] = field(factory=dict)
    _last: dict[str, tuple[Writing, ...]] = field(factory=dict)

    def set_by(self, number: int) -> Iterable[str]:
        """The cells that an entry set, by its place in the log."""
        return self._applied[number].before

    def replace(self, start: int, entries: Iterable[Entry]) -> frozenset[str]:
        """Put other entries in the place of all from one on.

        Returns: the cells whose course is another than before.
        """
        courses: dict[str, Sequence[Change]] = {}
        while len(self._applied) > start:
            self._take_off(self._applied.pop(), courses)
        for entry in entries:
            self._put_on(entry, courses)
        for cell in [cell for cell in courses if not self.changes.get(cell, True)]:
            del self.changes[cell]
        return frozenset(cell for cell, course in courses.items() if self.changes.get(cell, []) != course)

    def _take_off(self, applied: _Applied, courses: dict[str, Sequence[Change]]) -> None:
        self.broken.pop(applied.entry.id, None)
        for cell, before in applied.before.items():
            course = self.changes[cell]
            if cell not in courses:
                courses[cell] = list(course)
            course.pop()
            if before is None:
                del self._cells[cell], self._because[cell]
                self._last.pop(cell, None)
                continue
            if before.since < applied.entry.time:
                course.pop()
            course.append(before)
            self._set(before)

    def _set(self, change: Change) -> None:
        self._cells[change.cell], self._because[change.cell] = change.value, change.entry
        if change.last:
            self._last[change.cell] = change.last
        else:
            self._last.pop(change.cell, None)

    def _put_on(self, entry: Entry, courses: dict[str, Sequence[Change]]) -> None:
        made = written(entry, StateView(self._cells, self._because, self._last), self.ground)
        applied = _Applied(entry, {})
        for cell, (value, last) in made.items():
            course = self.changes.setdefault(cell, [])
            if cell not in courses:
                courses[cell] = list(course)
            before = applied.before[cell] = course.pop() if course else None
            if before is not None and before.since < entry.time:
                course.append(evolve(before, until=entry.time))
            course.append(Change(cell, value, entry.time, None, entry, last))
            self._set(course[-1])
        if entry.event.strikes and (
            broken := sorted(cell.removesuffix(".violated") for cell in made if cell.endswith(".violated"))
        ):
            self.broken[entry.id] = tuple(broken)
        self._applied.append(applied)
