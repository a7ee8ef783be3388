"""A newer export of a file: corrections and retractions, known from the newer one on; other files are added."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.unit.edges.event_files import acled_file, acled_row, answer, command, ucdp_file, ucdp_row, written


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def tarnia() -> Path:
    """A situation of four rows."""
    ucdp_file(Path("events.csv"), [ucdp_row(number) for number in range(1, 5)])
    answer("import", "ucdp", "events.csv", "--new", "tarnia", "--published", "2016-06-01")
    return Path("scenarios/tarnia")


def _best(*words: str) -> int:
    return int(answer("totals", "tarnia", *words)[0]["best"])


def test_changed_rows_are_corrected_vanished_ones_retracted_and_new_ones_added(tarnia: Path) -> None:
    newer = [ucdp_row(1), ucdp_row(2, deaths_b=6, best=9), ucdp_row(4), ucdp_row(5)]
    ucdp_file(Path("later/events.csv"), newer)
    told = answer("import", "ucdp", "later/events.csv", "--into", "tarnia", "--published", "2017-06-01")
    assert (told["rows"], told["claims"]) == (4, 4)
    assert told["changes"] == [
        {
            "source": "ucdp-events-2",
            "added": ["ucdp-5"],
            "corrected": ["ucdp-2-changed-1"],
            "retracted": ["ucdp-3"],
            "unchanged": 2,
        }
    ]
    assert command("check", "tarnia").exit_code == 0
    assert _best() == 7 + 9 + 7 + 7
    assert _best("--known-at", "2016-12-31") == 28, "the correction was not known then"
    differs = answer("changes", "tarnia", "--known-from", "2016-12-31")
    assert (differs["numbers"][0]["before"]["best"], differs["numbers"][0]["now"]["best"]) == (28, 30)
    assert [(it["change"], sorted(it["fields"])) for it in differs["events"]] == [
        ("changed", ["killed", "killed_of"])
    ], "a row that goes, and another that says the same, are no change"
    killed = differs["events"][0]["fields"]["killed"]
    assert (killed["before"]["best"], killed["now"]["best"]) == (7, 9)


def test_a_changed_row_and_the_rows_of_the_earlier_export_are_told_apart_as_rows_of_one_file_are() -> None:
    """Two events of one day, place and pair: the number of one replaces that of itself alone, in every later export."""
    for export, best in enumerate((7, 8, 9, 7)):
        same_day: dict[str, object] = {"date_start": "2016-05-03", "date_end": "2016-05-03"}
        changed = ucdp_row(2, deaths_b=best - 3, best=best, **same_day)
        rows = [ucdp_row(1, **same_day), changed, ucdp_row(3, **same_day)]
        ucdp_file(Path(f"day{export}/events.csv"), rows)
        words = ("--into", "scenarios/day") if export else ("--new", "day")
        answer("import", "ucdp", f"day{export}/events.csv", *words, "--published", f"{2017 + export}-06-01")
        (row,) = answer("totals", "day")
        assert (row["best"], row["events"], row["possibly_one"]) == (14 + best, 3, 0)
    assert answer("disputes", "day")["disputes"] == []


def test_a_row_that_comes_under_another_number_stands_when_the_old_number_goes(tarnia: Path) -> None:
    """Without a named origin both are the file's own word; the new row does not fall with the vanished one."""
    bare: dict[str, object] = {"source_office": "", "source_article": "", "source_date": ""}
    ucdp_file(Path("bare.csv"), [ucdp_row(number, **bare) for number in range(11, 15)])
    answer("import", "ucdp", "bare.csv", "--new", "bare")
    ucdp_file(Path("bare.csv"), [ucdp_row(number, **bare) for number in (11, 12, 13, 99)])
    told = answer("import", "ucdp", "bare.csv", "--into", "bare")
    assert (told["changes"][0]["added"], told["changes"][0]["retracted"]) == (["ucdp-99"], ["ucdp-14"])
    assert answer("totals", "bare")[0]["events"] == 4


def test_the_same_file_again_changes_nothing(tarnia: Path) -> None:
    before = written(tarnia)
    told = answer("import", "ucdp", "events.csv", "--into", "tarnia")
    assert (told["claims"], told["changes"][0]["unchanged"]) == (4, 4)
    assert written(tarnia) == before
    assert _best() == 28


def test_a_correction_is_corrected_in_its_turn_and_a_row_that_comes_back_stands_again(tarnia: Path) -> None:
    for number, best in enumerate((8, 9)):
        rows = [ucdp_row(1), ucdp_row(2, deaths_b=best - 3, best=best), *([ucdp_row(3)] if number else []), ucdp_row(4)]
        ucdp_file(Path(f"export{number}/events.csv"), rows)
        answer("import", "ucdp", f"export{number}/events.csv", "--into", "tarnia")
    assert command("check", "tarnia").exit_code == 0
    assert _best() == 7 + 9 + 7 + 7
    assert {"ucdp-2-changed-1", "ucdp-2-changed-2", "ucdp-3-changed-1"} <= {claim["id"] for claim in written(tarnia)}


def test_a_row_that_was_changed_and_changed_back_is_no_change_and_no_cell_goes_from_nothing_to_nothing() -> None:
    regained = acled_row(2, sub_event_type="Government regains territory")
    for number, sub in enumerate(
        ("Non-state actor overtakes territory", "Armed clash", "Non-state actor overtakes territory")
    ):
        row = acled_row(1, sub_event_type=sub, timestamp=1_462_600_000 + number * 86_400 * 30)
        acled_file(Path("export.csv"), [row, regained])
        answer("import", "acled", "export.csv", *(("--into", "tarnia") if number else ("--new", "tarnia")))
    first = ("changes", "tarnia", "--known-from", "2016-05-20")
    for known_at, few in (("2016-06-20", False), ("2016-08-01", True)):
        told = answer(*first, "--known-at", known_at)
        assert not [it for it in told["cells"] if not it["before"] and not it["now"]]
        assert (told["events"] == told["cells"] == []) == few


def test_a_row_of_another_kind_and_place_is_one_that_changed_twice() -> None:
    for number, row in enumerate(
        (
            acled_row(1, sub_event_type="Armed clash"),
            acled_row(1, sub_event_type="Armed clash", fatalities=9),
            acled_row(1, sub_event_type="Non-state actor overtakes territory", fatalities=0, location="Elsewhere"),
        )
    ):
        acled_file(Path("export.csv"), [{**row, "timestamp": str(1_462_600_000 + number * 86_400 * 30)}, acled_row(2)])
        answer("import", "acled", "export.csv", *(("--into", "tarnia") if number else ("--new", "tarnia")))
    (event,) = answer("changes", "tarnia", "--known-from", "2016-05-20")["events"]
    assert event["change"] == "changed"
    assert event["fields"]["event"] == {"before": "Attacked", "now": "Captured"}
    assert event["fields"]["place"]["now"] == "elsewhere"


def test_a_file_of_another_name_with_most_of_the_rows_is_a_newer_export(tarnia: Path) -> None:
    ucdp_file(Path("events-v2.csv"), [ucdp_row(number) for number in (1, 2)])
    told = answer("import", "ucdp", "events-v2.csv", "--into", "tarnia")
    assert told["changes"][0]["retracted"] == ["ucdp-3", "ucdp-4"]


def test_a_file_that_shares_a_few_rows_is_another_file_whose_doubled_ids_are_bad(tarnia: Path) -> None:
    ucdp_file(Path("other.csv"), [ucdp_row(number) for number in (4, 5, 6)])
    refused = command("import", "ucdp", "other.csv", "--into", "tarnia")
    assert "other.csv:2: The id 4 is in the record already, as the claim ucdp-4." in refused.stderr
    told = answer("import", "ucdp", "other.csv", "--into", "tarnia", "--skip-bad")
    assert (told["rows"], told["claims"], told["changes"]) == (3, 2, [])
    assert _best() == 42


def test_rows_that_a_filter_leaves_out_have_not_vanished(tarnia: Path) -> None:
    ucdp_file(Path("events.csv"), [ucdp_row(1), ucdp_row(2), ucdp_row(3), ucdp_row(4, side_b="Hill Front")])
    told = answer("import", "ucdp", "events.csv", "--into", "tarnia", "--actor", "Reed Front")
    assert told["unwanted"] == 1
    assert told["changes"][0]["retracted"] == []


@pytest.mark.parametrize("number", [0, 1])
def test_a_file_that_has_only_the_name_of_an_earlier_one_takes_nothing_back(tarnia: Path, number: int) -> None:
    """As a download of another month has, or of another area."""
    before = written(tarnia)
    ucdp_file(Path("events.csv"), [ucdp_row(it) for it in (4, 5, 6, 7)[1 - number :]])
    refused = command("import", "ucdp", "events.csv", "--into", "tarnia", "--skip-bad")
    assert refused.exit_code != 0
    assert f"events.csv has the name of a file that was imported, and {number} of its 4 rows." in refused.stderr
    assert "delete imports/ucdp-events.* before." in refused.stderr
    assert written(tarnia) == before
    Path("events.csv").rename("june.csv")
    told = answer("import", "ucdp", "june.csv", "--into", "tarnia", "--skip-bad")
    assert (told["changes"], told["claims"]) == ([], 3)


def test_a_row_whose_sentence_alone_was_worded_otherwise_is_as_it_was(tarnia: Path) -> None:
    (lines,) = (tarnia / "imports").glob("*.jsonl")
    lines.write_text(re.sub(r'"says": "[^"]*"', '"says": "In other words."', lines.read_text()))
    ucdp_file(Path("later/events.csv"), [ucdp_row(number) for number in range(1, 5)])
    told = answer("import", "ucdp", "later/events.csv", "--into", "tarnia", "--published", "2017-06-01")
    assert told["changes"][0]["unchanged"] == 4
