"""What the record of the first situation must answer, asked of the command line as a user would."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner

from situation.commands.cli import main

SITUATION = "scenarios/al-qaim-2017"
QUARTERS = ("dez-hamidiya", "dez-sheikh-yassin", "dez-ardhi", "dez-rashidia", "dez-hawiqa")


def ask(*arguments: str) -> Any:
    result = CliRunner().invoke(main, [arguments[0], *arguments[1:], SITUATION, "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def holders(answer: Any) -> dict[str, str]:
    return {name: place["holder"] for name, place in answer["places"].items()}


def test_deir_ez_zor_is_a_besieged_enclave_at_the_end_of_august() -> None:
    place = ask("state", "--at", "2017-08-31")["places"]["deir-ez-zor"]
    assert (place["status"], place["holder"], place["besieger"]) == ("besieged", "syria", "islamic-state")
    assert place["because"][0] == "opening:deir-ez-zor"
    assert "S4-16" in place["because"]


@pytest.mark.parametrize(("at", "holder"), [("2017-10-10", "krg"), ("2017-11-03T23:59Z", "iraq")])
def test_kirkuk_passes_from_the_kurds_to_baghdad(at: str, holder: str) -> None:
    place = ask("state", "--at", at)["places"]["kirkuk"]
    assert (place["holder"], place["status"]) == (holder, "held")


def test_on_30_october_the_border_is_islamic_states_and_an_operation_is_under_way() -> None:
    answer = ask("state", "--at", "2017-10-30")
    held = holders(answer)
    for place in ("al-qaim", "husaybah-crossing", "rawa", "albu-kamal"):
        assert held[place] == "islamic-state", place
    assert (held["raqqa"], held["mayadin"]) == ("sdf", "syria")
    (operation,) = [it for it in answer["operations"] if it["id"] == "western-anbar"]
    assert operation["launched"] == "2017-10-26"
    assert operation["by"] == "iraq"
    assert {"al-qaim", "rawa"} <= set(operation["targets"])
    assert operation["phase"] != "ended"


def test_on_3_november_al_qaim_and_deir_ez_zor_have_fallen_and_the_rest_has_not() -> None:
    answer = ask("state", "--at", "2017-11-03T23:59Z")
    held, places = holders(answer), answer["places"]
    for place in ("al-qaim", "husaybah-crossing", "karabilah"):
        assert (held[place], places[place]["status"]) == ("iraq", "held"), place
    for place in (*QUARTERS, "deir-ez-zor"):
        assert (held[place], places[place]["status"]) == ("syria", "held"), place
    assert (held["albu-kamal"], held["rawa"]) == ("islamic-state", "islamic-state")
    bank = places["anbar-north-bank"]
    assert (bank["holder"], bank["status"]) == ("islamic-state", "mixed")
    assert bank["parts"][0]["actor"] == "islamic-state"
    assert "S2-22" in bank["because"]


def test_the_entry_comes_before_the_capture_and_the_crossing_after_the_entry() -> None:
    times = _times()
    entered = times["entered/al-qaim/al-qaim-falls"]
    assert entered < times["captured/al-qaim/al-qaim-falls"]
    assert entered < times["captured/husaybah-crossing/al-qaim-falls"]


def _times() -> dict[str, int]:
    import situation as sit

    return {entry.id: entry.time for entry in sit.load(SITUATION).log()}


def test_the_evening_before_nothing_of_that_day_was_known() -> None:
    answer = ask("state", "--at", "2017-11-03T23:59Z", "--known-at", "2017-11-02")
    held = holders(answer)
    assert held["al-qaim"] == held["husaybah-crossing"] == held["karabilah"] == "islamic-state"
    assert answer["places"]["al-qaim"]["status"] == "held"
    known = {row["id"]: row for row in ask("claims", "--known-at", "2017-11-02")}
    assert "S1-19" in known
    assert "S4-37" in known
    assert "S4-38" in known
    assert all(row["said"] or row["published"] for row in known.values())
    assert not any(name in known for name in ("S0-01", "S1-08", "S2-07", "S3-09", "S3-11", "S4-23", "S4-27", "S4-06"))
    for place in answer["places"].values():
        named = {reason for reason in place["because"] if not reason.startswith("opening:")}
        assert named <= set(known)


def test_nothing_graded_later_leaks_into_what_was_known_before() -> None:
    import situation as sit

    record = sit.load(SITUATION)
    known_at = record.minute("2017-11-02")
    for row in ask("claims", "--known-at", "2017-11-02"):
        judged = record.testimony.claims[row["id"]].credibility_at(known_at)
        assert row["credibility"] == (judged.grade if judged else 6)
        assert judged is None or judged.as_of <= known_at


def test_why_names_each_claim_for_and_against_with_paragraph_grade_and_line() -> None:
    answer = ask("why", "al-qaim.holder", "--at", "2017-11-04")
    assert answer["value"] == "iraq"
    named = {voice["claim"]: voice for voice in answer["for"]}
    assert {"S0-01", "S1-08", "S2-07", "S2-01", "S3-09"} <= set(named)
    for voice in named.values():
        assert voice["source"]
        assert voice["file"].endswith(".yaml")
        assert voice["line"] > 0
        assert voice["credibility"] in range(1, 7)
        assert voice["reliability"]
    assert named["S2-07"]["paragraph"] == 10
    assert named["S2-07"]["said_by"] != "article"


def test_fighters_at_al_qaim_and_albu_kamal_are_as_their_sources_put_them() -> None:
    answer = ask("state", "--at", "2017-11-02")
    forces = {(force["actor"], force["place"]): force for force in answer["forces"]}
    here = forces["islamic-state", "al-qaim"]
    assert (here["low"], here["high"]) == (1500, 2500)
    assert [(other["claim"], other["best"] or other["low"]) for other in here["beside"]] == [("S1-04", 1500)]
    there = forces["islamic-state", "albu-kamal"]
    assert (there["low"], there["high"]) == (2000, 3000)


def test_without_the_background_the_record_still_answers_and_says_so() -> None:
    result = CliRunner().invoke(main, ["check", SITUATION, "--without", "background"])
    assert result.exit_code == 0, result.output
    assert "background left out" in result.output
    answer = ask("state", "--at", "2017-11-03T23:59Z", "--without", "background")
    assert holders(answer)["al-qaim"] == "iraq"
    named = {reason for place in answer["places"].values() for reason in place["because"]}
    assert not any(reason.startswith("B-") for reason in named)


def test_a_place_is_found_by_any_of_its_spellings() -> None:
    for spelling in ("al-Qaim", "Al Qaim", "Qaim", "القائم"):
        assert ask("why", f"{spelling}.holder", "--at", "2017-11-04")["cell"] == "al-qaim.holder"
