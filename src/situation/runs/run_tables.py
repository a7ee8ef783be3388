"""The tables of an ensemble's run folder read: their columns, and whether the rows can be those of its stories."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from situation.ensemble.design import parameter_of, record_of
from situation.ensemble.draw_table import DrawKind, DrawTable
from situation.ensemble.ensemble import About, Ensemble
from situation.ensemble.run_table import RunTable, WordColumn
from situation.ensemble.summary import TALLY_FIELDS
from situation.runs.manifest import BrokenRun, readable
from situation.scenario.question import DEFAULT_RUNG, unit_of

__all__ = ["read_ensemble"]

_TABLES: Final[Mapping[str, Mapping[str, type]]] = {
    "holders.parquet": {"run": int, "place": str, "minute": int, "holder": str},
    "clashes.parquet": {"run": int, "pair": str, "rung": int, "minute": int},
    "triggers.parquet": {"run": int, "given": str, "minute": int},
    "fates.parquet": {"run": int, "actor": str, "minute": int, **dict.fromkeys(TALLY_FIELDS, int)},
    "draws.parquet": {"kind": str, "draw": int, "name": str, "value": float, "text": str},
}
"""The columns of the tables of what happened and what was drawn, in their order."""
_MAY_BE_NULL: Final = frozenset({"holder", "value", "text"})
_DRAWN: Final[Mapping[str, DrawKind]] = {"numbers": "numbers", "forces": "counts", "believed": "words"}
"""From the word in the table to what is drawn."""


def read_ensemble(folder: Path, about: About) -> Ensemble:
    """An ensemble from its tables.

    Raises:
        BrokenRun: a table is gone, damaged, has other columns, or has rows that no story of the ensemble gives.
    """
    runs = _runs(folder / "runs.parquet", about)
    holders, clashes, fired, fates = (
        _happened(folder / name, about)
        for name in ("holders.parquet", "clashes.parquet", "triggers.parquet", "fates.parquet")
    )
    numbers, forces, believed = _draws_in(folder / "draws.parquet")
    ensemble = Ensemble(
        about,
        tuple(runs.column("reason").to_pylist()),
        runs.column("entries").to_numpy(),
        runs.column("gap").to_numpy(),
        {question: runs.column(f"answer:{question}").to_numpy() for question in about.questions},
        holders,
        _strengths(folder / "strengths.parquet", about),
        clashes,
        fired,
        numbers,
        forces,
        believed,
        _passages(folder / "twins.parquet", about),
        fates,
    )
    _check(folder, ensemble)
    return ensemble


def _check(folder: Path, ensemble: Ensemble) -> None:
    """Refuse answers and draws that the stories of an ensemble cannot have."""
    ok = ensemble.ok
    for name, values in ensemble.answers.items():
        mine = values[ok]
        yes_or_no = unit_of(ensemble.about.questions[name]["ask"]) is None
        if np.isnan(mine).any() or (yes_or_no and not np.isin(mine, (0.0, 1.0)).all()):
            raise BrokenRun(folder / "runs.parquet", f"The column 'answer:{name}' holds what is no answer.")
    tables = (ensemble.numbers, parameter_of), (ensemble.forces, record_of), (ensemble.believed, record_of)
    for table, draw_of in tables:
        if table.names and not np.isin(draw_of(ensemble.runs[ok]), table.draws).all():
            raise BrokenRun(folder / "draws.parquet", "Draws of some stories are missing.")


def _columns(path: Path, schema: Any, kinds: Mapping[str, Any]) -> None:
    """Refuse a table that has other columns, or columns of another type."""
    import pyarrow as pa

    types: Mapping[Any, Any] = {int: pa.int64(), float: pa.float64(), str: pa.string()}
    for name, kind in kinds.items():
        expected = types.get(kind, kind)
        if name not in schema.names:
            raise BrokenRun(path, f"The column '{name}' is missing.")
        if schema.names.count(name) > 1 or schema.field(name).type != expected:
            raise BrokenRun(path, f"The column '{name}' is not of type {expected}.")


def _runs(path: Path, about: About) -> Any:
    """The table of a row a story."""
    import pyarrow.parquet as pq

    whole = dict.fromkeys(("run", "record", "parameter", "chance"), int)
    kinds = {**whole, "reason": str, "entries": int, "gap": int}
    with readable(path):
        table = pq.read_table(path, use_threads=False)
        _columns(path, table.schema, {**kinds, **{f"answer:{name}": float for name in about.questions}})
        answers = [table.column(f"answer:{name}") for name in about.questions]
        nulls = any(column.null_count for column in (*answers, *(table.column(name) for name in kinds)))
        if nulls or table.column("run").to_pylist() != list(range(about.runs)):
            raise BrokenRun(path, f"It has not a row for each of {about.runs:,} stories, or lacks values.")
        return table


def _happened(path: Path, about: About) -> RunTable:
    """A table of what happened in the stories."""
    rows = _table(path)
    runs, minutes = rows.numbers("run"), rows.numbers("minute")
    if len(rows) and not (int(runs.min()) >= 0 and int(runs.max()) < about.runs):
        raise BrokenRun(path, f"It names stories that are none of {about.runs:,}.")
    if len(rows) and not (about.at <= int(minutes.min()) and int(minutes.max()) <= about.end):
        raise BrokenRun(path, "It tells of times that lie outside the stories.")
    if "rung" in rows.columns and not np.isin(rows.numbers("rung"), range(1, DEFAULT_RUNG + 1)).all():
        raise BrokenRun(path, "It tells of rungs that the ladder has not.")
    if "pair" in rows.columns and not all(str(word).count(":") == 1 for word in rows.words("pair").words):
        raise BrokenRun(path, "It tells of pairs that are none.")
    rows.columns["run"] = runs.astype(np.int32, copy=False)
    return rows


def _table(path: Path) -> RunTable:
    """A table as columns, which are those that it must have."""
    import pyarrow.parquet as pq

    kinds = _TABLES[path.name]
    texts = [name for name, kind in kinds.items() if kind is str]
    parts: dict[str, list[npt.NDArray[Any]]] = {name: [] for name in kinds}
    words: dict[str, dict[str | None, int]] = {name: {} for name in texts}
    with readable(path), pq.ParquetFile(path, read_dictionary=texts, pre_buffer=False) as file:
        _columns(path, pq.read_schema(path), kinds)
        for number in range(file.num_row_groups):
            group = file.read_row_group(number, use_threads=False).combine_chunks()
            for name, kind in kinds.items() if len(group) else ():
                values = group.column(name)
                if values.null_count and name not in _MAY_BE_NULL:
                    raise BrokenRun(path, f"The column '{name}' lacks values.")
                if kind is str:
                    parts[name].append(_codes(values.chunk(0), words[name]))
                else:
                    parts[name].append(_in_few_bytes(values.to_numpy()) if kind is int else values.to_numpy())
    columns: dict[str, Any] = {}
    for name, kind in kinds.items():
        none = np.zeros(0, dtype=np.float64 if kind is float else np.int32)
        together = np.concatenate(parts.pop(name) or [none])
        columns[name] = WordColumn.of(tuple(words[name]), together) if kind is str else together
    return RunTable(columns)


def _in_few_bytes(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Whole numbers in four bytes each, where these hold them all."""
    fewer = values.astype(np.int32)
    return fewer if np.array_equal(fewer, values) else values


def _codes(coded: Any, known: dict[str | None, int]) -> npt.NDArray[np.int32]:
    """The numbers of some words of Arrow's form; words that are not known yet are added. Null there is None here."""
    import pyarrow as pa

    indices = coded.indices
    numbers = [known.setdefault(word, len(known)) for word in coded.dictionary.to_pylist()]
    if indices.null_count:
        indices = indices.fill_null(pa.scalar(len(numbers), type=indices.type))
        numbers.append(known.setdefault(None, len(known)))
    codes: npt.NDArray[np.int32] = np.array(numbers, dtype=np.int32)[indices.to_numpy()]
    return codes


def _draws_in(path: Path) -> tuple[DrawTable, ...]:
    """The numbers, the forces and the answers to disputes that were drawn."""
    rows = _table(path)
    if not set(rows.words("kind").words) <= {*_DRAWN}:
        raise BrokenRun(path, "It tells of draws of unknown kinds.")
    tables = []
    for name, kind in _DRAWN.items():
        mine = rows.only(rows.where(kind=name))
        lacking = mine.where(text=None).any() if kind == "words" else np.isnan(mine.numbers("value")).any()
        if len(mine) and lacking:
            raise BrokenRun(path, f"The draws of '{name}' lack values.")
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


def _strengths(path: Path, about: About) -> dict[str, npt.NDArray[np.int32]]:
    """The men of each actor by run and day."""
    by_actor: dict[str, npt.NDArray[np.int32]] = {}
    for group, runs, men in _daily(path, "men", about, np.int32, {"actor": str}):
        actors = np.array(group.column("actor").to_pylist(), dtype=object)
        for actor in dict.fromkeys(actors.tolist()):
            mine = actors == actor
            rows = by_actor.setdefault(str(actor), np.zeros((about.runs, len(about.days)), dtype=np.int32))
            rows[runs[mine]] = men[mine]
    return by_actor


def _passages(path: Path, about: About) -> npt.NDArray[np.uint64]:
    passages = np.zeros((about.runs, len(about.days)), dtype=np.uint64)
    for _, runs, rows in _daily(path, "passages", about, np.uint64):
        passages[runs] = rows
    return passages


def _daily(
    path: Path, name: str, about: About, kind: Any, further: Mapping[str, type] | None = None
) -> Iterator[tuple[Any, npt.NDArray[Any], npt.NDArray[Any]]]:
    """The groups of rows of a table that have any, one after another, with the runs and the values by day of each row."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {"run": int, **(further or {})}
    with readable(path), pq.ParquetFile(path) as file:
        _columns(path, file.schema_arrow, {**kinds, name: pa.list_(pa.from_numpy_dtype(kind))})
        for number in range(file.num_row_groups):
            group = file.read_row_group(number, use_threads=False).combine_chunks()
            if not len(group):
                continue
            column = group.column(name).chunk(0)
            values = column.flatten()
            short = (
                len(values) != len(column) * len(about.days)
                or not (np.diff(column.offsets.to_numpy()) == len(about.days)).all()
            )
            if short or values.null_count or any(group.column(key).null_count for key in kinds):
                raise BrokenRun(path, f"It has not a value for each of {len(about.days):,} days, or lacks values.")
            runs = group.column("run").to_numpy()
            if int(runs.min()) < 0 or int(runs.max()) >= about.runs:
                raise BrokenRun(path, f"It names stories that are none of {about.runs:,}.")
            yield group, runs, values.to_numpy().reshape(len(column), -1)
