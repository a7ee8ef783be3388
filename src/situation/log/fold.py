"""The fold: the only writer of state. It turns a log into a state, and notes for each cell which entry set it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from attrs import evolve, frozen

from situation.dates import Minute
from situation.events import CeasefireAgreed, Event, OpeningAssumed, PeaceSigned
from situation.log.at_once import written_together
from situation.log.effects import Changes, changes
from situation.log.entry import Entry, Reported, Writing
from situation.log.state import State, StateView, split_cell
from situation.testimony.ground import Ground

__all__ = ["Change", "Folding", "breaches", "courses_by_cell", "fold", "history", "in_force", "written"]


@frozen
class Change:
    """One cell's value over one span: from `since` up to, not including, `until`; None: to the end.

    `last`: where several entries of one time speak of the cell, all that may be what was last said.
    """

    cell: str
    value: Any
    since: Minute
    until: Minute | None
    entry: Entry
    last: tuple[Writing, ...] = ()


def written(entry: Entry, state: StateView, ground: Ground) -> dict[str, tuple[Any, tuple[Writing, ...]]]:
    """By cell that an entry changes, its new value; and where several of one time speak of it, all that may be the last."""
    made = {}
    for cell, own in changes(entry, state, ground).items():
        before = state.because.get(cell)
        last = state.last.get(cell) or (() if before is None else (Writing(before, state.cells[cell]),))
        value, together = written_together(cell, own, entry, last)
        made[cell] = (value, together if len(together) > 1 else ())
    return made


class Folding:
    """A fold that goes on: entries are applied one by one to a state of its own, which nobody else writes."""

    def __init__(self, ground: Ground, start: State | None = None) -> None:
        self._ground = ground
        self._cells: dict[str, Any] = dict(start.cells) if start else {}
        self._because: dict[str, Entry] = dict(start.because) if start else {}
        self._last: dict[str, tuple[Writing, ...]] = dict(start.last) if start else {}
        self.live = StateView(self._cells, self._because, self._last)
        """The state as it is now: a window on it, for reading cells. Ask `taken` for one that stays."""

    def apply(self, entry: Entry) -> Changes:
        """Take in the next entry.

        Returns: the cells that it changed.
        """
        made: Changes = {}
        if not isinstance(entry.cause, Reported):
            made = changes(entry, self.live, self._ground)
            for cell, value in made.items():
                self._cells[cell] = value
                self._because[cell] = entry
                self._last.pop(cell, None)
            return made
        for cell, (value, last) in written(entry, self.live, self._ground).items():
            self._cells[cell] = made[cell] = value
            self._because[cell] = entry
            if last:
                self._last[cell] = last
            else:
                self._last.pop(cell, None)
        return made

    def taken(self) -> State:
        """The state as it is now, to keep."""
        return State(dict(self._cells), dict(self._because), dict(self._last))


def fold(entries: Iterable[Entry], ground: Ground, start: State | None = None) -> State:
    """The state after some entries, from a state before them: `fold(a + b) == fold(b, start=fold(a))`."""
    folding = Folding(ground, start)
    for entry in entries:
        folding.apply(entry)
    return folding.taken()


def history(
    entries: Iterable[Entry], ground: Ground, then: Iterable[Entry] = (), then_ground: Ground | None = None
) -> tuple[Change, ...]:
    """Every value that every cell had, by cell and time. An entry that confirms a value begins a span of its own.

    Args:
        entries: a record's, on `ground`.
        then: a story's after them, on the ground of its branch, on which names and hierarchies stay as they were there.
    """
    folding = Folding(ground)
    spans: dict[str, list[Change]] = {}
    for entry, begins in chain(((it, False) for it in entries), ((it, at == 0) for at, it in enumerate(then))):
        if begins and then_ground is not None:
            folding = Folding(then_ground, folding.taken())
        for cell, value in folding.apply(entry).items():
            before = spans.setdefault(cell, [])
            if before:
                last = before.pop()
                if last.since < entry.time:
                    before.append(evolve(last, until=entry.time))
            before.append(Change(cell, value, entry.time, None, entry, folding.live.last.get(cell, ())))
    return tuple(change for cell in sorted(spans) for change in spans[cell])


def courses_by_cell(changes: Iterable[Change]) -> dict[str, list[Change]]:
    """By cell every value that it had, in the order of the changes: of a history, in that of time."""
    courses: dict[str, list[Change]] = {}
    for change in changes:
        courses.setdefault(change.cell, []).append(change)
    return courses


def in_force(course: Sequence[Change], at: Minute) -> Change | None:
    """The value that a cell has at a minute, of all that it had in order of time; None before the first."""
    number = bisect_right(course, at, key=lambda change: change.since)
    return course[number - 1] if number else None


def _agrees(event: Event) -> bool:
    """Whether an event makes an agreement, or says that one was in force."""
    if isinstance(event, OpeningAssumed):
        return event.agreed is not None
    return isinstance(event, CeasefireAgreed | PeaceSigned)


def breaches(entries: Iterable[Entry], ground: Ground) -> Mapping[str, tuple[str, ...]]:
    """From the id of each entry that breaks an agreement to the pairs between which it held, `north:south`."""
    log = list(entries)
    if not any(_agrees(entry.event) for entry in log):
        return {}
    folding = Folding(ground)
    breach = (".violated", ".agreements_beside")
    broken = {entry.id: [cell for cell in folding.apply(entry) if cell.endswith(breach)] for entry in log}
    acts = {entry.id for entry in log if entry.event.strikes}
    return {
        name: tuple(sorted({split_cell(cell)[0] for cell in cells}))
        for name, cells in broken.items()
        if cells and name in acts
    }
