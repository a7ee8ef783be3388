"""The tables of an ensemble's run folder read: their columns, and whether the rows can be those of its stories.

What every story has once, but for its answers, is held in memory; all else stays in its file, and is read when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np

from situation.chance.vectors import Floats
from situation.ensemble.design import parameter_of, record_of
from situation.ensemble.ensemble import About, Ensemble
from situation.ensemble.summary import TALLY_FIELDS
from situation.runs.manifest import BrokenRun
from situation.runs.stored_draws import stored_draws
from situation.runs.stored_tables import StoredDays, StoredRows, TableFile, check_columns
from situation.scenario.question import DEFAULT_RUNG, unit_of

__all__ = ["HAPPENED", "opened_ensemble", "read_ensemble"]

HAPPENED: Final[Mapping[str, Mapping[str, type]]] = {
    "holders.parquet": {"run": int, "place": str, "minute": int, "holder": str},
    "clashes.parquet": {"run": int, "pair": str, "rung": int, "minute": int},
    "triggers.parquet": {"run": int, "given": str, "minute": int},
    "fates.parquet": {"run": int, "actor": str, "minute": int, **dict.fromkeys(TALLY_FIELDS, int)},
}
"""The columns of the tables of what happened, in their order."""


def read_ensemble(folder: Path, about: About) -> Ensemble:
    """An ensemble from its tables, all of which are read through.

    Raises:
        BrokenRun: a table is gone, damaged, has other columns, or has rows that no story of the ensemble gives.
    """
    for name, kinds in HAPPENED.items():
        _check_happened(folder / name, StoredRows(folder / name, kinds), about)
    _check_daily(folder / "twins.parquet", "passages", about, np.uint64, 1)
    ensemble = opened_ensemble(folder, about)
    actors = max(1, len(ensemble.strengths))
    _check_daily(folder / "strengths.parquet", "men", about, np.int32, actors, tuple(ensemble.strengths))
    _check(folder, ensemble)
    return ensemble


def opened_ensemble(folder: Path, about: About) -> Ensemble:
    """An ensemble from its tables; those that stay in their files are not looked at.

    Raises:
        BrokenRun: a table is gone, damaged or has other columns.
    """
    answers, runs = _runs(folder / "runs.parquet", about)
    holders, clashes, fired, fates = (StoredRows(folder / name, kinds) for name, kinds in HAPPENED.items())
    numbers, forces, believed = stored_draws(folder / "draws.parquet")
    twins, men = TableFile(folder / "twins.parquet"), TableFile(folder / "strengths.parquet")
    shape = (about.runs, len(about.days))
    actors = _actors(men)
    return Ensemble(
        about,
        tuple(runs["reason"]),
        runs["entries"],
        runs["gap"],
        answers,
        holders,
        {
            actor: StoredDays(men, "men", shape, np.dtype(np.int32), (len(actors), place))
            for place, actor in enumerate(actors)
        },
        clashes,
        fired,
        numbers,
        forces,
        believed,
        StoredDays(twins, "passages", shape, np.dtype(np.uint64)),
        fates,
    )


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


class _Answers(Mapping[str, Floats]):
    """The answers to each question, in their file: those to one are held at a time."""

    def __init__(self, file: TableFile, about: About) -> None:
        self._file, self._about = file, about
        self._held: tuple[str, Floats] = ("", np.zeros(0))

    def __iter__(self) -> Iterator[str]:
        return iter(self._about.questions)

    def __len__(self) -> int:
        return len(self._about.questions)

    def __getitem__(self, question: str) -> Floats:
        name, values = self._held
        if name != question:
            if question not in self._about.questions:
                raise KeyError(question)
            values = np.empty(self._about.runs)
            start = 0
            for group in self._file.groups([f"answer:{question}"]):
                values[start : start + len(group)] = group.column(0).to_numpy()
                start += len(group)
            self._held = question, values
        return values


def _runs(path: Path, about: About) -> tuple[_Answers, dict[str, Any]]:
    """The table of a row a story: its answers, and its columns `entries`, `gap` and `reason`."""
    kinds = {
        **dict.fromkeys(("run", "record", "parameter", "chance"), int),
        "reason": str,
        "entries": int,
        "gap": int,
        **{f"answer:{name}": float for name in about.questions},
    }
    file = TableFile(path)
    with file.opened() as table:
        check_columns(path, table.schema_arrow, kinds)
        if table.metadata.num_rows != about.runs:
            raise BrokenRun(path, f"It has not a row for each of {about.runs:,} stories.")
    columns: dict[str, Any] = {name: np.empty(about.runs, np.int64) for name in ("entries", "gap")}
    reasons: list[str] = []
    start = 0
    for group in file.groups(list(kinds)):
        stop = start + len(group)
        for name, kind in kinds.items():
            if kind is not str and group.column(name).null_count:
                raise BrokenRun(path, f"The column '{name}' lacks values.")
        if group.column("reason").null_count or (group.column("run").to_numpy() != np.arange(start, stop)).any():
            raise BrokenRun(path, f"It has not a row for each of {about.runs:,} stories, or lacks values.")
        for name, values in columns.items():
            values[start:stop] = group.column(name).to_numpy()
        reasons += group.column("reason").to_pylist()
        start = stop
    return _Answers(file, about), {**columns, "reason": reasons}


def _check_happened(path: Path, rows: StoredRows, about: About) -> None:
    """Refuse a table of what happened that tells of what no story of the ensemble can."""
    before = 0
    for group in rows.groups():
        runs, minutes = group.numbers("run"), group.numbers("minute")
        if int(runs[0]) < before or (np.diff(runs) < 0).any() or int(runs[-1]) >= about.runs:
            raise BrokenRun(path, f"It names stories that are none of {about.runs:,}, or not in their order.")
        before = int(runs[-1])
        if not (about.at <= int(minutes.min()) and int(minutes.max()) <= about.end):
            raise BrokenRun(path, "It tells of times that lie outside the stories.")
        if "rung" in group.columns and not np.isin(group.numbers("rung"), range(1, DEFAULT_RUNG + 1)).all():
            raise BrokenRun(path, "It tells of rungs that the ladder has not.")
        if "pair" in group.columns and not all(str(word).count(":") == 1 for word in group.words("pair").words):
            raise BrokenRun(path, "It tells of pairs that are none.")


def _actors(file: TableFile) -> tuple[str, ...]:
    """The actors whose men are counted, in their order: those of the first story."""
    with file.opened() as table:
        check_columns(file.path, table.schema_arrow, {"run": int, "actor": str})
    actors: list[Any] = []
    for group in file.groups(["run", "actor"]):
        runs = group.column("run").to_numpy()
        actors += group.column("actor").slice(0, int((runs == 0).sum())).to_pylist()
        if len(runs) and runs[-1] != 0:
            break
    return tuple(actors)


def _check_daily(path: Path, name: str, about: About, kind: Any, each: int, actors: tuple[str, ...] = ()) -> None:
    """Refuse a table that has not a value for each day, run and actor, in their order."""
    import pyarrow as pa

    file = TableFile(path)
    kinds: dict[str, Any] = {
        "run": int,
        **({"actor": str} if actors else {}),
        name: pa.list_(pa.from_numpy_dtype(kind)),
    }
    with file.opened() as table:
        check_columns(path, table.schema_arrow, kinds)
        count = table.metadata.num_rows
        if count != about.runs * each and (count or actors or name == "passages"):
            raise BrokenRun(path, f"It has not a row for each of {about.runs:,} stories.")
    start = 0
    for group in file.groups(list(kinds), ["actor"] if actors else None):
        column = group.column(name).chunk(0)
        values = column.flatten()
        short = (
            len(values) != len(column) * len(about.days)
            or not (np.diff(column.offsets.to_numpy()) == len(about.days)).all()
        )
        if short or values.null_count or any(group.column(key).null_count for key in kinds):
            raise BrokenRun(path, f"It has not a value for each of {len(about.days):,} days, or lacks values.")
        rows = np.arange(start, start + len(group))
        if not np.array_equal(group.column("run").to_numpy(), rows // each):
            raise BrokenRun(path, f"It has not the rows of {about.runs:,} stories in their order.")
        if actors:
            coded = group.column("actor").chunk(0)
            places = [actors.index(it) if it in actors else -1 for it in coded.dictionary.to_pylist()]
            if not np.array_equal(np.array(places)[coded.indices.to_numpy()], rows % each):
                raise BrokenRun(path, "It has not the men of each actor in each story.")
        start += len(group)
