"""`situation import`: files of events that others keep, made into the claims of a situation."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import click

from situation.commands.cli import main
from situation.commands.options import report_errors
from situation.commands.output import console, print_json, print_problem
from situation.edges.coast import coast_of
from situation.edges.duplicates import Windows
from situation.edges.fields import day
from situation.edges.filters import Filter, box
from situation.edges.formats import ImportOrder
from situation.edges.imports import Imported, import_rows
from situation.edges.mapping import read_mapping
from situation.edges.slugs import slug
from situation.edges.sums import check_deaths
from situation.edges.writing import files_of, importing, new_situation, write_import
from situation.errors import Fault, Problem, Where, how_to_install
from situation.log.value_words import count_in_words, list_in_words
from situation.record.loading import load
from situation.runs.finding import SITUATIONS_FOLDER, find_situation
from situation.testimony.problem_lines import problem_lines

__all__: list[str] = []


@main.command("import")
@click.argument("kind", metavar="FORMAT")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--into", metavar="SITUATION", help="The situation that the claims are added to.")
@click.option(
    "--new", metavar="NAME", help="Make a new situation of this name, with places, actors and window from the files."
)
@click.option(
    "--map", "mapping", metavar="FILE", type=click.Path(path_type=Path), help="What the columns of a csv file say."
)
@click.option("--box", "frame", metavar="W,S,E,N", help="Only rows whose point lies in this box, in degrees.")
@click.option("--from", "first", metavar="DATE", help="Only rows that end on this day or later.")
@click.option("--to", "last", metavar="DATE", help="Only rows that begin on this day or earlier.")
@click.option("--actor", "actors", metavar="NAME", multiple=True, help="Only rows of this actor; may be given again.")
@click.option("--type", "types", metavar="KIND", multiple=True, help="Only rows of this kind, in the file's words.")
@click.option("--skip-bad", is_flag=True, help="Leave bad rows out, and list them, rather than stopping at them.")
@click.option("--dry-run", is_flag=True, help="Say what would be imported; write nothing.")
@click.option(
    "--window-days", metavar="N", default=1, show_default=True, help="Rows of two files within N days may be one."
)
@click.option(
    "--window-km", metavar="KM", default=5.0, show_default=True, help="They must also lie within this many km."
)
@click.option("--join", "joined", is_flag=True, help="Join rows that may be one; a pair can be taken apart by hand.")
@click.option(
    "--published",
    metavar="DATE",
    help="When the files were published; if left out, the latest day that a row speaks of.",
)
@click.option(
    "--utc-offset",
    metavar="OFFSET",
    help='Local time of a new situation, such as "+03:00"; if left out, by its longitude.',
)
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@report_errors
def _import(
    kind: str,
    files: tuple[Path, ...],
    into: str | None,
    new: str | None,
    mapping: Path | None,
    frame: str | None,
    first: str | None,
    last: str | None,
    actors: tuple[str, ...],
    types: tuple[str, ...],
    skip_bad: bool,
    dry_run: bool,
    window_days: int,
    window_km: float,
    joined: bool,
    published: str | None,
    utc_offset: str | None,
    as_json: bool,
) -> None:
    """Make each row of the files a claim of a situation, under imports/ in its folder.

    FORMAT is ucdp (Georeferenced Event Dataset, any layout, candidate files too), acled (your own export), csv (with a
    mapping file: docs/importing.md), or one that an installed package offers (situation plugins). Bad rows stop the
    import, and are all listed with file and line; --skip-bad leaves them out. A newer export of a file that was imported before
    becomes corrections and retractions.

    \b
    Examples:
      situation import ucdp GEDEvent_v24_1.csv --new syria-2016 --from 2016-01-01 --box 35,32,43,38 --skip-bad
      situation import csv reports.csv --map mapping.yaml --into my-war --dry-run
    """
    order = ImportOrder(
        format=kind,
        files=files,
        mapping=read_mapping(mapping) if mapping is not None else None,
        filter=Filter(box(frame) if frame else None, _day("from", first), _day("to", last), actors, types),
        windows=Windows(window_days, window_km),
        skip_bad=skip_bad,
        published=_day("published", published),
    )
    target = _target(into, new)
    if new is not None:
        _write_rows(order, target, new, joined, dry_run, utc_offset, as_json)
        return
    with importing(target) as finished:
        if finished:
            names = ", ".join(finished)
            print_problem(f"{target}: An import was cut off. What it had decided on is now in place: {names}.")
        _write_rows(order, target, None, joined, dry_run, utc_offset, as_json)


def _write_rows(
    order: ImportOrder,
    target: Path,
    new: str | None,
    joined: bool,
    dry_run: bool,
    utc_offset: str | None,
    as_json: bool,
) -> None:
    """Import the rows of an order into a situation, and tell of it."""
    record = load(target) if new is None else None
    ids = (
        {*record.testimony.claims, *record.testimony.sources, *record.testimony.origins}
        if record is not None
        else set()
    )
    imported = import_rows(
        order, target if record is not None else None, record.ground if record is not None else None, ids
    )
    if imported.rejected and not order.skip_bad:
        for bad in imported.rejected:
            print_problem(bad)
        count = len(imported.rejected)
        click.echo(
            f"{count} bad row{'s' if count > 1 else ''}; nothing was written. --skip-bad leaves them out.", err=True
        )
        if as_json:
            print_json(_answer(imported, None, []))
        raise SystemExit(1)
    if all(file.changes is None for file in imported.files):
        check_deaths(imported.deaths, [claim for file in imported.files for claim in file.claims])
    content = files_of(imported, joined)
    notes = list(imported.notes)
    if new is not None:
        content |= _made(target, new, imported, utc_offset, notes)
    write_import(target, content, imported, new is not None, dry_run)
    if as_json:
        print_json(_answer(imported, None if dry_run else target, notes))
    else:
        _print(imported, target, dry_run, joined, notes)


def _day(option: str, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return day(f"--{option}", text)
    except Fault as fault:
        raise Fault(fault.fact, fault.advice) from None


def _target(into: str | None, new: str | None) -> Path:
    """The folder to write to: what --into names; with --new a folder that is not there yet."""
    if new is None:
        if into is None:
            raise Fault("It is not said which situation the claims are for.", "Give --into SITUATION, or --new NAME.")
        return find_situation(into)
    named = into if into is not None else slug(new)
    target = Path(named) if Path(named).name != named else SITUATIONS_FOLDER / named
    if target.exists() or target.is_symlink() or Path(named).exists():
        raise Fault(
            f"{target}: Something is here already.", "Leave --new out to add to it, or name another.", argument="new"
        )
    return target


def _made(target: Path, new: str, imported: Imported, utc_offset: str | None, notes: list[str]) -> dict[str, str]:
    """The files of a new situation beside those of the import; what is to be said of them is added to the notes."""
    offset = utc_offset or _offset(imported.longitude)
    name = new if re.fullmatch(r"\w[\w-]*", new) else slug(new)
    outlets = sorted({str(source["outlet"]) for file in imported.files for source in file.sources})
    about = f"Imported from {', '.join(outlets[:5])}{' and others' if len(outlets) > 5 else ''}. Who held what is not in it."
    content = new_situation(name, new, imported, offset, about)
    if not utc_offset:
        notes.append(f"Local time is {offset}, by the longitude: ASSUMED. --utc-offset sets it.")
    points = [(row["at"]["lat"], row["at"]["lon"]) for row in imported.additions.places]
    coast = coast_of(points) if points else None
    if coast is None:
        notes.append(f"No coast and no borders are drawn: they need the extra 'ground'. {how_to_install('ground')}")
    else:
        content["ground.json"], content["NOTICE"] = coast
    return content


def _offset(longitude: float) -> str:
    """The nautical zone of a longitude, 15 degrees an hour."""
    hours = round(longitude / 15)
    return f"{'-' if hours < 0 else '+'}{abs(hours):02d}:00"


def _answer(imported: Imported, target: Path | None, notes: list[str]) -> dict[str, Any]:
    return {
        "situation": str(target) if target is not None else None,
        "rows": imported.rows,
        "claims": imported.claims,
        "unwanted": imported.unwanted,
        "rejected": [
            {
                "file": it.file,
                "line": it.line,
                "id": it.id or None,
                "fact": it.fact,
                "advice": it.advice,
                "deaths": it.deaths,
            }
            for it in imported.rejected
        ],
        "possibly_one": [{"claims": [pair.one, pair.other], "why": pair.why} for pair in imported.possibly_one],
        "deaths": [
            {
                "file": it.file,
                "year": it.year,
                "dyad": it.dyad,
                "claims": it.claims,
                "rejected": it.rejected,
                "rows": it.rows,
            }
            for it in imported.deaths
        ],
        "new": {
            key: [row["id"] for row in getattr(imported.additions, key)] for key in ("places", "regions", "actors")
        },
        "changes": [
            {
                "source": file.name,
                "added": list(file.changes.added),
                "corrected": list(file.changes.corrected),
                "retracted": list(file.changes.retracted),
                "unchanged": file.changes.unchanged,
            }
            for file in imported.files
            if file.changes is not None
        ],
        "notes": notes,
    }


def _print(imported: Imported, target: Path, dry_run: bool, joined: bool, notes: list[str]) -> None:
    out = console()
    left_out = [Problem(Where(bad.file, bad.line), bad.fact, bad.advice) for bad in imported.rejected]
    for line in problem_lines(left_out, "With --json all of them are listed."):
        out.print(f"left out: {line}", style="dim", soft_wrap=True)
    for pair in imported.possibly_one:
        word = "joined" if joined else "possibly one"
        out.print(f"{word}: {pair.one} and {pair.other}: {pair.why}", style="dim", soft_wrap=True)
    for note in notes:
        out.print(note, style="dim", soft_wrap=True)
    would = "would be " if dry_run else ""
    numbered = [(imported.rows, "row"), (imported.claims, "claim"), (len(imported.possibly_one), "pair")]
    rows, claims, pairs = (count_in_words(number, thing) for number, thing in numbered)
    unwanted = f"; {imported.unwanted} not wanted" if imported.unwanted else ""
    text = f"{target}: {rows}: {claims}, {len(imported.rejected)} left out as bad{unwanted}"
    out.print(f"{text}. {pairs} {would}{'joined' if joined else 'possibly one'}.", soft_wrap=True)
    for file in imported.files:
        if file.changes is not None:
            changes = file.changes
            out.print(
                f"A newer export: {count_in_words(len(changes.added), 'row')} new, {len(changes.corrected)} corrected, "
                f"{len(changes.retracted)} retracted, {changes.unchanged} as they were.",
                soft_wrap=True,
            )
    additions = imported.additions
    added = ((additions.places, "place"), (additions.regions, "area"), (additions.actors, "actor"))
    counts = list_in_words(count_in_words(len(rows), thing) for rows, thing in added)
    out.print(f"New on the map: {counts}. {_deaths_in_words(imported)}", soft_wrap=True)
    if dry_run:
        out.print("Nothing was written.")


def _deaths_in_words(imported: Imported) -> str:
    """The deaths of claims and of rows left out, and of how many of these no number could be read."""
    claims, rejected = (sum(getattr(it, of) for it in imported.deaths) for of in ("claims", "rejected"))
    unread = sum(bad.deaths is None for bad in imported.rejected)
    if not unread:
        return f"Deaths: {claims} in claims and {rejected} left out are all of the rows'."
    rows = count_in_words(unread, "more row")
    return f"Deaths: {claims} in claims and {rejected} left out; of {rows} left out the number could not be read."
