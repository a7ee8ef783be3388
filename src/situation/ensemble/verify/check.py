"""One check: what is held, what is expected, what came out, and how far it may be off."""

from __future__ import annotations

import math
from collections.abc import Sequence

from attrs import frozen

__all__ = ["ERRORS", "Check", "between", "mean_of", "near"]

ERRORS = 3.3
"""Standard errors that a mean may lie from what is exact: right code misses once in a thousand."""


@frozen
class Check:
    """What is held, with its bounds; it passes where `got` lies between them.

    `expected`: the one value; None where anything between the bounds is expected. `tolerance`: how far from it, or from the
    bounds, `got` may lie, and `because`: what that rests on.
    """

    what: str
    expected: float | None
    low: float
    high: float
    got: float
    tolerance: float
    because: str

    @property
    def passed(self) -> bool:
        """Whether it holds. What is no number holds nothing."""
        return self.low - self.tolerance <= self.got <= self.high + self.tolerance


def near(what: str, expected: float, got: float, tolerance: float, because: str) -> Check:
    """One value is expected, within a tolerance in its own unit."""
    return Check(what, expected, expected, expected, got, tolerance, because)


def between(what: str, low: float, high: float, got: float, tolerance: float, because: str) -> Check:
    """A range is expected; the tolerance is the counting error of what came out."""
    return Check(what, None, low, high, got, tolerance, because)


def mean_of(what: str, expected: float, variance: float, seen: Sequence[float], of: str) -> Check:
    """The mean of independent runs against an exact mean, within `ERRORS` standard errors by the exact variance."""
    error = math.sqrt(max(variance, 0.0) / len(seen))
    because = f"{ERRORS} standard errors of {len(seen):,} {of}"
    return near(what, expected, math.fsum(seen) / len(seen), ERRORS * error + 1e-9 * abs(expected), because)
