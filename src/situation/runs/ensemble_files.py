"""The files of an ensemble's run folder: manifest, scenario as run, questions, and tables in Parquet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from situation.chance.vectors import Ints
from situation.dates import DAY
from situation.ensemble.ensemble import Ensemble
from situation.ensemble.run_table import WordColumn
from situation.page.judgements import Judgement
from situation.runs.data_package import DATA_PACKAGE, data_package
from situation.runs.identity import scenario_as_run
from situation.runs.manifest import JUDGEMENTS, PAGE, json_bytes, with_manifest
from situation.runs.parquet import parquet, parquet_of_lists, parquet_of_rows
from situation.scenario import Scenario
from situation.testimony.codec import plain

__all__ = ["ensemble_files"]

_PERCENTILES = (5, 25, 50, 75, 95)


def ensemble_files(
    ensemble: Ensemble,
    scenario: Scenario,
    answers: Mapping[str, Any],
    identity: Mapping[str, Any],
    page: str = "",
    judgements: Sequence[Judgement] | None = None,
) -> dict[str, bytes]:
    """Every file of an ensemble's folder, by name; `page` is its page, empty for none, and `judgements` what it comes to."""
    files = {
        **({PAGE: page.encode()} if page else {}),
        **({"scenario.yaml": scenario.text.encode()} if scenario.text else {}),
        **({"compared-with.yaml": scenario.twin.encode()} if scenario.twin else {}),
        "scenario.json": json_bytes(scenario_as_run(scenario), in_order=False),
        "about.json": json_bytes(plain(ensemble.about)),
        "questions.json": json_bytes(answers),
        **({JUDGEMENTS: json_bytes(list(judgements))} if judgements is not None else {}),
        **_run_tables(ensemble),
        **_event_tables(ensemble),
        **_draw_tables(ensemble),
        **_daily_tables(ensemble),
        "passages.parquet": _passage_table(ensemble),
    }
    return with_manifest({**files, DATA_PACKAGE: data_package(files, ensemble.about)}, identity)


def _run_tables(ensemble: Ensemble) -> dict[str, bytes]:
    import pyarrow as pa

    columns: dict[str, Any] = {
        "run": ensemble.runs,
        "record": ensemble.record,
        "parameter": ensemble.parameter,
        "chance": ensemble.runs,
        "reason": list(ensemble.reasons),
        "entries": ensemble.entries,
        "gap": ensemble.gaps,
    }
    types: dict[str, Any] = {name: pa.int64() for name in columns} | {"reason": pa.string()}
    for question, values in ensemble.answers.items():
        columns[f"answer:{question}"] = values
        types[f"answer:{question}"] = pa.float64()
    return {
        "runs.parquet": parquet(columns, types),
        "twins.parquet": parquet_of_lists(
            {"run": lambda rows: rows}, "passages", lambda rows: ensemble.day_digests[rows], ensemble.about.runs
        ),
        "strengths.parquet": _strength_table(ensemble),
    }


def _strength_table(ensemble: Ensemble) -> bytes:
    """A row for each run and actor, with its men by day."""
    actors = tuple(ensemble.strengths)
    if not actors:
        return parquet_of_lists(
            {"run": lambda rows: rows, "actor": lambda rows: WordColumn((), rows)}, "men", _no_men, 0
        )

    def men(rows: Ints) -> npt.NDArray[np.int32]:
        table = np.empty((len(rows), len(ensemble.about.days)), dtype=np.int32)
        for place, actor in enumerate(actors):
            mine = rows % len(actors) == place
            table[mine] = ensemble.strengths[actor][rows[mine] // len(actors)]
        return table

    columns: dict[str, Any] = {
        "run": lambda rows: rows // len(actors),
        "actor": lambda rows: WordColumn(actors, (rows % len(actors)).astype(np.int16)),
    }
    return parquet_of_lists(columns, "men", men, ensemble.about.runs * len(actors))


def _no_men(rows: Ints) -> npt.NDArray[np.int32]:
    return np.zeros((len(rows), 0), dtype=np.int32)


def _event_tables(ensemble: Ensemble) -> dict[str, bytes]:
    tables = {
        "holders.parquet": ensemble.holders,
        "clashes.parquet": ensemble.clashes,
        "triggers.parquet": ensemble.fired,
    }
    tables |= {"fates.parquet": ensemble.fates}
    return {file: parquet_of_rows(rows) for file, rows in tables.items()}


def _draw_tables(ensemble: Ensemble) -> dict[str, bytes]:
    """The draws: numbers by draw of the parameters; forces and accepted answers to disputes by draw of the record."""
    import pyarrow as pa

    parts = []
    for kind, table in (("numbers", ensemble.numbers), ("forces", ensemble.forces), ("believed", ensemble.believed)):
        draws, names, values = table.flat()
        in_words = kind == "believed"
        words = pa.array(table.words, type=pa.string())
        none = pa.nulls(len(draws))
        parts.append(
            {
                "kind": pa.repeat(pa.scalar(kind), len(draws)),
                "draw": pa.array(draws),
                "name": pa.array(table.names, type=pa.string()).take(pa.array(names)),
                "value": none.cast(pa.float64()) if in_words else pa.array(values),
                "text": words.take(pa.array(values.astype(np.int64))) if in_words else none.cast(pa.string()),
            }
        )
    kinds = {"kind": pa.string(), "draw": pa.int64(), "name": pa.string(), "value": pa.float64(), "text": pa.string()}
    columns = {name: pa.concat_arrays([part[name] for part in parts]) for name in kinds}
    return {"draws.parquet": parquet(columns, kinds)}


def _daily_tables(ensemble: Ensemble) -> dict[str, bytes]:
    """Tables for people: the share of runs in which each actor holds each place by day, and bands of every actor's men."""
    import pyarrow as pa

    about = ensemble.about
    days = np.asarray(about.days)
    ok = ensemble.ok
    count = max(1, int(ok.sum()))
    tally: dict[tuple[str, str], Any] = {}
    for (place, holder), diff in _changes_by_day(ensemble, days).items():
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
    for actor, men in ensemble.strengths.items():
        of_ended_runs = men[ok]
        if len(of_ended_runs):
            points = np.percentile(of_ended_runs, _PERCENTILES, axis=0, method="nearest")
            means = of_ended_runs.mean(axis=0)
            bands += [(day, actor, float(means[day]), *map(int, points[:, day])) for day in range(len(days))]
    named = ("day", "actor", "mean", *(f"p{point:02d}" for point in _PERCENTILES))
    types = {name: pa.int64() for name in named} | {"actor": pa.string(), "mean": pa.float64()}
    return {
        "control_by_day.parquet": parquet(control, kinds),
        "strengths_by_day.parquet": parquet({name: [row[i] for row in bands] for i, name in enumerate(named)}, types),
    }


def _changes_by_day(ensemble: Ensemble, days: Any) -> dict[tuple[str, str | None], Any]:
    """For each place and holder the change, at each day's end, in the number of runs; one day longer than the stories."""
    changes: dict[tuple[str, str | None], Any] = {}
    for place in ensemble.holders.words("place").words:
        rows = ensemble.holders.only(ensemble.holders.where(place=place))
        runs, starts = rows.numbers("run"), np.searchsorted(days, rows.numbers("minute"))
        stops = np.where(np.append(runs[1:], -1) == runs, np.append(starts[1:], 0), len(days))
        column = rows.words("holder")
        for code in np.unique(column.codes).tolist():
            mine = (column.codes == code) & (stops > starts)
            if mine.any():
                diff = np.bincount(starts[mine], minlength=len(days) + 1) - np.bincount(
                    stops[mine], minlength=len(days) + 1
                )
                changes[str(place), column.words[code]] = diff
    return changes


def _passage_table(ensemble: Ensemble) -> bytes:
    """For each place and each actor who took it: the share of such runs, and percentiles of the first day in these."""
    import pyarrow as pa

    about = ensemble.about
    first: dict[tuple[str, str], Any] = {}
    for (place, holder), held in ensemble.holders.only(ensemble.holders.numbers("minute") > about.at).grouped(
        "place", "holder"
    ):
        if holder is not None:
            _, rows_of = np.unique(held.numbers("run"), return_index=True)
            first[place, holder] = (held.numbers("minute")[rows_of] - about.at) / DAY
    count = max(1, int(ensemble.ok.sum()))
    named = ("place", "holder", "share", *(f"p{point:02d}" for point in _PERCENTILES))
    rows = [
        (place, holder, len(days) / count, *np.percentile(days, _PERCENTILES, method="nearest").tolist())
        for (place, holder), days in sorted(first.items())
    ]
    types = {name: pa.float64() for name in named} | {"place": pa.string(), "holder": pa.string()}
    return parquet({name: [row[place] for row in rows] for place, name in enumerate(named)}, types)
