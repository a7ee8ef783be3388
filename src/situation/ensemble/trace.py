"""Why a cell of a story has its value: its entry, rule, odds and draw, and through its parents down to claims."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from attrs import asdict, frozen

from situation.dates import DAY, Minute
from situation.ensemble.attack_figures import AttackFigures, attack_figures
from situation.ensemble.rule_words import rule_gave
from situation.ensemble.turning import chance_in_words
from situation.errors import Fault
from situation.events import ForceRaised
from situation.log.cell_times import timed_value
from situation.log.cells import MINUTES
from situation.log.entry import Assumed, Entry, Reported, Ruled
from situation.log.state import split_cell
from situation.log.story_words import entry_in_words
from situation.record.cell_names import cell_in_ids, find_cell
from situation.record.record import Record
from situation.scenario import Scenario
from situation.scenario.checks.cells import attributes_of
from situation.scenario.conditions import cell_value
from situation.story.story import Story

__all__ = ["Step", "Trace", "trace", "trace_answer"]

_MOST_PARENTS = 200
"""How many parents deep a trace goes: farther than any story of some months."""


@frozen
class Step:
    """An entry and what it follows from. `again`: it stands earlier in this trace too, so its parents are left out.

    `attack`: of an attack that was begun by the force's own estimate, the figures of that.
    """

    entry: Entry
    parents: tuple[Step, ...] = ()
    again: bool = False
    attack: AttackFigures | None = None


@frozen
class Trace:
    """A cell of a story at a time: its value, and the way back from the entry that set it.

    `step` is None where nothing has set it: the value is then as conditions read it.
    """

    cell: str
    at: Minute
    value: Any
    step: Step | None

    @property
    def no_time_yet(self) -> bool:
        """Whether it is a time that nothing has set."""
        return self.step is None and split_cell(self.cell)[1] in MINUTES


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
    cell = _unset(written, state.because, story) or find_cell(written, state.because, ground)
    by_id = {entry.id: entry for entry in story.log}
    seen: set[str] = set()

    def step(entry: Entry, depth: int) -> Step:
        if entry.id in seen:
            return Step(entry, again=True)
        seen.add(entry.id)
        named = entry.cause.parents if isinstance(entry.cause, Ruled) and depth < _MOST_PARENTS else ()
        parents = tuple(step(by_id[name], depth + 1) for name in named if name in by_id)
        return Step(entry, parents, attack=attack_figures(story, entry, by_id))

    if cell not in state.because:
        return Trace(cell, at, cell_value(state, cell), None)
    return Trace(cell, at, state.cells[cell], step(state.because[cell], 0))


def _unset(written: str, cells: Collection[str], story: Story) -> str | None:
    """A cell that nothing has set, though a condition of the scenario may ask for it; None where it is none of these."""
    ground = story.stage.ground
    cell = cell_in_ids(written, ground)
    subject, attribute = split_cell(cell)
    kept = attributes_of(subject, story.stage.scenario, ground, ())
    return cell if cell not in cells and kept is not None and attribute in kept.attributes else None


def _step_answer(step: Step, record: Record, scenario: Scenario) -> dict[str, Any]:
    entry, cause = step.entry, step.entry.cause
    row: dict[str, Any] = {
        "id": entry.id,
        "time": record.ground.clock.text(entry.time),
        "event": type(entry.event).__name__,
        "text": entry_in_words(entry, record.ground),
    }
    if isinstance(cause, Ruled):
        row |= {"rule": cause.rule, "odds": entry.odds, "address": cause.address}
        row |= {"drawn_for": _drawn_for(cause.address, entry, record), "draw": cause.draw}
        row |= {"chance": chance_in_words(entry), "gave": rule_gave(entry)}
        if cause.prior is not None:
            prior = scenario.forces[cause.prior].prior(cause.prior)
            row["prior"] = {key: getattr(prior, key) for key in ("low", "best", "high", "unit", "source", "reason")}
            if isinstance(entry.event, ForceRaised):
                row["prior"]["drawn"] = entry.event.number + entry.event.hidden
    if isinstance(cause, Reported | Assumed):
        row["claims"] = [
            {"claim": name, "says": record.testimony.claims[name].says}
            for name in cause.claims
            if name in record.testimony.claims
        ]
    if isinstance(cause, Assumed):
        row["assumed"] = cause.reason
    row["attack"] = None if step.attack is None else asdict(step.attack)
    row["again"] = step.again
    row["parents"] = [_step_answer(parent, record, scenario) for parent in step.parents]
    return row


def _drawn_for(address: str, entry: Entry, record: Record) -> str | None:
    """The day or the minute that the address of a draw ends with, as a local date or time; None where it ends with neither.

    Of what the number can be, a day or a minute counted from 1970, it is what lies nearer to the entry.
    """
    number = address.rpartition("/")[2]
    if not re.fullmatch(r"-?[1-9][0-9]*", number):
        return None
    clock, minute = record.ground.clock, int(number)
    day = clock.instant(minute * DAY)
    as_day = abs(day - entry.time) < abs(minute - entry.time)
    return clock.day(day) if as_day else clock.text(minute)


def trace_answer(traced: Trace, record: Record, scenario: Scenario) -> dict[str, Any]:
    """A trace as plain values with stable keys; `entry` is None where nothing has set the cell."""
    return {
        "cell": traced.cell,
        "at": record.ground.clock.text(traced.at),
        "value": None if traced.no_time_yet else timed_value(traced.cell, traced.value, record.ground),
        "entry": None if traced.step is None else _step_answer(traced.step, record, scenario),
    }
