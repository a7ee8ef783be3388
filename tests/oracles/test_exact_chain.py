"""The engine's Markov chain against its exact solution, within four standard errors; the solver against known cases."""

from __future__ import annotations

import math

import pytest

from situation.rules.engagement.fight import fight
from situation.rules.engagement.terms import Engagement
from tests.oracles.exact_chain import solve_chain

RUNS = 8000
CASES: list[tuple[str, int, int, float, float, float | None, float | None, int]] = [
    ("square", 20, 15, 0.1, 0.1, None, None, 1),
    ("linear", 20, 15, 0.01, 0.01, None, None, 1),
    ("square", 12, 18, 0.3, 0.1, 0.5, 0.3, 1),
    ("square", 40, 40, 0.05, 0.05, 0.14, 0.14, 1),
    ("square", 60, 45, 0.1, 0.12, None, None, 5),
    ("square", 50, 47, 0.1, 0.12, 0.6, 0.61, 7),
    ("square", 9, 4, 0.0, 0.2, None, 0.5, 1),
    ("linear", 30, 10, 0.002, 0.01, 0.4, 0.7, 1),
    ("linear", 100, 80, 0.001, 0.001, None, 0.5, 10),
    ("mixed", 20, 15, 0.01, 0.05, None, None, 1),
    ("mixed", 50, 20, 0.004, 0.2, 0.3, 0.5, 1),
    ("mixed", 36, 27, 0.01, 0.1, 0.9, None, 3),
    ("logarithmic", 20, 15, 0.1, 0.1, None, None, 1),
    ("logarithmic", 25, 60, 0.12, 0.1, 0.2, 0.35, 1),
    ("logarithmic", 64, 32, 0.1, 0.2, 0.75, 0.5, 8),
    ("square", 1, 1, 0.1, 0.3, None, None, 1),
]


@pytest.mark.parametrize(("law", "attackers", "defenders", "a", "b", "f_a", "f_d", "unit"), CASES)
def test_the_chain_agrees_with_its_exact_solution(
    law: str, attackers: int, defenders: int, a: float, b: float, f_a: float | None, f_d: float | None, unit: int
) -> None:
    exact = solve_chain(law, attackers, defenders, a, b, f_a or 1.0, f_d or 1.0, unit)
    endings = fight(
        Engagement(
            attackers=attackers,
            defenders=defenders,
            law=law,
            a=a,
            b=b,
            attacker_breaks=f_a,
            defender_breaks=f_d,
            unit=unit,
        ),
        seed=11,
        runs=RUNS,
    )
    for seen, mean, variance in (
        ([float(ending.attacker_won) for ending in endings], exact.wins, exact.wins * (1.0 - exact.wins)),
        ([ending.days for ending in endings], exact.days, exact.days_variance),
        ([ending.attackers_left for ending in endings], exact.attackers, exact.attackers_variance),
        ([ending.defenders_left for ending in endings], exact.defenders, exact.defenders_variance),
    ):
        error = math.sqrt(max(variance, 0.0) / RUNS)
        assert abs(math.fsum(seen) / RUNS - mean) <= 4.0 * error + 1e-6


def test_the_solver_gives_the_two_cases_known_from_elsewhere() -> None:
    square = solve_chain("square", 20, 15, 0.1, 0.1)
    assert square.wins == pytest.approx(0.9281, abs=5e-5)
    assert square.days == pytest.approx(10.671, abs=5e-4)
    linear = solve_chain("linear", 20, 15, 0.01, 0.01)
    assert linear.wins == pytest.approx(0.8042, abs=5e-5)
    assert linear.days == pytest.approx(48.666, abs=5e-4)


def test_the_solver_gives_what_small_cases_give_by_hand() -> None:
    duel = solve_chain("square", 1, 1, 0.1, 0.3)
    assert duel.wins == pytest.approx(0.25)
    assert duel.days == pytest.approx(2.5)
    assert duel.days_variance == pytest.approx(6.25)
    deaths = solve_chain("logarithmic", 1, 3, 0.5, 0.0)
    assert deaths.days == pytest.approx(2.0 * (1 / 3 + 1 / 2 + 1))
