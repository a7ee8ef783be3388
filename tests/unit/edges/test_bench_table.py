"""The table of measurements: what is written is read again, rows of before stay, and a ratio that falls is named."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.table import Made, Row, falls, page, rows_in_lines, rows_of

FOLD = Row(
    "a fold, against a dict", "12 times as fast", "11 to 13", "a war", "9 with causes; none kept", "3", "20", 12.0
)
SIZE = Row("a page", "2.1 MB", reach="under 2.5 MB")
BENCH = """
from pathlib import Path
from tests.bench import conftest
from tests.bench.measure import against_told
from tests.bench.table import Made

conftest.PAGE = Path(__file__).with_name("benches.md")
measured = conftest.measured

def test_a_fold():
    entries = Made(900, causes=True, draws=30), Made()
    against_told("a fold", lambda: 2.0, lambda: {rival}, 3, made=entries)
"""


def test_what_is_written_is_read_again_and_what_was_not_measured_stays() -> None:
    text = page([], [FOLD, SIZE])
    assert rows_of(text) == [FOLD, SIZE]
    again = Row(SIZE.name, "2.2 MB", reach=SIZE.reach)
    assert rows_of(page(rows_of(text), [again])) == [FOLD, again]
    assert rows_in_lines([FOLD.line, SIZE.line]) == [FOLD, SIZE]
    assert rows_of("") == []


@pytest.mark.parametrize(("ratio", "fell"), [(12.0, False), (9.7, False), (9.5, True), (30.0, False)])
def test_a_ratio_that_is_a_fifth_lower_is_named(ratio: float, fell: bool) -> None:
    now = Row(FOLD.name, f"{ratio:.3g} times as fast", ratio=ratio)
    assert bool(falls(rows_of(page([], [FOLD])), [now, SIZE])) == fell
    assert falls([], [now]) == []
    (row,) = rows_of(page([FOLD], [now]))
    assert row == (FOLD if fell else now)


def test_what_a_rival_does_not_make_is_said() -> None:
    assert (Made().entries_in_words, Made().draws_in_words) == ("none kept", "none drawn")
    ours = Made(7120, True, 14321.4)
    assert (ours.entries_in_words, ours.draws_in_words) == ("7,120 with causes", "14,321")
    assert Made(7120).entries_in_words == "7,120 without causes"


def test_a_run_of_benches_writes_what_both_make_and_fails_where_a_ratio_fell(tmp_path: Path) -> None:
    def measuring(rival: float) -> tuple[int, list[Row], str]:
        (tmp_path / "test_bench.py").write_text(BENCH.format(rival=rival))
        env = {**os.environ, "SITUATION_BENCHES": "write", "PYTHONPATH": os.pathsep.join(sys.path)}
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), "-rE"]
        done = subprocess.run(
            [*command, str(tmp_path)], env=env, cwd=tmp_path, capture_output=True, text=True, check=False
        )
        return done.returncode, rows_of((tmp_path / "benches.md").read_text()), done.stdout

    code, rows, _ = measuring(10.0)
    (row,) = rows
    assert code == 0
    assert (row.entries, row.draws) == ("900 with causes; none kept", "30; none drawn")
    code, kept, said = measuring(7.0)
    assert code == 1
    assert kept == rows
    assert "a fold: 3.5 times as fast, and 5 before: a fifth lower, or more." in said
