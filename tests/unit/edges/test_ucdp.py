"""UCDP's rows as claims: layouts, numbers by side, precision of time and place, and every kind of bad row."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.edges.event_files import UCDP_41, UCDP_45, UCDP_49, answer, command, ucdp_file, ucdp_row, written


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _imported(*rows: dict[str, str], words: tuple[str, ...] = ()) -> list[dict[str, object]]:
    ucdp_file(Path("events.csv"), rows)
    answer("import", "ucdp", "events.csv", "--new", "tarnia", *words)
    return written(Path("scenarios/tarnia"))


@pytest.mark.parametrize("tags", [False, True], ids=["plain", "with HXL tags"])
@pytest.mark.parametrize("columns", [UCDP_41, UCDP_45, UCDP_49], ids=["41", "45", "49"])
def test_each_layout_gives_the_same_claim(columns: tuple[str, ...], tags: bool) -> None:
    assert len(columns) in (41, 45, 49)
    ucdp_file(Path("events.csv"), [ucdp_row(1)], columns, tags)
    told = answer("import", "ucdp", "events.csv", "--new", "tarnia")
    assert (told["rows"], told["claims"], told["rejected"], told["possibly_one"]) == (1, 1, [], [])
    (claim,) = written(Path("scenarios/tarnia"))
    assert claim["asserts"] == {
        "event": "Attacked",
        "place": "sedge",
        "between": ["government-of-tarnia", "reed-front"],
        "killed": {"low": 7, "best": 7, "high": 9, "unit": "persons"},
        "killed_of": {
            "government-of-tarnia": {"best": 3, "unit": "persons"},
            "reed-front": {"best": 4, "unit": "persons"},
        },
    }
    assert (claim["happened"], claim["said"], claim["origin"]) == ("2016-05-03", "2016-05-04", "tarn-wire")
    assert claim["paragraph"] == (3 if tags else 2)


def test_what_was_imported_passes_check_and_replays() -> None:
    _imported(ucdp_row(1), ucdp_row(2, where_prec=4, date_end="2016-05-20"))
    assert command("check", "tarnia").exit_code == 0
    assert answer("totals", "tarnia")[0]["best"] == 14
    assert answer("state", "tarnia", "--at", "2016-05-10")["places"]["sedge"]["holder"] is None


def test_rows_of_one_file_never_join() -> None:
    _imported(*(ucdp_row(number) for number in range(1, 6)))
    claims = answer("claims", "tarnia")
    assert len({claim["happening"] for claim in claims}) == 5
    assert answer("disputes", "tarnia")["disputes"] == []
    assert answer("totals", "tarnia")[0]["best"] == 35


@pytest.mark.parametrize(
    ("code", "place"),
    [
        (1, "sedge"),
        (2, "around-sedge"),
        (3, "marsh-district"),
        (4, "low-province"),
        (5, "sedge-village"),
        (6, "tarnia"),
    ],
)
def test_the_precision_of_a_place_is_a_place_or_an_area(code: int, place: str) -> None:
    claims = _imported(ucdp_row(1, where_prec=code), ucdp_row(2))
    content = claims[0]["asserts"]
    assert isinstance(content, dict)
    assert content["place"] == place
    assert (place in answer("state", "tarnia")["places"]) is (code == 1)


def test_a_precision_of_time_is_an_interval() -> None:
    (claim,) = _imported(ucdp_row(1, date_prec=4, date_end="2016-05-30", source_date="2016-06-02"))
    assert claim["happened"] == {"earliest": "2016-05-03", "latest": "2016-05-30", "precision": "vague"}


def test_one_sided_violence_has_a_direction() -> None:
    row = ucdp_row(1, type_of_violence=3, side_b="Civilians", side_b_new_id=9999, deaths_a=0, deaths_b=0)
    (claim,) = _imported(row | {"deaths_civilians": "7", "dyad_name": "Government of Tarnia - Civilians"})
    assert claim["asserts"] == {
        "event": "CiviliansKilled",
        "place": "sedge",
        "by": ["government-of-tarnia"],
        "number": {"low": 7, "best": 7, "high": 9, "unit": "persons"},
    }


def test_a_side_of_none_is_not_said_to_have_lost_none() -> None:
    (claim,) = _imported(ucdp_row(1, deaths_a=0, deaths_unknown=3))
    content = claim["asserts"]
    assert isinstance(content, dict)
    assert set(content["killed_of"]) == {"reed-front", "unknown"}


def test_places_of_one_name_are_called_by_their_district() -> None:
    other = ucdp_row(2, latitude=11.5, adm_2="Hill district")
    claims = _imported(ucdp_row(1), other, ucdp_row(3, latitude=10.51))
    assert [claim["asserts"]["place"] for claim in claims] == [  # type: ignore[index]
        "sedge-marsh-district",
        "sedge-hill-district",
        "sedge-marsh-district",
    ]


BAD: dict[str, tuple[dict[str, object], str]] = {
    "low above best": ({"low": 8}, "The low estimate (8) is above the best estimate (7)."),
    "best above high": ({"high": 6}, "The best estimate (7) is above the high estimate (6)."),
    "sides and sum": ({"deaths_b": 5}, "The sides' deaths come to 8, the best estimate is 7."),
    "negative": ({"deaths_a": -3}, "deaths_a is -3."),
    "no number": ({"best": "seven"}, "best is 'seven', no whole number."),
    "empty number": ({"high": ""}, "high is empty."),
    "a dash for a number": ({"high": "-"}, "high is '-', no whole number."),
    "no date": ({"date_start": "May 2016"}, "date_start is 'May 2016', no date."),
    "no such day": ({"date_end": "2016-05-32"}, "date_end is '2016-05-32', a day that no calendar has."),
    "ends first": ({"date_end": "2016-05-02"}, "It ends on 2016-05-02, before it begins on 2016-05-03."),
    "another year": ({"year": 2017}, "It begins on 2016-05-03, and year is 2017."),
    "source a year early": (
        {"source_date": "2015-05-04"},
        "It begins on 2016-05-03, 365 days after its last source, of 2015-05-04.",
    ),
    "off the globe": ({"latitude": 95}, "latitude is 95, off the globe."),
    "no point": ({"longitude": ""}, "The place has no point."),
    "nowhere": ({"latitude": 0, "longitude": 0}, "The point is 0, 0, in the Gulf of Guinea."),
    "place code": ({"where_prec": 8}, "where_prec is '8'."),
    "time code": ({"date_prec": 0}, "date_prec is '0'."),
    "kind": ({"type_of_violence": 4}, "type_of_violence is '4'."),
    "no side": ({"side_b": ""}, "side_b is empty."),
    "one side": ({"side_b": "Government of Tarnia"}, "Both sides are 'Government of Tarnia'."),
    "no id": ({"id": ""}, "The row has no id."),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_row_stops_the_import_at_its_line(kind: str) -> None:
    changes, fact = BAD[kind]
    ucdp_file(Path("events.csv"), [ucdp_row(1), ucdp_row(2) | {key: str(it) for key, it in changes.items()}])
    refused = command("import", "ucdp", "events.csv", "--new", "tarnia")
    assert refused.exit_code == 1
    assert f"events.csv:3: {fact}" in refused.stderr
    assert not Path("scenarios").exists()


@pytest.mark.parametrize("kind", BAD)
def test_skip_bad_leaves_a_bad_row_out_and_lists_it(kind: str) -> None:
    changes, fact = BAD[kind]
    ucdp_file(Path("events.csv"), [ucdp_row(1), ucdp_row(2) | {key: str(it) for key, it in changes.items()}])
    told = answer("import", "ucdp", "events.csv", "--new", "tarnia", "--skip-bad")
    assert (told["rows"], told["claims"]) == (2, 1)
    assert [(it["line"], it["fact"].startswith(fact)) for it in told["rejected"]] == [(3, True)]
    assert command("check", "tarnia").exit_code == 0


def test_control_characters_of_a_bad_row_are_not_passed_on() -> None:
    ucdp_file(Path("events.csv"), [ucdp_row(1), ucdp_row(2, date_start="\x1b[31m5\n- x: y")])
    refused = command("import", "ucdp", "events.csv", "--new", "tarnia")
    assert "\x1b" not in refused.stderr
    assert answer("import", "ucdp", "events.csv", "--new", "tarnia", "--skip-bad")["claims"] == 1


def test_a_candidate_file_says_the_time_of_day_and_what_is_still_to_be_checked() -> None:
    row = ucdp_row(
        1, date_start="2016-05-03 00:00:00.000", date_end="2016-05-03 00:00:00.000", code_status="Check deaths"
    )
    ucdp_file(Path("candidate.csv"), [row], UCDP_49)
    answer("import", "ucdp", "candidate.csv", "--new", "tarnia")
    (claim,) = written(Path("scenarios/tarnia"))
    assert (claim["happened"], "UCDP marks it: Check deaths" in claim["note"]) == ("2016-05-03", True)


def test_every_bad_row_is_told_at_once() -> None:
    ucdp_file(Path("events.csv"), [ucdp_row(1, low=8), ucdp_row(2, year=2017), ucdp_row(3)])
    refused = command("import", "ucdp", "events.csv", "--new", "tarnia")
    assert [line.split(": ")[0] for line in refused.stderr.splitlines()[:2]] == ["events.csv:2", "events.csv:3"]
    assert "2 bad rows; nothing was written." in refused.stderr


def test_an_id_that_stands_in_two_files_is_bad_in_the_second() -> None:
    ucdp_file(Path("one.csv"), [ucdp_row(1)])
    ucdp_file(Path("two.csv"), [ucdp_row(1), ucdp_row(2)], UCDP_49)
    told = answer("import", "ucdp", "one.csv", "two.csv", "--new", "tarnia", "--skip-bad")
    assert (told["rows"], told["claims"]) == (3, 2)
    assert [(it["file"], it["line"]) for it in told["rejected"]] == [("two.csv", 2)]
    assert "The id 1 stands already, at one.csv:2." in told["rejected"][0]["fact"]


def test_the_deaths_of_claims_and_of_rejected_rows_are_those_of_the_file() -> None:
    rows = [ucdp_row(1), ucdp_row(2, low=8), ucdp_row(3, year=2017, date_start="2017-01-02", date_end="2017-01-02")]
    ucdp_file(Path("events.csv"), rows)
    told = answer("import", "ucdp", "events.csv", "--new", "tarnia", "--skip-bad")
    sums = [(it["year"], it["claims"], it["rejected"], it["rows"]) for it in told["deaths"]]
    assert sums == [(2016, 7, 7, 14), (2017, 7, 0, 7)]
    assert {it["dyad"] for it in told["deaths"]} == {"Government of Tarnia - Reed Front"}


def test_a_date_that_stands_for_none_says_nothing_of_when() -> None:
    (claim,) = _imported(ucdp_row(1, source_date="1753-01-01"))
    assert "said" not in claim


def test_a_missing_column_is_told_with_the_near_miss() -> None:
    ucdp_file(Path("events.csv"), [], tuple("best_guess" if name == "best" else name for name in UCDP_41))
    refused = command("import", "ucdp", "events.csv", "--new", "tarnia")
    assert refused.exit_code == 1
    assert "events.csv:1" in refused.stderr
    assert "There is no column 'best'." in refused.stderr


def test_a_file_of_something_else_is_one_problem() -> None:
    Path("other.csv").write_text("id,name\n1,Marl\n")
    refused = command("import", "ucdp", "other.csv", "--new", "tarnia")
    assert refused.exit_code == 1
    assert refused.stderr == (
        "other.csv:1: This is not a file of UCDP's Georeferenced Event Dataset: of the 20 columns that it needs, 1 is here. "
        "Give a file of UCDP's Georeferenced Event Dataset, with its header as its first line. Of any other file of rows, "
        "a mapping says what the columns are: situation import csv FILE --map MAPPING.\n1 problem; nothing was written.\n"
    )


def test_a_row_with_a_cell_too_many_is_bad() -> None:
    ucdp_file(Path("events.csv"), [ucdp_row(1)])
    Path("events.csv").write_text(Path("events.csv").read_text() + "1,2,3\n")
    told = answer("import", "ucdp", "events.csv", "--new", "tarnia", "--skip-bad")
    assert (told["rows"], told["claims"]) == (2, 1)
    assert told["rejected"][0]["fact"] == "The row has 3 cells, the header 41."


def test_an_id_that_a_spreadsheet_wrote_as_a_decimal_is_the_same_id() -> None:
    ucdp_file(Path("events.csv"), [ucdp_row(1), ucdp_row(2)])
    answer("import", "ucdp", "events.csv", "--new", "tarnia")
    ucdp_file(Path("events.csv"), [ucdp_row(1, id="1.0"), ucdp_row(2, id="2.0")])
    assert answer("import", "ucdp", "events.csv", "--into", "tarnia")["changes"][0]["unchanged"] == 2
