"""A number of the model and what is known of it: best value, range, unit, and a source or an assumption with reason."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from attrs import field, frozen

from situation.chance.digits import to_twelve_digits
from situation.chance.portable import exp
from situation.chance.quantiles import Z_95, beta_between, lognormal_between
from situation.kernel import kernel
from situation.rules.bounds import RuleError, finite, positive, probability, within

__all__ = ["ASSUMED", "Family", "Prior", "lognormal_value", "spread"]

ASSUMED: Final = "ASSUMED"
"""The source of a number that has none: a judgement, which must then carry its reason."""


class Family(StrEnum):
    """How a prior scatters: lognormal for positive amounts, beta for shares, fixed for what is not varied."""

    LOGNORMAL = "lognormal"
    BETA = "beta"
    FIXED = "fixed"


def _as_float(value: float) -> float:
    """A whole number as a float, so that what is drawn is one whatever was written; what is no number stays, to be refused."""
    return float(value) if type(value) is int and abs(value) < 2**1023 else value


@frozen(kw_only=True)
class Prior:
    """A named number: `best`, and the central 90 % interval from `low` to `high`.

    All three points are met exactly: `low` at the 5 % point, `best` at the median, `high` at the 95 % point, each side of
    the median with a spread of its own. A number without a unit, or without a source, cannot be made: `source` names a
    work or reads `ASSUMED`, and then `reason` says why this value.

    Raises: RuleError naming the parameter where the points do not rise, leave the family's range, or lack unit,
        source or reason.
    """

    name: str
    family: Family
    low: float = field(converter=_as_float)
    best: float = field(converter=_as_float)
    high: float = field(converter=_as_float)
    unit: str
    source: str
    reason: str = ""

    def __attrs_post_init__(self) -> None:
        for what, text in (("unit", self.unit), ("source", self.source)):
            if not text.strip():
                raise RuleError(self.name, f"has no {what}. Give one, or `{ASSUMED}` as source with a reason.")
        if self.source == ASSUMED and not self.reason.strip():
            raise RuleError(self.name, "is ASSUMED without a reason. Say why this value.")
        for point in (self.low, self.best, self.high):
            finite(self.name, point)
        if self.family is Family.FIXED:
            if not self.low == self.best == self.high:
                raise RuleError(self.name, "is fixed, yet has a range. Give one value, or another family.")
        elif self.family is Family.LOGNORMAL:
            if not (0.0 <= self.low <= self.best <= self.high and self.best > 0.0):
                raise RuleError(
                    self.name, f"is out of order: {self._points}. Write 0 <= low <= best <= high, best above 0."
                )
            positive(self.name, self.low or self.best)
        elif not 0.0 <= self.low < self.best < self.high <= 1.0:
            raise RuleError(
                self.name, f"is out of order for a share: {self._points}. Write 0 <= low < best < high <= 1."
            )

    @property
    def _points(self) -> str:
        return f"low {self.low:.12g}, best {self.best:.12g}, high {self.high:.12g}"

    @property
    def assumed(self) -> bool:
        """Whether this is a judgement without a source."""
        return self.source == ASSUMED

    def draw(self, u: float) -> float:
        """The prior's value at the uniform draw u, at 12 significant digits."""
        probability("u", u)
        if self.family is Family.FIXED:
            return self.best
        if self.family is Family.LOGNORMAL:
            return lognormal_value(u, self.low, self.best, self.high)
        return to_twelve_digits(beta_between(u, self.low, self.best, self.high))


@kernel
def lognormal_value(u: float, low: float, best: float, high: float) -> float:
    """The value at the uniform draw u of a prior that is lognormal."""
    return to_twelve_digits(lognormal_between(u, low, best, high))


def spread(median: float, sigma: float) -> tuple[float, float, float]:
    """Low, best and high of a lognormal given by its median and the standard deviation of its logarithm.

    Args:
        median: above 0, in any unit.
        sigma: standard deviation of the logarithm, 0 to 10.
    Returns: the 5 % point, the median and the 95 % point, in the same unit.
    Raises: RuleError naming the parameter out of range.
    Source: the definition of a lognormal.
    Leaves out: sides of unlike spread, which a `Prior` may have.
    """
    positive("median", median)
    within("sigma", sigma, 0.0, 10.0)
    return median * exp(-Z_95 * sigma), median, median * exp(Z_95 * sigma)
