"""The solver of the chains, by which `situation verify` holds the fights (test_verification.py), against known cases."""

from __future__ import annotations

import pytest

from situation.ensemble.verify.exact_chain import solve_chain


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
