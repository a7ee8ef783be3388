"""Ensembles in their run folders: read where they are there, else run and written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from attrs import evolve

from situation.ensemble.chunks import Chunks
from situation.ensemble.ensemble import About
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.results import results
from situation.ensemble.run import MOST_STORIES, MOST_WORKERS, check_seed
from situation.ensemble.workers import tell_missing
from situation.errors import Fault, SituationError
from situation.page.ensemble_payload import ensemble_page
from situation.page.judgements import story_judgements
from situation.record.record import Record
from situation.runs.data_package import schemas_in
from situation.runs.ensemble_files import answer_files, ensemble_from_chunks
from situation.runs.finding import RUNS_FOLDER
from situation.runs.folder import PARTIAL, Note, no_note, place_of
from situation.runs.identity import ensemble_identity, folder_name, scenario_as_run
from situation.runs.making import read_or_make
from situation.runs.manifest import PAGE, broken_files, is_run, read_manifest
from situation.runs.stored_run import StoredRun, open_run
from situation.runs.writing import NewRun, replace_page
from situation.scenario import Scenario

__all__ = [
    "Interrupted",
    "ProgressBar",
    "check_size",
    "chunks_of",
    "no_progress_bar",
    "run_of_stories",
    "stored_ensemble",
    "stories_kept",
    "with_page",
]

ProgressBar = Callable[[str, int], AbstractContextManager[Callable[[int], None]]]
"""Shows the progress of an ensemble: from its scenario and number of stories to what receives the size of each chunk."""


class Interrupted(SituationError):
    """An ensemble was interrupted. Its stories until then are kept.

    `code`: the exit code that says by what; None: by Ctrl-C.
    """

    def __init__(self, done: int, runs: int, code: int | None = None) -> None:
        self.code = code
        super().__init__(f"Stopped. {done} of {runs} stories are kept: give the same command again to go on.")


@contextmanager
def no_progress_bar(title: str, total: int) -> Iterator[Callable[[int], None]]:
    """Shows nothing."""
    yield lambda stories: None


@contextmanager
def stories_kept(chunks: Chunks) -> Iterator[None]:
    """A context in which stories are simulated.

    Raises:
        Interrupted: in place of `KeyboardInterrupt`.
    """
    try:
        yield
    except KeyboardInterrupt as stopped:
        raise Interrupted(chunks.kept(), chunks.count, getattr(stopped, "code", None)) from None


def check_size(seed: int, workers: int, runs: int = 1) -> None:
    """Refuse what is no seed or no number of processes or of stories.

    Raises:
        Fault: one of them is out of range.
    """
    if runs < 1:
        raise Fault(f"{runs} is no number of stories.", "Give 1 or more.", argument="runs")
    if workers < 1:
        raise Fault(f"{workers} is no number of processes.", "Give 1 or more.", argument="workers")
    if runs > MOST_STORIES:
        fact = f"{runs:,} stories are more than the {MOST_STORIES:,} that a run may have."
        raise Fault(fact, "Give fewer.", argument="runs")
    if workers > MOST_WORKERS:
        fact = f"{workers:,} processes are more than the {MOST_WORKERS:,} that a call may start."
        raise Fault(fact, "Give fewer.", argument="workers")
    check_seed(seed)


def stored_ensemble(
    scenario: Scenario,
    record: Record,
    seed: int,
    runs: int,
    workers: int,
    out: Path | None = None,
    folder: Path = RUNS_FOLDER,
    bar: ProgressBar = no_progress_bar,
    note: Note = no_note,
    executor: Executor | None = None,
    paged: bool = True,
) -> StoredRun:
    """The ensemble of a scenario in its run folder: read where it is there, else run and written.

    Args:
        scenario, record, seed, runs: of the ensemble.
        workers: the number of processes; no result depends on it.
        out: the run folder; None: one in `folder`, named after the scenario and the digest.
        folder: where run folders are kept.
        bar: shows the progress.
        note: is told of what was found broken or unfinished, and what was done about it.
        executor: simulates the stories in place of `workers`; None: processes of this machine.
        paged: whether it has a page; one that is there stays.

    Raises:
        Fault: `runs`, `workers` or `seed` is out of range.
        Interrupted: it was interrupted; its stories until then are kept.
        SituationError: the folder cannot be written, or holds something else.
    """
    check_size(seed, workers, runs)

    def tell(chunks: Chunks, kept: int) -> None:
        with bar(scenario.id, runs) as finished:
            finished(kept)
            tell_missing(scenario, record, seed, chunks, workers, finished, executor)

    return run_of_stories(scenario, record, seed, runs, tell, out, folder, note, paged)


def run_of_stories(
    scenario: Scenario,
    record: Record,
    seed: int,
    runs: int,
    tell: Callable[[Chunks, int], None],
    out: Path | None,
    folder: Path,
    note: Note,
    paged: bool = True,
    says_kept: bool = True,
) -> StoredRun:
    """The run folder of an ensemble: read where it is there, else made of its stories.

    Args:
        scenario, record, seed, runs: of the ensemble.
        tell: writes the chunks that are missing; is given how many stories are kept.
        out, folder, note, paged: as for `stored_ensemble`.
        says_kept: as for `read_or_make`.

    Raises:
        Interrupted, SituationError: as for `stored_ensemble`, and what `tell` raises.
    """
    identity = ensemble_identity(scenario, record, seed, runs)
    target, place = place_of(out, folder, folder_name(scenario.id, str(identity["digest"])), note, identity)
    chunks = _chunks_beside(place, identity)

    def fill(new: NewRun) -> Mapping[str, Any]:
        ensemble = ensemble_from_chunks(new, About.of(scenario, record, seed, runs), chunks)
        answers = results(ensemble)
        draws = RecordDraws(scenario, record, seed)
        as_run = scenario_as_run(scenario)
        page = ensemble_page(ensemble, answers, as_run, record, identity, draws) if paged else ""
        judgements = story_judgements(
            answers, ensemble.about.questions, record.ground, as_run["forces"], as_run["numbers"]
        )
        schemas = schemas_in(new.folder)
        for name, content in answer_files(ensemble, scenario, answers, schemas, page, judgements).items():
            new.write(name, content)
        return identity

    with stories_kept(chunks):
        stored = read_or_make(place, chunks, open_run, partial(tell, chunks), fill, note, says_kept)
    return evolve(with_page(stored, scenario, record, note) if paged else stored, folder=target)


def _chunks_beside(place: Path, identity: Mapping[str, Any]) -> Chunks:
    """Where the stories of an ensemble are kept until its run folder is written."""
    digest = str(identity["digest"])
    return Chunks(place.parent / PARTIAL / digest, int(identity["runs"]), digest)


def chunks_of(
    scenario: Scenario, record: Record, seed: int, runs: int, folder: Path, note: Note = no_note
) -> Chunks | None:
    """Where the stories of an ensemble are kept until its run folder is written; None where that is there."""
    identity = ensemble_identity(scenario, record, seed, runs)
    _, place = place_of(None, folder, folder_name(scenario.id, str(identity["digest"])), note, identity)
    return None if is_run(place) else _chunks_beside(place, identity)


def with_page(stored: StoredRun, scenario: Scenario, record: Record, note: Note) -> StoredRun:
    """A stored run, once its page is what it was or has been made anew."""
    if broken_files(stored.folder, stored.manifest, page=True) or PAGE not in stored.manifest["files"]:
        path = stored.folder / PAGE
        if path.exists():
            note(f"{path}: The file was changed. It is made anew.")
        draws = RecordDraws(scenario, record, stored.ensemble.about.seed)
        page = ensemble_page(stored.ensemble, stored.answers, scenario_as_run(scenario), record, stored.manifest, draws)
        replace_page(stored.folder, page.encode(), stored.manifest)
        return evolve(stored, manifest=read_manifest(stored.folder))
    return stored
