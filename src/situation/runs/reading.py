"""Reading an ensemble's run folder again: checked against its manifest, and whole."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson
from attrs import frozen

from situation.ensemble.draw_table import DrawKind, DrawTable
from situation.ensemble.ensemble import FATE_COLUMNS, WORD_COLUMNS, About, Ensemble
from situation.ensemble.run_table import RunTable, RunTableBuilder, WordColumn
from situation.errors import Fault, SituationError
from situation.runs.folder import PAGE

__all__ = ["Kept", "csv_of", "is_run", "manifest_of", "open_run"]


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


def manifest_of(folder: Path, anew: bool = False) -> dict[str, Any]:
    """The manifest of a run folder, with its other files checked against it; the page may be missing.

    Args:
        folder: the folder of a replay, an ensemble or a comparison.
        anew: whether the page is about to be made anew, so that it may be anything.

    Raises:
        Fault: it is no run folder.
        SituationError: a file of it is gone or was changed.
    """
    if not is_run(folder):
        raise Fault(f"{folder}: This is no run folder.", "Name one that 'situation run' wrote.")
    manifest: dict[str, Any] = orjson.loads((folder / "manifest.json").read_bytes())
    for name, row in manifest["files"].items():
        path = folder / name
        if name == PAGE and (anew or not path.exists()):
            continue
        if not path.is_file() or _digest(path) != row["sha256"]:
            todo = "Make it anew with 'situation dashboard'" if name == PAGE else "Remove the folder, and run again"
            raise SituationError(f"{path}: The file is gone or was changed. {todo}.")
    return manifest


def open_run(folder: Path, anew: bool = False) -> Kept:
    """Read an ensemble's folder. Its page may be missing.

    Args:
        folder: the folder.
        anew: whether its page is about to be made anew, so that it may be anything.

    Raises:
        Fault: it is no run of an ensemble.
        SituationError: a file of it is gone or was changed.
    """
    manifest = manifest_of(folder, anew)
    if manifest.get("kind") != "ensemble":
        raise Fault(f"{folder}: This run is no ensemble, but a {manifest.get('kind')}.", "Name one of 'situation run'.")
    about = orjson.loads((folder / "about.json").read_bytes())
    for name in ("questions", "assumed"):
        about[name] = dict(about.get(name) or {})
    about["days"] = tuple(about["days"])
    answers = orjson.loads((folder / "questions.json").read_bytes())
    return Kept(folder, manifest, answers, _ensemble(folder, About(**about)))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _ensemble(folder: Path, about: About) -> Ensemble:
    import pyarrow.parquet as pq

    runs = pq.read_table(folder / "runs.parquet", use_threads=False)
    numbers, forces, believed = _drawn(folder)
    return Ensemble(
        about,
        tuple(runs.column("reason").to_pylist()),
        runs.column("entries").to_numpy(),
        runs.column("gap").to_numpy(),
        {question: runs.column(f"answer:{question}").to_numpy() for question in about.questions},
        _happened(folder, "holders.parquet"),
        _strengths(folder, about),
        _happened(folder, "clashes.parquet"),
        _happened(folder, "triggers.parquet"),
        numbers,
        forces,
        believed,
        _passages(folder, about),
        _happened(folder, "fates.parquet")
        if (folder / "fates.parquet").is_file()
        else RunTableBuilder(FATE_COLUMNS, WORD_COLUMNS).rows(),
    )


def _happened(folder: Path, name: str) -> RunTable:
    """A table of what happened, as columns."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = folder / name
    texts = [field.name for field in pq.read_schema(path) if pa.types.is_string(field.type)]
    table = pq.read_table(path, read_dictionary=texts, use_threads=False).unify_dictionaries().combine_chunks()
    told: dict[str, Any] = {}
    for column in table.column_names:
        values = table.column(column)
        if column in texts:
            told[column] = _words(values)
        else:
            kind = np.float64 if column == "value" else np.int32 if column == "run" else np.int64
            told[column] = values.to_numpy().astype(kind, copy=False)
    return RunTable(told)


def _words(column: Any) -> WordColumn:
    """A column of text in Arrow's form, in which nothing stands for nobody."""
    import pyarrow as pa

    if not len(column):
        return WordColumn((), np.zeros(0, dtype=np.int16))
    coded = column.chunk(0)
    words = coded.dictionary.to_pylist()
    nobody = coded.indices.null_count > 0
    codes = coded.indices.fill_null(pa.scalar(len(words), type=coded.indices.type)).to_numpy()
    return WordColumn.of([*words, None] if nobody else words, codes)


def _drawn(folder: Path) -> tuple[DrawTable, ...]:
    """The numbers, the forces and the answers to disputes that were drawn."""
    rows = _happened(folder, "draws.parquet")
    told = []
    kinds: dict[str, DrawKind] = {"numbers": "numbers", "forces": "counts", "believed": "words"}
    for name, kind in kinds.items():
        mine = rows.only(rows.where(kind=name))
        names, first = np.unique(mine.words("name").codes, return_index=True)
        order = names[np.argsort(first)]
        draws, places = np.unique(mine.numbers("draw"), return_inverse=True)
        columns = np.zeros(len(rows.words("name").words), dtype=np.int64)
        columns[order] = np.arange(len(order))
        table = np.full((len(draws), len(order)), np.nan)
        values = mine.words("text").codes if kind == "words" else mine.numbers("value")
        table[places, columns[mine.words("name").codes]] = values
        words = tuple(str(word) for word in rows.words("text").words if word is not None)
        named = tuple(str(rows.words("name").words[code]) for code in order)
        told.append(DrawTable(kind, draws, named, table, words if kind == "words" else ()))
    return tuple(told)


def _strengths(folder: Path, about: About) -> dict[str, npt.NDArray[np.int32]]:
    """The men of each actor by run and day."""
    told: dict[str, npt.NDArray[np.int32]] = {}
    for group in _groups(folder / "strengths.parquet"):
        runs, men = group.column("run").to_numpy(), _lists(group.column("men"))
        actors = np.array(group.column("actor").to_pylist(), dtype=object)
        for actor in dict.fromkeys(actors.tolist()):
            mine = actors == actor
            rows = told.setdefault(str(actor), np.zeros((about.runs, len(about.days)), dtype=np.int32))
            rows[runs[mine]] = men[mine]
    return told


def _passages(folder: Path, about: About) -> npt.NDArray[np.uint64]:
    told = np.zeros((about.runs, len(about.days)), dtype=np.uint64)
    for group in _groups(folder / "twins.parquet"):
        told[group.column("run").to_numpy()] = _lists(group.column("passages"))
    return told


def _groups(path: Path) -> Iterator[Any]:
    """The groups of rows of a table that have any, one after another."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        for number in range(file.num_row_groups):
            group = file.read_row_group(number, use_threads=False).combine_chunks()
            if len(group):
                yield group


def _lists(column: Any) -> npt.NDArray[Any]:
    """A column of lists of one length, as an array of a row a list."""
    values: npt.NDArray[Any] = column.chunk(0).flatten().to_numpy()
    return values.reshape(len(column), -1)


def csv_of(table: Path) -> bytes:
    """A Parquet file as CSV: a row a line, an empty field for what is not there, a list as JSON."""
    import pyarrow.parquet as pq

    found = pq.read_table(table, use_threads=False)
    columns = [found.column(name).to_pylist() for name in found.column_names]
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(found.column_names)
    for row in zip(*columns, strict=True):
        rows.writerow(
            ["" if cell is None else orjson.dumps(cell).decode() if isinstance(cell, list) else cell for cell in row]
        )
    return text.getvalue().encode()
