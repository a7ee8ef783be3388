"""Quantiles: what one uniform number between 0 and 1 means under each distribution.

Every draw is by inversion: the distribution's quantile at u. So one uniform makes one decision, a larger u never
gives a smaller value, and two scenarios with the same luck and a different parameter stay close. All on portable
arithmetic.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from situation.chance.portable import exp, log, log1p, log_gamma, normal_quantile
from situation.kernel import kernel

__all__ = [
    "Z_95",
    "Z_975",
    "beta_between",
    "beta_of_side",
    "beta_on_side",
    "beta_probability",
    "beta_quantile",
    "binomial_quantile",
    "lognormal_between",
    "lognormal_quantile",
    "wilson_at",
]

Z_95: Final = 1.6448536269514722
"""The 95 % point of a standard normal: central 90 % intervals reach this many standard deviations to each side."""
_CLOSE: Final = 1e-15


@kernel
def _inside(u: float) -> None:
    if not 0.0 < u < 1.0:
        raise ValueError("The uniform number u must lie strictly between 0 and 1.")


@kernel
def lognormal_quantile(u: float, median: float, sigma: float) -> float:
    """median x exp(sigma x z), z the normal quantile at u; `sigma` is the standard deviation of the logarithm."""
    if not (median > 0.0 and sigma >= 0.0):
        raise ValueError("The median must be above 0, and sigma at least 0.")
    return median * exp(sigma * normal_quantile(u))


@kernel
def lognormal_between(u: float, low: float, best: float, high: float) -> float:
    """A lognormal through three points: `low` at u = 0.05, `best` at 0.5, `high` at 0.95.

    Below and above the median the logarithm has its own spread, so all three points are met exactly. Where `low` is 0
    no logarithm reaches it: then values run straight from 0 at u = 0.05 to `best` at the median, and are 0 below.

    Raises: ValueError unless 0 <= low <= best <= high and best > 0.
    """
    if not (0.0 <= low <= best <= high and best > 0.0):
        raise ValueError("Low, best and high must rise, from at least 0, with best above 0.")
    z = normal_quantile(u)
    if z >= 0.0:
        return best if high == best else best * exp(log(high / best) * (z / Z_95))
    if low == 0.0:
        return best * max(0.0, (u - 0.05) / 0.45)
    return best if low == best else best * exp(log(best / low) * (z / Z_95))


@kernel
def _continued_fraction(x: float, a: float, b: float) -> float:
    """The continued fraction of the incomplete beta function, by Lentz's method as Thompson and Barnett mended it."""
    tiny = 1e-300
    c = 1.0
    d = 1.0 - (a + b) * x / (a + 1.0)
    d = 1.0 / (d if abs(d) > tiny else tiny)
    value = d
    for m in range(1, 2000):
        even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m))
        d = 1.0 + even * d
        d = 1.0 / (d if abs(d) > tiny else tiny)
        c = 1.0 + even / c
        c = c if abs(c) > tiny else tiny
        value = value * (d * c)
        odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0))
        d = 1.0 + odd * d
        d = 1.0 / (d if abs(d) > tiny else tiny)
        c = 1.0 + odd / c
        c = c if abs(c) > tiny else tiny
        step = d * c
        value = value * step
        if abs(step - 1.0) < 3e-16:
            return value
    raise ArithmeticError("The incomplete beta function does not settle here.")


@kernel
def beta_probability(x: float, a: float, b: float) -> float:
    """Probability that a beta(a, b) variable is at most x: the regularised incomplete beta function."""
    if not (a > 0.0 and b > 0.0):
        raise ValueError("The parameters a and b of a beta must be above 0.")
    if x <= 0.0:
        return 0.0
    if x >= 1.0:
        return 1.0
    front = exp(log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1.0) / (a + b + 2.0):
        return front * _continued_fraction(x, a, b) / a
    return 1.0 - front * _continued_fraction(1.0 - x, b, a) / b


@kernel
def beta_quantile(u: float, a: float, b: float) -> float:
    """The value that a beta(a, b) variable stays below with probability u.

    Newton's steps, and a halving of the bracket wherever a step would leave it.
    """
    _inside(u)
    low, high, x = 0.0, 1.0, a / (a + b)
    scale = log_gamma(a + b) - log_gamma(a) - log_gamma(b)
    for _ in range(200):
        miss = beta_probability(x, a, b) - u
        if miss > 0.0:
            high = x
        else:
            low = x
        slope = exp(min(700.0, scale + (a - 1.0) * log(x) + (b - 1.0) * log1p(-x)))
        step = x - miss / slope if slope > 0.0 else low
        if not low < step < high:
            step = 0.5 * (low + high)
        if abs(step - x) <= _CLOSE * x or not 0.0 < step < 1.0:
            return x
        x = step
    return x


def _falling_to_zero(falling: Callable[[float], float], start: float, step: float) -> float:
    """Where a falling function of one number is 0: growing steps until it changes sign, then false position (Illinois)."""
    other, beyond = start, falling(start)
    x, y, step = other, beyond, step if beyond > 0.0 else -step
    while beyond != 0.0 and (beyond > 0.0) == (y > 0.0):
        x, y, other, step = other, beyond, other + step, 2.0 * step
        beyond = falling(other)
    for _ in range(100):
        if beyond == 0.0:
            break
        between = other - beyond * (other - x) / (beyond - y)
        if not min(x, other) < between < max(x, other):
            between = 0.5 * (x + other)
        value = falling(between)
        if (value > 0.0) != (beyond > 0.0):
            x, y = other, beyond
        else:
            y = 0.5 * y
        moved, other, beyond = abs(between - other), between, value
        if moved <= 1e-14 * (1.0 + abs(other)):
            break
    return other


def _beta_about(median: float, weight: float) -> tuple[float, float]:
    """The beta (a, b) with this median and a + b = `weight`."""

    def parts(logit: float) -> tuple[float, float]:
        return weight / (1.0 + exp(-logit)), weight / (1.0 + exp(logit))

    mean = (median * (weight - 2.0 / 3.0) + 1.0 / 3.0) / weight if weight > 2.0 else 0.5
    near = log(mean / (1.0 - mean)), 0.1 / math.sqrt(1.0 + weight * mean * (1.0 - mean))
    return parts(_falling_to_zero(lambda logit: beta_probability(median, *parts(logit)) - 0.5, *near))


@lru_cache(maxsize=4096)
def _beta_through(median: float, point: float) -> tuple[float, float] | None:
    """The beta with this median whose 5 % point (below the median) or 95 % point (above it) is `point`.

    Returns: its parameters (a, b); None where the two lie so close that it is a normal (a and b above 10,000).
    """
    spread = (point - median) / Z_95
    weight = max(1e-3, median * (1.0 - median) / (spread * spread) - 1.0)
    if weight * min(median, 1.0 - median) > 1e4:
        return None

    def too_wide(size: float) -> float:
        below = beta_probability(point, *_beta_about(median, exp(size)))
        tail = max(1e-300, below if point < median else 1.0 - below)
        return log(Z_95 / max(1e-9, -normal_quantile(tail)))

    return _beta_about(median, exp(_falling_to_zero(too_wide, log(weight), 0.1)))


def beta_between(u: float, low: float, best: float, high: float) -> float:
    """A share through three points: `low` at u = 0.05, `best` at 0.5, `high` at 0.95.

    Two betas with their median at `best`: one that meets `low` serves below the median, one that meets `high` above it,
    so all three points are met. No beta has 5 % at 0 or at 1: where `low` is 0, values run straight from 0 at u = 0.05
    to `best`, and are 0 below; where `high` is 1, likewise up to 1. Where a side is so narrow that its beta is a normal,
    the normal is taken.

    Raises: ValueError unless 0 <= low < best < high <= 1.
    """
    if not 0.0 <= low < best < high <= 1.0:
        raise ValueError(f"low {low!r}, best {best!r}, high {high!r} must rise strictly, within 0 and 1.")
    point = low if u < 0.5 else high
    return beta_on_side(u, best, point, *beta_of_side(best, point))


def beta_of_side(best: float, point: float) -> tuple[float, float]:
    """The parameters of the beta of one side of `beta_between`; 0 of a straight line, below 0 of a normal."""
    if point in (0.0, 1.0):
        return 0.0, 0.0
    return _beta_through(best, point) or (-1.0, -1.0)


@kernel
def beta_on_side(u: float, best: float, point: float, a: float, b: float) -> float:
    """The value of `beta_between` on one side of the median, by the parameters that `beta_of_side` gives."""
    _inside(u)
    if a == 0.0:
        return best + (point - best) * min(1.0, abs(u - 0.5) / 0.45)
    if a < 0.0:
        return min(1.0, max(0.0, best + (point - best) * abs(normal_quantile(u)) / Z_95))
    return beta_quantile(u, a, b)


@kernel
def binomial_quantile(u: float, n: int, p: float) -> int:
    """The smallest count k of successes in n trials with P(count <= k) >= u, found outward from the most likely count.

    Starting from an end would underflow (0.45**1000 is zero in a float); the probability at the mode never does.
    """
    _inside(u)
    if n < 0 or not 0.0 <= p <= 1.0:
        raise ValueError("The number of trials must be at least 0, and the chance between 0 and 1.")
    if n == 0 or p == 0.0:
        return 0
    if p == 1.0:
        return n
    mode = min(n, math.floor((n + 1) * p))
    odds = p / (1.0 - p)
    combinations = log_gamma(n + 1.0) - log_gamma(mode + 1.0) - log_gamma(n - mode + 1.0)
    peak = exp(combinations + mode * log(p) + (n - mode) * log1p(-p))
    below, term, k = 0.0, peak, mode
    while k > 0 and term > _CLOSE * 1e-5 * peak:
        term = term * k / ((n - k + 1) * odds)
        k = k - 1
        below = below + term
    reached, term, k = below + peak, peak, mode
    if u <= reached:
        while k > 0 and reached - term >= u:
            reached = reached - term
            term = term * k / ((n - k + 1) * odds)
            k = k - 1
        return k
    while k < n and reached < u:
        term = term * (n - k) * odds / (k + 1)
        if reached + term == reached:
            break
        reached = reached + term
        k = k + 1
    return k


Z_975 = 1.959963984540054
"""The normal quantile of a 95 % interval."""


@kernel
def wilson_at(share: float, worth: float) -> tuple[float, float]:
    """Wilson's 95 % interval for a share seen in a number of independent runs, which need not be whole.

    Source: Wilson 1927, the score interval.
    """
    z2 = Z_975 * Z_975
    middle = (share + z2 / (2.0 * worth)) / (1.0 + z2 / worth)
    half = Z_975 / (1.0 + z2 / worth) * math.sqrt(share * (1.0 - share) / worth + z2 / (4.0 * worth * worth))
    return (0.0 if share == 0.0 else max(0.0, middle - half)), (1.0 if share == 1.0 else min(1.0, middle + half))
