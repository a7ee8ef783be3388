"""Numbers of two actors and numbers by posture, where a scenario names them wrongly: told at their line, to the letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from situation.events import ActorId
from situation.rules import Family
from tests.unit.valley_stories import problems, scenario_of, valley

CALM = "low: 0.01, best: 0.025, high: 0.04, unit: per day, source: ASSUMED, reason: so be it"
REBELS = "rebels: {posture: hold, position: prepared, melt: melt}"
LAST = "last_stand: {{hold: {}, delay: last_stand.yielding, insurgency: last_stand.yielding}}"


@pytest.mark.parametrize(
    ("name", "family"), [("clash_rate.north:south", Family.LOGNORMAL), ("concession.north:rebels", Family.BETA)]
)
def test_a_pair_may_have_a_number_of_its_own(tmp_path: Path, name: str, family: Family) -> None:
    """It is of the family of the number that it stands for."""
    calm = CALM if name.startswith("clash_rate") else CALM.replace("per day", "share")
    small = valley(tmp_path).plant("plan.yaml", "parameters:\n", f"parameters:\n  {name}: {{{calm}}}\n")
    scenario, _ = scenario_of(small)
    assert (scenario.numbers[name].best, scenario.numbers[name].family) == (0.025, family)
    assert scenario.numbers[name.partition(".")[0]].best != 0.025


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("clash_rate.north:sout", ["There is no actor 'sout'. Did you mean 'south'?"]),
        ("clash_rate.elsewhere:north", ["There is no actor 'elsewhere'. Use an id of map.yaml."]),
        ("clash_rate.north-guard:south", ["'north-guard' is a unit. Name 'north', which it stands under."]),
        (
            "clash_rate.south:north",
            ["'clash_rate.south:north' does not name two actors in order. Write 'clash_rate.north:south', of two."],
        ),
        (
            "clash_rate.north:north",
            ["'clash_rate.north:north' names one actor twice. A pair is two actors."],
        ),
        ("clash_rat.north:south", ["No two actors have a 'clash_rat' of their own. Did you mean 'clash_rate'?"]),
        (
            "raid_rate.north:rebels",
            [
                "No two actors have a 'raid_rate' of their own. It may be one of: clash_rate, clash_lapsed, clash_echo, "
                "clash_fade, ladder_up, ladder_down, concession, confrontation_days, ceasefire_rate."
            ],
        ),
        ("clash_rate.north:south:rebels", ["There is no actor 'south:rebels'. Did you mean 'rebels'?"]),
    ],
)
def test_a_pair_that_is_none_is_told_at_its_line(tmp_path: Path, name: str, told: list[str]) -> None:
    small = valley(tmp_path).plant("plan.yaml", "parameters:\n", f"parameters:\n  {name}: {{{CALM}}}\n")
    assert problems(small) == [f"{small.at('plan.yaml', f'{name}: ')}: {fact}" for fact in told]


def test_a_number_of_a_pair_must_be_whole_as_any_other(tmp_path: Path) -> None:
    wrong = "clash_rate.north:south: {low: 0.03, best: 0.02, high: 0.01, unit: per day, source: x}"
    small = valley(tmp_path).plant("plan.yaml", "parameters:\n", f"parameters:\n  {wrong}\n")
    (problem,) = problems(small)
    assert problem.startswith(small.at("plan.yaml", "clash_rate.north:south: ") + ": ")
    assert "The number 'clash_rate.north:south'" in problem


def test_a_number_by_its_old_name_is_told_with_the_new_one(tmp_path: Path) -> None:
    given = "posture.hasty: {value: 1.2, unit: ratio, source: x}"
    small = valley(tmp_path).plant("plan.yaml", "parameters:\n", f"parameters:\n  {given}\n")
    fact = "Nothing asks for the number 'posture.hasty'. It is called 'position.hasty' now."
    assert problems(small) == [f"{small.at('plan.yaml', 'posture.hasty')}: {fact}"]


@pytest.mark.parametrize(
    "said", ["last_stand: last_stand.determined", LAST.format("last_stand.determined"), LAST.format("luck")]
)
def test_a_last_stand_is_one_number_or_one_for_each_posture(tmp_path: Path, said: str) -> None:
    small = valley(tmp_path).plant("plan.yaml", REBELS, REBELS.replace("melt: melt", f"melt: melt, {said}"))
    conduct = scenario_of(small)[0].actors[ActorId("rebels")]
    assert conduct.stands("hold") == ("luck" if "luck" in said else "last_stand.determined")
    assert conduct.stands("delay") == ("last_stand.yielding" if "{" in said else "last_stand.determined")


SHAPE = "This names no number, nor one for each posture. Write a name, or {hold: .., delay: .., insurgency: ..}."


@pytest.mark.parametrize(
    ("said", "at", "fact"),
    [
        ("last_stand: 0.3", "last_stand", SHAPE),
        ("last_stand: [last_stand.determined]", "last_stand", SHAPE),
        ("last_stand: {hold: last_stand.determined}", "last_stand", SHAPE),
        ("last_stand: {hold: luck, delay: luck, insurgency: luck, flight: luck}", "last_stand", SHAPE),
        ("last_stand: last_stand.determind", "last_stand",
         "There is no number 'last_stand.determind'. Did you mean 'last_stand.determined'?"),
        (LAST.format("last_stand.determind"), "hold: last",
         "There is no number 'last_stand.determind'. Did you mean 'last_stand.determined'?"),
        (LAST.format("0.3"), "hold: 0.3",
         "There is no number '0.3'. Define it under 'parameters', with unit and source."),
        (LAST.format("speed.light"), "hold: speed",
         "'speed.light' differs from case to case. Name a number that holds for the whole story."),
    ],
)  # fmt: skip
def test_a_last_stand_of_another_shape_is_told_at_its_line(tmp_path: Path, said: str, at: str, fact: str) -> None:
    small = valley(tmp_path).plant("plan.yaml", REBELS, REBELS.replace("melt: melt", f"melt: melt, {said}"))
    assert problems(small) == [f"{small.at('plan.yaml', at, 'melt: melt, ')}: {fact}"]


@pytest.mark.parametrize(
    ("friend", "fact"),
    [
        ("south-foot", "'south-foot' is a unit. Name 'south', which it stands under."),
        ("souths", "There is no actor 'souths'. Did you mean 'south'?"),
        ("north", "A plan of 'north' holds for itself. Name a friend, or leave it out."),
    ],
)
def test_a_friend_to_hold_for_that_is_none_is_told_at_its_line(tmp_path: Path, friend: str, fact: str) -> None:
    small = valley(tmp_path).plant("plan.yaml", "start: rest,", f"start: rest, holds_for: {friend},")
    assert problems(small) == [f"{small.at('plan.yaml', 'holds_for: ')}: {fact}"]
