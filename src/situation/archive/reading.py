"""Reading an ensemble's run folder again: checked against its manifest, and whole."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from attrs import frozen

from situation.ensemble.columns import About, Ensemble
from situation.errors import Fault, SituationError

__all__ = ["Kept", "is_run", "open_run"]


@frozen
class Kept:
    """An ensemble as its folder holds it: the runs, the answers as they were written, and the manifest."""

    folder: Path
    manifest: Mapping[str, Any]
    answers: Mapping[str, Any]
    ensemble: Ensemble


def is_run(path: Path) -> bool:
    """Whether a folder is a run's."""
    return (path / "manifest.json").is_file()


def open_run(folder: Path) -> Kept:
    """Read an ensemble's folder.

    Raises:
        Fault: it is no run of an ensemble.
        SituationError: a file of it is gone or was changed.
    """
    if not is_run(folder):
        raise Fault(f"{folder}: This is no run folder.", "Name one that 'situation run' wrote.")
    manifest = orjson.loads((folder / "manifest.json").read_bytes())
    if manifest.get("kind") != "ensemble":
        raise Fault(f"{folder}: This run is no ensemble, but a {manifest.get('kind')}.", "Name one of 'situation run'.")
    for name, row in manifest["files"].items():
        path = folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != row["sha256"]:
            raise SituationError(f"{path}: The file is gone or was changed. Remove the folder, and run again.")
    about = orjson.loads((folder / "about.json").read_bytes())
    for name in ("questions", "assumed"):
        about[name] = dict(about.get(name) or {})
    about["days"] = tuple(about["days"])
    answers = orjson.loads((folder / "questions.json").read_bytes())
    return Kept(folder, manifest, answers, _ensemble(folder, About(**about)))


def _rows(folder: Path, name: str) -> dict[str, Any]:
    import pyarrow.parquet as pq

    table = pq.read_table(folder / name, use_threads=False)
    return {column: table.column(column).to_pylist() for column in table.column_names}


def _ensemble(folder: Path, about: About) -> Ensemble:
    runs = _rows(folder, "runs.parquet")
    men = _rows(folder, "strengths.parquet")
    draws = _rows(folder, "draws.parquet")
    strengths: dict[str, Any] = {}
    for run, actor, by_day in zip(men["run"], men["actor"], men["men"], strict=True):
        strengths.setdefault(actor, np.zeros((about.runs, len(about.days)), dtype=np.int32))[run] = by_day
    drawn: dict[str, dict[int, dict[str, Any]]] = {"numbers": {}, "forces": {}, "believed": {}}
    for kind, draw, name, value, text in zip(*(draws[column] for column in draws), strict=True):
        drawn[kind].setdefault(draw, {})[name] = (
            text if kind == "believed" else int(value) if kind == "forces" else value
        )

    def tuples(name: str) -> Any:
        found = _rows(folder, name)
        return tuple(zip(*found.values(), strict=True))

    return Ensemble(
        about,
        tuple(runs["reason"]),
        np.array(runs["entries"], dtype=np.int64),
        np.array(runs["gap"], dtype=np.int64),
        {question: np.array(runs[f"answer:{question}"], dtype=np.float64) for question in about.questions},
        tuples("holders.parquet"),
        strengths,
        tuples("clashes.parquet"),
        tuples("triggers.parquet"),
        drawn["numbers"],
        drawn["forces"],
        drawn["believed"],
        np.array(_rows(folder, "twins.parquet")["passages"], dtype=np.uint64),
    )
