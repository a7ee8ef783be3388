"""On what the sources of the first situation disagree: what must come out, and what only looks like a dispute."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from click.testing import CliRunner

from situation.commands.cli import main

SITUATION = "scenarios/al-qaim-2017"


@cache
def disputes() -> Any:
    result = CliRunner().invoke(main, ["disputes", SITUATION, "--all", "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def claims_of(row: Any) -> set[str]:
    return {claim for answer in row["answers"] for claim in answer["claims"]}


def dispute_with(*claims: str) -> Any:
    found = [row for row in disputes()["disputes"] if set(claims) <= claims_of(row)]
    assert found, f"no dispute joins {claims}"
    return found[0]


def relations_between(one: str, other: str) -> set[str]:
    found = set()
    for row in disputes()["relations"]:
        sides = [set(answer["claims"]) for answer in row["answers"]]
        if (one in sides[0] and other in sides[1]) or (other in sides[0] and one in sides[1]):
            found.add(row["relation"])
    return found


def mismatches() -> dict[str, Any]:
    return {row["claim"]: row for row in disputes()["mismatches"]}


def test_al_qaims_holder_is_undisputed_and_its_credit_is_in_tension() -> None:
    assert not [row for row in disputes()["disputes"] if row["question"].startswith("al-qaim.holder (")]
    row = dispute_with("S2-07", "S2-01")
    assert row["question"].startswith("al-qaim.taken_by")
    assert row["relation"] == "tension"
    assert {"S0-07", "S3-17"} <= claims_of(row)


def test_entered_then_captured_is_a_stage() -> None:
    assert "stage" in relations_between("S4-23", "S0-01")


def test_a_unit_of_the_taker_refines_the_taker() -> None:
    assert "refines" in relations_between("S2-07", "S0-01")


def test_when_deir_ez_zor_fell_is_disputed_and_a_heading_says_not_yet() -> None:
    row = dispute_with("S0-16", "S4-11")
    assert row["question"].startswith("deir-ez-zor.holder.when")
    assert row["relation"] == "contradicts"
    assert "S0-13" in claims_of(row)
    assert "contradicts" in relations_between("S0-16", "S0-13")


def test_the_last_stronghold_in_iraq_fails_against_rawa_and_against_one_of_the_last() -> None:
    assert "Rawa" in mismatches()["S0-05"]["state"]
    assert "contradicts" in relations_between("S0-05", "S4-24")
    assert not {"S1-09", "S3-15", "S4-24"} & set(mismatches())


def test_the_last_base_in_syria_fails_against_albu_kamal_and_the_last_significant_stands() -> None:
    assert "Albu Kamal" in mismatches()["S0-17"]["state"]
    assert "S4-13" not in mismatches()


def test_the_free_border_and_the_crushed_enemy_fail_against_the_north_bank() -> None:
    for claim in ("S0-03", "S0-06"):
        row = mismatches()[claim]
        assert "northern bank" in row["state"], row["state"]
        assert "S2-22" in row["because"]


def test_fighters_in_the_vicinity_and_in_the_town_are_in_tension() -> None:
    row = dispute_with("S1-04", "S1-17")
    assert row["question"].startswith("islamic-state@al-qaim.strength")
    assert row["relation"] == "tension"


def test_the_crossing_in_the_town_and_two_kilometres_outside_refine_each_other() -> None:
    assert relations_between("S0-09", "S2-10-place") == {"refines"}


def test_sheltering_and_pressing_contradict() -> None:
    row = dispute_with("S0-20", "S4-15")
    assert row["question"].startswith("sdf:islamic-state.stance")
    assert row["relation"] == "contradicts"


def test_shares_of_land_are_untestable_and_shown_as_that() -> None:
    assert {"S2-06", "S2-19"} <= set(disputes()["untestable"])


def test_three_ways_to_date_one_launch_are_no_dispute() -> None:
    launches = [row for row in disputes()["disputes"] if {"S2-13", "S1-06"} & claims_of(row)]
    assert not [row for row in launches if row["question"].startswith("western-anbar.phase.when")]
    assert relations_between("S1-06", "S2-13") <= {"refines", "agrees"}
    assert relations_between("S3-16", "S2-13") <= {"refines", "agrees"}


def test_two_outlets_with_one_media_units_words_are_one_voice() -> None:
    import situation as sit

    record = sit.load(SITUATION)
    one, other = (record.testimony.claims[name] for name in ("S1-15", "S4-19"))
    assert one.source != other.source
    assert record.testimony.voice(one) == record.testimony.voice(other)
    (weighed,) = [
        it
        for it in record.reading().decided
        if it.question.cell == "dez-hamidiya.holder"
        and {"S1-15", "S4-19"} <= {c.id for c in it.question.answers[0].claims}
    ]
    best = max(record.reading().evidence.weight[claim.id] for claim in weighed.question.answers[0].claims)
    assert weighed.weights[0] == best
