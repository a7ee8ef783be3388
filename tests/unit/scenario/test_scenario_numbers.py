"""A number lies where the rules can bear it, in its own unit, and something asks for it: else it is told at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from situation.rules import Family
from situation.scenario import NUMBERS
from situation.scenario.checks.domains import domain_of, joint_faults, outside_domain
from tests.unit.small import Small
from tests.unit.valley_stories import problems, scenario_of, valley

SO = "source: ASSUMED, reason: so be it"


def with_number(folder: Path, name: str, points: str, unit: str | None = None) -> Small:
    """The valley with one more number; its unit is its own where none is said."""
    stem = name.partition(".north:")[0]
    said = unit or NUMBERS[stem].unit
    return valley(folder).plant(
        "plan.yaml", "parameters:\n", f"parameters:\n  {name}: {{{points}, unit: '{said}', {SO}}}\n"
    )


def test_every_number_of_the_rules_lies_in_its_own_domain() -> None:
    assert {name: list(outside_domain(prior, domain_of(name))) for name, prior in NUMBERS.items()} == {
        name: [] for name in NUMBERS
    }
    assert not list(joint_faults(NUMBERS))


@pytest.mark.parametrize(
    ("name", "value", "must"),
    [
        ("killed_share", "2", "from 0 to 1"),
        ("quality", "-1", "above 0"),
        ("supply_floor", "4", "from 0 to 1"),
        ("regroup", "-3", "above 0"),
        ("regroup", "0", "above 0"),
        ("speed.opposed", "0", "above 0"),
        ("wounded_returning", "2", "from 0 to 1"),
        ("flee", "1.7", "from 0 to 1"),
        ("melt", "2", "from 0 to 1"),
        ("ladder_up", "5", "from 0 to 1"),
        ("attacker_pause", "-20", "0 or more"),
        ("concession", "3", "from 0 to 1"),
        ("break_cap", "3", "above 0 and at most 1"),
        ("break_median", "0", "above 0 and at most 1"),
        ("attrition_rate", "1.5", "from 0 to 1"),
        ("clash_echo", "1", "from 0 to below 1"),
        ("encircled_factor", "0.5", "1 or more"),
        ("capacity.road", "0", "above 0"),
        ("concession.north:south", "3", "from 0 to 1"),
    ],
)
def test_an_impossible_value_is_told_at_its_place(tmp_path: Path, name: str, value: str, must: str) -> None:
    small = with_number(tmp_path, name, f"value: {value}")
    told = [problem for problem in problems(small) if "come to" not in problem]
    advice = f"Give a number {must}." if must[0].isalpha() else f"Give a number of {must}."
    line = small.at("plan.yaml", f"value: {value}", "parameters:")
    assert told == [f"{line}: '{name}' is {value}, and must be {must}. {advice}"]


def test_an_end_of_a_range_is_told_at_that_end(tmp_path: Path) -> None:
    small = with_number(tmp_path, "attrition_rate", "low: 0.1, best: 0.2, high: 1.4")
    assert problems(small) == [
        f"{small.at('plan.yaml', 'high: 1.4')}: 'attrition_rate' is 1.4, and must be from 0 to 1. "
        "Give a number from 0 to 1."
    ]


def test_a_range_that_is_drawn_from_beyond_its_domain_is_told(tmp_path: Path) -> None:
    small = with_number(tmp_path, "flee", "low: 0.2, best: 0.5, high: 0.8, family: lognormal")
    assert problems(small) == [
        f"{small.at('plan.yaml', 'flee: {')}: 'flee' may be drawn as 1.45, and must be from 0 to 1. Write 'family: beta'."
    ]
    small = with_number(tmp_path, "clash_lapsed", "low: 1.1, best: 5, high: 9")
    assert ["Narrow its range" in problem for problem in problems(small)] == [True]


def test_a_share_that_the_rules_fix_is_a_beta_where_it_is_given_a_range(tmp_path: Path) -> None:
    scenario, _ = scenario_of(with_number(tmp_path, "last_stand", "low: 0.02, best: 0.07, high: 0.2"))
    assert scenario.numbers["last_stand"].family is Family.BETA


def test_chances_that_exceed_a_day_together_are_told(tmp_path: Path) -> None:
    small = with_number(tmp_path, "ladder_up.north:south", "value: 0.9")
    assert problems(small) == [
        f"{small.at('plan.yaml', 'ladder_up.north')}: 'ladder_up.north:south' and 'ladder_down' come to 1.15: "
        "a clash cannot go up and down on one day. Let them come to 1 at most."
    ]


@pytest.mark.parametrize(
    ("key", "number", "said"),
    [
        ("start", "value: -3, unit: days", "The number 'own' is -3, and must be 0 or more. Give a number of 0 or more."),
        ("regroup", "value: 0, unit: days", "The number 'own' is 0, and must be above 0. Give a number above 0."),
        ("first_leg", "value: -3, unit: km", "The number 'own' is -3, and must be 0 or more. Give a number of 0 or more."),
        ("first_leg", "value: 3, unit: days", "'first_leg' is in km, and 'own' in days. Name a number of km."),
        ("chance", "low: 0.2, best: 0.5, high: 0.8, unit: chance",
         "The chance 'own' may be drawn as 1.45, and must be from 0 to 1. Write 'family: beta'."),
    ],
)  # fmt: skip
def test_a_number_of_ones_own_must_be_as_its_use_asks(tmp_path: Path, key: str, number: str, said: str) -> None:
    small = valley(tmp_path).plant(
        "plan.yaml", "objectives: [arlen-bridge, dell], start: rest", f"objectives: [dell], {key}: own"
    )
    small.plant("plan.yaml", "  rest: {low: 1, best: 2, high: 4, unit: days,", f"  own: {{{number},")
    line = small.at("plan.yaml", f"{key}: own")
    assert problems(small) == [f"{line}: {said}"]


def test_a_number_of_an_actors_own_must_be_as_its_use_asks(tmp_path: Path) -> None:
    small = valley(tmp_path).plant("plan.yaml", "north: {position: hasty}", "north: {position: hasty, quality: grit}")
    small.plant("plan.yaml", "parameters:\n", f"parameters:\n  grit: {{value: 0, unit: ratio, {SO}}}\n")
    assert problems(small) == [
        f"{small.at('plan.yaml', 'quality: grit')}: The number 'grit' is 0, and must be above 0. Give a number above 0."
    ]


def test_a_known_number_in_another_unit_is_told_once(tmp_path: Path) -> None:
    small = with_number(tmp_path, "regroup", "value: 3", "bananas")
    assert problems(small) == [
        f"{small.at('plan.yaml', 'unit: ', 'regroup: {')}: The unit of 'regroup' is 'days', not 'bananas'. "
        "Give the number in that unit."
    ]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("atrition_rate", "Did you mean 'attrition_rate'?"),
        ("leaving_rate.delya", "Did you mean 'leaving_rate.delay'?"),
        ("idle", "Name it in a plan, an actor or something given."),
    ],
)
def test_a_number_that_nothing_asks_for_is_told(tmp_path: Path, name: str, hint: str) -> None:
    small = with_number(tmp_path, name, "value: 0.1", "per day")
    assert problems(small) == [f"{small.at('plan.yaml', f'{name}: ')}: Nothing asks for the number '{name}'. {hint}"]


def test_a_number_that_lost_its_use_in_a_scenario_that_extends_another_is_let_be(tmp_path: Path) -> None:
    small = valley(tmp_path).add(
        "late.yaml", "scenario: late\ntitle: Late\nabout: Later.\nextends: plan\ngiven: {guns: null}\n"
    )
    assert problems(small, "late.yaml") == []


def test_men_are_not_counted_by_a_beta(tmp_path: Path) -> None:
    small = valley(tmp_path)
    small.plant("plan.yaml", "{actor: south, at: corve, low: 400, best: 500, high: 600,",
                "{actor: south, at: corve, low: 0.4, best: 0.5, high: 0.6, family: beta,")  # fmt: skip
    assert ["a beta is for shares" in problem for problem in problems(small)] == [True]
