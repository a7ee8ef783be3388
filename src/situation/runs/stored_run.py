"""Reading an ensemble's run folder, checked against its manifest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson
from attrs import frozen

from situation.ensemble.draw_table import DrawKind, DrawTable
from situation.ensemble.ensemble import About, Ensemble
from situation.ensemble.run_table import RunTable, WordColumn
from situation.errors import Fault
from situation.page.judgements import Judgement
from situation.runs.folder import sound_manifest
from situation.runs.manifest import JUDGEMENTS, BrokenRun, readable

__all__ = ["StoredRun", "open_run", "stored_judgements"]


@frozen
class StoredRun:
    """An ensemble read from its folder: its stories, the answers and judgements as they were written, and the manifest."""

    folder: Path
    manifest: Mapping[str, Any]
    answers: Mapping[str, Any]
    ensemble: Ensemble
    judgements: tuple[Judgement, ...] = ()


def stored_judgements(folder: Path) -> tuple[Judgement, ...]:
    """The key judgements of a replay or an ensemble, as its folder holds them; none of one that an older version wrote."""
    file = folder / JUDGEMENTS
    if not file.exists():
        return ()
    with readable(folder):
        return tuple({"kind": str(it["kind"]), "text": str(it["text"])} for it in orjson.loads(file.read_bytes()))


def open_run(folder: Path) -> StoredRun:
    """Read an ensemble's folder. Its page is not looked at: it is made of the other files.

    Raises:
        Fault: it is no run of an ensemble.
        BrokenRun: its manifest or a file of it is gone or was changed.
    """
    manifest = sound_manifest(folder)
    if manifest["kind"] != "ensemble":
        raise Fault(f"{folder}: This run is no ensemble, but a {manifest['kind']}.", "Name one of 'situation run'.")
    with readable(folder):
        about = orjson.loads((folder / "about.json").read_bytes())
        for name in ("questions", "assumed"):
            about[name] = dict(about.get(name) or {})
        about["days"] = tuple(about["days"])
        answers = orjson.loads((folder / "questions.json").read_bytes())
        ensemble = _ensemble(folder, About(**about))
        if (ensemble.about.runs, ensemble.about.seed) != (manifest["runs"], manifest["seed"]):
            raise BrokenRun(folder / "about.json", "The file is of another run.")
        return StoredRun(folder, manifest, answers, ensemble, stored_judgements(folder))


def _ensemble(folder: Path, about: About) -> Ensemble:
    import pyarrow.parquet as pq

    runs = pq.read_table(folder / "runs.parquet", use_threads=False)
    numbers, forces, believed = _draw_tables(folder)
    return Ensemble(
        about,
        tuple(runs.column("reason").to_pylist()),
        runs.column("entries").to_numpy(),
        runs.column("gap").to_numpy(),
        {question: runs.column(f"answer:{question}").to_numpy() for question in about.questions},
        _run_table(folder, "holders.parquet"),
        _strengths(folder, about),
        _run_table(folder, "clashes.parquet"),
        _run_table(folder, "triggers.parquet"),
        numbers,
        forces,
        believed,
        _passages(folder, about),
        _run_table(folder, "fates.parquet"),
    )


def _run_table(folder: Path, name: str) -> RunTable:
    """A table of what happened in the stories, as columns."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = folder / name
    texts = [field.name for field in pq.read_schema(path) if pa.types.is_string(field.type)]
    table = pq.read_table(path, read_dictionary=texts, use_threads=False).unify_dictionaries().combine_chunks()
    columns: dict[str, Any] = {}
    for column in table.column_names:
        values = table.column(column)
        if column in texts:
            columns[column] = _words(values)
        else:
            kind = np.float64 if column == "value" else np.int32 if column == "run" else np.int64
            columns[column] = values.to_numpy().astype(kind, copy=False)
    return RunTable(columns)


def _words(column: Any) -> WordColumn:
    """A column of text from Arrow's form; null there is None here."""
    import pyarrow as pa

    if not len(column):
        return WordColumn((), np.zeros(0, dtype=np.int16))
    coded = column.chunk(0)
    words = coded.dictionary.to_pylist()
    nobody = coded.indices.null_count > 0
    codes = coded.indices.fill_null(pa.scalar(len(words), type=coded.indices.type)).to_numpy()
    return WordColumn.of([*words, None] if nobody else words, codes)


def _draw_tables(folder: Path) -> tuple[DrawTable, ...]:
    """The numbers, the forces and the answers to disputes that were drawn."""
    rows = _run_table(folder, "draws.parquet")
    tables = []
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
        tables.append(DrawTable(kind, draws, named, table, words if kind == "words" else ()))
    return tuple(tables)


def _strengths(folder: Path, about: About) -> dict[str, npt.NDArray[np.int32]]:
    """The men of each actor by run and day."""
    by_actor: dict[str, npt.NDArray[np.int32]] = {}
    for group in _groups(folder / "strengths.parquet"):
        runs, men = group.column("run").to_numpy(), _lists(group.column("men"))
        actors = np.array(group.column("actor").to_pylist(), dtype=object)
        for actor in dict.fromkeys(actors.tolist()):
            mine = actors == actor
            rows = by_actor.setdefault(str(actor), np.zeros((about.runs, len(about.days)), dtype=np.int32))
            rows[runs[mine]] = men[mine]
    return by_actor


def _passages(folder: Path, about: About) -> npt.NDArray[np.uint64]:
    passages = np.zeros((about.runs, len(about.days)), dtype=np.uint64)
    for group in _groups(folder / "twins.parquet"):
        passages[group.column("run").to_numpy()] = _lists(group.column("passages"))
    return passages


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
