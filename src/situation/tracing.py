"""Why, for what was simulated: from a cell to its entry, rule, odds and draw, and through its parents down to claims.

And across an ensemble: what most separates the stories in which a place came to a holder from those in which it did not.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen

from situation.clock import Minute
from situation.codec import plain
from situation.ensemble.columns import Ensemble
from situation.errors import Fault
from situation.ground import Ground
from situation.log import Assumed, Entry, Reported, Ruled
from situation.record import Record
from situation.scenario import Scenario
from situation.signposts import early_events, signposts
from situation.spread import weights
from situation.story import Story
from situation.why import cell_named
from situation.wording import sentence

__all__ = ["Step", "Trace", "entry_in_words", "separates", "trace", "trace_answer"]

DEEPEST = 200
"""How many parents deep a trace goes: farther than any story of some months."""

SURE = 3.3
"""Standard errors beyond which a number is said to separate: so many are looked at that two would not do."""


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
    cell = cell_named(written, state.because, ground)
    by_id = {entry.id: entry for entry in story.log}
    seen: set[str] = set()

    def step(entry: Entry, depth: int) -> Step:
        if entry.id in seen:
            return Step(entry, again=True)
        seen.add(entry.id)
        named = entry.cause.parents if isinstance(entry.cause, Ruled) and depth < DEEPEST else ()
        return Step(entry, tuple(step(by_id[name], depth + 1) for name in named if name in by_id))

    return Trace(cell, at, state.cells[cell], step(state.because[cell], 0))


def entry_in_words(entry: Entry, ground: Ground) -> str:
    """What an entry says happened; of one without a sentence, its kind and what it is about."""
    told = sentence(entry.event, ground)
    kind = type(entry.event).__name__
    if told != kind:
        return told
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in kind).strip()
    return f"{entry.event.subject}: {words}"


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
        force = scenario.forces.get(cause.rule.removeprefix("prior of "))
        if force is not None:
            told["prior"] = {name: getattr(force, name) for name in ("low", "best", "high", "unit", "source", "reason")}
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


def separates(found: Ensemble, cell: str, value: Any, at: Minute, most: int = 5) -> dict[str, Any] | None:
    """What most separates the stories in which a place is held as here from the others; None for other cells."""
    place, _, attribute = cell.rpartition(".")
    ok = found.ok
    if attribute != "holder" or not ok.any() or all(name != place for _, name, _, _ in found.holders):
        return None
    same = np.array([holder == value for holder in found.held(place, at)], dtype=np.float64)[ok]
    numbers = tuple(sorted({name for drawn in found.numbers.values() for name in drawn}))
    forces = tuple(sorted({name for drawn in found.forces.values() for name in drawn}))
    moved = [
        *weights(same, found.parameter[ok], found.numbers, numbers),
        *weights(same, found.record[ok], found.forces, forces),
    ]
    sure = [it for it in moved if abs(it.swing) > SURE * it.error]
    days = [day for day in (7, 14, 30, 60) if found.about.at + day * 1440 <= at] or [1]
    events = early_events(found.about.at, days, found.holders, found.clashes, found.fired, found.about.runs)
    posts = signposts(same, True, {key: seen[ok] for key, seen in events.items()}, frozenset({place}), most)
    return {
        "share": round(float(same.mean()), 6),
        "runs": int(ok.sum()),
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
