"""Rows of two files that may be of one event, imported together or one after the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.edges.event_files import acled_file, acled_row, answer, command, ucdp_file, ucdp_row

NEXT_DAY = {"date_start": "2016-05-04", "date_end": "2016-05-04"}
JUNE = {"date_start": "2016-06-03", "date_end": "2016-06-03", "source_date": "2016-06-04"}


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ucdp_file(Path("one.csv"), [ucdp_row(1), ucdp_row(2, **JUNE)])
    ucdp_file(Path("two.csv"), [ucdp_row(11, **NEXT_DAY), ucdp_row(12, where_coordinates="Far", latitude=12)])


def _pairs(told: dict[str, list[dict[str, list[str]]]]) -> list[list[str]]:
    return [pair["claims"] for pair in told["possibly_one"]]


def test_files_that_come_one_after_the_other_are_held_against_each_other_as_files_that_come_at_once() -> None:
    at_once = answer("import", "ucdp", "one.csv", "two.csv", "--new", "once", "--join")
    answer("import", "ucdp", "one.csv", "--new", "later")
    later = answer("import", "ucdp", "two.csv", "--into", "later", "--join")
    assert _pairs(at_once) == _pairs(later) == [["ucdp-1", "ucdp-11"]]
    assert answer("totals", "once")[0]["best"] == answer("totals", "later")[0]["best"] == 21
    assert "No problems." in command("check", "later").output
    assert _pairs(answer("import", "ucdp", "two.csv", "--into", "later", "--window-days", "0")) == []


def test_rows_that_are_there_already_can_be_joined_by_importing_their_file_again() -> None:
    answer("import", "ucdp", "one.csv", "--new", "later")
    answer("import", "ucdp", "two.csv", "--into", "later")
    assert answer("totals", "later")[0]["best"] == 28
    for _ in range(2):
        told = answer("import", "ucdp", "two.csv", "--into", "later", "--join")
        assert (_pairs(told), told["changes"][0]["unchanged"]) == ([["ucdp-1", "ucdp-11"]], 2)
        assert answer("totals", "later")[0]["best"] == 21
    assert "No problems." in command("check", "later").output


def test_rows_of_another_format_are_held_against_those_of_an_area_and_under_other_names_of_their_sides() -> None:
    ucdp_file(Path("one.csv"), [ucdp_row(1, where_prec=2)])
    answer("import", "ucdp", "one.csv", "--new", "later")
    file = Path("scenarios/later/map.yaml")
    lines = file.read_text("utf-8")
    named = "name: Government of Tarnia"
    assert named in lines
    file.write_text(lines.replace(named, f"{named}, aliases: [Military Forces of Tarnia (2010-)]"), "utf-8")
    acled_file(Path("export.csv"), [acled_row(1, actor2="Hill Front")])
    assert _pairs(answer("import", "acled", "export.csv", "--into", "later")) == [["acled-TAR1", "ucdp-1"]]


def test_a_changed_row_is_joined_by_the_claim_by_which_it_stands() -> None:
    answer("import", "ucdp", "one.csv", "--new", "later")
    answer("import", "ucdp", "two.csv", "--into", "later")
    ucdp_file(
        Path("two.csv"),
        [ucdp_row(11, **NEXT_DAY, deaths_b=5, best=8), ucdp_row(12, where_coordinates="Far", latitude=12)],
    )
    told = answer("import", "ucdp", "two.csv", "--into", "later", "--join")
    assert _pairs(told) == [["ucdp-1", "ucdp-11-changed-1"]]
    assert answer("totals", "later")[0]["events"] == 3


def test_rows_that_are_of_other_kinds_do_not_say_the_same() -> None:
    acled_file(Path("export.csv"), [acled_row(1), acled_row(2, event_type="Explosions/Remote violence")])
    assert _pairs(answer("import", "acled", "export.csv", "--new", "kinds")) == []
