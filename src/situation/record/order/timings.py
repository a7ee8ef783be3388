"""What states the open times of changes leave possible at a minute; and whether what held came and stayed for sure.

A change that is dated to an interval may have come at any minute of it: the minute at which the log has it decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby, product
from math import prod
from typing import Any

from attrs import frozen

from situation.dates import Interval, Minute
from situation.log.entry import Entry
from situation.log.fold import Change
from situation.log.state import State, split_cell
from situation.record.joining.disjoint import DisjointSets
from situation.record.order.possible_states import MOST_STATES

__all__ = ["hangs_on_the_time"]

_Courses = Mapping[str, Sequence[Change]]


def hangs_on_the_time(
    true: Callable[[State, Minute], bool | None],
    moments: Sequence[Minute],
    cells: Sequence[str],
    courses: _Courses,
    window: Interval,
) -> bool:
    """Whether it hangs on when exactly some changes came, which is not known, if something is true at one of some moments.

    Args:
        true: whether it is true of a state at a minute; None: nobody can say.
        moments: the first and the last minute that it is said of, and those between at which the log has a change.
        cells: the cells on which it hangs.
        courses: by cell, every value that it had, in order of time.
        window: that of the map, within which everything happened.
    """
    span = Interval(moments[0], moments[-1])
    steps = _steps_of(cells, courses, span, window)
    if len(steps) == 1:
        return False
    so = [true(step.state, min(max(step.since, span.earliest), span.latest)) is True for step in steps]
    if _surely_within(steps, so, span):
        return False
    for minute in moments:
        states = _states_at(minute, cells, courses, window)
        if not states or any(true(state, minute) is not False for state in states):
            return True
    return False


@frozen
class _Step:
    """A state, from the minute at which the log has it on; `came`: the time within which it began, None: before any asked of."""

    since: Minute
    came: Interval | None
    state: State


def _steps_of(cells: Iterable[str], courses: _Courses, span: Interval, window: Interval) -> list[_Step]:
    """The states of some cells that may have held within a span, in the order of the log.

    Args:
        cells: the cells.
        courses: by cell, every value that it had, in order of time.
        span: the time that is asked of.
        window: that of the map, within which everything happened.
    """
    by_time: dict[Minute, list[Change]] = {}
    for cell in cells:
        for change in courses[cell]:
            by_time.setdefault(change.since, []).append(change)
    values: dict[str, Any] = {}
    because: dict[str, Entry] = {}
    steps = [_Step(span.earliest, None, State({}, {}))]
    for since in sorted(by_time):
        spans = [change.entry.span.clipped_to(window) for change in by_time[since]]
        came = Interval(min(it.earliest for it in spans), max(it.latest for it in spans))
        if came.earliest > span.latest:
            break
        for change in by_time[since]:
            values[change.cell], because[change.cell] = change.value, change.entry
        state = State(dict(values), dict(because))
        steps = [_Step(since, None, state)] if came.latest <= span.earliest else [*steps, _Step(since, came, state)]
    return steps


def _surely_within(steps: Sequence[_Step], true: Sequence[bool], span: Interval) -> bool:
    """Whether one that is true of some of the steps is true at some minute of a span, whenever each of them began.

    Args:
        steps: as `_steps_of` gives them.
        true: whether it is true of each.
        span: the time that is asked of.
    """
    runs = [(so, [step for step, _ in run]) for so, run in groupby(zip(steps, true, strict=True), key=lambda it: it[1])]
    for number, (so, run) in enumerate(runs):
        begun = run[0].came is None or any(step.came and step.came.latest <= span.latest for step in run)
        end = runs[number + 1][1][0].came if number + 1 < len(runs) else None
        if so and begun and (end is None or end.earliest >= span.earliest):
            return True
    return False


def _states_at(minute: Minute, cells: Iterable[str], courses: _Courses, window: Interval) -> list[State]:
    """Every state of some cells that open times leave possible at a minute; none where they are more than can be looked at.

    What one entry changes in several places, it changes at once.
    """
    of_place: dict[str, list[str]] = {}
    by_entry: dict[str, list[str]] = {}
    for cell in cells:
        place = split_cell(cell)[0]
        of_place.setdefault(place, []).append(cell)
        for change in courses[cell]:
            if change.entry.span.earliest < minute < change.entry.span.latest:
                by_entry.setdefault(change.entry.id, []).append(place)
    joined: DisjointSets[str] = DisjointSets()
    for places in (*((place,) for place in of_place), *by_entry.values()):
        joined.join(places)
    choices = []
    for group in joined.sets():
        mine = [cell for place in group for cell in of_place[place]]
        steps = _steps_of(mine, courses, Interval(minute, minute), window)
        choices.append([step.state for step in steps if step.came is None or step.came.earliest < minute])
    if prod(map(len, choices)) > MOST_STATES:
        return []
    return [
        State(
            {cell: value for state in those for cell, value in state.cells.items()},
            {cell: entry for state in those for cell, entry in state.because.items()},
        )
        for those in product(*choices)
    ]
