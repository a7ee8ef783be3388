"""Why, for what was simulated: from a cell to its entry, rule, odds and draw, and through its parents down to claims.

And across an ensemble: what most separates the stories in which a cell is so from those in which it is not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from attrs import frozen

from situation.chance.vectors import Floats, Ints
from situation.clock import DAY, Minute
from situation.ensemble.design import index_of, sample_evenly
from situation.ensemble.ensemble import Ensemble
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.run_table import signpost_candidates
from situation.ensemble.statistics.signposts import early_events, signposts
from situation.ensemble.statistics.spread import BEYOND_LUCK, influences
from situation.errors import Fault
from situation.log.entry import Assumed, Entry, Reported, Ruled
from situation.log.story_words import event_in_words
from situation.record.record import Record
from situation.record.why import find_cell
from situation.scenario import Scenario
from situation.story.story import Story
from situation.testimony.codec import plain
from situation.testimony.ground import Ground

__all__ = ["MOST_RETOLD_STORIES", "Step", "Trace", "contrast", "entry_in_words", "trace", "trace_answer"]

_MOST_PARENTS = 200
"""How many parents deep a trace goes: farther than any story of some months."""

MOST_RETOLD_STORIES = 96
"""How many stories are told again at most, for a cell that an ensemble does not keep."""


@frozen
class Step:
    """An entry and what it follows from. `again`: it has been told before in this trace, so its parents are left out."""

    entry: Entry
    parents: tuple[Step, ...] = ()
    again: bool = False


@frozen
class Trace:
    """A cell of a story at a time: its value, and the way back from the entry that set it."""

    cell: str
    at: Minute
    value: Any
    step: Step


def trace(story: Story, written: str, at: Minute) -> Trace:
    """Trace a cell of a story.

    Raises:
        Fault: there is no such cell at that time, or the time lies outside the story.
    """
    ground = story.stage.ground
    if not story.stage.scenario.at <= at <= story.until:
        first, last = ground.clock.text(story.stage.scenario.at), ground.clock.text(story.until)
        raise Fault(f"{ground.clock.text(at)} lies outside the story.", f"It runs from {first} to {last}.")
    state = story.state(at)
    cell = find_cell(written, state.because, ground)
    by_id = {entry.id: entry for entry in story.log}
    seen: set[str] = set()

    def step(entry: Entry, depth: int) -> Step:
        if entry.id in seen:
            return Step(entry, again=True)
        seen.add(entry.id)
        named = entry.cause.parents if isinstance(entry.cause, Ruled) and depth < _MOST_PARENTS else ()
        return Step(entry, tuple(step(by_id[name], depth + 1) for name in named if name in by_id))

    return Trace(cell, at, state.cells[cell], step(state.because[cell], 0))


def entry_in_words(entry: Entry, ground: Ground) -> str:
    """What an entry says happened, as a sentence."""
    return event_in_words(entry.event, ground)


def _step_answer(step: Step, record: Record, scenario: Scenario) -> dict[str, Any]:
    entry, cause = step.entry, step.entry.cause
    told: dict[str, Any] = {
        "id": entry.id,
        "time": record.ground.clock.text(entry.time),
        "event": type(entry.event).__name__,
        "text": entry_in_words(entry, record.ground),
    }
    if isinstance(cause, Ruled):
        told |= {"rule": cause.rule, "odds": cause.odds, "address": cause.address, "draw": cause.draw}
        name = cause.rule.removeprefix("prior of ")
        if name in scenario.forces:
            prior = scenario.forces[name].prior(name)
            told["prior"] = {key: getattr(prior, key) for key in ("low", "best", "high", "unit", "source", "reason")}
    if isinstance(cause, Reported | Assumed):
        told["claims"] = [
            {"claim": name, "says": record.testimony.claims[name].says}
            for name in cause.claims
            if name in record.testimony.claims
        ]
    if isinstance(cause, Assumed):
        told["assumed"] = cause.reason
    told["again"] = step.again
    told["parents"] = [_step_answer(parent, record, scenario) for parent in step.parents]
    return told


def trace_answer(found: Trace, record: Record, scenario: Scenario) -> dict[str, Any]:
    """A trace as plain values with stable keys."""
    return {
        "cell": found.cell,
        "at": record.ground.clock.text(found.at),
        "value": plain(found.value),
        "entry": _step_answer(found.step, record, scenario),
    }


def contrast(
    found: Ensemble,
    record_draws: RecordDraws,
    cell: str,
    value: Any,
    at: Minute,
    most: int = 5,
    finished: Callable[[int], None] = lambda stories: None,
) -> dict[str, Any] | None:
    """What most separates the stories in which a cell is as here from the others; None where it cannot be held so.

    Who holds a place is known of every story. For other cells some stories are told again, evenly spread. A word is as
    here where it is the same; a number, where it lies on the same side of the median.

    Args:
        found: the ensemble.
        record_draws: what tells its stories again.
        cell, value, at: the cell as one story has it at a minute.
        most: how many numbers, and how many events, at most.
        finished: called with 1 for each story told again.
    """
    if not found.ok.any() or not isinstance(value, str | int | float | bool | None):
        return None
    subject, _, attribute = cell.rpartition(".")
    kept = attribute == "holder" and subject in record_draws.record.ground.places
    runs = np.flatnonzero(found.ok)
    values: list[Any] = []
    if kept:
        held = found.held(subject, at)
        values = [held[run] for run in runs]
    else:
        runs = sample_evenly(runs, MOST_RETOLD_STORIES)
        for run in runs:
            values.append(record_draws.tell(index_of(int(run)), at).state(at).cells.get(cell))
            finished(1)
    middle: float | None = None
    if isinstance(value, int | float) and not isinstance(value, bool):
        middle = float(np.median([float(it or 0) for it in values]))
        same = np.array([(float(it or 0) > middle) == (value > middle) for it in values], dtype=np.float64)
    else:
        same = np.array([it == value for it in values], dtype=np.float64)
    return {
        "share": round(float(same.mean()), 6),
        "runs": len(runs),
        "retold": 0 if kept else len(runs),
        "median": middle,
        **_apart(found, runs, same, frozenset({subject, ":".join(sorted(subject.split(":")))}), at, most),
    }


def _apart(
    found: Ensemble,
    runs: Ints,
    same: Floats,
    about: frozenset[str],
    at: Minute,
    most: int,
) -> dict[str, Any]:
    """The drawn numbers and forces, and the early events, that go most with something being so; of some runs."""
    moved = [
        *influences(same, found.parameter[runs], found.numbers.column, tuple(sorted(found.numbers.names))),
        *influences(same, found.record[runs], found.forces.column, tuple(sorted(found.forces.names))),
    ]
    sure = [it for it in moved if abs(it.swing) > BEYOND_LUCK * it.error]
    days = [day for day in (7, 14, 30, 60) if found.about.at + day * DAY <= at] or [1]
    happened = signpost_candidates(found.holders, found.clashes, found.fired, found.about.at)
    events = early_events(found.about.at, days, happened, found.about.runs)
    posts = signposts(same, True, {key: seen[runs] for key, seen in events.items()}, about, most)
    return {
        "numbers": [
            {"number": it.name, "low": round(it.low, 6), "high": round(it.high, 6), "explains": round(it.explains, 6)}
            for it in sorted(sure, key=lambda it: (-it.explains, it.name))[:most]
        ],
        "events": [
            {
                "event": post.event,
                "by_day": post.by_day,
                "where_seen": round(post.where_seen, 6),
                "where_not": round(post.where_not, 6),
            }
            for post in posts
        ],
    }
