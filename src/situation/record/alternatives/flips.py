"""Does the answer hang on the rule? Every question under every belief, and which cells of the state flip, from when to when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import frozen

from situation.dates import Minute
from situation.log.fold import Change, courses_by_cell
from situation.record.beliefs.belief import WeighedQuestion
from situation.record.beliefs.policies import BELIEFS
from situation.record.record import Record

__all__ = ["CellSpan", "DayOfFlips", "UnderBeliefs", "cell_spans", "flips_by_day", "under_beliefs"]


@frozen
class UnderBeliefs:
    """One question, and the answer that each belief accepts: None where it accepts none."""

    question: str
    cell: str
    answers: Mapping[str, WeighedQuestion]

    @property
    def values(self) -> Mapping[str, Any]:
        """The accepted value by belief; of a question of time the accepted interval."""
        return {
            belief: None if weighed.accepted is None else weighed.span or weighed.accepted.value
            for belief, weighed in self.answers.items()
        }

    @property
    def differs(self) -> bool:
        """Whether two beliefs accept different answers."""
        return not _same(self.values.values())

    @property
    def answers_differ(self) -> bool:
        """Whether two beliefs accept different answers, apart from those that accept none."""
        given = [self.values[belief] for belief, weighed in self.answers.items() if weighed.accepted is not None]
        return len(given) > 1 and not _same(given)


@frozen
class CellSpan:
    """A cell's values under all beliefs, from a day's end up to, without, another; None: to the end."""

    cell: str
    since: Minute
    until: Minute | None
    values: Mapping[str, Any]

    @property
    def flips(self) -> bool:
        """Whether two beliefs give it different values."""
        return not _same(self.values.values())


@frozen
class DayOfFlips:
    """At a day's end: how many cells have a value under any belief, and how many of them flip."""

    at: Minute
    cells: int
    flipping: int

    @property
    def share(self) -> float:
        """The part of the cells that flip."""
        return self.flipping / self.cells if self.cells else 0.0


def under_beliefs(record: Record, known_at: str | Minute | None = None, carried: bool = False) -> list[UnderBeliefs]:
    """Every question that some claim answers, by its name, under every belief."""
    by_question: dict[str, dict[str, WeighedQuestion]] = {}
    for belief in BELIEFS:
        for weighed in record.reading(known_at, belief, carried).decided:
            by_question.setdefault(weighed.question.id, {})[belief] = weighed
    return [
        UnderBeliefs(name, next(iter(answers.values())).question.cell, answers)
        for name, answers in sorted(by_question.items())
    ]


def cell_spans(record: Record, known_at: str | Minute | None = None, carried: bool = False) -> list[CellSpan]:
    """Every cell of the state under all beliefs, from day to day. A day counts by its end, local time."""
    histories = {belief: courses_by_cell(record.history(known_at, belief, carried)) for belief in BELIEFS}
    cells = sorted({cell for history in histories.values() for cell in history})
    return [span for cell in cells for span in _spans(cell, histories, record)]


def flips_by_day(spans: Iterable[CellSpan]) -> list[DayOfFlips]:
    """How many cells there are and how many flip, at every day's end at which either number changes."""
    steps: dict[Minute, list[int]] = {}
    for span in spans:
        known = any(value is not None for value in span.values.values())
        for minute, sign in ((span.since, 1), (span.until, -1)):
            if minute is not None:
                step = steps.setdefault(minute, [0, 0])
                step[0] += sign * known
                step[1] += sign * span.flips
    days: list[DayOfFlips] = []
    cells = flipping_cells = 0
    for minute in sorted(steps):
        cells, flipping_cells = cells + steps[minute][0], flipping_cells + steps[minute][1]
        if not days or (days[-1].cells, days[-1].flipping) != (cells, flipping_cells):
            days.append(DayOfFlips(minute, cells, flipping_cells))
    return days


def _spans(cell: str, histories: Mapping[str, Mapping[str, list[Change]]], record: Record) -> Iterable[CellSpan]:
    """The values of one cell under every belief, from day's end to day's end, joined while they stay the same."""
    clock, window = record.ground.clock, record.ground.window

    def day_end(minute: Minute) -> Minute:
        return clock.moment(clock.day(max(minute, window.earliest)))

    ends: dict[Minute, dict[str, Any]] = {}
    for belief, history in histories.items():
        for change in history.get(cell, ()):
            ends.setdefault(day_end(change.since), {})[belief] = change.value
    values: dict[str, Any] = dict.fromkeys(histories)
    since: Minute | None = None
    for end in sorted(ends):
        changed = {**values, **ends[end]}
        if since is not None and changed != values:
            yield CellSpan(cell, since, end, values)
        if since is None or changed != values:
            since, values = end, changed
    if since is not None:
        yield CellSpan(cell, since, None, values)


def _same(values: Iterable[Any]) -> bool:
    first, *rest = values
    return all(value == first for value in rest)
