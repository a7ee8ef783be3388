"""What is measured is written to `docs/benches.md` at the end, and a ratio that has fallen by a fifth fails the run."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.bench.measure import ROWS
from tests.bench.table import falls, page, rows_in_lines, rows_of

PAGE = Path(__file__).parents[2] / "docs/benches.md"


@pytest.fixture(scope="session", autouse=True)
def measured() -> Generator[None]:
    """Collect the measurements of this run, of processes of its own too, and write them beside those of before.

    Written they are by `make bench` alone, which sets a variable for it.
    """
    before = rows_of(PAGE.read_text("utf-8")) if PAGE.exists() else []
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "rows"
        lines.touch()
        os.environ[ROWS] = str(lines)
        yield
        del os.environ[ROWS]
        rows = rows_in_lines(lines.read_text("utf-8").splitlines())
    if rows and os.environ.get("SITUATION_BENCHES") == "write":
        PAGE.write_text(page(before, rows), "utf-8")
    if fallen := falls(before, rows):
        pytest.fail("\n".join(fallen), pytrace=False)
