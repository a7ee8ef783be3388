"""The files of an ensemble's run folder: manifest, scenario as run, questions, and tables in Parquet.

Tables with rows for each story are written as the stories come, some at a time; what is answered is then worked out of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import Any

import numpy as np
from attrs import evolve

from situation.dates import DAY
from situation.ensemble.by_day import day_parts, days_of, run_blocks
from situation.ensemble.chunks import Chunks
from situation.ensemble.ensemble import About, Ensemble, ensemble_of
from situation.ensemble.run_table import RunTable, WordColumn, first_takings
from situation.page.judgements import Judgement
from situation.runs.data_package import DATA_PACKAGE, data_package, schemas_of
from situation.runs.drawn_tables import DrawsWriter
from situation.runs.identity import scenario_as_run
from situation.runs.manifest import JUDGEMENTS, PAGE, json_bytes
from situation.runs.parquet import LIST_ROWS, GroupedTable, column_array, list_array, parquet, row_schema
from situation.runs.run_tables import HAPPENED, opened_ensemble
from situation.runs.writing import NewRun
from situation.scenario import Scenario
from situation.testimony.codec import plain

__all__ = ["StoryTables", "answer_files", "ensemble_from_chunks"]

_PERCENTILES = (5, 25, 50, 75, 95)


class StoryTables:
    """The tables of an ensemble with rows for each story, written as the stories come.

    Args:
        about: what the ensemble is of.
        actors: all whose men are counted, in their order.
        opened: gives what a file of a name is written to.
    """

    def __init__(self, about: About, actors: Sequence[str], opened: Callable[[str], Any]) -> None:
        import pyarrow as pa

        self._actors = tuple(actors)
        self._questions = [f"answer:{question}" for question in about.questions]
        whole = dict.fromkeys(("run", "record", "parameter", "chance"), int)
        runs = {**whole, "reason": str, "entries": int, "gap": int, **dict.fromkeys(self._questions, float)}
        self._runs = GroupedTable(opened("runs.parquet"), row_schema(runs))
        lists = {"passages": pa.list_(pa.uint64())}, {"actor": str, "men": pa.list_(pa.int32())}
        self._twins, self._strengths = (
            GroupedTable(opened(name), row_schema({"run": int, **columns}), LIST_ROWS)
            for name, columns in zip(("twins.parquet", "strengths.parquet"), lists, strict=True)
        )
        self._happened = {name: GroupedTable(opened(name), row_schema(kinds)) for name, kinds in HAPPENED.items()}
        self._draws = DrawsWriter(opened("draws.parquet"))

    def add(self, part: Ensemble, first: int = 0) -> None:
        """Add some stories, as an ensemble of their own; `first`: the number of its first, which begins a block."""
        import pyarrow as pa

        run = part.runs + first
        numbers = (run, *(part.record + first // 4, part.parameter + first // 4), run)
        self._runs.add(
            [
                *map(pa.array, numbers),
                pa.array(part.reasons, type=pa.string()),
                *map(pa.array, (part.entries, part.gaps, *part.answers.values())),
            ]
        )
        start = first
        for passages in run_blocks(part.day_digests):
            self._twins.add([pa.array(np.arange(start, start + len(passages))), list_array(passages)])
            start += len(passages)
        self._add_strengths(part, first)
        self._draws.add(part)
        tables = (part.holders, part.clashes, part.fired, part.fates)
        for file, rows in zip(self._happened.values(), tables, strict=True):
            for block in rows.blocks():
                file.add_rows(block, first)

    def _add_strengths(self, part: Ensemble, first: int) -> None:
        import pyarrow as pa

        count = len(self._actors)
        if not count:
            return
        size = max(1, LIST_ROWS // count)
        none = np.zeros((part.about.runs, len(part.about.days)), dtype=np.int32)
        each = [run_blocks(part.strengths.get(actor, none), size) for actor in self._actors]
        start = first
        for blocks in zip(*each, strict=True):
            runs = len(blocks[0])
            men = np.stack(blocks, axis=1).reshape(runs * count, -1)
            run = np.repeat(np.arange(start, start + runs), count)
            actor = WordColumn(self._actors, np.tile(np.arange(count, dtype=np.int16), runs))
            self._strengths.add([pa.array(run), column_array(actor), list_array(men)])
            start += runs

    def close(self) -> None:
        """End every table."""
        for table in (self._runs, self._twins, self._strengths, *self._happened.values()):
            table.close()
        self._draws.close()


def ensemble_from_chunks(new: NewRun, about: About, chunks: Chunks) -> Ensemble:
    """Write the tables of an ensemble from its stories, some at a time; the ensemble, as these tables hold it.

    Raises:
        ChunkGone: stories are gone.
    """
    _write_tables(new, about, chunks)
    return opened_ensemble(new.folder, about)


def _write_tables(new: NewRun, about: About, chunks: Chunks) -> None:
    actors = sorted({actor for start, stop in chunks.ranges() for actor in chunks.actors(start, stop)})
    with ExitStack() as files:
        tables = StoryTables(about, actors, lambda name: files.enter_context(new.pieces(name)))
        for start, stop in chunks.ranges():
            tables.add(ensemble_of(evolve(about, runs=stop - start), chunks.stories(start, stop)), start)
        tables.close()


def answer_files(
    ensemble: Ensemble,
    scenario: Scenario,
    answers: Mapping[str, Any],
    schemas: Mapping[str, Any],
    page: str = "",
    judgements: Sequence[Judgement] | None = None,
) -> dict[str, bytes]:
    """The files of an ensemble's folder beside its tables of stories, by name, but for the manifest.

    Args:
        schemas: the columns of those tables, by file.
        page: the page, empty for none.
        judgements: what it comes to.
    """
    files = {
        **({PAGE: page.encode()} if page else {}),
        **({"scenario.yaml": scenario.text.encode()} if scenario.text else {}),
        **({"compared-with.yaml": scenario.twin.encode()} if scenario.twin else {}),
        "scenario.json": json_bytes(scenario_as_run(scenario), in_order=False),
        "about.json": json_bytes(plain(ensemble.about)),
        "questions.json": json_bytes(answers),
        **({JUDGEMENTS: json_bytes(list(judgements))} if judgements is not None else {}),
        **_daily_tables(ensemble),
        "passages.parquet": _passage_table(ensemble),
    }
    return {**files, DATA_PACKAGE: data_package({**schemas, **schemas_of(files)}, ensemble.about)}


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
    for actor, men in ensemble.strengths.items() if ok.any() else ():
        for part in day_parts(men):
            of_ended_runs = days_of(men, part)[ok]
            points = np.percentile(of_ended_runs, _PERCENTILES, axis=0, method="nearest")
            means = of_ended_runs.mean(axis=0)
            bands += [
                (day, actor, float(means[place]), *map(int, points[:, place]))
                for place, day in enumerate(range(part.start, part.stop))
            ]
    named = ("day", "actor", "mean", *(f"p{point:02d}" for point in _PERCENTILES))
    types = {name: pa.int64() for name in named} | {"actor": pa.string(), "mean": pa.float64()}
    return {
        "control_by_day.parquet": parquet(control, kinds),
        "strengths_by_day.parquet": parquet({name: [row[i] for row in bands] for i, name in enumerate(named)}, types),
    }


def _changes_by_day(ensemble: Ensemble, days: Any) -> dict[tuple[str, str | None], Any]:
    """For each place and holder the change, at each day's end, in the number of runs; one day longer than the stories."""
    changes: dict[tuple[str, str | None], Any] = {}
    for block in ensemble.holders.blocks():
        for (place,), rows in block.grouped("place"):
            for holder, diff in _changes_in(rows, days):
                changes[place, holder] = changes.get((place, holder), 0) + diff
    return changes


def _changes_in(rows: RunTable, days: Any) -> Iterator[tuple[str | None, Any]]:
    """The same of some runs and one place, by holder."""
    runs, starts = rows.numbers("run"), np.searchsorted(days, rows.numbers("minute"))
    stops = np.where(np.append(runs[1:], -1) == runs, np.append(starts[1:], 0), len(days))
    column = rows.words("holder")
    for code in np.unique(column.codes).tolist():
        mine = (column.codes == code) & (stops > starts)
        if mine.any():
            begun, ended = (np.bincount(it[mine], minlength=len(days) + 1) for it in (starts, stops))
            yield column.words[code], begun - ended


def _passage_table(ensemble: Ensemble) -> bytes:
    """For each place and each actor who took it: the share of such runs, and percentiles of the first day in these."""
    import pyarrow as pa

    about = ensemble.about
    count = max(1, int(ensemble.ok.sum()))
    named = ("place", "holder", "share", *(f"p{point:02d}" for point in _PERCENTILES))
    rows = []
    for (place, holder), minutes in first_takings(ensemble.holders, about.at):
        days = np.percentile((minutes - about.at) / DAY, _PERCENTILES, method="nearest").tolist()
        rows.append((place, holder, len(minutes) / count, *days))
    types = {name: pa.float64() for name in named} | {"place": pa.string(), "holder": pa.string()}
    return parquet({name: [row[place] for row in rows] for place, name in enumerate(named)}, types)
