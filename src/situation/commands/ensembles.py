"""What the commands about ensembles share: finding a scenario, running it into its folder, and showing how far it is."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.progress import Task as Counted
from rich.text import Text

from situation.archive import PAGE, Kept, ensemble_files, identity_of, is_run, open_run, scenario_as_run
from situation.archive.identity import digest_of
from situation.commands.options import home_of
from situation.comparison import twin_of
from situation.ensemble.chunks import Chunks
from situation.ensemble.columns import About, gathered
from situation.ensemble.drawing import Drawings
from situation.ensemble.results import results
from situation.ensemble.telling import check_seed
from situation.ensemble.working import tell_missing
from situation.errors import Fault, SituationError, near_miss
from situation.loading import PARTS, load
from situation.pages.stories_page import ensemble_page
from situation.plugins import outside_doctrines
from situation.record import Record
from situation.runs import write_run, write_whole
from situation.scenario import Scenario, load_scenario

__all__ = [
    "RUNS",
    "Bar",
    "changed_folder",
    "cores",
    "find_scenario",
    "kept_ensemble",
    "open_scenario",
    "progress_bar",
    "scenario_of",
]

RUNS = Path("runs")
Bar = Callable[[str, int], AbstractContextManager[Callable[[int], None]]]
"""Shows how far an ensemble is: from its scenario and its number of stories to what is told of each chunk."""


def cores() -> int:
    """How many processes may run at once here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def changed_folder(runs: Path, situation: str) -> Path:
    """Where a situation's scenarios are kept that were changed by hand in the served edition: beside the run folders."""
    return runs / "changed" / situation


def find_scenario(name: str) -> Path:
    """The file of a scenario: a path, or the name of one under `scenarios/`, alone or as SITUATION/SCENARIO.

    Raises:
        Fault: there is none, or several have the name.
    """
    path = Path(name)
    if path.is_file():
        return path
    known = sorted(file for file in Path("scenarios").glob("*/*.yaml") if _is_scenario(file))
    asked = name.removesuffix(".yaml")
    found = [file for file in known if asked in (file.stem, f"{file.parent.name}/{file.stem}")]
    if len(found) == 1:
        return found[0]
    if found:
        ways = [f"{file.parent.name}/{file.stem}" for file in found]
        raise Fault(f"{name}: Several situations have such a scenario.", f"Name one of: {', '.join(ways)}.")
    names = [file.stem for file in known]
    hint = near_miss(name, names) or f"Name a file, or one of: {', '.join(names) or 'none is here'}."
    raise Fault(f"{name}: There is no such scenario.", hint)


def _is_scenario(file: Path) -> bool:
    return file.stem not in ("map", "sources", "record", "background")


def open_scenario(name: str, without: tuple[str, ...], home: Path | None = None) -> tuple[Scenario, Record]:
    """A scenario with the record that it branches from.

    Args:
        name: its file, or its name under `scenarios/`.
        without: parts of the record to leave out.
        home: the situation's folder; None: the one that the file lies in, or else the one that it names.
    """
    file = find_scenario(name)
    record = load(home or home_of(file), without=without)
    return load_scenario(file, record, outside_doctrines()), record


def scenario_of(kept: Kept, home: Path | None = None, against: Scenario | None = None) -> tuple[Scenario, Record]:
    """The scenario and the record that a run was made of, to tell its stories again.

    Args:
        kept: the run.
        home: the situation's folder; None: the one under `scenarios/`.
        against: the scenario that it is the baseline of, if any: it may have been run with that one's questions.

    Raises:
        SituationError: they are not here any more, or have changed since.
    """
    manifest = kept.manifest
    home = home or Path("scenarios") / str(manifest["situation"])
    name = f"{manifest['scenario']}.yaml"
    changed = changed_folder(kept.folder.parent, str(manifest["situation"])) / name
    left = tuple(part for part in PARTS[1:] if part not in manifest["parts"])
    record = load(home, without=left)
    for file in (kept.folder / "scenario.yaml", home / name, changed):
        if manifest["record"] != record.digest or not file.is_file():
            continue
        alone = load_scenario(file, record, outside_doctrines())
        for scenario in (alone,) if against is None else (alone, twin_of(alone, against)):
            if manifest["as_run"] == digest_of(scenario_as_run(scenario)):
                return scenario, record
    raise SituationError(f"{kept.folder}: The record, or what its scenario extends, is not what it was. Run it again.")


class _Rate(TextColumn):
    """Runs per second."""

    def __init__(self) -> None:
        super().__init__("")

    def render(self, task: Counted) -> Text:
        return Text(f"{task.speed:,.0f} runs/s" if task.speed and task.speed >= 1 else "", "dim")


@contextmanager
def progress_bar(title: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, with rate and time left; nothing where nobody looks."""
    screen = Console(stderr=True)
    columns = (TextColumn(title), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as progress:
        task = progress.add_task(title, total=total)

        def finished(runs: int) -> None:
            progress.advance(task, runs)

        yield finished


def kept_ensemble(
    scenario: Scenario,
    record: Record,
    seed: int,
    runs: int,
    workers: int,
    out: Path | None = None,
    folder: Path = RUNS,
    bar: Bar = progress_bar,
) -> Kept:
    """The ensemble of a scenario in its run folder: read where it is there, told where it is not.

    Args:
        scenario, record, seed, runs, workers: what is told, and by how many processes.
        out: the run folder; None: one in `folder`, named after the scenario and the digest.
        folder: where run folders are kept.
        bar: shows how far it is.

    Raises:
        Fault: `runs` or `workers` is no number of stories or processes.
        SituationError: the folder cannot be written, or holds something else.
    """
    if runs < 1:
        raise Fault(f"--runs: {runs} is no number of stories.", "Give 1 or more.")
    if workers < 1:
        raise Fault(f"--workers: {workers} is no number of processes.", "Give 1 or more.")
    check_seed(seed)
    identity = identity_of(scenario, record, seed, runs)
    target = out or folder / f"{scenario.id}-{identity['digest'][:12]}"
    if is_run(target):
        kept = open_run(target)
        if kept.manifest["digest"] == identity["digest"]:
            if not (target / PAGE).exists():
                told = Drawings(scenario, record, seed)
                page = ensemble_page(kept.ensemble, kept.answers, scenario_as_run(scenario), record, identity, told)
                write_whole(target / PAGE, page.encode(), "page")
            return kept
    chunks = Chunks(target.parent / ".partial" / str(identity["digest"]), runs)
    left = sum(stop - start for start, stop in chunks.missing())
    try:
        with bar(scenario.id, runs) as finished:
            finished(runs - left)
            tell_missing(scenario, record, seed, chunks, workers, finished)
        _finish(scenario, record, seed, runs, chunks, target, identity)
    except KeyboardInterrupt:
        done = runs - sum(stop - start for start, stop in chunks.missing())
        click.echo(f"Stopped. {done} of {runs} stories are kept: give the same command again to go on.", err=True)
        raise SystemExit(130) from None
    chunks.remove()
    partial = target.parent / ".partial"
    if partial.is_dir() and not any(partial.iterdir()):
        partial.rmdir()
    return open_run(target)


def _finish(
    scenario: Scenario, record: Record, seed: int, runs: int, chunks: Chunks, target: Path, identity: dict[str, Any]
) -> None:
    """Fold the stories, answer the questions, and write the folder."""
    found = gathered(About.of(scenario, record, seed, runs), chunks.read())
    answers = results(found)
    page = ensemble_page(found, answers, scenario_as_run(scenario), record, identity, Drawings(scenario, record, seed))
    write_run(target, ensemble_files(found, scenario, answers, identity, page))
