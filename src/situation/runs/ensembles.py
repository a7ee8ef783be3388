"""Ensembles in their run folders: read where they are there, else run and written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from situation.ensemble.chunks import Chunks
from situation.ensemble.ensemble import About, ensemble_of
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.results import results
from situation.ensemble.run import check_seed
from situation.ensemble.workers import tell_missing
from situation.errors import Fault, SituationError
from situation.page.ensemble_payload import ensemble_page
from situation.record.record import Record
from situation.runs.ensemble_files import ensemble_files
from situation.runs.finding import RUNS_FOLDER
from situation.runs.folder import PAGE, is_run, write_run, write_whole
from situation.runs.identity import ensemble_identity, folder_name, scenario_as_run
from situation.runs.stored_run import StoredRun, open_run
from situation.scenario import Scenario

__all__ = ["Interrupted", "ProgressBar", "no_progress_bar", "stored_ensemble"]

ProgressBar = Callable[[str, int], AbstractContextManager[Callable[[int], None]]]
"""Shows the progress of an ensemble: from its scenario and number of stories to what receives the size of each chunk."""


class Interrupted(SituationError):
    """An ensemble was interrupted. Its stories until then are kept."""

    def __init__(self, done: int, runs: int) -> None:
        super().__init__(f"Stopped. {done} of {runs} stories are kept: give the same command again to go on.")


@contextmanager
def no_progress_bar(title: str, total: int) -> Iterator[Callable[[int], None]]:
    """Shows nothing."""
    yield lambda stories: None


def stored_ensemble(
    scenario: Scenario,
    record: Record,
    seed: int,
    runs: int,
    workers: int,
    out: Path | None = None,
    folder: Path = RUNS_FOLDER,
    bar: ProgressBar = no_progress_bar,
) -> StoredRun:
    """The ensemble of a scenario in its run folder: read where it is there, else run and written.

    Args:
        scenario, record, seed, runs: of the ensemble.
        workers: the number of processes; no result depends on it.
        out: the run folder; None: one in `folder`, named after the scenario and the digest.
        folder: where run folders are kept.
        bar: shows the progress.

    Raises:
        Fault: `runs`, `workers` or `seed` is out of range.
        Interrupted: it was interrupted; its stories until then are kept.
        SituationError: the folder cannot be written, or holds something else.
    """
    if runs < 1:
        raise Fault(f"{runs} is no number of stories.", "Give 1 or more.", argument="runs")
    if workers < 1:
        raise Fault(f"{workers} is no number of processes.", "Give 1 or more.", argument="workers")
    check_seed(seed)
    identity = ensemble_identity(scenario, record, seed, runs)
    digest = str(identity["digest"])
    target = out or folder / folder_name(scenario.id, digest)
    if is_run(target):
        stored = open_run(target)
        if stored.manifest["digest"] == digest:
            if not (target / PAGE).exists():
                draws = RecordDraws(scenario, record, seed)
                as_run = scenario_as_run(scenario)
                page = ensemble_page(stored.ensemble, stored.answers, as_run, record, identity, draws)
                write_whole(target / PAGE, page.encode(), "page")
            return stored
    chunks = Chunks(target.parent / ".partial" / digest, runs)
    left = sum(stop - start for start, stop in chunks.missing())
    try:
        with bar(scenario.id, runs) as finished:
            finished(runs - left)
            tell_missing(scenario, record, seed, chunks, workers, finished)
        _write(scenario, record, seed, runs, chunks, target, identity)
    except KeyboardInterrupt:
        raise Interrupted(runs - sum(stop - start for start, stop in chunks.missing()), runs) from None
    chunks.remove()
    partial = target.parent / ".partial"
    if partial.is_dir() and not any(partial.iterdir()):
        partial.rmdir()
    return open_run(target)


def _write(
    scenario: Scenario, record: Record, seed: int, runs: int, chunks: Chunks, target: Path, identity: dict[str, Any]
) -> None:
    """Join the stories, answer the questions, and write the folder."""
    ensemble = ensemble_of(About.of(scenario, record, seed, runs), chunks.read())
    answers = results(ensemble)
    draws = RecordDraws(scenario, record, seed)
    page = ensemble_page(ensemble, answers, scenario_as_run(scenario), record, identity, draws)
    write_run(target, ensemble_files(ensemble, scenario, answers, identity, page))
