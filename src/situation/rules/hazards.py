"""From a rate to a chance: what a steady hazard does in a day, and whether it happened."""

from __future__ import annotations

from situation.chance.portable import expm1
from situation.kernel import kernel
from situation.rules.bounds import at_least_zero, probability

__all__ = ["chance_over", "happens"]


@kernel
def chance_over(rate: float, days: float = 1.0) -> float:
    """Chance that something with a steady rate happens at least once: 1 - exp(-rate x days).

    Args:
        rate: events per day, 0 or more.
        days: length of time in days, 0 or more.
    Returns: a probability from 0 to 1.
    Raises: RuleError naming the parameter out of range.
    Source: arithmetic: the first event of a Poisson process.
    Leaves out: rates that change meanwhile.
    """
    return -expm1(-at_least_zero("rate", rate) * at_least_zero("days", days))


@kernel
def happens(u: float, rate: float, days: float = 1.0) -> bool:
    """Whether it happened: the draw u falls below the chance, so a higher rate never undoes what a lower one did.

    Args:
        u: a uniform draw, strictly between 0 and 1.
        rate: events per day, 0 or more.
        days: length of time in days, 0 or more.
    Returns: True where it did.
    Raises: RuleError naming the parameter out of range.
    Source: as `chance_over`.
    Leaves out: how often it happened.
    """
    return probability("u", u) < chance_over(rate, days)
