"""Where each law leads without chance: who breaks first, what is left, and when, each from its closed form.

The conserved quantity ties the two sides' losses together: each side's break point has a price in that quantity, and
the side with the lower price breaks first. The times are written so that they do not cancel where the two sides are
nearly equal.
"""

from __future__ import annotations

import math
from enum import StrEnum

from attrs import frozen

from situation.chance.portable import arctangent, exp, hyperbolic_arctangent, log, log1p
from situation.rules.bounds import positive, share
from situation.rules.engagement.laws import Law, law_with_rates, rate_faults

__all__ = ["Broke", "Settled", "settle"]

_SAME = 1e-12
"""Prices nearer than this part of each other count as one: both sides break at once."""


class Broke(StrEnum):
    """Who broke first."""

    ATTACKER = "attacker"
    DEFENDER = "defender"
    BOTH = "both"
    NEITHER = "neither"


@frozen
class Settled:
    """How an engagement ends: strengths in persons, days (infinite where the end is only approached), and who broke."""

    attackers_left: float
    defenders_left: float
    days: float
    broke: Broke


def _price(law: Law, start: float, end: float, rate: float, attacker: bool) -> float:
    """What a side's fall from start to end costs in the conserved quantity; `rate` is the one that side inflicts."""
    if rate == 0.0:
        return 0.0
    if law is Law.LOGARITHMIC:
        return rate * log(start / end) if end > 0.0 else math.inf
    if law is Law.SQUARE:
        return rate * ((start - end) * (start + end))
    if law is Law.MIXED and attacker:
        return rate * ((start - end) * (start + end)) / 2.0
    return rate * (start - end)


def _after(law: Law, start: float, paid: float, rate: float, attacker: bool) -> float:
    """A side's strength once it has paid this much of the conserved quantity."""
    if rate == 0.0 or paid == 0.0:
        return start
    if law is Law.LOGARITHMIC:
        return start * exp(-paid / rate)
    if law is Law.SQUARE:
        return math.sqrt(max(0.0, start * start - paid / rate))
    if law is Law.MIXED and attacker:
        return math.sqrt(max(0.0, start * start - 2.0 * paid / rate))
    return max(0.0, start - paid / rate)


def _artanh_ratio(q: float) -> float:
    """artanh(sqrt q) / sqrt q, going on as arctan(sqrt -q) / sqrt -q below 0; infinite from 1 on."""
    if q >= 1.0:
        return math.inf
    if -1e-5 < q < 1e-5:
        return 1.0 + q * (1.0 / 3.0 + q * (1.0 / 5.0 + q / 7.0))
    root = math.sqrt(abs(q))
    return (hyperbolic_arctangent(root) if q > 0.0 else arctangent(root)) / root


def _log1p_ratio(z: float) -> float:
    """log(1 + z) / z, and 1 at 0."""
    return 1.0 if z == 0.0 else log1p(z) / z


def _square_days(a0: float, d0: float, a1: float, d1: float, a: float, b: float) -> float:
    if a == 0.0:
        return (a0 - a1) / (b * d0)
    if b == 0.0:
        return (d0 - d1) / (a * a0)
    root_a, root_b = math.sqrt(a), math.sqrt(b)
    left = root_a * a1 + root_b * d1
    if left <= 0.0:
        return math.inf
    return log1p((root_a * (a0 - a1) + root_b * (d0 - d1)) / left) / (root_a * root_b)


def _linear_days(loser0: float, other0: float, loser1: float, other_rate: float, loser_rate: float) -> float:
    """For the side that breaks; `other_rate` is what the other inflicts, `loser_rate` what it inflicts itself."""
    if loser1 <= 0.0:
        return math.inf
    lost = loser0 - loser1
    pace = other_rate * other0 * loser1
    z = lost * (other_rate * other0 - loser_rate * loser0) / pace
    return lost / pace * _log1p_ratio(z) if z > -1.0 else math.inf


def _mixed_days(a0: float, d0: float, a1: float, d1: float, a: float, b: float, attacker_broke: bool) -> float:
    scale = d0 * a1 + d1 * a0
    if scale <= 0.0:
        return math.inf
    if attacker_broke:
        lost = (a0 - a1) * (a0 + a1) / scale / b
        q = (a * a0 * a0 - 2.0 * b * d0) * a * (lost / 2.0) * (lost / 2.0)
        return lost * _artanh_ratio(q)
    if d1 <= 0.0:
        return math.inf
    part = (d0 - d1) / scale
    q = (a0 * a0 - 2.0 * b * d0 / a) * part * part
    return 2.0 / a * part * _artanh_ratio(q)


def settle(
    law: Law | str,
    attackers: float,
    defenders: float,
    a: float,
    b: float,
    *,
    attacker_breaks: float = 1.0,
    defender_breaks: float = 1.0,
) -> Settled:
    """The end of an engagement under a law with rates, without chance.

    A side breaks when losses / starting strength reach its break point; at 1 it fights to the last. Where the law only
    approaches that end (linear; mixed, for the hidden defender; any exact tie), `days` is infinite and the strengths
    are the limits. Under `logarithmic`, to the last on both sides, neither ever breaks and both dwindle to nothing.

    Args:
        law: square, linear, mixed or logarithmic.
        attackers, defenders: persons, above 0.
        a, b: losses per day that one attacker, one defender inflicts, not both 0; each 0, or such that it makes from
            1e-12 to 1e12 losses a day at the start.
        attacker_breaks, defender_breaks: loss shares above 0, at most 1.
    Returns: what is left, when, and who broke.
    Raises: RuleError naming the parameter out of range.
    Source: Lanchester 1916, Osipov 1915, Deitchman 1962, Taylor 1983.
    Leaves out: chance, reinforcement, and pursuit.
    """
    known = law_with_rates(law)
    a0, d0 = positive("attackers", attackers), positive("defenders", defenders)
    for wrong in rate_faults(known, a0, d0, a, b):
        raise wrong
    a_end = a0 * (1.0 - positive("attacker_breaks", share("attacker_breaks", attacker_breaks)))
    d_end = d0 * (1.0 - positive("defender_breaks", share("defender_breaks", defender_breaks)))
    a_price, d_price = _price(known, a0, a_end, a, True), _price(known, d0, d_end, b, False)
    if math.isinf(a_price) and math.isinf(d_price):
        return Settled(0.0, 0.0, math.inf, Broke.NEITHER)
    gap = 0.0 if a_price == d_price else abs(a_price - d_price)
    if gap == 0.0 or (math.isfinite(gap) and gap <= _SAME * max(a_price, d_price)):
        broke, a1, d1 = Broke.BOTH, a_end, d_end
    elif a_price < d_price:
        broke, a1, d1 = Broke.ATTACKER, a_end, _after(known, d0, a_price, b, False)
    else:
        broke, a1, d1 = Broke.DEFENDER, _after(known, a0, d_price, a, True), d_end
    attacker_broke = broke is Broke.ATTACKER
    if known is Law.SQUARE:
        days = _square_days(a0, d0, a1, d1, a, b)
    elif known is Law.LINEAR:
        days = _linear_days(a0, d0, a1, b, a) if attacker_broke else _linear_days(d0, a0, d1, a, b)
    elif known is Law.MIXED:
        days = _mixed_days(a0, d0, a1, d1, a, b, attacker_broke)
    elif attacker_broke:
        days = log(a0 / a1) / b if a1 > 0.0 else math.inf
    else:
        days = log(d0 / d1) / a if d1 > 0.0 else math.inf
    return Settled(a1, d1, days, broke)
