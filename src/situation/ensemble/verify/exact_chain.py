"""Exact solution of an attrition law as a Markov chain of losses: no sampling, by sweeping all states once.

Each loss moves one side down, so states can be swept in order of losses so far. Carried along with the probability p of
visiting a state are the first two moments of the time of arrival there, restricted to the paths that come through.
Written from the chain's definition alone; it shares no code with the engine.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from attrs import frozen

__all__ = ["RATES", "Exact", "solve_chain"]

_Rates = Callable[[float, float, float, float], tuple[float, float]]

RATES: dict[str, _Rates] = {
    "square": lambda x, y, a, b: (b * y, a * x),
    "linear": lambda x, y, a, b: (b * x * y, a * x * y),
    "mixed": lambda x, y, a, b: (b * y, a * x * y),
    "logarithmic": lambda x, y, a, b: (b * x, a * y),
}
"""Losses per day of attacker and of defender, with x attackers and y defenders."""


@frozen
class Exact:
    """Chance that the attacker wins; mean and variance of days and of both sides' survivors."""

    wins: float
    days: float
    days_variance: float
    attackers: float
    attackers_variance: float
    defenders: float
    defenders_variance: float


def solve_chain(
    law: str,
    attackers: int,
    defenders: int,
    a: float,
    b: float,
    attacker_breaks: float = 1.0,
    defender_breaks: float = 1.0,
    unit: int = 1,
) -> Exact:
    """Sweeps the chain in which losses of `unit` persons come at (rate / unit)."""
    rates = RATES[law]
    layer: dict[tuple[int, int], tuple[float, float, float]] = {(attackers, defenders): (1.0, 0.0, 0.0)}
    wins = days = days_2 = left_a = left_a2 = left_d = left_d2 = 0.0
    while layer:
        following: dict[tuple[int, int], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
        for (x, y), (p, t, t2) in layer.items():
            broke_x = (attackers - x) / attackers >= attacker_breaks
            broke_y = (defenders - y) / defenders >= defender_breaks
            if broke_x or broke_y:
                wins += p if broke_y else 0.0
                days, days_2 = days + t, days_2 + t2
                left_a, left_a2 = left_a + p * x, left_a2 + p * x * x
                left_d, left_d2 = left_d + p * y, left_d2 + p * y * y
                continue
            loss_x, loss_y = (rate / unit for rate in rates(x, y, a, b))
            total = loss_x + loss_y
            later = t + p / total
            later_2 = t2 + 2.0 * t / total + 2.0 * p / (total * total)
            for state, part in (((max(0, x - unit), y), loss_x / total), ((x, max(0, y - unit)), loss_y / total)):
                if part > 0.0:
                    cell = following[state]
                    cell[0] += part * p
                    cell[1] += part * later
                    cell[2] += part * later_2
        layer = {state: (p, t, t2) for state, (p, t, t2) in following.items()}
    return Exact(
        wins,
        days,
        days_2 - days * days,
        left_a,
        left_a2 - left_a * left_a,
        left_d,
        left_d2 - left_d * left_d,
    )
