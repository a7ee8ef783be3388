"""The files of an ensemble's run folder: manifest, scenario as run, questions, and tables in Parquet."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson

from situation.chance.vectors import Ints
from situation.clock import DAY
from situation.ensemble.ensemble import Ensemble
from situation.ensemble.run_table import WordColumn
from situation.runs.folder import PAGE
from situation.runs.identity import scenario_as_run
from situation.runs.parquet import parquet, parquet_of_lists, parquet_of_rows
from situation.scenario import Scenario
from situation.testimony.codec import plain

__all__ = ["ensemble_files", "listed"]

OPTION = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
POINTS = (5, 25, 50, 75, 95)


def listed(files: Mapping[str, bytes]) -> dict[str, dict[str, Any]]:
    """Size and digest of each file, for a manifest."""
    return {
        name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in sorted(files.items())
    }


def ensemble_files(
    found: Ensemble, scenario: Scenario, answers: Mapping[str, Any], identity: Mapping[str, Any], page: str = ""
) -> dict[str, bytes]:
    """Every file of an ensemble's folder, by name; `page` is its page, where there is one."""
    files = {
        **({PAGE: page.encode()} if page else {}),
        **({"scenario.yaml": scenario.text.encode()} if scenario.text else {}),
        **({"compared-with.yaml": scenario.twin.encode()} if scenario.twin else {}),
        "scenario.json": orjson.dumps(scenario_as_run(scenario), option=OPTION),
        "about.json": orjson.dumps(plain(found.about), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE),
        "questions.json": orjson.dumps(answers, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE),
        **_runs(found),
        **_events(found),
        **_draws(found),
        **_by_day(found),
        "passages.parquet": _passages(found),
    }
    return {**files, "manifest.json": orjson.dumps({**identity, "files": listed(files)}, option=OPTION)}


def _runs(found: Ensemble) -> dict[str, bytes]:
    import pyarrow as pa

    columns: dict[str, Any] = {
        "run": found.runs,
        "record": found.record,
        "parameter": found.parameter,
        "chance": found.runs,
        "reason": list(found.reasons),
        "entries": found.entries,
        "gap": found.gaps,
    }
    types: dict[str, Any] = {name: pa.int64() for name in columns} | {"reason": pa.string()}
    for question, values in found.answers.items():
        columns[f"answer:{question}"] = values
        types[f"answer:{question}"] = pa.float64()
    return {
        "runs.parquet": parquet(columns, types),
        "twins.parquet": parquet_of_lists(
            {"run": lambda rows: rows}, "passages", lambda rows: found.passages[rows], found.about.runs
        ),
        "strengths.parquet": _strengths(found),
    }


def _strengths(found: Ensemble) -> bytes:
    """A row a run and actor, its men by day."""
    actors = tuple(found.strengths)
    if not actors:
        return parquet_of_lists(
            {"run": lambda rows: rows, "actor": lambda rows: WordColumn((), rows)}, "men", _no_men, 0
        )

    def men(rows: Ints) -> npt.NDArray[np.int32]:
        told = np.empty((len(rows), len(found.about.days)), dtype=np.int32)
        for place, actor in enumerate(actors):
            mine = rows % len(actors) == place
            told[mine] = found.strengths[actor][rows[mine] // len(actors)]
        return told

    columns: dict[str, Any] = {
        "run": lambda rows: rows // len(actors),
        "actor": lambda rows: WordColumn(actors, (rows % len(actors)).astype(np.int16)),
    }
    return parquet_of_lists(columns, "men", men, found.about.runs * len(actors))


def _no_men(rows: Ints) -> npt.NDArray[np.int32]:
    return np.zeros((len(rows), 0), dtype=np.int32)


def _events(found: Ensemble) -> dict[str, bytes]:
    tables = {"holders.parquet": found.holders, "clashes.parquet": found.clashes, "triggers.parquet": found.fired}
    tables |= {"fates.parquet": found.fates}
    return {file: parquet_of_rows(rows) for file, rows in tables.items()}


def _draws(found: Ensemble) -> dict[str, bytes]:
    """What was drawn: numbers by draw of the parameters; forces and the sides taken in disputes by that of the record."""
    import pyarrow as pa

    parts = []
    for kind, drawn in (("numbers", found.numbers), ("forces", found.forces), ("believed", found.believed)):
        draws, names, values = drawn.flat()
        spoken = kind == "believed"
        words = pa.array(drawn.words, type=pa.string())
        none = pa.nulls(len(draws))
        parts.append(
            {
                "kind": pa.repeat(pa.scalar(kind), len(draws)),
                "draw": pa.array(draws),
                "name": pa.array(drawn.names, type=pa.string()).take(pa.array(names)),
                "value": none.cast(pa.float64()) if spoken else pa.array(values),
                "text": words.take(pa.array(values.astype(np.int64))) if spoken else none.cast(pa.string()),
            }
        )
    kinds = {"kind": pa.string(), "draw": pa.int64(), "name": pa.string(), "value": pa.float64(), "text": pa.string()}
    columns = {name: pa.concat_arrays([part[name] for part in parts]) for name in kinds}
    return {"draws.parquet": parquet(columns, kinds)}


def _by_day(found: Ensemble) -> dict[str, bytes]:
    """For reading: the share of runs in which each holds each place, by day; and the bands of every actor's men."""
    import pyarrow as pa

    about = found.about
    days = np.asarray(about.days)
    ok = found.ok
    count = max(1, int(ok.sum()))
    tally: dict[tuple[str, str], Any] = {}
    for (place, holder), diff in _changes(found, days).items():
        tally[place, holder or ""] = np.cumsum(diff)[:-1]
    rows = [
        (day, place, holder or None, int(row[day]) / count)
        for (place, holder), row in sorted(tally.items())
        for day in range(len(days))
        if row[day]
    ]
    kinds = {"day": pa.int64(), "place": pa.string(), "holder": pa.string(), "share": pa.float64()}
    control = {name: [row[place] for row in rows] for place, name in enumerate(kinds)}
    bands: list[tuple[Any, ...]] = []
    for actor, men in found.strengths.items():
        kept = men[ok]
        if len(kept):
            points = np.percentile(kept, POINTS, axis=0, method="nearest")
            means = kept.mean(axis=0)
            bands += [(day, actor, float(means[day]), *map(int, points[:, day])) for day in range(len(days))]
    named = ("day", "actor", "mean", *(f"p{point:02d}" for point in POINTS))
    types = {name: pa.int64() for name in named} | {"actor": pa.string(), "mean": pa.float64()}
    return {
        "control_by_day.parquet": parquet(control, kinds),
        "strengths_by_day.parquet": parquet({name: [row[i] for row in bands] for i, name in enumerate(named)}, types),
    }


def _changes(found: Ensemble, days: Any) -> dict[tuple[str, str | None], Any]:
    """From a place and a holder to how many more runs it holds it in from each day's end on; one day more than there is."""
    told: dict[tuple[str, str | None], Any] = {}
    for place in found.holders.words("place").words:
        rows = found.holders.only(found.holders.where(place=place))
        runs, starts = rows.numbers("run"), np.searchsorted(days, rows.numbers("minute"))
        stops = np.where(np.append(runs[1:], -1) == runs, np.append(starts[1:], 0), len(days))
        column = rows.words("holder")
        for code in np.unique(column.codes).tolist():
            mine = (column.codes == code) & (stops > starts)
            if mine.any():
                diff = np.bincount(starts[mine], minlength=len(days) + 1) - np.bincount(
                    stops[mine], minlength=len(days) + 1
                )
                told[str(place), column.words[code]] = diff
    return told


def _passages(found: Ensemble) -> bytes:
    """For each place and each who took it: in what share of the runs, and the day when first, as percentiles of these."""
    import pyarrow as pa

    about = found.about
    first: dict[tuple[str, str], Any] = {}
    for (place, holder), held in found.holders.only(found.holders.numbers("minute") > about.at).grouped(
        "place", "holder"
    ):
        if holder is not None:
            _, rows_of = np.unique(held.numbers("run"), return_index=True)
            first[place, holder] = (held.numbers("minute")[rows_of] - about.at) / DAY
    count = max(1, int(found.ok.sum()))
    named = ("place", "holder", "share", *(f"p{point:02d}" for point in POINTS))
    rows = [
        (place, holder, len(days) / count, *np.percentile(days, POINTS, method="nearest").tolist())
        for (place, holder), days in sorted(first.items())
    ]
    types = {name: pa.float64() for name in named} | {"place": pa.string(), "holder": pa.string()}
    return parquet({name: [row[place] for row in rows] for place, name in enumerate(named)}, types)
