"""`situation changes`: what would now be said differently, and because of which claims."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click
from attrs import asdict
from rich.text import Text
from rich.tree import Tree

from situation.commands.cli import main
from situation.commands.options import lens_options, open_record, report_errors, situation_argument
from situation.commands.output import console, print_json
from situation.dates import Interval, Minute
from situation.errors import Fault
from situation.log.entry import Entry
from situation.log.story_words import entry_in_words
from situation.log.time_words import time_in_words
from situation.log.value_words import cell_in_words, cell_value_in_words, value_in_words
from situation.record.alternatives.hindsight import EventChange, Hindsight, hindsight
from situation.record.alternatives.views import view_as_named, view_in_words
from situation.record.answers.state import Lens
from situation.record.record import Record
from situation.record.tolls.toll import Toll
from situation.record.tolls.totals import GROUPINGS
from situation.testimony.codec import plain

__all__: list[str] = []


@main.command("changes")
@situation_argument
@click.option("--known-from", metavar="A", required=True, help="The earlier time, by what was known then.")
@lens_options
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@report_errors
def _changes(
    situation: str | None,
    known_from: str,
    lens: Lens,
    without: tuple[str, ...],
    as_json: bool,
) -> None:
    """List the events, cells and sums that differ between what was known at two times (--known-from and --known-at; all that is
    known now where the later is left out), each with the claims that make the difference.

    \b
    Examples:
      situation changes al-qaim-2017 --known-from 2017-11-02 --known-at 2017-11-05
      situation changes al-qaim-2017 --known-from 2017-11-02 --view claimant:syria
    """
    record = open_record(situation, without)
    first = record.known(known_from)
    second = record.known(lens.known_at) if lens.known_at is not None else max(first, record.known(None))
    if second < first:
        raise Fault(
            f"'{known_from}' comes after '{lens.known_at}'.",
            "Give the earlier time under --known-from.",
            argument="known-from",
        )
    difference = hindsight(
        record.reading(first, lens.belief, lens.carried),
        record.reading(second, lens.belief, lens.carried),
        record.ground,
    )
    if as_json:
        view = {"view": view_as_named(lens.view, record.ground)}
        print_json({**view, **_answer(difference, record, first, second)})
        return
    out = console()
    if lens.view:
        times = " and ".join(time_in_words(record.ground.clock.text(minute)) for minute in (first, second))
        out.print(Text(f"As known at {times}, {view_in_words(lens.view, record.ground)}.", "dim"), soft_wrap=True)
    for title, tree in _trees(difference, record):
        out.print(title, style="bold underline")
        out.print(tree)
        out.print()


def _answer(difference: Hindsight, record: Record, first: Minute, second: Minute) -> dict[str, Any]:
    clock = record.ground.clock
    return {
        "known_from": clock.text(first),
        "known_at": clock.text(second),
        "learned": list(difference.learned),
        "taken_back": list(difference.taken_back),
        "taken_back_by": dict(difference.by),
        "events": [_event(change, record) for change in difference.events],
        "cells": [
            {
                "cell": it.cell,
                "since": clock.text(it.since),
                "until": clock.text(it.until) if it.until is not None else None,
                "before": plain(it.before),
                "now": plain(it.now),
                "because": list(it.because),
            }
            for it in difference.cells
        ],
        "numbers": [
            {"of": it.of, "before": _sum(it.before), "now": _sum(it.now), "because": list(it.because)}
            for it in difference.numbers
        ],
    }


def _event(change: EventChange, record: Record) -> dict[str, Any]:
    return {
        "change": _word(change),
        "before": _entry(change.before, record),
        "now": _entry(change.now, record),
        "fields": {
            name: {"before": _value(values[0], record), "now": _value(values[1], record)}
            for name, values in change.fields.items()
        },
        "because": list(change.because),
    }


def _word(change: EventChange) -> str:
    if change.before is None:
        return "new"
    return "changed" if change.now is not None else "gone"


def _entry(entry: Entry | None, record: Record) -> dict[str, Any] | None:
    if entry is None:
        return None
    clock = record.ground.clock
    return {
        "id": entry.id,
        "earliest": clock.text(entry.span.earliest),
        "latest": clock.text(entry.span.latest),
        "text": entry_in_words(entry, record.ground),
    }


def _value(value: Any, record: Record) -> Any:
    if isinstance(value, Interval):
        clock = record.ground.clock
        return {"earliest": clock.text(value.earliest), "latest": clock.text(value.latest)}
    return plain(value)


def _sum(total: Toll) -> dict[str, Any]:
    left_out = ("of", *GROUPINGS, "claims")
    return {key: value for key, value in asdict(total).items() if key not in left_out}


def _trees(difference: Hindsight, record: Record) -> list[tuple[str, Tree]]:
    ground = record.ground
    events, cells, numbers = (Tree("", hide_root=True) for _ in range(3))
    for change in difference.events:
        entry = change.now or change.before
        assert entry is not None
        text = Text(f"{_word(change)}  ", "bold").append(
            f"{ground.clock.spoken(entry.span)}: {entry_in_words(entry, ground)}", ""
        )
        branch = events.add(text)
        for name, values in change.fields.items():
            said = (value_in_words(value, ground.at(entry.time)) or "none" for value in values)
            branch.add(Text(f"{name}: {' → '.join(said)}"))
        branch.add(Text(_because(change.because, difference), "dim"))
    for it in difference.cells:
        until = f" to {ground.clock.spoken_day(it.until)}" if it.until is not None else ""
        span = f"from {ground.clock.spoken_day(it.since)}{until}"
        then = ground.at(it.since)
        words = " → ".join(cell_value_in_words(it.cell, value, then) or "none" for value in (it.before, it.now))
        branch = cells.add(Text(f"{cell_in_words(it.cell, then)}  ", "bold").append(f"{span}: {words}", ""))
        branch.add(Text(_because(it.because, difference), "dim"))
    for number in difference.numbers:
        pair = (number.before, number.now)
        sums = " → ".join(_sum_in_words(it) for it in pair)
        branch = numbers.add(Text(f"{number.of}  ", "bold").append(sums, ""))
        branch.add(Text(_because(number.because, difference), "dim"))
    return [
        (f"Events ({len(difference.events)})", events),
        (f"Cells ({len(difference.cells)})", cells),
        (f"Sums ({len(difference.numbers)})", numbers),
    ]


def _because(claims: Iterable[str], difference: Hindsight) -> str:
    """The claims that make a difference: `because W1 (taken back by W2) W2`."""
    named = (f"{name} (taken back by {difference.by[name]})" if name in difference.by else name for name in claims)
    return f"because {' '.join(named)}"


def _sum_in_words(toll: Toll) -> str:
    """A sum as `7 (5 to 12)`, or its ends alone where it has no best estimate."""
    ends = f"{toll.low} to {toll.high}{'+' if toll.open else ''}"
    return ends if toll.best is None else f"{toll.best} ({ends})"
