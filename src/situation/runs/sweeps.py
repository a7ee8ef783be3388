"""Sweeps in their folders: one tidy table of the experiments, and what moves the answers. Read where they are there."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from attrs import evolve, frozen

from situation.ensemble.chunks import Chunks
from situation.ensemble.run import check_seed
from situation.ensemble.sweep.answer import sweep_answer
from situation.ensemble.sweep.designs import Design, Method, check_size, design_of
from situation.ensemble.sweep.numbers import swept_numbers
from situation.ensemble.sweep.points import Experiments, experiments_of, tell_points
from situation.errors import Fault
from situation.record.record import Record
from situation.runs.ensembles import Interrupted, ProgressBar, no_progress_bar
from situation.runs.finding import RUNS_FOLDER
from situation.runs.folder import PARTIAL, Note, no_note, set_aside_unmarked, sound_manifest
from situation.runs.identity import folder_name, scenario_as_run, sweep_identity
from situation.runs.making import read_or_make
from situation.runs.manifest import json_bytes, readable, with_manifest
from situation.runs.parquet import csv_of, parquet
from situation.scenario import Scenario
from situation.scenario.question import unit_of

__all__ = ["SWEEPS_FOLDER", "StoredSweep", "stored_sweep"]

SWEEPS_FOLDER = RUNS_FOLDER / "sweeps"
_TABLE, _ANSWER = "experiments", "sweep.json"
_COLUMNS = {
    "story": ("", "the number of the story: point * stories + replicate"),
    "point": ("", "the point of the design"),
    "replicate": ("", "which of the stories of a point: the same luck at every point"),
    "group": ("", "the trajectory (morris), row (sobol) or half (hypercube) of the point"),
    "moved": ("", "the number in which alone the point differs from the one that it is held against"),
    "against": ("", "that other point; -1 where there is none"),
    "course": ("", "a digest of all that happened: equal ones are the same story"),
    "reason": ("", "why the story failed; empty where it did not"),
}
"""The first columns of the table, with what each holds."""


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
    folder: Path = SWEEPS_FOLDER,
    bar: ProgressBar = no_progress_bar,
    note: Note = no_note,
) -> StoredSweep:
    """The sweep of a scenario in its folder: read where it is there, else told and written.

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

    Raises:
        Fault: there is no such number, a size is out of range, or SALib is not installed and is needed.
        Interrupted: it was interrupted; its stories until then are kept.
        SituationError: the folder cannot be written or holds something else; or no story came to its end at every point.
    """
    if workers < 1:
        raise Fault(f"{workers} is no number of processes.", "Give 1 or more.", argument="workers")
    check_seed(seed)
    priors = swept_numbers(scenario, names)
    check_size(method, len(priors), size, stories)
    design = design_of(method, priors, size, seed)
    identity = sweep_identity(scenario, record, method, size, priors, seed, stories)
    digest = str(identity["digest"])
    target = out or folder / folder_name(f"{scenario.id}-{method}", digest)
    place = target.resolve() if target.is_symlink() else target
    runs = len(design.points) * stories
    chunks = Chunks(place.parent / PARTIAL / digest, runs, digest)
    if out is None:
        set_aside_unmarked(place, note)

    def tell(kept: int) -> None:
        note(f"{len(priors)} numbers, {len(design.points):,} points of {stories} stories: {runs:,} stories in all.")
        with bar(scenario.id, runs) as finished:
            finished(kept)
            tell_points(scenario, record, design.points, seed, chunks, workers, finished)

    def files() -> dict[str, bytes]:
        experiments = experiments_of(scenario, design.points, stories, chunks.read())
        answer = sweep_answer(scenario, record, design, experiments, seed)
        return with_manifest(_files(scenario, design, experiments, answer), identity)

    def read(there: Path) -> StoredSweep:
        manifest = sound_manifest(there)
        with readable(there / _ANSWER):
            answer = orjson.loads((there / _ANSWER).read_bytes())
        with readable(there / f"{_TABLE}.parquet"):
            return StoredSweep(there, manifest, answer, design, _read_table(there, scenario, design, stories))

    try:
        return evolve(read_or_make(place, chunks, read, tell, files, note), folder=target)
    except KeyboardInterrupt as stopped:
        kept = runs - sum(stop - start for start, stop in chunks.missing())
        raise Interrupted(kept, runs, getattr(stopped, "code", None)) from None


def _files(scenario: Scenario, design: Design, experiments: Experiments, answer: Mapping[str, Any]) -> dict[str, bytes]:
    table = _table(design, experiments)
    return {
        **({"scenario.yaml": scenario.text.encode()} if scenario.text else {}),
        "scenario.json": json_bytes(scenario_as_run(scenario), in_order=False),
        _ANSWER: json_bytes({**answer, "columns": _columns(scenario, design)}),
        f"{_TABLE}.parquet": table,
        f"{_TABLE}.csv": b"".join(csv_of(io.BytesIO(table))),
    }


def _columns(scenario: Scenario, design: Design) -> list[dict[str, str]]:
    """Every column of the table, with its unit and what it holds."""
    rows = [{"column": name, "unit": unit, "holds": holds} for name, (unit, holds) in _COLUMNS.items()]
    rows += [
        {"column": f"number:{name}", "unit": prior.unit, "holds": f"the value of {name} at the point"}
        for name, prior in design.priors.items()
    ]
    for name, question in scenario.questions.items():
        unit = unit_of(question.ask)
        holds = "1 for yes, 0 for no" if unit is None else "inf where it never comes"
        rows.append({"column": f"answer:{name}", "unit": unit or "", "holds": f"{question.text or name}: {holds}"})
    return rows


def _table(design: Design, experiments: Experiments) -> bytes:
    """The experiments: a row a story, point by point."""
    import pyarrow as pa

    points, stories = len(design.points), len(experiments.ok)
    point = np.repeat(np.arange(points), stories)
    columns: dict[str, Any] = {
        "story": np.arange(points * stories),
        "point": point,
        "replicate": np.tile(np.arange(stories), points),
        "group": design.group[point],
        "moved": [design.moved[at] for at in point.tolist()],
        "against": design.against[point],
        "course": [course for row in experiments.courses for course in row],
        "reason": [reason for row in experiments.reasons for reason in row],
    }
    words = ("moved", "course", "reason")
    types = {name: pa.string() if name in words else pa.int64() for name in columns}
    for place, name in enumerate(design.points.names):
        columns[f"number:{name}"] = design.points.values[point, place]
    for name, values in experiments.answers.items():
        columns[f"answer:{name}"] = values.reshape(-1)
    return parquet(columns, {**dict.fromkeys(columns, pa.float64()), **types})


def _read_table(folder: Path, scenario: Scenario, design: Design, stories: int) -> Experiments:
    import pyarrow.parquet as pq

    table = pq.read_table(folder / f"{_TABLE}.parquet", use_threads=False)
    shape = (len(design.points), stories)

    def words(name: str) -> tuple[tuple[str, ...], ...]:
        column = np.array(table.column(name).to_pylist(), dtype=object).reshape(shape)
        return tuple(tuple(row) for row in column.tolist())

    answers = {name: table.column(f"answer:{name}").to_numpy().reshape(shape) for name in scenario.questions}
    return Experiments(design.points, words("reason"), answers, words("course"))
