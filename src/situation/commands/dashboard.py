"""`situation dashboard`: the page of an ensemble's run folder made anew from its tables, or of two beside each other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import orjson

from situation.archive import Kept, open_run
from situation.archive.writing import OPTION, listed
from situation.commands.ensembles import scenario_of
from situation.commands.options import console, find_situation, tell_errors
from situation.comparison import compared
from situation.ensemble.design import index_of
from situation.ensemble.drawing import Drawings
from situation.errors import SituationError
from situation.loading import PARTS, load
from situation.pages.stories_page import comparison_page, ensemble_page
from situation.record import Record
from situation.story import Story

__all__ = ["dashboard"]


@click.command(short_help="The page of a run folder, made anew from its tables; or of two, side by side.")
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--against", type=click.Path(path_type=Path), metavar="RUN", help="The baseline to hold the run against.")
@click.option("--story", type=int, metavar="N", help="Show one of its stories too, told again: 0 and up.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="The page's file.")
@tell_errors
def dashboard(run: Path, against: Path | None, story: int | None, out: Path | None) -> None:
    """Write the page of RUN, the folder of an ensemble, without telling its stories again.

    It replaces the page in the folder, unless --out names another file. With --against the page shows scenario,
    baseline and difference, and lies beside the folders. Which events part the stories is told by 'compare' alone: it
    tells some of them again. With --story one story stands beside them all, with rule, odds, draw and parents of what
    happens in it.

    \b
    Example:
      situation dashboard runs/baseline-0123456789ab --out page.html
    """
    kept = open_run(run)
    record = _record(kept)
    if against is None:
        one = None if story is None else (story, _story(kept, story))
        page = ensemble_page(kept.ensemble, kept.answers, _as_run(kept), record, kept.manifest, one)
        path = out or (run / "index.html" if story is None else run.parent / f"{run.name}-story-{story}.html")
    else:
        if story is not None:
            raise SituationError("--story: One story stands beside one ensemble. Leave --against out.")
        base = open_run(against)
        if base.manifest["record"] != kept.manifest["record"]:
            raise SituationError(f"{against}: This run is of another record, so the two share no luck. Name another.")
        change = compared(base.ensemble, kept.ensemble, [], {"ground": record.ground})
        sides = [(it.ensemble, it.answers, _as_run(it), it.manifest) for it in (base, kept)]
        page = comparison_page(sides[0], sides[1], change, record)
        path = out or run.parent / f"{change['second']}-against-{change['first']}.html"
    _write(path, page)
    if path == run / "index.html":
        files = {**kept.manifest["files"], **listed({path.name: page.encode()})}
        _write(run / "manifest.json", orjson.dumps({**kept.manifest, "files": files}, option=OPTION).decode())
    console().print(f"Page: {path}", soft_wrap=True)


def _story(kept: Kept, number: int) -> Story:
    """A story of a run, told again.

    Raises:
        SituationError: the run has no such story, or its scenario is not here any more.
    """
    about = kept.ensemble.about
    if not 0 <= number < about.runs:
        raise SituationError(f"--story: There is no story {number}. Give one of 0 to {about.runs - 1}.")
    scenario, record = scenario_of(kept)
    return Drawings(scenario, record, about.seed).tell(index_of(number))


def _as_run(kept: Kept) -> dict[str, Any]:
    """The scenario as the run's folder holds it."""
    told: dict[str, Any] = orjson.loads((kept.folder / "scenario.json").read_bytes())
    return told


def _record(kept: Kept) -> Record:
    """The record that a run branches from.

    Raises:
        SituationError: it is not here, or has changed since.
    """
    left = tuple(part for part in PARTS[1:] if part not in kept.manifest["parts"])
    record = load(find_situation(str(kept.manifest["situation"])), without=left)
    if record.digest != kept.manifest["record"]:
        raise SituationError(f"{kept.folder}: The record has changed since. Run it again.")
    return record


def _write(path: Path, text: str) -> None:
    """Put a file in its place whole."""
    partial = path.with_name(f".{path.name}.partial")
    try:
        partial.write_text(text, encoding="utf-8")
        partial.replace(path)
    except OSError as error:
        raise SituationError(
            f"{path}: The page cannot be written: {error.strerror}. Name another with --out."
        ) from error
