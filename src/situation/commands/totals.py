"""`situation totals`: how many were killed, wounded or taken prisoner, of whom, where and when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click
from attrs import asdict
from rich.text import Text

from situation.commands.options import lens_options, main, open_record, report_errors, situation_argument
from situation.commands.output import console, print_json, print_rows
from situation.record.answers.state import Lens
from situation.record.record import Record
from situation.record.tolls import FIGURES
from situation.record.totals import GROUPINGS, Toll, totals

__all__: list[str] = []


@main.command("totals", short_help="How many were killed, wounded or taken prisoner, with low, best and high.")
@situation_argument
@click.option("--of", "of", default="killed", show_default=True, metavar="WHAT", help=f"Of {', '.join(FIGURES)}.")
@click.option("--by", "by", metavar="A,B", help=f"Sums for each: one or more of {','.join(GROUPINGS)}.")
@lens_options
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@report_errors
def _totals(
    situation: str | None, of: str, by: str | None, lens: Lens, without: tuple[str, ...], as_json: bool
) -> None:
    """Sums of what events give, with low, best and high, and how many events gave no number.

    Low counts events that are possibly one as one; high counts each by itself. What fell in a clash whose sides have no
    direction, and civilians, stand beside. By month, an event over several days is spread over them.

    \b
    Example:
      situation totals --of killed --by actor,month --known-at 2017-11-03
    """
    record = open_record(situation, without)
    reading = record.reading(**lens.keys)
    groups = tuple(part.strip() for part in by.split(",")) if by else ()
    pairs = [pair.claims for pair in reading.joins.possibly_one]
    rows = totals(reading.log, record.ground, of, groups, pairs)
    if as_json:
        print_json([asdict(row) for row in rows])
        return
    out = console()
    heads = [name for name in GROUPINGS if name in groups]
    names = [" ".join(heads).capitalize() or of.capitalize(), "low", "best", "high"]
    names += ["no direction", "civilians", "events", "no number"]
    print_rows(out, names, [_cells(row, heads, record) for row in rows])
    notes = _notes(rows, len(pairs))
    if notes:
        out.print(Text(" ".join(notes), "dim"))


def _cells(row: Toll, heads: Sequence[str], record: Record) -> list[str]:
    values: dict[str, Any] = {
        "actor": record.ground.name(row.actor) if row.actor else "side not stated",
        "place": record.ground.name(row.place) if row.place else "place not stated",
        "month": row.month or "no date",
    }
    high = f"{row.high}+" if row.open else str(row.high)
    first = ", ".join(values[head] for head in heads) or row.of
    numbers = (row.low, row.best, high, row.undirected, row.civilian, row.events, row.unnumbered)
    return [first, *map(str, numbers)]


def _notes(rows: tuple[Toll, ...], doubtful: int) -> list[str]:
    notes = []
    if any(row.open for row in rows):
        notes.append("+: some events give no upper bound.")
    split = len({claim for row in rows if row.split for claim in row.claims})
    if any(row.month for row in rows) and split:
        notes.append("Events over several days are spread over them evenly.")
    if doubtful:
        pairs = "1 pair" if doubtful == 1 else f"{doubtful} pairs"
        notes.append(f"Low counts {pairs} of events that are possibly one as one: situation disputes lists them.")
    return notes
