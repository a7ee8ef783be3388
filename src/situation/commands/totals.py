"""`situation totals`: how many were killed, wounded or taken prisoner, of whom, where and when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click
from attrs import asdict
from rich.text import Text

from situation.commands.cli import main
from situation.commands.options import lens_options, open_record, report_errors, situation_argument
from situation.commands.output import console, print_json, print_lens, print_rows
from situation.events import counts_people
from situation.log.time_words import time_in_words
from situation.log.value_words import count_in_words
from situation.record.answers.state import Lens
from situation.record.readings.reading import Reading
from situation.record.record import Record
from situation.record.tolls.event_figures import TOLL_MEASURES, event_figures
from situation.record.tolls.toll import Toll
from situation.record.tolls.totals import GROUPINGS, totals
from situation.record.tolls.within import Within, tolls_within

__all__: list[str] = []


@main.command("totals")
@situation_argument
@click.option("--of", "of", default="killed", show_default=True, metavar="WHAT", help=f"Of {', '.join(TOLL_MEASURES)}.")
@click.option("--by", "by", metavar="A,B", help=f"Add up for each of these, one or more: {','.join(GROUPINGS)}.")
@lens_options
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@report_errors
def _totals(
    situation: str | None, of: str, by: str | None, lens: Lens, without: tuple[str, ...], as_json: bool
) -> None:
    """Add up the casualties of all events, with low, best and high, and count the events that give no number. There
    is no best where an event gives only bounds.

    Low counts events that are possibly one as one; high counts each separately. An event within the place and time of
    another, a quarter's in its city's, counts once: see the note under the table. Losses in a clash whose sides have
    no direction, and civilians, are listed separately. By month, an event over several days is spread over them. By
    pair, the sums are of those who fought each other. By actor, "no number" counts each event in which the actor
    fought and nobody gives its own dead.

    \b
    Example:
      situation totals al-qaim-2017 --of killed --by actor,month --known-at 2017-11-03
    """
    record = open_record(situation, without)
    reading = record.reading(**lens.keys)
    groups = tuple(part.strip() for part in by.split(",")) if by else ()
    known = record.disputes(**lens.keys)
    disputed = [(dispute.cell, dispute.claims) for dispute in known.disputes]
    pairs = [pair.claims for pair in known.possibly_one]
    within = tolls_within(reading, record.ground)
    rows = totals(reading.log, record.ground, of, groups, pairs, disputed, within)
    whole = rows if not groups else totals(reading.log, record.ground, of, (), pairs, disputed, within)
    if as_json:
        print_json([asdict(row) for row in rows])
        return
    out = console()
    print_lens(lens, record)
    heads = [name for name in GROUPINGS if name in groups]
    names = [", ".join(heads).capitalize() or of.capitalize(), "low", "best", "high"]
    names += ["no direction", "civilians", "events", "no number"]
    cells = [_cells(row, heads, record) for row in rows]
    if any(row.disputed for row in rows):
        names += ["disputed"]
        cells = [[*line, f"≠ {row.disputed}" if row.disputed else "0"] for line, row in zip(cells, rows, strict=True)]
    print_rows(out, names, cells)
    notes = _notes(rows)
    if "place" in groups:
        notes += _rows_not_to_be_added(within, of, reading, record)
    if (added := sum(row.low for row in rows)) > (least := whole[0].low):
        notes.append(
            f"Low of the rows adds up to {added}, and in all it is {least}: numbers of two rows may be of the same people."
        )
    if notes:
        out.print(Text(" ".join(notes), "dim"))


def _cells(row: Toll, heads: Sequence[str], record: Record) -> list[str]:
    values: dict[str, Any] = {
        "pair": _pair(row.pair or (), record),
        "actor": record.ground.name(row.actor) if row.actor else "side not stated",
        "place": record.ground.name(row.place) if row.place else "place not stated",
        "month": time_in_words(row.month or "no date"),
    }
    high = f"{row.high}{'+' if row.open else ''}{'~' if row.all_ranged else ''}"
    first = ", ".join(values[head] for head in heads) or "in all"
    numbers = (
        row.low,
        "-" if row.best is None else row.best,
        high,
        row.undirected,
        row.civilian,
        row.events,
        row.unnumbered,
    )
    if _nobody_counted(row):
        return [first, *("-" for _ in numbers[:-2]), *map(str, numbers[-2:])]
    return [first, *map(str, numbers)]


def _nobody_counted(row: Toll) -> bool:
    """Whether no event of a sum gives a number: its sums are then not known, and not 0.

    Nor is what one source's number for all leaves of another's for a side.
    """
    silent = row.unnumbered + (row.sources_apart if row.low == row.high == 0 else 0)
    return row.events == silent > 0


def _pair(sides: Sequence[str | None], record: Record) -> str:
    """Who fought whom: the North – the South."""
    if not any(sides):
        return "sides not stated"
    return " – ".join("not stated" if side is None else record.ground.name(side) for side in sides)


def _notes(rows: tuple[Toll, ...]) -> list[str]:
    notes = []
    if any(row.disputed for row in rows):
        notes.append(
            "≠: on the numbers of so many events sources disagree. See situation disputes; --view takes one side's."
        )
    if above := max((row.sides_above for row in rows), default=0):
        events = count_in_words(above, "event")
        notes.append(f"Of them in {events} some count more of the sides together than others of all: both cannot be.")
    if any(row.others_alone for row in rows):
        notes.append("No number: also where only others' dead are counted.")
    if any(row.open for row in rows):
        notes.append("+: some events give no upper bound.")
    if any(row.all_ranged for row in rows):
        notes.append("~: no certainty: some events have a range for all together alone, and one number of this side.")
    if any(_nobody_counted(row) for row in rows):
        notes.append("- in all columns: nobody gives a number, which is not 0.")
    if any(row.bounds_only for row in rows):
        notes.append("-: no best estimate, since some events give bounds alone.")
    units = sorted({unit for row in rows for unit in row.units})
    persons = [unit for unit in units if counts_people(unit)]
    if len(persons) > 1:
        notes.append(f"Counted as persons: {', '.join(persons)}.")
    if others := [unit for unit in units if not counts_people(unit)]:
        notes.append(f"Not added, since they count no persons: numbers in {', '.join(others)}.")
    if apart := sum(row.sources_apart for row in rows):
        events = count_in_words(apart, "event")
        notes.append(f"In {events} one source counts all and another a side: of what is left nobody speaks.")
    split = len({claim for row in rows if row.split for claim in row.claims})
    if any(row.month for row in rows) and split:
        notes.append("Events over several days are spread over them evenly.")
    if doubtful := sum(row.possibly_one for row in rows):
        pairs = count_in_words(doubtful, "pair of events")
        notes.append(f"Low counts {pairs} that are possibly one as one: situation disputes lists them.")
    if inside := sum(row.within for row in rows):
        events = "An event lies" if inside == 1 else f"{inside} events lie"
        its = "its" if inside == 1 else "their"
        notes.append(
            f"{events} within the place and time of another: low counts {its} number as part of the other's, best too where "
            "both are of one episode or the other is the sum of its days, high beside it. Name two that are apart under "
            "'separate' in the record."
        )
    if doubtful := sum(row.unnumbered_pairs for row in rows):
        pairs = count_in_words(doubtful, "pair of events")
        notes.append(f"{pairs} may be one too, with no number for each of the two: they stand twice under events.")
    return notes


def _rows_not_to_be_added(within: Sequence[Within], of: str, reading: Reading, record: Record) -> list[str]:
    """That rows of two places count the same dead, where one lies within the other; empty where no two do."""
    ground = record.ground
    numbered = {
        entry.id: entry.event.place
        for entry in reading.log
        for measure in TOLL_MEASURES
        if measure == of and (figures := event_figures(measure, entry.event, ground)) is not None and figures.units
    }
    pairs = {(numbered.get(it.part), numbered.get(it.whole)) for it in within}
    both = sorted((part, whole) for part, whole in pairs if part is not None and whole not in (None, part))
    named = [f"{ground.name(part)} in {ground.name(whole)}" for part, whole in both]
    return [f"Not to be added up, since one may be counted in the other: {', '.join(named)}."] if named else []
