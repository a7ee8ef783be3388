"""The files of an ensemble's run folder: manifest, scenario as run, questions, and tables in Parquet."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from typing import Any

import numpy as np
import orjson

from situation.archive.identity import scenario_as_run
from situation.clock import DAY
from situation.codec import plain
from situation.ensemble.columns import Ensemble
from situation.ensemble.design import index_of
from situation.scenario import Scenario

__all__ = ["ensemble_files", "listed", "parquet"]

OPTION = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
POINTS = (5, 25, 50, 75, 95)


def parquet(columns: Mapping[str, Any], types: Mapping[str, Any]) -> bytes:
    """Some columns as Parquet: in fixed row groups, without metadata of the writer's making."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([(name, types[name]) for name in columns])
    arrays = [pa.array(columns[name], type=types[name]) for name in columns]
    buffer = io.BytesIO()
    pq.write_table(
        pa.Table.from_arrays(arrays, schema=schema).combine_chunks(),
        buffer,
        compression="zstd",
        compression_level=9,
        row_group_size=65536,
        store_schema=False,
    )
    return buffer.getvalue()


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
        **({"index.html": page.encode()} if page else {}),
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

    runs = range(found.about.runs)
    index = [index_of(run) for run in runs]
    columns: dict[str, Any] = {
        "run": list(runs),
        "record": [it.record for it in index],
        "parameter": [it.parameter for it in index],
        "chance": [it.chance for it in index],
        "reason": list(found.reasons),
        "entries": found.entries,
        "gap": found.gaps,
    }
    types: dict[str, Any] = {name: pa.int64() for name in columns} | {"reason": pa.string()}
    for question, values in found.answers.items():
        columns[f"answer:{question}"] = values
        types[f"answer:{question}"] = pa.float64()
    twins = {"run": list(runs), "passages": list(found.passages)}
    men = {
        "run": [run for run in runs for _ in found.strengths],
        "actor": [actor for _ in runs for actor in found.strengths],
        "men": [found.strengths[actor][run] for run in runs for actor in found.strengths],
    }
    return {
        "runs.parquet": parquet(columns, types),
        "twins.parquet": parquet(twins, {"run": pa.int64(), "passages": pa.list_(pa.uint64())}),
        "strengths.parquet": parquet(men, {"run": pa.int64(), "actor": pa.string(), "men": pa.list_(pa.int32())}),
    }


def _events(found: Ensemble) -> dict[str, bytes]:
    import pyarrow as pa

    kinds = {
        "run": pa.int64(),
        "place": pa.string(),
        "minute": pa.int64(),
        "holder": pa.string(),
        "pair": pa.string(),
        "rung": pa.int64(),
        "given": pa.string(),
    }
    tables: dict[str, tuple[tuple[str, ...], Any]] = {
        "holders.parquet": (("run", "place", "minute", "holder"), found.holders),
        "clashes.parquet": (("run", "pair", "rung", "minute"), found.clashes),
        "triggers.parquet": (("run", "given", "minute"), found.fired),
    }
    return {
        file: parquet({name: [row[place] for row in rows] for place, name in enumerate(names)}, kinds)
        for file, (names, rows) in tables.items()
    }


def _draws(found: Ensemble) -> dict[str, bytes]:
    """What was drawn: numbers by draw of the parameters; forces and the sides taken in disputes by that of the record."""
    import pyarrow as pa

    rows: list[tuple[str, int, str, float | None, str | None]] = []
    rows += [
        ("numbers", i, name, value, None) for i, row in sorted(found.numbers.items()) for name, value in row.items()
    ]
    rows += [
        ("forces", i, name, float(value), None)
        for i, row in sorted(found.forces.items())
        for name, value in row.items()
    ]
    rows += [
        ("believed", i, name, None, text) for i, row in sorted(found.believed.items()) for name, text in row.items()
    ]
    kinds = {"kind": pa.string(), "draw": pa.int64(), "name": pa.string(), "value": pa.float64(), "text": pa.string()}
    columns = {name: [row[place] for row in rows] for place, name in enumerate(kinds)}
    return {"draws.parquet": parquet(columns, kinds)}


def _by_day(found: Ensemble) -> dict[str, bytes]:
    """For reading: the share of runs in which each holds each place, by day; and the bands of every actor's men."""
    import pyarrow as pa

    about = found.about
    days = np.asarray(about.days)
    ok = found.ok
    count = max(1, int(ok.sum()))
    tally: dict[tuple[str, str], Any] = {}
    open_rows: dict[tuple[int, str], tuple[int, str | None]] = {}

    def close(place: str, holder: str | None, start: int, stop: int) -> None:
        if stop > start:
            row = tally.setdefault((place, holder or ""), np.zeros(len(days), dtype=np.int64))
            row[start:stop] += 1

    for run, place, minute, holder in found.holders:
        first = int(np.searchsorted(days, minute))
        before = open_rows.get((run, place))
        if before is not None:
            close(place, before[1], before[0], first)
        open_rows[run, place] = (first, holder)
    for (_, place), (start, holder) in open_rows.items():
        close(place, holder, start, len(days))
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


def _passages(found: Ensemble) -> bytes:
    """For each place and each who took it: in what share of the runs, and the day when first, as percentiles of these."""
    import pyarrow as pa

    about = found.about
    first: dict[tuple[str, str], dict[int, float]] = {}
    for run, place, minute, holder in found.holders:
        if minute > about.at and holder is not None:
            first.setdefault((place, holder), {}).setdefault(run, (minute - about.at) / DAY)
    count = max(1, int(found.ok.sum()))
    named = ("place", "holder", "share", *(f"p{point:02d}" for point in POINTS))
    rows = [
        (place, holder, len(days) / count, *np.percentile(list(days.values()), POINTS, method="nearest").tolist())
        for (place, holder), days in sorted(first.items())
    ]
    types = {name: pa.float64() for name in named} | {"place": pa.string(), "holder": pa.string()}
    return parquet({name: [row[place] for row in rows] for place, name in enumerate(named)}, types)
