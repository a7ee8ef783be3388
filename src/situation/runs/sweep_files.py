"""The files of a sweep's folder: one tidy table of the experiments, in Parquet and as CSV, and what moves the answers."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from situation.ensemble.sweep.designs import Design
from situation.ensemble.sweep.points import Experiments, Points
from situation.runs.data_package import with_package
from situation.runs.identity import scenario_as_run
from situation.runs.manifest import json_bytes
from situation.runs.parquet import csv_of, parquet, table_of
from situation.scenario import Scenario
from situation.scenario.question import unit_of

__all__ = ["ANSWER", "EXPERIMENTS", "read_experiments", "sweep_files"]

ANSWER, EXPERIMENTS = "sweep.json", "experiments.parquet"
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


def sweep_files(
    scenario: Scenario, design: Design, experiments: Experiments, answer: Mapping[str, Any]
) -> dict[str, bytes]:
    """Every file of a sweep's folder but its manifest, by name."""
    table, columns = _table(design, experiments), _columns(scenario, design)
    files = {
        **({"scenario.yaml": scenario.text.encode()} if scenario.text else {}),
        "scenario.json": json_bytes(scenario_as_run(scenario), in_order=False),
        ANSWER: json_bytes({**answer, "columns": columns}),
        EXPERIMENTS: table,
        EXPERIMENTS.replace(".parquet", ".csv"): b"".join(csv_of(io.BytesIO(table))),
    }
    described = {row["column"]: (row["unit"], row["holds"]) for row in columns}
    return with_package(files, scenario.id, scenario.title, {EXPERIMENTS: ("a row a story, point by point", described)})


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


def read_experiments(path: Path, scenario: Scenario, points: Points, stories: int) -> Experiments:
    """The experiments of a sweep, from their table."""
    table = table_of(path)
    shape = (len(points), stories)

    def words(name: str) -> tuple[tuple[str, ...], ...]:
        column = np.array(table.column(name).to_pylist(), dtype=object).reshape(shape)
        return tuple(tuple(row) for row in column.tolist())

    answers = {name: table.column(f"answer:{name}").to_numpy().reshape(shape) for name in scenario.questions}
    return Experiments(points, words("reason"), answers, words("course"))
