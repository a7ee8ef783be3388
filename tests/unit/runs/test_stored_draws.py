"""What was drawn: written as the stories come, and read some names at a time, it is what was drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import numpy as np
import pyarrow as pa
import pytest
from attrs import evolve
from hypothesis import given

from situation.ensemble.draw_table import DrawTableBuilder, merge_columns
from situation.ensemble.ensemble import Ensemble
from situation.runs import stored_draws
from situation.runs.drawn_tables import DrawsWriter
from situation.runs.manifest import BrokenRun
from situation.runs.parquet import parquet
from tests.browser.valley_page import side

NAMES = st.sampled_from(["a", "b", "c"])
ROWS = st.fixed_dictionaries(
    {
        "numbers": st.dictionaries(NAMES, st.floats(-5, 5), max_size=3),
        "forces": st.dictionaries(NAMES, st.integers(0, 900), max_size=3),
        "believed": st.dictionaries(NAMES, st.sampled_from(["yes", "no", "a town"]), max_size=3),
    }
)
KINDS = {"numbers": "numbers", "forces": "counts", "believed": "words"}
Drawn = list[dict[str, dict[str, Any]]]


@pytest.fixture(scope="module")
def found() -> Ensemble:
    return side()[0][0]


def part_of(found: Ensemble, rows: Drawn, first: int) -> Ensemble:
    """An ensemble with these draws, from the first on."""
    tables = {}
    for name, kind in KINDS.items():
        builder = DrawTableBuilder(kind)  # type: ignore[arg-type]  # it is one of the kinds
        for draw, row in enumerate(rows):
            builder.add(first + draw, row[name])
        tables[name] = builder.table()
    return evolve(found, numbers=tables["numbers"], forces=tables["forces"], believed=tables["believed"])


def written(path: Path, found: Ensemble, parts: list[Drawn], rows: int) -> bytes:
    first = 0
    with path.open("wb") as file:
        writer = DrawsWriter(file, rows)
        for part in parts:
            writer.add(part_of(found, part, first))
            first += len(part)
        writer.close()
    return path.read_bytes()


@given(
    parts=st.lists(st.lists(ROWS, max_size=4), max_size=4), rows=st.integers(1, 9), held=st.sampled_from([1, 40, 999])
)
def test_what_was_drawn_is_read_as_it_was_written_whatever_the_parts(
    tmp_path_factory: pytest.TempPathFactory, found: Ensemble, parts: list[Drawn], rows: int, held: int
) -> None:
    path = tmp_path_factory.mktemp("draws") / "draws.parquet"
    whole = [row for part in parts for row in part]
    assert written(path, found, parts, rows) == written(path, found, [whole], rows)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(stored_draws, "_BYTES_AT_ONCE", held)
        for drawn, name in zip(stored_draws.stored_draws(path), KINDS, strict=True):
            with_any = {draw: row[name] for draw, row in enumerate(whole) if row[name]}
            assert {draw: drawn[draw] for draw in drawn} == with_any
            assert set(drawn.names) == {it for row in with_any.values() for it in row}
            for it in drawn.names:
                none = "" if name == "believed" else np.nan
                expected = np.array([row.get(it, none) for row in with_any.values()], dtype=object)
                column = drawn.column(it, drawn.draws)
                if name == "believed":
                    assert column.tolist() == expected.tolist()
                else:
                    np.testing.assert_array_equal(column, expected.astype(float))


def test_numbers_that_only_the_first_has_stand_behind_those_of_the_second(tmp_path: Path, found: Ensemble) -> None:
    rows: Drawn = [{"numbers": {"a": 1.0, "b": float(draw)}, "forces": {}, "believed": {}} for draw in range(3)]
    written(tmp_path / "draws.parquet", found, [rows], 4)
    first = stored_draws.stored_draws(tmp_path / "draws.parquet")[0]
    second = part_of(found, [{"numbers": {"a": 9.0}, "forces": {}, "believed": {}}], 1).numbers
    both = merge_columns(first, second)
    assert both.names == ("a", "b")
    assert dict(both) == {1: {"a": 9.0, "b": 1.0}}
    assert (both.column("a", both.draws).tolist(), both.column("b", both.draws).tolist()) == ([9.0], [1.0])
    assert merge_columns(second, first) is first


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("luck", 0, "a", 1.0, None)], "unknown kinds"),
        ([("numbers", 0, "a", None, None)], "lack values"),
        ([("numbers", 0, None, 1.0, None)], "lacks values"),
        ([("believed", 0, "a", 1.0, None)], "lack values"),
        ([("forces", 4, "a", 1.0, None), ("forces", 1, "a", 1.0, None)], "not in their order"),
    ],
)
def test_draws_that_no_story_has_are_refused(tmp_path: Path, rows: list[tuple[Any, ...]], words: str) -> None:
    types = {"kind": pa.string(), "draw": pa.int64(), "name": pa.string(), "value": pa.float64(), "text": pa.string()}
    columns = dict(zip(types, map(list, zip(*rows, strict=True)), strict=True))
    (tmp_path / "draws.parquet").write_bytes(parquet(columns, types))
    with pytest.raises(BrokenRun, match=words):
        stored_draws.stored_draws(tmp_path / "draws.parquet")
