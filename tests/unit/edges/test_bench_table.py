"""The table of measurements: what is written is read again, rows of before stay, and a ratio that falls is named."""

from __future__ import annotations

import pytest

from tests.bench.table import Row, falls, page, rows_in_lines, rows_of

FOLD = Row("a fold, against a dict", "12 times as fast", "11 to 13", "900 entries", "20", 12.0)
SIZE = Row("a page", "2.1 MB", reach="under 2.5 MB")


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
