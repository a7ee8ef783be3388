"""The laws as chains of single losses: thousands of fights against the chain's exact solution, and fights of equals."""

from __future__ import annotations

import math
from typing import Final

from situation.ensemble.verify.check import Check, mean_of, near
from situation.ensemble.verify.exact_chain import solve_chain
from situation.rules.engagement.fight import fight
from situation.rules.engagement.terms import Engagement

__all__ = ["CHAINS", "chains", "equals"]

_Chain = tuple[str, int, int, float, float, float | None, float | None, int]
CHAINS: Final[tuple[_Chain, ...]] = (
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
)
"""Law, attackers, defenders, the rates a and b, both break points (None: to the last), persons a loss."""
_SEED: Final = 11
_ELSEWHERE: Final = (
    ("square", 20, 15, 0.1, 0.9281, 10.671),
    ("linear", 20, 15, 0.01, 0.8042, 48.666),
)
"""Two fights to the last whose chance and days were solved elsewhere: law, both numbers, both rates, chance, days."""
_SIZES: Final = (100, 200, 400)


def chains(quick: bool) -> list[Check]:
    """Every law with rates, with and without break points and units: chance, days and both sides' survivors."""
    checks = []
    for law, attackers, defenders, rate, wins, days in _ELSEWHERE:
        exact = solve_chain(law, attackers, defenders, rate, rate)
        case = f"the solver itself, {law}, {attackers} against {defenders}"
        checks.append(near(f"{case}: chance", wins, exact.wins, 5e-5, "the digits that are given"))
        checks.append(near(f"{case}: days", days, exact.days, 5e-4, "the digits that are given"))
    for chain in CHAINS:
        checks.extend(_fights(chain, 4_000 if quick else 20_000))
    return checks


def _fights(chain: _Chain, runs: int) -> list[Check]:
    law, attackers, defenders, a, b, breaks_a, breaks_d, unit = chain
    exact = solve_chain(law, attackers, defenders, a, b, breaks_a or 1.0, breaks_d or 1.0, unit)
    engagement = Engagement(
        attackers=attackers,
        defenders=defenders,
        law=law,
        a=a,
        b=b,
        attacker_breaks=breaks_a,
        defender_breaks=breaks_d,
        unit=unit,
    )
    ends = fight(engagement, seed=_SEED, runs=runs)
    points = "" if breaks_a is breaks_d is None else f", breaking at {breaks_a or 1:g} and {breaks_d or 1:g}"
    case = f"{law}, {attackers} against {defenders}, a {a:g}, b {b:g}{points}"
    case += f", losses of {unit}" if unit > 1 else ""
    return [
        mean_of(f"{case}: {what}", mean, variance, seen, "fights")
        for what, mean, variance, seen in (
            ("chance", exact.wins, exact.wins * (1.0 - exact.wins), [float(end.attacker_won) for end in ends]),
            ("days", exact.days, exact.days_variance, [end.days for end in ends]),
            ("attackers left", exact.attackers, exact.attackers_variance, [end.attackers_left for end in ends]),
            ("defenders left", exact.defenders, exact.defenders_variance, [end.defenders_left for end in ends]),
        )
    ]


def equals(quick: bool) -> list[Check]:
    """Of N against N under the square law about N^(3/4) are left, though without chance nobody would be.

    Source: Williams & McIlroy 1998; Kingman 1999. A^2 - D^2 wanders without drift, by 4 A D a loss in its variance, which adds
    up to 8 N^3 / 3; so the survivors come near (8 N^3 / 3)^(1/4) times the root of a normal draw's size, on the mean
    2 x 3^(-1/4) x Gamma(3/4) / sqrt(pi) x N^(3/4).
    """
    runs = 400 if quick else 4_000
    factor = 2.0 * 3.0**-0.25 * math.gamma(0.75) / math.sqrt(math.pi)
    checks, left = [], []
    for size in _SIZES:
        exact = solve_chain("square", size, size, 0.1, 0.1)
        ends = fight(Engagement(attackers=size, defenders=size, law="square", a=0.1, b=0.1), seed=_SEED, runs=runs)
        case = f"square, {size} against {size}"
        mean = exact.attackers + exact.defenders
        variance = exact.attackers_variance + exact.defenders_variance - 2.0 * exact.attackers * exact.defenders
        seen = [end.attackers_left + end.defenders_left for end in ends]
        checks.append(mean_of(f"{case}: survivors", mean, variance, seen, "fights"))
        left.append(mean)
        limit = factor * size**0.75
        checks.append(
            near(f"{case}: exact survivors by the law of N^(3/4)", limit, mean, 0.03 * limit, "3 %: N is finite")
        )
    slope = math.log(left[-1] / left[0]) / math.log(_SIZES[-1] / _SIZES[0])
    checks.append(near(f"power of N from {_SIZES[0]} to {_SIZES[-1]}", 0.75, slope, 0.01, "N is finite"))
    return checks
