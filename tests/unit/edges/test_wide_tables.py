"""Tables with more columns, and more bad rows, than anybody reads."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from situation.edges.tables import read_table
from situation.errors import InputError
from tests.unit.edges.event_files import acled_file, acled_row, command

WIDTH = 20_000


@pytest.mark.parametrize("alike", [False, True])
def test_a_header_of_20000_columns_is_refused_within_a_second(tmp_path: Path, alike: bool) -> None:
    file = tmp_path / "wide.csv"
    file.write_text(",".join(f"event_{number // (1 + alike)}" for number in range(WIDTH)) + "\n")
    begun = process_time()
    with pytest.raises(InputError) as refused:
        read_table(file).need(("event_date_a", "event_day", "event_1"), "events")
    assert process_time() - begun < 1
    assert "stands twice" in str(refused.value) if alike else "There is no column 'event_day'" in str(refused.value)
    assert len(str(refused.value)) < 1000


def test_of_many_rows_that_are_left_out_the_first_twenty_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [acled_row(number) for number in range(1, 60)]
    for number, row in enumerate(rows[5:]):
        row["fatalities"] = f"many, {number}"
    acled_file(Path("events.csv"), rows)
    result = command("import", "acled", "events.csv", "--new", "own", "--skip-bad")
    lines = [line for line in result.stdout.splitlines() if line.startswith("left out: ")]
    assert len(lines) == 21, result.output
    assert "34 more problems are of this last kind. With --json all of them are listed." in lines[-1]
