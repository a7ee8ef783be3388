"""Ensembles in their run folders: read where they are there, told where they are not."""

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
from situation.runs.finding import RUNS
from situation.runs.folder import PAGE, write_run, write_whole
from situation.runs.identity import identity_of, scenario_as_run
from situation.runs.reading import Kept, is_run, open_run
from situation.runs.writing import ensemble_files
from situation.scenario import Scenario

__all__ = ["Bar", "Stopped", "kept_ensemble", "unseen"]

Bar = Callable[[str, int], AbstractContextManager[Callable[[int], None]]]
"""Shows how far an ensemble is: from its scenario and its number of stories to what is told of each chunk."""


class Stopped(SituationError):
    """An ensemble was interrupted. What was told until then is kept."""

    def __init__(self, done: int, runs: int) -> None:
        super().__init__(f"Stopped. {done} of {runs} stories are kept: give the same command again to go on.")


@contextmanager
def unseen(title: str, total: int) -> Iterator[Callable[[int], None]]:
    """Shows nothing."""
    yield lambda stories: None


def kept_ensemble(
    scenario: Scenario,
    record: Record,
    seed: int,
    runs: int,
    workers: int,
    out: Path | None = None,
    folder: Path = RUNS,
    bar: Bar = unseen,
) -> Kept:
    """The ensemble of a scenario in its run folder: read where it is there, told where it is not.

    Args:
        scenario, record, seed, runs, workers: what is told, and by how many processes.
        out: the run folder; None: one in `folder`, named after the scenario and the digest.
        folder: where run folders are kept.
        bar: shows how far it is.

    Raises:
        Fault: `runs` or `workers` is no number of stories or processes.
        Stopped: it was interrupted; what was told until then is kept.
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
                told = RecordDraws(scenario, record, seed)
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
        raise Stopped(runs - sum(stop - start for start, stop in chunks.missing()), runs) from None
    chunks.remove()
    partial = target.parent / ".partial"
    if partial.is_dir() and not any(partial.iterdir()):
        partial.rmdir()
    return open_run(target)


def _finish(
    scenario: Scenario, record: Record, seed: int, runs: int, chunks: Chunks, target: Path, identity: dict[str, Any]
) -> None:
    """Fold the stories, answer the questions, and write the folder."""
    found = ensemble_of(About.of(scenario, record, seed, runs), chunks.read())
    answers = results(found)
    page = ensemble_page(
        found, answers, scenario_as_run(scenario), record, identity, RecordDraws(scenario, record, seed)
    )
    write_run(target, ensemble_files(found, scenario, answers, identity, page))
