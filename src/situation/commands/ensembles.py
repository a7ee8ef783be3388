"""What the commands about ensembles share: finding a scenario, running it into its folder, and showing how far it is."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.progress import Task as Counted
from rich.text import Text

from situation.archive import Kept, ensemble_files, identity_of, is_run, open_run, scenario_as_run
from situation.archive.identity import digest_of
from situation.ensemble.chunks import Chunks
from situation.ensemble.columns import About, gathered
from situation.ensemble.results import results
from situation.ensemble.telling import check_seed
from situation.ensemble.working import tell_missing
from situation.errors import Fault, SituationError, near_miss
from situation.loading import PARTS, load
from situation.pages.stories_page import ensemble_page
from situation.record import Record
from situation.runs import write_run
from situation.scenario import Scenario, load_scenario

__all__ = ["cores", "find_scenario", "kept_ensemble", "open_scenario", "scenario_of"]

RUNS = Path("runs")


def cores() -> int:
    """How many processes may run at once here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def find_scenario(name: str) -> Path:
    """The file of a scenario: a path, or the name of one in a situation under `scenarios/`.

    Raises:
        Fault: there is none, or several have the name.
    """
    path = Path(name)
    if path.is_file():
        return path
    known = sorted(file for file in Path("scenarios").glob("*/*.yaml") if _is_scenario(file))
    found = [file for file in known if file.stem == name.removesuffix(".yaml")]
    if len(found) == 1:
        return found[0]
    if found:
        raise Fault(f"{name}: Several situations have such a scenario.", f"Name its file, such as {found[0]}.")
    names = [file.stem for file in known]
    hint = near_miss(name, names) or f"Name a file, or one of: {', '.join(names) or 'none is here'}."
    raise Fault(f"{name}: There is no such scenario.", hint)


def _is_scenario(file: Path) -> bool:
    return file.stem not in ("map", "sources", "record", "background")


def open_scenario(name: str, without: tuple[str, ...]) -> tuple[Scenario, Record]:
    """A scenario with the record of the folder that it lies in."""
    file = find_scenario(name)
    record = load(file.parent, without=without)
    return load_scenario(file, record), record


def scenario_of(kept: Kept) -> tuple[Scenario, Record]:
    """The scenario and the record that a run was made of, to tell its stories again.

    Raises:
        SituationError: they are not here any more, or have changed since.
    """
    manifest = kept.manifest
    file = Path("scenarios") / str(manifest["situation"]) / f"{manifest['scenario']}.yaml"
    if not file.is_file():
        raise SituationError(f"{kept.folder}: Its scenario is not at {file}. Run this where the situation is.")
    left = tuple(part for part in PARTS[1:] if part not in manifest["parts"])
    record = load(file.parent, without=left)
    scenario = load_scenario(file, record)
    if manifest["record"] != record.digest or manifest["as_run"] != digest_of(scenario_as_run(scenario)):
        raise SituationError(f"{kept.folder}: {file} or its record is not what the run was made of. Run it again.")
    return scenario, record


class _Rate(TextColumn):
    """Runs per second."""

    def __init__(self) -> None:
        super().__init__("")

    def render(self, task: Counted) -> Text:
        return Text(f"{task.speed:,.0f} runs/s" if task.speed and task.speed >= 1 else "", "dim")


@contextmanager
def _bar(title: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, with rate and time left; nothing where nobody looks."""
    screen = Console(stderr=True)
    columns = (TextColumn(title), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as progress:
        task = progress.add_task(title, total=total)

        def finished(runs: int) -> None:
            progress.advance(task, runs)

        yield finished


def kept_ensemble(
    scenario: Scenario, record: Record, seed: int, runs: int, workers: int, out: Path | None = None
) -> Kept:
    """The ensemble of a scenario in its run folder: read where it is there, told where it is not.

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
    target = out or RUNS / f"{scenario.id}-{identity['digest'][:12]}"
    if is_run(target):
        kept = open_run(target)
        if kept.manifest["digest"] == identity["digest"]:
            return kept
    chunks = Chunks(target.parent / ".partial" / str(identity["digest"]), runs)
    left = sum(stop - start for start, stop in chunks.missing())
    try:
        with _bar(scenario.id, runs) as finished:
            finished(runs - left)
            tell_missing(scenario, record, seed, chunks, workers, finished)
    except KeyboardInterrupt:
        done = runs - sum(stop - start for start, stop in chunks.missing())
        click.echo(f"Stopped. {done} of {runs} stories are kept: give the same command again to go on.", err=True)
        raise SystemExit(130) from None
    found = gathered(About.of(scenario, record, seed, runs), chunks.read())
    answers = results(found)
    page = ensemble_page(found, answers, scenario_as_run(scenario), record, identity)
    write_run(target, ensemble_files(found, scenario, answers, identity, page))
    chunks.remove()
    partial = target.parent / ".partial"
    if partial.is_dir() and not any(partial.iterdir()):
        partial.rmdir()
    return open_run(target)
