"""Tables that stay on the disk: read piece by piece they are what was written, and stay so when another run takes their place."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from situation.ensemble import run_table
from situation.ensemble.by_day import day_parts, days_of, run_blocks
from situation.ensemble.run_table import RunTableBuilder, first_takings, in_word_order
from situation.runs.manifest import BrokenRun
from situation.runs.parquet import GroupedTable, list_array, row_schema
from situation.runs.stored_tables import StoredDays, StoredRows, TableFile

KINDS = {"run": int, "place": str, "minute": int, "holder": str}
TEXTS = frozenset({"place", "holder"})
CHANGES = st.lists(
    st.tuples(st.sampled_from(["dell", "arlen"]), st.integers(0, 9), st.sampled_from(["north", "rebels", None])),
    max_size=7,
)


def written(path: Path, runs: list[list[tuple[str, int, str | None]]], rows: int) -> StoredRows:
    """A table with so many rows in a group."""
    with path.open("wb") as file:
        grouped = GroupedTable(file, row_schema(KINDS), rows)
        for run, changes in enumerate(runs):
            few = RunTableBuilder(("place", "minute", "holder"), TEXTS)
            few.add(0, changes)
            grouped.add_rows(few.table(), run)
        grouped.close()
    return StoredRows(path, KINDS)


@given(runs=st.lists(CHANGES, max_size=6), rows=st.integers(1, 9))
def test_a_table_read_in_pieces_has_the_rows_that_were_written_and_no_run_is_in_two(
    tmp_path_factory: pytest.TempPathFactory, runs: list[list[tuple[str, int, str | None]]], rows: int
) -> None:
    stored = written(tmp_path_factory.mktemp("table") / "holders.parquet", runs, rows)
    every = [(run, *row) for run, changes in enumerate(runs) for row in changes]
    assert list(stored) == every
    assert len(stored) == len(every)
    pieces = [set(block.numbers("run").tolist()) for block in stored.blocks()]
    assert all(one.isdisjoint(other) for at, one in enumerate(pieces) for other in pieces[:at])
    held = RunTableBuilder(("place", "minute", "holder"), TEXTS)
    for run, changes in enumerate(runs):
        held.add(run, changes)
    assert stored == held.table()
    once = [(key, it.tolist()) for key, it in first_takings(held.table(), 3)]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(run_table, "_TAKINGS_AT_ONCE", 2)
        assert [(key, it.tolist()) for key, it in first_takings(stored, 3)] == once


def test_nobody_comes_last_in_the_order_of_words() -> None:
    groups = {("dell", None): 1, ("arlen", "north"): 2, ("dell", "north"): 3}
    assert [key for key, _ in in_word_order(groups)] == [("arlen", "north"), ("dell", "north"), ("dell", None)]


def by_day(path: Path, men: npt.NDArray[np.int32], rows: int) -> TableFile:
    buffer = io.BytesIO()
    import pyarrow as pa

    grouped = GroupedTable(buffer, row_schema({"run": int, "men": pa.list_(pa.int32())}), rows)
    grouped.add([pa.array(np.arange(len(men))), list_array(men)])
    grouped.close()
    path.write_bytes(buffer.getvalue())
    return TableFile(path)


@pytest.mark.parametrize("rows", [1, 4, 5, 100])
def test_values_by_day_are_those_of_each_actor_by_runs_by_days_and_one_by_one(tmp_path: Path, rows: int) -> None:
    runs, actors, days = 11, 3, 40
    men = np.arange(runs * actors * days, dtype=np.int32).reshape(runs * actors, days)
    file = by_day(tmp_path / "strengths.parquet", men, rows)
    for actor in range(actors):
        stored = StoredDays(file, "men", (runs, days), np.dtype(np.int32), (actors, actor))
        mine = men[actor::actors]
        assert np.array_equal(np.asarray(stored), mine)
        assert np.array_equal(stored[7], mine[7])
        for size in (2, 11, 50):
            blocks = list(run_blocks(stored, size))
            assert [len(block) for block in blocks[:-1]] == [size] * (len(blocks) - 1)
            assert np.array_equal(np.concatenate(blocks), mine)
        assert np.array_equal(np.hstack([days_of(stored, part) for part in day_parts(stored)]), mine)
        with pytest.raises(IndexError):
            stored[runs]


def test_days_come_in_parts_that_do_not_grow_with_the_runs() -> None:
    many = np.zeros((1 << 20, 40), dtype=np.int32)
    assert [(part.start, part.stop) for part in day_parts(many)] == [(0, 16), (16, 32), (32, 40)]


def test_what_was_opened_is_read_as_it_was_when_another_file_takes_its_place(tmp_path: Path) -> None:
    stored = written(tmp_path / "holders.parquet", [[("dell", 1, "north")]], 9)
    other = written(tmp_path / "other.parquet", [[("arlen", 2, None)]], 9)
    (tmp_path / "other.parquet").replace(tmp_path / "holders.parquet")
    assert list(stored) == [(0, "dell", 1, "north")]
    assert list(other) == [(0, "arlen", 2, None)]
    with pytest.raises(BrokenRun, match="column 'pair' is missing"):
        StoredRows(tmp_path / "holders.parquet", {"run": int, "pair": str})


def test_two_may_read_one_file_in_turn(tmp_path: Path) -> None:
    runs: list[list[tuple[str, int, str | None]]] = [[("dell", run % 9, "north")] for run in range(200)]
    stored = written(tmp_path / "holders.parquet", runs, 50)
    pairs = list(zip(stored.blocks(), stored.blocks(), strict=True))
    assert len(pairs) > 3
    assert all(one == other for one, other in pairs)
