"""Sweeps in their folders: read where they are there, else simulated and written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson
from attrs import evolve, frozen

from situation.ensemble.chunks import Chunks
from situation.ensemble.sweep.answer import sweep_answer
from situation.ensemble.sweep.designs import Design, Method, check_design, design_of
from situation.ensemble.sweep.points import Experiments, experiments_of, tell_points
from situation.ensemble.sweep.ranged_numbers import swept_numbers
from situation.ensemble.workers import EngineFor, any_engine
from situation.log.value_words import count_in_words
from situation.record.record import Record
from situation.runs.ensembles import ProgressBar, check_size, no_progress_bar, stories_kept
from situation.runs.finding import RUNS_FOLDER
from situation.runs.folder import PARTIAL, Note, no_note, place_of, sound_manifest
from situation.runs.identity import folder_name, sweep_identity
from situation.runs.making import read_or_make
from situation.runs.manifest import BrokenRun, check_listed, readable
from situation.runs.sweep_files import ANSWER, EXPERIMENTS, read_experiments, sweep_files
from situation.runs.writing import NewRun
from situation.scenario import Scenario

__all__ = ["StoredSweep", "stored_sweep"]

_SWEEPS_FOLDER = RUNS_FOLDER / "sweeps"


@frozen
class StoredSweep:
    """A sweep in its folder: what it answers, its design, and what came of its stories."""

    folder: Path
    manifest: Mapping[str, Any]
    answer: Mapping[str, Any]
    design: Design
    experiments: Experiments


def stored_sweep(
    scenario: Scenario,
    record: Record,
    method: Method,
    names: tuple[str, ...] = (),
    size: int = 10,
    stories: int = 16,
    seed: int = 7,
    workers: int = 1,
    out: Path | None = None,
    folder: Path = _SWEEPS_FOLDER,
    bar: ProgressBar = no_progress_bar,
    note: Note = no_note,
    engine: EngineFor = any_engine,
) -> StoredSweep:
    """The sweep of a scenario in its folder: read where it is there, else simulated and written.

    Args:
        scenario, record: what the stories are of.
        method, size: the design, as `designs` says.
        names: the numbers to sweep; none: all that have a range.
        stories: how many at each point.
        seed: of the stories and of the design.
        workers: the number of processes; no result depends on it.
        out: the folder; None: one in `folder`, named after the scenario and the digest.
        bar: shows the progress.
        note: is told of what it costs before it begins, and of what was found broken or unfinished.
        engine: simulates the stories; no result depends on it.

    Raises:
        Fault: there is no such number, a size is out of range, or SALib is not installed and is needed.
        Interrupted: it was interrupted; its stories until then are kept.
        SituationError: the folder cannot be written or holds something else; or no story came to its end at every point.
    """
    check_size(seed, workers)
    priors = swept_numbers(scenario, names)
    check_design(method, len(priors), size, stories)
    design = design_of(method, priors, size, seed)
    identity = sweep_identity(scenario, record, method, size, priors, seed, stories)
    digest = str(identity["digest"])
    target, place = place_of(out, folder, folder_name(f"{scenario.id}-{method}", digest), note, identity)
    runs = len(design.points) * stories
    chunks = Chunks(place.parent / PARTIAL / digest, runs, digest)

    def tell(kept: int) -> None:
        numbers, points = count_in_words(len(priors), "number"), count_in_words(len(design.points), "point")
        note(f"{numbers}, {points} of {stories} stories: {runs:,} stories in all.")
        with bar(scenario.id, runs) as finished, engine(runs - kept):
            finished(kept)
            tell_points(scenario, record, design.points, seed, chunks, workers, finished)

    def fill(new: NewRun) -> Mapping[str, Any]:
        experiments = experiments_of(scenario, design.points, stories, chunks.read())
        answer = sweep_answer(scenario, record, design, experiments, seed)
        for name, content in sweep_files(scenario, design, experiments, answer).items():
            new.write(name, content)
        return identity

    def read(there: Path) -> StoredSweep:
        manifest = sound_manifest(there)
        check_listed(there, manifest)
        with readable(there / EXPERIMENTS):
            experiments = read_experiments(there / EXPERIMENTS, scenario, design.points, stories)
            answer = sweep_answer(scenario, record, design, experiments, seed)
            written = sweep_files(scenario, design, experiments, answer)[ANSWER]
        with readable(there / ANSWER):
            if (there / ANSWER).read_bytes() != written:
                raise BrokenRun(there / ANSWER, f"The file is not what {EXPERIMENTS} gives.")
        return StoredSweep(there, manifest, orjson.loads(written), design, experiments)

    with stories_kept(chunks):
        return evolve(read_or_make(place, chunks, read, tell, fill, note), folder=target)
