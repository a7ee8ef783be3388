"""The tables of a run as others read them: DuckDB and Polars have what pandas has."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pytest
from click.testing import CliRunner

from situation.commands.cli import main
from tests.unit.valley_stories import valley_home


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    out = tmp_path_factory.mktemp("out") / "run"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(valley_home(tmp_path_factory.mktemp("home")))
        done = CliRunner().invoke(main, ["run", "push-on", "--runs", "8", "--workers", "1", "--out", str(out)])
    assert done.exit_code == 0, done.output
    return sorted(out.glob("*.parquet"))


def test_duckdb_and_polars_read_every_table_as_pandas_does(tables: list[Path]) -> None:
    assert len(tables) > 5
    for table in tables:
        expected = pd.read_parquet(table)
        names, rows = [*expected.columns], len(expected)
        by_duckdb = duckdb.read_parquet(str(table))
        assert (by_duckdb.columns, by_duckdb.count("*").fetchall()) == (names, [(rows,)]), table.name
        by_polars = pl.read_parquet(table)
        assert (by_polars.columns, by_polars.height) == (names, rows), table.name
        for name in expected.select_dtypes("number").columns:
            total = float(expected[name].sum())
            assert float(by_polars[name].fill_nan(None).sum() or 0) == pytest.approx(total), (table.name, name)
            (counted,) = by_duckdb.filter(f'not isnan("{name}"::double)').sum(f'"{name}"').fetchall()[0]
            assert float(counted or 0) == pytest.approx(total), (table.name, name)
