"""Tables as spreadsheets and hands leave them: open quotes, empty columns, other separators, and what is wanted of bad rows."""

from __future__ import annotations

import random
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from situation.edges.tables import read_table
from tests.unit.edges.event_files import acled_file, acled_row, answer, command, ucdp_file, ucdp_row, written

MAPPING = """\
source: {outlet: The Desk, published: 2021-03-01}
rows: events
columns: {first: day, place: town, latitude: lat, longitude: lon, by: attacker, against: attacked, killed: dead}
"""
HEAD = "day,town,lat,lon,attacker,attacked,dead\n"
ROW = "2021-02-03,Marl,10.1,20.1,North,South,4\n"
SECOND = "2021-02-04,Marl,10.1,20.1,North,South,5\n"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _own(text: str | bytes, mapping: str = MAPPING) -> tuple[str, ...]:
    Path("mapping.yaml").write_text(mapping)
    Path("own.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    return ("import", "csv", "own.csv", "--map", "mapping.yaml", "--new", "own", "--utc-offset", "+00:00")


@pytest.mark.parametrize(
    ("rows", "bad"),
    [
        (ROW.replace("Marl", '"Marl') + SECOND, 2),
        (ROW + SECOND.replace("5\n", '"5\n'), 3),
        (ROW.replace("Marl", '"Marl') + SECOND.replace("Marl", '"Marl"'), 2),
        (ROW.replace("South", '"South') + SECOND.replace("Marl", 'Marl"s'), 2),
    ],
)
def test_a_quote_that_is_not_closed_spoils_its_own_row_and_swallows_no_other(rows: str, bad: int) -> None:
    told = answer(*_own(HEAD + rows), "--skip-bad")
    assert [(it["line"], it["fact"]) for it in told["rejected"]] == [
        (bad, "A quote that opens in this row is not closed.")
    ]
    assert (told["rows"], told["claims"]) == (2, 1)


def test_quotes_that_are_closed_may_hold_lines_and_quotes() -> None:
    rows = ROW.replace("South", '"South ""the\nold"""') + SECOND.replace("South", '"South" side')
    told = answer(*_own(HEAD + rows))
    assert (told["claims"], told["rejected"]) == (2, [])
    assert set(told["new"]["actors"]) == {"north", "south-the-old", "south-side"}


def test_names_of_several_lines_and_of_another_case_are_read_as_one_name() -> None:
    rows = [
        ROW.replace("Marl", '"Marl\nFord"'),
        SECOND.replace("North", "NORTH").replace("Marl", "marl ford"),
        ROW.replace("-03,Marl", "-05,Marl  Ford"),
    ]
    told = answer(*_own(HEAD + "".join(rows)))
    assert told["new"] == {"places": ["marl-ford"], "regions": [], "actors": ["north", "south"]}
    refused = command(*_own(HEAD + ROW.replace("South", "NORTH")), "--dry-run", "--into", "./other")
    assert "own.csv:2: Both sides are" in refused.stderr


@pytest.mark.parametrize(
    ("day", "fact"),
    [
        ("02/13/2021", "first is '02/13/2021', and such dates are read with the day first. Where the month is first"),
        ("0021-02-03", "first is '0021-02-03', of the year 21. Write all digits of the year."),
        ("31/02/2021", "first is '31/02/2021', a day that no calendar has."),
    ],
)
def test_a_date_that_is_written_in_another_way_is_bad_and_says_how_it_is_read(day: str, fact: str) -> None:
    assert (
        f"own.csv:2: {fact}".replace("first is", "day is")
        in command(*_own(HEAD + ROW.replace("2021-02-03", day))).stderr
    )


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_whatever_quotes_are_torn_out_no_untouched_row_is_lost(seed: int) -> None:
    luck = random.Random(seed)
    lines = [f'{number},"Place, {number}","note ""{number}"" here",{number}' for number in range(30)]
    spoilt = {luck.randrange(30) for _ in range(3)}
    for number in spoilt:
        at = luck.choice([place for place, sign in enumerate(lines[number]) if sign == '"'])
        lines[number] = lines[number][:at] + lines[number][at + 1 :]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "rows.csv"
        path.write_text("\n".join(["id,place,note,dead", *lines]))
        table = read_table(path)
    whole = {row["id"] for row in table.rows} | {row.rejected.line for row in table.torn}
    assert len(table.rows) + len(table.torn) == 30, whole
    assert {str(number) for number in range(30)} - {row["id"] for row in table.rows} <= {str(it) for it in spoilt}


@pytest.mark.parametrize(
    "text",
    [
        HEAD.replace("dead", "dead,,") + ROW.replace("4\n", "4,,\n"),
        HEAD + ROW.replace("4\n", "4,,\n"),
        HEAD.replace("dead", "dead,") + ROW,
        f"sep=;\n{HEAD}{ROW}".replace(",", ";"),
        f'"sep=;"\n{HEAD}{ROW}'.replace(",", ";"),
        f"sep=\t\n{HEAD}{ROW}".replace(",", "\t"),
        ("\ufeff" + HEAD + ROW).encode(),
        (HEAD + ROW).replace(",", ";").replace("10.1", "10,1").replace("20.1", "20,1"),
        (HEAD + ROW).replace(",", "\t"),
        (HEAD + ROW).replace(",", "|"),
        (HEAD + ROW).replace("\n", "\r\n"),
        (HEAD.replace("town", '"town, or ""place"", or, or, or, or"') + ROW).replace(",", ";"),
    ],
)
def test_what_spreadsheets_make_of_a_table_is_read(text: str | bytes) -> None:
    mapping = MAPPING
    if "or " in (text if isinstance(text, str) else ""):
        mapping = MAPPING.replace("place: town", "place: 'town; or \"place\"; or; or; or; or'")
    told = answer(*_own(text, mapping))
    assert (told["claims"], told["rejected"]) == (1, [])
    (claim,) = written(Path("scenarios/own"))
    assert claim["asserts"]["killed"]["best"] == 4
    assert "{lat: 10.1, lon: 20.1," in Path("scenarios/own/map.yaml").read_text("utf-8")
    Path("sources").mkdir()
    Path("own.csv").rename("sources/own.csv")
    assert "No problems." in command("check", "own", "--sources", "sources").output


def test_a_header_of_one_cell_and_one_without_the_columns_say_what_they_hold() -> None:
    refused = command(*_own((HEAD + ROW).replace(",", "/")))
    assert "own.csv:1: The header is one cell, 'day/town/lat/lon/attacker/attacked/dead'" in refused.stderr
    refused = command(*_own(HEAD.replace("town", "where") + ROW))
    assert "own.csv:1: There is no column 'town'. The header has: day, where, lat" in refused.stderr
    refused = command(*_own(HEAD))
    assert "No row is left to import. There is none below the header: look at the file." in refused.stderr


BOX = ("--box", "20,10,21,11")
UCDP_BAD: dict[str, object] = {"low": 8}


@pytest.mark.parametrize(
    ("words", "changes", "reported"),
    [
        (BOX, {"longitude": 40}, False),
        (BOX, {"longitude": "east"}, True),
        (BOX, {}, True),
        (("--actor", "Reed Front"), {"side_b": "Hill Front"}, False),
        (("--actor", "Reed Front"), {"side_a": ""}, True),
        (("--type", "state based"), {"type_of_violence": 2}, False),
        (("--type", "state based"), {"type_of_violence": 7}, True),
        (("--from", "2016-05-01"), {"date_start": "2015-05-03", "date_end": "2015-05-03", "year": 2015}, False),
        (("--from", "2016-05-01"), {"date_start": "2015-05-03", "date_end": "2015-05-03"}, True),
    ],
)
def test_a_bad_row_is_told_where_it_may_be_wanted_and_not_where_it_is_not(
    words: tuple[str, ...], changes: dict[str, Any], reported: bool
) -> None:
    ucdp_file(Path("events.csv"), [ucdp_row(1), ucdp_row(2, **(UCDP_BAD | changes))])
    told = answer("import", "ucdp", "events.csv", "--new", "tarnia", "--skip-bad", *words)
    assert (len(told["rejected"]), told["unwanted"]) == ((1, 0) if reported else (0, 1))
    assert told["claims"] == 1


def test_a_bad_row_of_acled_or_of_ones_own_beside_what_is_wanted_is_not_told() -> None:
    acled_file(Path("export.csv"), [acled_row(1), acled_row(2, longitude=40, fatalities=-1)])
    assert answer("import", "acled", "export.csv", "--new", "tarnia", *BOX)["unwanted"] == 1
    words = _own(HEAD + ROW + SECOND.replace("North", "East").replace(",5", ",-5"))
    assert answer(*words, "--actor", "North")["unwanted"] == 1


def test_days_that_are_swapped_are_refused_and_what_the_rows_hold_is_said() -> None:
    words = _own(HEAD + ROW)
    refused = command(*words, "--from", "2021-03-01", "--to", "2021-02-01")
    assert (refused.exit_code, "The rows are to be from 2021-03-01 on, and to 2021-02-01" in refused.stderr) == (
        2,
        True,
    )
    refused = command(*words, "--from", "2021-02-20")
    assert (
        "the rows that can be read are of 2021-02-03 to 2021-02-03, in the box 20.1,10.1,20.1,10.1." in refused.stderr
    )


@pytest.mark.parametrize("tear", ['"', ",,,x,", ""])
def test_a_row_that_is_torn_or_bad_in_a_newer_export_keeps_its_claim(tear: str) -> None:
    ucdp_file(Path("events.csv"), [ucdp_row(number) for number in range(101, 105)])
    answer("import", "ucdp", "events.csv", "--new", "tarnia")
    rows = [ucdp_row(number, **(UCDP_BAD if number == 102 else {})) for number in (101, 102, 103)]
    lines = ucdp_file(Path("events.csv"), rows).read_text("utf-8").splitlines()
    Path("events.csv").write_text("\n".join([*lines[:2], lines[2].replace("Sedge", f"{tear}Sedge", 1), *lines[3:]]))
    told = answer("import", "ucdp", "events.csv", "--into", "tarnia", "--skip-bad")
    assert [it["line"] for it in told["rejected"]] == [3]
    assert told["changes"][0]["retracted"] == ["ucdp-104"]


@pytest.mark.parametrize(("torn", "kept"), [("120,2016,1", False), ("Sedge,10.5,20.25", True), ("?", True)])
def test_a_torn_row_under_another_id_is_none_of_the_earlier_ones_and_one_without_any_may_be(
    torn: str, kept: bool
) -> None:
    ucdp_file(Path("events.csv"), [ucdp_row(number) for number in range(101, 105)])
    answer("import", "ucdp", "events.csv", "--new", "tarnia")
    text = ucdp_file(Path("events.csv"), [ucdp_row(number) for number in (101, 102, 103)]).read_text("utf-8")
    head, first, rest = text.split("\n", 2)
    Path("events.csv").write_text("\n".join([head, first, torn, rest]))
    told = answer("import", "ucdp", "events.csv", "--into", "tarnia", "--skip-bad")
    assert told["changes"][0]["retracted"] == ([] if kept else ["ucdp-104"])
    assert len([note for note in told["notes"] if "Correct what is bad" in note]) == kept


def test_an_export_that_is_cut_off_takes_nothing_back() -> None:
    text = ucdp_file(Path("events.csv"), [ucdp_row(number) for number in range(101, 105)]).read_text("utf-8")
    answer("import", "ucdp", "events.csv", "--new", "tarnia")
    Path("events.csv").write_text(text[: text.index("\n103") + 60])
    told = answer("import", "ucdp", "events.csv", "--into", "tarnia", "--skip-bad")
    assert told["changes"][0]["retracted"] == []
    assert "or the file is cut off there." in told["notes"][0]


def test_where_the_id_of_a_bad_row_cannot_be_read_nothing_is_taken_back_until_it_is_mended() -> None:
    words = _own(HEAD + ROW + SECOND)[:-4]
    answer(*words, "--new", "own")
    Path("own.csv").write_text(HEAD + ROW + SECOND.replace(",5", ",five"))
    told = answer(*words, "--into", "own", "--skip-bad")
    assert told["changes"][0]["retracted"] == []
    assert told["notes"][0].startswith("1 row of the earlier export is not in own.csv, and stays")
    Path("own.csv").write_text(HEAD + ROW + SECOND.replace(",5", ",6"))
    told = answer(*words, "--into", "own")
    assert len(told["changes"][0]["retracted"]) == 1
    assert answer("totals", "own")[0]["best"] == 10


def test_a_place_on_both_sides_of_the_date_line_is_one_place() -> None:
    rows = ROW.replace("20.1", "179.99") + SECOND.replace("20.1", "-179.99")
    assert answer(*_own(HEAD + rows))["new"]["places"] == ["marl"]


def test_two_places_of_one_name_are_called_by_what_they_do_not_share_and_are_told_where_they_may_be_one() -> None:
    head = HEAD.replace("dead", "dead,county")
    mapping = MAPPING.replace("place: town", "place: town, district: county")
    lines = [ROW, SECOND.replace("10.1", "10.19"), ROW.replace("10.1", "12")]
    for counties in (("Low", "Low", "High"), ("Low", "High", "Deep")):
        rows = "".join(line.replace("\n", f",{county}\n") for line, county in zip(lines, counties, strict=True))
        told = answer(*_own(head + rows, mapping), "--dry-run")
        if counties[0] == counties[1]:
            assert told["new"]["places"] == ["marl-10-10-n-20-10-e", "marl-10-19-n-20-10-e", "marl-high"]
            assert told["notes"][0].startswith("Marl (10.10 N, 20.10 E) and Marl (10.19 N, 20.10 E) lie 10 km apart")
        else:
            assert sorted(told["new"]["places"]) == ["marl-deep", "marl-high", "marl-low"]
            assert not [note for note in told["notes"] if "km apart" in note]


def test_a_second_place_of_a_name_that_comes_later_is_not_the_first_one() -> None:
    answer(*_own(HEAD + ROW))
    words = _own(HEAD + ROW + SECOND.replace("10.1", "10.19"))[:-4]
    told = answer(*words, "--into", "own")
    assert told["new"]["places"] == ["marl-10-19-n-20-10-e"]
    assert told["changes"][0]["unchanged"] == 1


COUNTED = MAPPING.replace("killed: dead", "killed: dead, civilians_killed: civ, wounded: hurt") + (
    "unknown: [unknown]\ncivilians: [civilians]\n"
)


def test_numbers_below_none_and_more_civilians_than_dead_are_bad_at_their_lines() -> None:
    cells = ("-4,,", "4,-3,", "4,,-2", "4,5,", "4,4,0")
    rows = "".join(f"2021-02-0{day},Marl,10.1,20.1,North,South,{text}\n" for day, text in enumerate(cells, 1))
    told = answer(*_own(HEAD.replace("dead", "dead,civ,hurt") + rows, COUNTED), "--skip-bad")
    facts = ["dead is -4.", "civ is -3.", "hurt is -2.", "civ is 5, and of all killed there are 4."]
    assert [(it["line"], it["fact"]) for it in told["rejected"]] == list(enumerate(facts, 2))
    assert told["claims"] == 1


def test_words_for_nobody_known_and_for_civilians_are_read_in_any_case_and_civilians_die_in_others_fights() -> None:
    rows = "2021-02-03,Marl,10.1,20.1,Unknown,South,4,1,\n2021-02-04,Marl,10.1,20.1,North,CIVILIANS,3,3,\n"
    told = answer(*_own(HEAD.replace("dead", "dead,civ,hurt") + rows, COUNTED))
    assert told["new"]["actors"] == ["civilians", "north", "south"]
    assert "warning" not in command("check", "own").output


def test_a_table_without_a_header_says_so_once() -> None:
    refused = command(*_own(ROW + SECOND))
    assert refused.stderr.count("own.csv:1:") == 1
    assert "The header has none of the columns that are needed: day, town, lat" in refused.stderr


def test_a_dry_run_refuses_what_the_import_would_refuse_and_writes_nothing() -> None:
    """A map whose actors stand in one line takes no more of them."""
    answer(*_own(HEAD + ROW))
    file = Path("scenarios/own/map.yaml")
    whole = file.read_text("utf-8")
    file.write_text(re.sub(r"(?m)^actors:\n  - (.*)\n  - (.*)$", r"actors: [\1, \2]", whole), "utf-8")
    Path("more.csv").write_text(HEAD + SECOND.replace("North", "East"))
    words = ("import", "csv", "more.csv", "--map", "mapping.yaml", "--into", "own")
    for refused in (command(*words, "--dry-run"), command(*words)):
        assert refused.exit_code == 1
        assert "map.yaml:6:1: 'actors' does not stand a line an entry." in refused.stderr
    file.write_text(whole, "utf-8")
    before = {path: path.read_bytes() for path in Path("scenarios/own").rglob("*") if path.is_file()}
    assert command(*words, "--dry-run").exit_code == 0
    assert {path: path.read_bytes() for path in Path("scenarios/own").rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("number", ["10-20", "10 \u2013 20", "20+", "ca. 20", "~20", ">20"])
def test_a_range_in_a_cell_says_where_its_bounds_belong(number: str) -> None:
    refused = command(*_own(HEAD + ROW.replace(",4\n", f",{number}\n")))
    assert f"own.csv:2: dead is '{number}', no whole number. Write digits alone: bounds" in refused.stderr


REPORTED = MAPPING.replace("rows: events", "rows: reports").replace(
    "killed: dead", "killed: dead, wounded: hurt, outlet: paper"
) + ("kinds: {column: what, codes: {raid: attack, fall: capture, talk: statement, murder: civilians killed}}\n")
REPORTS = HEAD.replace("dead", "dead,hurt,paper,what")


def test_an_outlet_in_two_spellings_is_one_source_under_the_commoner_one() -> None:
    papers = ("The Ferry", "the ferry", "The-Ferry", "The Ferry", "The Desk", "")
    rows = "".join(
        f"2021-02-0{day},Marl,10.1,20.1,North,South,4,,{paper},raid\n" for day, paper in enumerate(papers, 1)
    )
    answer(*_own(REPORTS + rows, REPORTED))
    text = Path("scenarios/own/imports/own.yaml").read_text("utf-8")
    assert re.findall("id: (own[a-z-]*), outlet: ([A-Za-z ]+),", text) == [
        ("own", "The Desk"),
        ("own-the-ferry", "The Ferry"),
    ]
    assert len([claim for claim in answer("claims", "own") if claim["source"] == "own-the-ferry"]) == 4


def test_a_row_that_its_kind_cannot_hold_is_bad_at_its_line_and_nothing_of_it_is_lost_unsaid() -> None:
    rows = [
        "2021-02-01,Marl,10.1,20.1,North,South,4,,The Ferry,talk\n",
        "2021-02-02,,10.1,20.1,North,South,4,,The Ferry,fall\n",
        "2021-02-03,Marl,10.1,20.1,North,South,,3,The Ferry,talk\n",
        "2021-02-04,Marl,10.1,20.1,North,South,0,,The Ferry,talk\n",
        "2021-02-05,Marl,10.1,20.1,North,South,4,9,The Ferry,murder\n",
        "2021-02-06,Marl,10.1,20.1,,South,4,9,The Ferry,fall\n",
    ]
    told = answer(*_own(REPORTS + "".join(rows), REPORTED), "--skip-bad")
    counts = "It is a statement, and counts dead or wounded."
    facts = [(2, counts), (3, "It is a capture, and of no place."), (4, counts)]
    assert [(it["line"], it["fact"]) for it in told["rejected"]] == facts
    (killing,) = [it for it in written(Path("scenarios/own")) if it["asserts"].get("event") == "CiviliansKilled"]
    assert killing["note"] == "Wounded: 9. Also named: South"


def test_a_situation_that_was_made_of_rows_without_a_place_takes_places_later() -> None:
    answer(*_own(HEAD + ROW.replace("Marl,10.1,20.1", ",,")))
    file = Path("scenarios/own/map.yaml")
    text = file.read_text("utf-8")
    assert "places: []" in text
    file.write_text(text.replace("places: []", "places: []  # none yet"), "utf-8")
    Path("more.csv").write_text(HEAD + SECOND)
    told = answer("import", "csv", "more.csv", "--map", "mapping.yaml", "--into", "own")
    assert told["new"]["places"] == ["marl"]
    assert "places:  # none yet\n  - {id: marl," in file.read_text("utf-8")
    assert "No problems." in command("check", "own").output
