"""The question `situation battle` asks, in Python and at its door."""

from __future__ import annotations

import doctest
import json
import math
import re

import pytest
from click.testing import CliRunner, Result
from scipy.stats import binomtest

from situation.commands.cli import main
from situation.log.value_words import number_in_figures as told_number
from situation.rules import RuleError, attrition, effective_ratio
from situation.rules.attrition import whole_loss
from situation.rules.engagement import battle as battle_module
from situation.rules.engagement.battle import BattleAnswer, BattleError, battle, spread_of
from situation.rules.engagement.closed_forms import Broke
from situation.rules.engagement.days import fight_by_days
from situation.rules.engagement.fight import fight
from situation.rules.engagement.losses import fight_by_losses
from situation.rules.engagement.terms import Engagement

SPREAD = ["mean", "p05", "p25", "p50", "p75", "p95"]
SQUARE = ["--attacker", "20", "--defender", "15", "--law", "square", "--attacker-rate", "0.1", "--defender-rate", "0.1"]


def asked(*words: str) -> Result:
    """`situation battle` with these words."""
    return CliRunner().invoke(main, ["battle", *words])


def test_the_example_in_the_module_holds() -> None:
    assert doctest.testmod(battle_module).failed == 0


def test_the_answer_has_the_documented_keys_in_order() -> None:
    result = asked(*SQUARE, "--runs", "50", "--seed", "3", "--json")
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    spreads = ["days", "attacker_left", "defender_left", "attacker_loss_fraction", "defender_loss_fraction"]
    assert list(answer) == ["attacker_wins", "interval", *spreads, "runs", "seed"]
    assert all(list(answer[name]) == SPREAD for name in spreads)
    assert (answer["runs"], answer["seed"]) == (50, 3)


def test_the_square_duel_is_won_as_often_as_is_known_exactly() -> None:
    answer = battle(20, 15, law="square", attacker_rate=0.1, defender_rate=0.1, runs=10000, seed=1)
    assert abs(answer["attacker_wins"] - 0.9281) <= 4.0 * math.sqrt(0.9281 * 0.0719 / 10000)


def test_the_same_seed_gives_the_same_answer_and_another_seed_another() -> None:
    def ask(seed: int) -> BattleAnswer:
        return battle(300, 100, runs=200, seed=seed)

    assert ask(5) == ask(5)
    assert ask(5) != ask(6)


def test_runs_do_not_depend_on_how_they_are_grouped() -> None:
    engagement = Engagement(attackers=20, defenders=15, law="linear", a=0.01, b=0.01)
    together = fight_by_losses(engagement, 7, 50)
    assert together == fight_by_losses(engagement, 7, 50, at_once=7)
    assert together[13:20] == fight(engagement, 7, 7, first=13)
    general = Engagement(attackers=300, defenders=100)
    assert fight(general, 7, 9)[4:] == fight(general, 7, 5, first=4)


def test_deterministic_general_is_the_rules_day_by_day() -> None:
    attackers, defenders, days = 3000.0, 1000.0, 0
    rho = 1.0
    while (1000 - defenders) / 1000 < 0.14 / rho**0.35 and (3000 - attackers) / 3000 < 0.14 * rho**0.35:
        rho = effective_ratio(attackers, defenders, position=1.5, terrain=1.4, air=2.5)
        losses = attrition(attackers, defenders, rho)
        attackers, defenders, days = attackers - losses.attacker, defenders - losses.defender, days + 1
    answer = battle(3000, 1000, position="prepared", terrain="urban", air="dedicated", deterministic=True)
    assert (answer["attacker_wins"], answer["interval"], answer["runs"]) == (1.0, [1.0, 1.0], 1)
    assert answer["days"]["mean"] == days
    assert answer["attacker_left"]["p50"] == pytest.approx(attackers, rel=1e-12)
    assert answer["defender_left"]["p05"] == pytest.approx(defenders, rel=1e-12)


def test_deterministic_general_to_the_last_comes_to_an_end() -> None:
    answer = battle(3000, 1000, attacker_breaks=1.0, defender_breaks=1.0, deterministic=True)
    assert answer["attacker_wins"] == 1.0
    left = answer["defender_left"]["mean"]
    assert left is not None
    assert left < 1.0


def test_equal_sides_under_general_leave_the_attacker_without_a_win_where_nothing_is_drawn() -> None:
    settled = fight_by_days(Engagement(attackers=1000, defenders=1000), None)
    assert settled.broke is Broke.BOTH


@pytest.mark.parametrize(("attackers", "won"), [(5000, True), (200, False)])
def test_of_two_that_break_on_one_day_the_one_that_breaks_later_has_won(attackers: int, won: bool) -> None:
    settled = fight_by_days(
        Engagement(attackers=attackers, defenders=1000, attacker_breaks=0.001, defender_breaks=0.001), None
    )
    assert (settled.days, settled.broke) == (1.0, Broke.DEFENDER if won else Broke.ATTACKER)


def test_general_moves_whole_persons_in_whole_units() -> None:
    for ending in fight(Engagement(attackers=3000, defenders=1000, unit=10), 1, 50):
        assert ending.attackers_left % 10 == 0
        assert ending.defenders_left % 10 == 0


def test_rounding_to_whole_units_keeps_the_mean_and_takes_no_more_than_there_is() -> None:
    losses = [whole_loss((i + 0.5) / 1000, 12.3, 5, 100.0) for i in range(1000)]
    assert set(losses) == {10.0, 15.0}
    assert math.fsum(losses) / 1000 == pytest.approx(12.3, abs=0.01)
    assert whole_loss(0.5, 50.0, 5, 3.0) == 3.0


def test_an_end_that_is_only_approached_is_null() -> None:
    result = asked(*SQUARE[:5], "linear", *SQUARE[6:], "--deterministic", "--json")
    answer = json.loads(result.stdout)
    assert answer["days"]["mean"] is None
    assert answer["attacker_left"]["mean"] == 5.0


def test_the_interval_of_a_chance_is_wilsons() -> None:
    answer = battle(20, 15, law="square", attacker_rate=0.1, defender_rate=0.1, runs=200, seed=1)
    exact = binomtest(round(answer["attacker_wins"] * 200), 200).proportion_ci(0.95, method="wilson")
    assert answer["interval"] == pytest.approx([exact.low, exact.high])


def test_percentiles_are_straight_lines_between_ordered_values() -> None:
    spread = spread_of([4.0, 1.0, 3.0, 2.0])
    assert [spread["p25"], spread["p50"], spread["p75"], spread["mean"]] == [1.75, 2.5, 3.25, 2.5]


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(BattleError) as caught:
        battle(0, -3, attacker_breaks=0.0, defender_breaks=math.nan, runs=0, seed=-1)
    assert not caught.value.misused
    names = [problem.parameter for problem in caught.value.problems]
    assert names == ["attacker", "defender", "runs", "seed", "attacker_breaks", "defender_breaks"]


@pytest.mark.parametrize(
    ("arguments", "code", "text"),
    [
        ("--attacker 20", 2, "--defender: is missing. Give a number of persons."),
        ("--attacker 20 --defender x", 2, "--defender: 'x' is not a whole number. Give one."),
        ("--attacker 20 --defender 5 --law squar", 2, "--law: there is no 'squar'. Did you mean 'square'? Give one of"),
        ("--attacker 20 --defender 5 --attacker-rate 0.1", 2, "the law 'general' takes no rates"),
        (
            "--attacker 20 --defender 5 --law square --attacker-rate 1",
            2,
            "--defender-rate: is missing, and the law 'square'",
        ),
        ("--attacker 20 --defender 5 --law linear --attacker-rate 0 --defender-rate 0", 1, "nobody is ever hit"),
        (
            "--attacker 20 --defender 5 --law linear --attacker-rate -1 --defender-rate 1",
            1,
            "--attacker-rate: -1.0 is below 0",
        ),
        ("--attacker 20 --defender 5 --law linear --attacker-rate nan --defender-rate 1", 1, "not a finite number"),
        ("--attacker 20 --defender 0", 1, "--defender: 0 is out of range"),
        ("--attacker 1,5 --defender 9", 2, "--attacker: '1,5' is not a whole number. Commas part thousands alone, and"),
        ("--attacker 1_5 --defender 9", 2, "--attacker: '1_5' is not a whole number. Commas part thousands alone"),
        (
            "--attacker 20 --defender 15 --law square --attacker-rate 0,1 --defender-rate 0.1",
            2,
            "--attacker-rate: '0,1' is not a number. Commas part thousands alone, and a point comes before decimals.",
        ),
        ("--attacker 20 --defender 9 --unit 10", 1, "--unit: 10 is more than the smaller side. Give at most 9."),
        ("--attacker 20 --defender 9 --attacker-breaks 1.2", 1, "--attacker-breaks: 1.2 is not a share"),
        ("--attacker 20 --defender 9 --seed -1", 1, "--seed: -1 is out of range"),
        (
            "--attacker 9 --defender 9 --law square --attacker-rate 1 --defender-rate 1 --air some",
            2,
            "--air: acts under",
        ),
        (
            "--attacker 9000000 --defender 9 --law square --attacker-rate 1 --defender-rate 1",
            1,
            "--unit: 1 makes up to",
        ),
    ],
)
def test_a_wrong_question_is_answered_with_what_to_do(arguments: str, code: int, text: str) -> None:
    result = asked(*arguments.split())
    assert result.exit_code == code, result.output
    assert text in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("how", [(), ("--deterministic",)])
@pytest.mark.parametrize("law", ["square", "linear", "mixed", "logarithmic"])
@pytest.mark.parametrize("rate", ["1e308", "1e-308", "1e-320", "1e307", "1e15", "1e-15"])
def test_a_rate_that_nothing_can_be_reckoned_with_is_refused(rate: str, law: str, how: tuple[str, ...]) -> None:
    sides = ["--attacker", "20", "--defender", "15", "--law", law, "--attacker-rate", rate, "--defender-rate", "0.1"]
    result = asked(*sides, "--runs", "10", *how)
    assert result.exit_code == 1, result.output
    assert re.match(r"--attacker-rate: \S+ (makes|is not a finite number)", result.stderr)
    with pytest.raises(RuleError):
        Engagement(attackers=20, defenders=15, law=law, a=0.1, b=float(rate))


@pytest.mark.parametrize("times", [1e-12 / 6.0, 1e12 / 12.0])
def test_the_slowest_and_the_fastest_fight_are_the_same_fight_on_another_clock(times: float) -> None:
    """At the start 12 and 6 losses a day, times so much."""

    def ask(scale: float, deterministic: bool) -> BattleAnswer:
        rates = {"attacker_rate": 0.01 * scale, "defender_rate": 0.005 * scale}
        return battle(30, 40, law="linear", **rates, defender_breaks=0.5, runs=40, deterministic=deterministic)  # type: ignore[arg-type]

    for deterministic in (False, True):
        plain, scaled = ask(1.0, deterministic), ask(times, deterministic)
        assert scaled["attacker_left"] == pytest.approx(plain["attacker_left"])
        for key in SPREAD:
            assert scaled["days"][key] * times == pytest.approx(plain["days"][key])  # type: ignore[literal-required]


def test_thousands_may_be_parted() -> None:
    for text in ("1,200", "1_200", "1200"):
        result = asked("--attacker", text, "--defender", "1,000", "--deterministic")
        assert "1,200 attackers against 1,000 defenders" in result.stdout


def test_unreadable_and_wrong_numbers_are_told_together() -> None:
    result = asked("--attacker", "x", "--defender", "0", "--position", "hasti")
    assert result.exit_code == 2
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == ["--attacker", "--position", "--defender"]


def test_an_option_by_its_old_name_is_told_with_the_new_one() -> None:
    result = asked("--attacker", "3", "--defender", "2", "--posture", "hasty")
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (2, "Error: --posture is called --position now.")


def test_a_person_reads_a_table() -> None:
    result = asked(*SQUARE, "--runs", "200", "--seed", "1")
    assert result.exit_code == 0
    assert "20 attackers against 15 defenders, law square" in result.stdout
    assert "The attacker wins" in result.stdout
    assert "attacker's losses" in result.stdout


def test_no_number_of_the_table_is_cut_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    many = ["--attacker", "1,000,000,000", "--defender", "1,000,000,000", "--attacker-breaks", "0.000001"]
    result = asked(*many, "--runs", "5")
    assert "…" not in result.stdout
    assert len(re.findall(r"\d{3},\d{3},\d{3}", result.stdout)) >= 12
    result = asked(*SQUARE, "--runs", "200")
    assert max(map(len, result.stdout.splitlines()[2:])) < 80


@pytest.mark.parametrize(
    ("value", "digits", "told"),
    [
        (0.0, 3, "0"),
        (0.00002384, 3, "0.0000238"),
        (1.234e-9, 3, "1.23e-09"),
        (0.04, 3, "0.04"),
        (2.56789, 3, "2.57"),
        (15.0, 3, "15"),
        (99.96, 3, "100"),
        (999.6, 3, "1,000"),
        (1234.56, 3, "1,235"),
        (1234.56, 6, "1,234.56"),
        (1e12, 3, "1,000,000,000,000"),
        (1.5e18, 3, "1.5e+18"),
    ],
)
def test_a_number_is_told_at_three_digits_and_whole_from_a_thousand_on(value: float, digits: int, told: str) -> None:
    assert told_number(value, digits) == told


def test_an_end_that_is_only_approached_is_told_as_such() -> None:
    result = asked(*SQUARE[:5], "linear", *SQUARE[6:], "--deterministic")
    assert "no end" in result.stdout
    assert "the fight comes ever nearer to this end and never reaches it" in result.stdout


def test_the_help_shows_an_example() -> None:
    result = asked("--help")
    assert "situation battle --attacker 20 --defender 15 --law square" in result.stdout
