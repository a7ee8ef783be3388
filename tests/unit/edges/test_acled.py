"""ACLED's rows as claims: today's columns and older ones, directions where there are any, and what its 0 means."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.unit.edges.event_files import acled_file, acled_row, answer, command, written


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


KINDS = ("Rebel group", "State forces")
"""Of one actor, as two columns may have it."""


def _imported(*rows: dict[str, str]) -> list[dict[str, Any]]:
    acled_file(Path("export.csv"), rows)
    answer("import", "acled", "export.csv", "--new", "tarnia")
    return written(Path("scenarios/tarnia"))


def test_a_battle_has_no_direction() -> None:
    (claim,) = _imported(acled_row(1))
    assert claim["asserts"] == {
        "event": "Attacked",
        "place": "sedge",
        "between": ["military-forces-of-tarnia-2010", "reed-front"],
        "killed": {"best": 7, "unit": "persons"},
    }
    assert (claim["id"], claim["origin"]) == ("acled-TAR1", "reed-radio-and-tarn-wire")


def test_an_actor_that_fights_itself_fought_among_themselves_whatever_its_kinds() -> None:
    claims = _imported(*(acled_row(number, actor1="Reed Front", inter1=kind) for number, kind in enumerate(KINDS)))
    for claim in claims:
        assert claim["asserts"] == {
            "event": "Attacked",
            "place": "sedge",
            "by": ["reed-front"],
            "against": "reed-front",
            "killed": {"best": 7, "unit": "persons"},
        }
        assert claim["says"] == "Reed Front fought among themselves at Sedge; 7 killed."
    assert "No problems." in command("check", "tarnia").output
    assert "fought among" in command("replay", "tarnia", "--out", "out").output
    (row,) = answer("totals", "tarnia", "--by", "pair")
    assert (row["pair"], row["best"]) == (["reed-front", "reed-front"], 7 * len(claims))


def test_no_fatalities_are_no_number() -> None:
    (claim,) = _imported(acled_row(1, fatalities=0))
    assert "killed" not in claim["asserts"]
    assert answer("totals", "tarnia")[0]["unnumbered"] == 1


def test_civilians_are_attacked_by_the_other_whichever_stands_first() -> None:
    civilians = {"actor1": "Civilians (Tarnia)", "inter1": "Civilians", "event_type": "Violence against civilians"}
    dead, hurt = _imported(acled_row(1, **civilians), acled_row(2, **civilians, fatalities=0))
    assert dead["asserts"] == {
        "event": "CiviliansKilled",
        "place": "sedge",
        "by": ["reed-front"],
        "number": {"best": 7, "unit": "persons"},
    }
    assert hurt["asserts"] == {"event": "Attacked", "place": "sedge", "by": ["reed-front"], "against": "civilians"}


def test_an_unidentified_group_is_nobody_who_is_named() -> None:
    row = acled_row(1, actor1="Unidentified Armed Group (Tarnia)", actor2="Civilians (Tarnia)", inter2="Civilians")
    (claim,) = _imported(row | {"event_type": "Violence against civilians"})
    assert "by" not in claim["asserts"]
    assert "Unidentified Armed Group (Tarnia)" in claim["note"]


@pytest.mark.parametrize(
    ("sub", "taker"),
    [
        ("Government regains territory", "military-forces-of-tarnia-2010"),
        ("Non-state actor overtakes territory", "reed-front"),
    ],
)
def test_a_place_that_is_taken_is_taken_by_whom_the_sub_event_names(sub: str, taker: str) -> None:
    (claim,) = _imported(acled_row(1, sub_event_type=sub, fatalities=0))
    assert (claim["asserts"]["event"], claim["asserts"]["by"]) == ("Captured", [taker])
    assert "killed" not in claim["asserts"]


def test_a_place_that_is_taken_in_a_fight_is_taken_with_its_dead() -> None:
    (claim,) = _imported(acled_row(1, sub_event_type="Government regains territory", fatalities=7))
    assert claim["asserts"]["event"] == "Captured"
    assert claim["asserts"]["killed"] == {"best": 7, "unit": "persons"}
    assert claim["says"].endswith("; 7 killed.")
    (total,) = answer("totals", "tarnia", "--of", "killed")
    assert (total["best"], total["events"], total["unnumbered"]) == (7, 1, 0)
    (holder,) = {row["holder"] for row in answer("state", "tarnia")["places"].values() if row["holder"]}
    assert holder == "military-forces-of-tarnia-2010"


def test_a_protest_is_kept_as_a_statement() -> None:
    row = acled_row(
        1, event_type="Protests", sub_event_type="Peaceful protest", actor1="Protesters (Tarnia)", actor2=""
    )
    (claim,) = _imported(row | {"inter1": "Protesters", "fatalities": "0"})
    assert claim["asserts"]["statement"] == "Said"
    assert claim["says"] == "Peaceful protest at Sedge: Protesters (Tarnia)."
    assert command("check", "tarnia").exit_code == 0


@pytest.mark.parametrize(
    ("code", "happened"),
    [
        (1, "2016-05-03"),
        (2, {"earliest": "2016-04-30", "latest": "2016-05-06", "precision": "day"}),
        (3, {"earliest": "2016-05-01", "latest": "2016-05-31", "precision": "vague"}),
    ],
)
def test_a_precision_of_time_is_an_interval(code: int, happened: object) -> None:
    (claim,) = _imported(acled_row(1, time_precision=code, timestamp=""))
    assert claim["happened"] == happened


@pytest.mark.parametrize(("code", "place"), [(1, "sedge"), (2, "around-sedge"), (3, "low")])
def test_a_precision_of_place_is_a_place_or_an_area(code: int, place: str) -> None:
    (claim,) = _imported(acled_row(1, geo_precision=code))
    assert claim["asserts"]["place"] == place


OLD = (
    *("DATA_ID", "ISO", "EVENT_ID_CNTY", "EVENT_ID_NO_CNTY", "EVENT_DATE", "YEAR", "TIME_PRECISION", "EVENT_TYPE"),
    *(
        "SUB_EVENT_TYPE",
        "ACTOR1",
        "ASSOC_ACTOR_1",
        "INTER1",
        "ACTOR2",
        "ASSOC_ACTOR_2",
        "INTER2",
        "INTERACTION",
        "REGION",
    ),
    *("COUNTRY", "ADMIN1", "ADMIN2", "ADMIN3", "LOCATION", "LATITUDE", "LONGITUDE", "GEO_PRECISION", "SOURCE"),
    *("SOURCE_SCALE", "NOTES", "FATALITIES", "TIMESTAMP", "ISO3"),
)


@pytest.mark.parametrize("written_day", ["03 May 2016", "03/05/2016", "2016-05-03"])
def test_an_older_layout_gives_the_same_claim(written_day: str) -> None:
    (today,) = _imported(acled_row(1))
    row = {key.upper(): value for key, value in acled_row(1, event_date=written_day, inter1=1, inter2=2).items()}
    acled_file(Path("old.csv"), [row | {"DATA_ID": "1", "ISO3": "TAR"}], OLD)
    answer("import", "acled", "old.csv", "--new", "before")
    (before,) = written(Path("scenarios/before"))
    assert before | {"source": today["source"]} == today


BAD: dict[str, tuple[dict[str, object], str]] = {
    "year": ({"year": 2017}, "The date is 2016-05-03, and year is 2017."),
    "date": ({"event_date": "soon"}, "event_date is 'soon', no date."),
    "time code": ({"time_precision": 4}, "time_precision is '4'."),
    "place code": ({"geo_precision": 9}, "geo_precision is '9'."),
    "a dash for a place code": ({"geo_precision": "-"}, "geo_precision is '-'."),
    "point": ({"latitude": ""}, "The place has no point."),
    "kind": ({"event_type": "Battels"}, "event_type is 'Battels'."),
    "deaths": ({"fatalities": -1}, "fatalities is -1."),
    "actor": ({"actor1": "", "actor2": ""}, "The row names no actor."),
    "id": ({"event_id_cnty": ""}, "The row has no event_id_cnty."),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_row_is_told_at_its_line(kind: str) -> None:
    changes, fact = BAD[kind]
    acled_file(Path("export.csv"), [acled_row(1), acled_row(2, **changes)])
    refused = command("import", "acled", "export.csv", "--new", "tarnia")
    assert refused.exit_code == 1
    assert f"export.csv:3: {fact}" in refused.stderr
    told = answer("import", "acled", "export.csv", "--new", "tarnia", "--skip-bad")
    assert (told["rows"], told["claims"], len(told["rejected"])) == (2, 1, 1)


def test_older_exports_have_short_years_and_changes_of_control_among_the_kinds() -> None:
    old = {"sub_event_type": "", "event_date": "03-May-16", "inter1": "1", "inter2": "2"}
    kinds = ("Battle-Government regains territory", "Battle-Non-state actor overtakes territory")
    taken = _imported(*(acled_row(number, event_type=kind, **old) for number, kind in enumerate(kinds)))
    assert [(claim["asserts"]["event"], claim["asserts"]["by"]) for claim in taken] == [
        ("Captured", ["military-forces-of-tarnia-2010"]),
        ("Captured", ["reed-front"]),
    ]
    assert {claim["happened"] for claim in taken} == {"2016-05-03"}
    base = acled_row(9, event_type="Headquarters or base established", fatalities=0, **old)
    acled_file(Path("base.csv"), [base, acled_row(10, event_date="03-May-16", year=2017)])
    told = answer("import", "acled", "base.csv", "--into", "tarnia", "--skip-bad")
    assert (told["claims"], [bad["fact"] for bad in told["rejected"]]) == (1, ["event_date is '03-May-16', no date."])


def test_the_dead_of_a_riot_are_told_in_the_words_of_the_file_where_nobody_is_said_to_have_done_it() -> None:
    (claim,) = _imported(
        acled_row(
            1, event_type="Riots", sub_event_type="Mob violence", actor1="Rioters (Tarnia)", actor2="", fatalities=2
        )
    )
    assert claim["says"] == "Mob violence at Sedge: Rioters (Tarnia); 2 killed."
    assert claim["asserts"] == {"event": "Attacked", "place": "sedge", "killed": {"best": 2, "unit": "persons"}}


def test_a_doer_that_acled_calls_unidentified_is_told_of_as_not_named() -> None:
    rows = (
        acled_row(1, actor1="Unidentified Armed Group (Tarnia)", actor2="Civilians (Tarnia)", inter2="Civilians"),
        acled_row(2, actor1="Unidentified Armed Group (Tarnia)", actor2="", event_type="Explosions/Remote violence"),
        acled_row(3, actor1="Reed Front", actor2="", event_type="Explosions/Remote violence"),
    )
    assert [claim["says"] for claim in _imported(*rows)] == [
        "7 civilians were killed at Sedge; by whom is not said.",
        "There was fighting at Sedge; 7 killed; the sides are not named.",
        "Reed Front attacked at Sedge; 7 killed; against whom is not said.",
    ]
