"""The laws without chance: their closed forms against the differential equations, integrated step by step."""

from __future__ import annotations

import math
from typing import Final

from situation.ensemble.mathematics import require_room
from situation.ensemble.verify.check import Check, near
from situation.ensemble.verify.exact_chain import RATES
from situation.rules import conserved, settle
from situation.rules.engagement.fight import fight_without_chance
from situation.rules.engagement.terms import Engagement

__all__ = ["CURVES", "IntegratedEnd", "curves", "integrate"]

IntegratedEnd = tuple[float, float, float, bool]
"""Days, attackers left, defenders left, and whether it was the attacker that broke."""
_Curve = tuple[str, int, int, float, float, float, float]
CURVES: Final[tuple[_Curve, ...]] = (
    ("square", 20, 15, 0.1, 0.1, 1.0, 1.0),
    ("square", 2000, 1500, 0.05, 0.11, 0.3, 0.25),
    ("square", 100, 100, 0.1, 0.1000001, 0.5, 0.5),
    ("square", 30, 90, 0.2, 0.01, 0.5, 0.9),
    ("square", 30, 90, 0.0, 0.01, 0.5, 0.9),
    ("square", 30, 90, 0.02, 0.0, 0.5, 1.0),
    ("linear", 20, 15, 0.01, 0.01, 0.9, 0.9),
    ("linear", 100, 100, 0.001, 0.001, 0.4, 0.5),
    ("linear", 300, 50, 0.0001, 0.002, 0.3, 0.6),
    ("linear", 300, 50, 0.0, 0.002, 0.3, 0.6),
    ("linear", 20, 15, 0.001, 0.02, 0.99, 0.3),
    ("mixed", 100, 40, 0.002, 0.1, 1.0, 0.8),
    ("mixed", 100, 400, 0.001, 0.1, 0.5, 0.9),
    ("mixed", 10, 400, 0.001, 0.1, 1.0, 0.9),
    ("mixed", 100, 50, 0.01, 1.0, 0.8, 0.7),
    ("mixed", 1000, 40, 0.0001, 1e-9, 0.8, 0.7),
    ("mixed", 100, 40, 0.0, 0.1, 0.5, 0.8),
    ("mixed", 100, 40, 0.01, 0.0, 0.5, 0.8),
    ("logarithmic", 20, 15, 0.1, 0.2, 0.5, 0.9),
    ("logarithmic", 20, 15, 0.3, 0.2, 1.0, 0.9),
    ("logarithmic", 20, 15, 0.0, 0.2, 0.7, 0.9),
)
"""Law, attackers, defenders, the rates a and b, both break points."""


def integrate(curve: _Curve, until: float) -> IntegratedEnd:
    """Where the equations of a law lead until a side reaches its break point, by a method of the eighth order."""
    require_room("scipy")
    from scipy.integrate import solve_ivp

    law, attackers, defenders, a, b, breaks_a, breaks_d = curve
    rates = RATES[law]

    def slope(_: float, y: list[float]) -> list[float]:
        loss_a, loss_d = rates(y[0], y[1], a, b)
        return [-loss_a, -loss_d]

    def attacker_breaks(_: float, y: list[float]) -> float:
        return float(y[0] - attackers * (1.0 - breaks_a))

    def defender_breaks(_: float, y: list[float]) -> float:
        return float(y[1] - defenders * (1.0 - breaks_d))

    for event in (attacker_breaks, defender_breaks):
        event.terminal = True  # type: ignore[attr-defined]
    path = solve_ivp(
        slope,
        (0.0, until),
        [float(attackers), float(defenders)],
        method="DOP853",
        rtol=1e-12,
        atol=1e-12,
        events=(attacker_breaks, defender_breaks),
    )
    return float(path.t[-1]), float(path.y[0][-1]), float(path.y[1][-1]), len(path.t_events[0]) > 0


def curves(quick: bool) -> list[Check]:
    """Days and survivors of every law; the numbers of the textbook; what each law keeps."""
    checks = []
    for curve in CURVES:
        law, attackers, defenders, a, b, breaks_a, breaks_d = curve
        end = settle(law, attackers, defenders, a, b, attacker_breaks=breaks_a, defender_breaks=breaks_d)
        days, left_a, left_d, _ = integrate(curve, 2.0 * end.days + 1.0)
        case = f"{law}, {attackers} against {defenders}, a {a:g}, b {b:g}, breaking at {breaks_a:g} and {breaks_d:g}"
        for what, expected, got in (
            ("days", days, end.days),
            ("attackers left", left_a, end.attackers_left),
            ("defenders left", left_d, end.defenders_left),
        ):
            checks.append(near(f"{case}: {what}", expected, got, 1e-8 * expected + 1e-7, "a part in 100 million"))
    to_the_last = fight_without_chance(Engagement(attackers=20, defenders=15, law="square", a=0.1, b=0.1))
    exact = "rounding alone"
    checks.append(
        near(
            "square to the last, 20 against 15: sqrt(400 - 225) left",
            math.sqrt(175.0),
            to_the_last.attackers_left,
            1e-9,
            exact,
        )
    )
    checks.append(
        near("square to the last, 20 against 15: 5 ln 7 days", 5.0 * math.log(7.0), to_the_last.days, 1e-9, exact)
    )
    for law in RATES:
        end = settle(law, 500, 400, 0.03, 0.02, attacker_breaks=0.6, defender_breaks=0.4)
        before = conserved(law, 500, 400, 0.03, 0.02)
        after = conserved(law, end.attackers_left, end.defenders_left, 0.03, 0.02)
        checks.append(near(f"{law}: what the law conserves, at the end", before, after, 1e-11 * abs(before), exact))
    return checks
