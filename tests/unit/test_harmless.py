"""Text that is harmless on terminals, in JSON, in tables and as file names."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from situation.errors import harmless, harmless_json, harmless_name, inert_cell
from situation.runs.parquet import csv_of

FORMULAS = ("=1+1", "+cmd()", "-2+3", "@SUM(1)", "\t=1", "\r=1", " =1", "\uff1d1", "\u200b=1", "-0043-03-15")
HARMLESS = ("Ford", "-12", "+3.5", "-1e3", "1-2", "the = sign", "")


@pytest.mark.parametrize("text", FORMULAS)
def test_a_cell_that_begins_like_a_formula_is_inert(text: str) -> None:
    assert str(inert_cell(text)).startswith("'")


@pytest.mark.parametrize("cell", [*HARMLESS, -3, 2.5, None])
def test_numbers_and_other_text_stay_as_they_are(cell: object) -> None:
    assert inert_cell(cell) == cell


def test_a_table_that_is_served_as_csv_is_inert_in_every_cell(tmp_path: Path) -> None:
    pq.write_table(pa.table({"name": list(FORMULAS), "number": [-1] * len(FORMULAS)}), tmp_path / "t.parquet")
    rows = list(csv.reader(io.StringIO(b"".join(csv_of(tmp_path / "t.parquet")).decode(), newline="")))[1:]
    assert all(name.startswith("'") and number == "-1" for name, number in rows)


@given(st.text())
def test_json_made_harmless_is_the_same_value_with_nothing_raw(text: str) -> None:
    made = harmless_json(json.dumps([text], ensure_ascii=False))
    assert json.loads(made) == [text]
    assert harmless(made) == made


@given(st.text())
def test_a_name_of_a_file_leads_nowhere_else(text: str) -> None:
    name = harmless_name(text)
    assert name and not set(name) & set("/\\\0\n") and not name.startswith(".") and harmless(name) == name
