"""The closed forms of the laws against what the differential equations themselves say, integrated step by step."""

from __future__ import annotations

import math

import pytest

from situation.ensemble.verify.curves import CURVES, integrate
from situation.ensemble.verify.exact_chain import RATES
from situation.rules import Broke, conserved, loss_rates, settle
from situation.rules.engagement.fight import fight_without_chance
from situation.rules.engagement.terms import Engagement


@pytest.mark.parametrize("curve", CURVES, ids=str)
def test_the_end_is_where_the_equations_lead(curve: tuple[str, int, int, float, float, float, float]) -> None:
    law, attackers, defenders, a, b, f_a, f_d = curve
    settled = settle(law, attackers, defenders, a, b, attacker_breaks=f_a, defender_breaks=f_d)
    days, left_a, left_d, attacker_broke = integrate(curve, 2.0 * settled.days + 1.0)
    assert settled.days == pytest.approx(days, rel=1e-8)
    assert settled.attackers_left == pytest.approx(left_a, rel=1e-8, abs=1e-7)
    assert settled.defenders_left == pytest.approx(left_d, rel=1e-8, abs=1e-7)
    assert settled.broke == (Broke.ATTACKER if attacker_broke else Broke.DEFENDER)


def test_the_square_law_keeps_the_difference_of_squares_and_the_linear_law_that_of_numbers() -> None:
    """Derived, not quoted: along dA, dD of each law the named quantity does not change, and the other law's does."""
    a, b, x, y = 0.3, 0.7, 50.0, 41.0

    def change(of: str, along: str) -> float:
        loss_x, loss_y = loss_rates(along, x, y, a, b)
        slope_x, slope_y = {
            "square": (2 * a * x, -2 * b * y),
            "linear": (a, -b),
            "mixed": (a * x, -b),
            "logarithmic": (a / x, -b / y),
        }[of]
        return -slope_x * loss_x - slope_y * loss_y

    for of in RATES:
        for along in RATES:
            same = abs(change(of, along)) < 1e-9
            assert same == (of == along), (of, along)
    assert conserved("square", x, y, a, b) == pytest.approx(a * x * x - b * y * y)
    assert conserved("linear", x, y, a, b) == pytest.approx(a * x - b * y)


@pytest.mark.parametrize("law", ["square", "linear", "mixed", "logarithmic"])
def test_what_is_conserved_is_the_same_at_the_end(law: str) -> None:
    end = settle(law, 500, 400, 0.03, 0.02, attacker_breaks=0.6, defender_breaks=0.4)
    before, after = (
        conserved(law, x, y, 0.03, 0.02) for x, y in ((500, 400), (end.attackers_left, end.defenders_left))
    )
    assert after == pytest.approx(before, rel=1e-12)


def test_the_square_law_to_the_last_takes_the_time_of_the_textbook() -> None:
    end = fight_without_chance(Engagement(attackers=20, defenders=15, law="square", a=0.1, b=0.1))
    assert end.attackers_left == pytest.approx(math.sqrt(175.0), rel=1e-12)
    assert end.days == pytest.approx(5.0 * math.log(7.0), rel=1e-12)
    assert end.attacker_won


def test_ends_that_are_only_approached_are_infinite_with_their_limits() -> None:
    linear = settle("linear", 20, 15, 0.01, 0.01)
    assert (linear.attackers_left, linear.defenders_left, linear.days) == (5.0, 0.0, math.inf)
    hidden = settle("mixed", 100, 40, 0.002, 0.1)
    assert hidden.days == math.inf
    assert hidden.attackers_left == pytest.approx(math.sqrt(100**2 - 2 * 0.1 * 40 / 0.002))
    assert settle("square", 20, 20, 0.1, 0.1) == settle("square", 20, 20, 0.1, 0.1, attacker_breaks=1.0)
    assert settle("square", 20, 20, 0.1, 0.1).broke is Broke.BOTH
    assert settle("logarithmic", 20, 15, 0.1, 0.1).broke is Broke.NEITHER


def test_sides_that_break_at_one_moment_leave_the_attacker_without_a_win() -> None:
    for law in ("square", "linear", "logarithmic"):
        end = settle(law, 100, 100, 0.01, 0.01, attacker_breaks=0.3, defender_breaks=0.3)
        assert end.broke is Broke.BOTH
        assert math.isfinite(end.days)
        ending = fight_without_chance(
            Engagement(attackers=100, defenders=100, law=law, a=0.01, b=0.01, attacker_breaks=0.3, defender_breaks=0.3)
        )
        assert not ending.attacker_won
