"""R2: what a day of battle costs each side, and what becomes of the casualties."""

from __future__ import annotations

import math

from attrs import frozen

from situation.chance.portable import exp, log1p, normal_quantile, power
from situation.chance.quantiles import binomial_quantile, lognormal_quantile
from situation.rules.bounds import at_least_zero, positive, probability, share, whole, within
from situation.rules.defaults import best

__all__ = ["DayLosses", "attrition", "day_scatter", "killed_and_wounded", "whole_loss", "wounded_return"]


@frozen
class DayLosses:
    """Casualties of one day, in persons: of the attacker, of the defender."""

    attacker: float
    defender: float


def attrition(
    attackers_engaged: float,
    defenders: float,
    ratio: float,
    *,
    defenders_at_start: float | None = None,
    rate: float = best("attrition_rate"),
    exponent: float = best("attrition_exponent"),
    aimed: float = 1.0,
) -> DayLosses:
    """A day's casualties under the `general` law.

    The attacker loses rate x engaged x ratio**-exponent; the defender rate x defenders x ratio**exponent x
    (aimed + (1 - aimed) x defenders / defenders_at_start). Neither loses more than it has. At ratio 0 nobody attacks,
    and nobody is lost.

    Args:
        attackers_engaged: persons, 0 or more.
        defenders: persons, 0 or more.
        ratio: effective ratio (rule R1), 0 or more.
        defenders_at_start: persons when the battle began, above 0; None means `defenders`.
        rate: share lost per day at even odds, 0 to 1 (kappa; usual range 0.006 to 0.10).
        exponent: how far losses follow the odds, 0 to 10 (p; usual range 0.2 to 0.6).
        aimed: share of the fire that is aimed, 0 to 1 (mu; 1, or about 0.5 against hidden defenders).
    Returns: casualties (killed and wounded) in persons.
    Raises: RuleError naming the parameter out of range.
    Source: day by day as in Epstein 1985; losses tied to the odds far more loosely than Lanchester's square law of
        1916 has it, which Helmbold 1961 held against battles; aimed and area fire on hidden defenders after Deitchman
        1962, Schaffer 1968 and Kress & MacKay 2014. Rate and exponent are ASSUMED.
    Leaves out: kinds of weapons, exhaustion, and the difference between assault troops and their support.
    """
    at_least_zero("attackers_engaged", attackers_engaged)
    at_least_zero("defenders", defenders)
    at_start = positive("defenders_at_start", defenders_at_start) if defenders_at_start is not None else defenders
    share("rate", rate)
    share("aimed", aimed)
    within("exponent", exponent, 0.0, 10.0)
    if at_least_zero("ratio", ratio) == 0.0:
        return DayLosses(0.0, 0.0)
    tilt = power(positive("ratio", ratio), exponent)
    exposed = aimed + (1.0 - aimed) * (defenders / at_start) if at_start > 0.0 else 1.0
    return DayLosses(
        attacker=min(attackers_engaged, rate * attackers_engaged / tilt),
        defender=min(defenders, rate * defenders * tilt * exposed),
    )


def day_scatter(u: float, *, variation: float = best("day_variation")) -> float:
    """What one day's losses are multiplied by: lognormal with mean 1.

    Args:
        u: a uniform draw, strictly between 0 and 1.
        variation: coefficient of variation from day to day, 0 or more.
    Returns: a ratio, above 0.
    Raises: RuleError naming the parameter out of range.
    Source: ASSUMED; daily losses scatter widely in every record of long battles.
    Leaves out: runs of quiet and of fierce days: each day is drawn alone.
    """
    probability("u", u)
    variance = log1p(at_least_zero("variation", variation) * variation)
    return exp(normal_quantile(u) * math.sqrt(variance) - 0.5 * variance)


def killed_and_wounded(u: float, casualties: int, *, killed: float = best("killed_share")) -> tuple[int, int]:
    """How many of the casualties are killed, and how many wounded; together exactly the casualties.

    Args:
        u: a uniform draw, strictly between 0 and 1.
        casualties: persons, a whole number of 0 or more.
        killed: chance that a casualty is killed, 0 to 1 (usual range 0.15 to 0.35).
    Returns: (killed, wounded).
    Raises: RuleError naming the parameter out of range.
    Source: ASSUMED.
    Leaves out: capture of the wounded, and deaths of wounds.
    """
    dead = binomial_quantile(probability("u", u), whole("casualties", casualties), share("killed", killed))
    return dead, casualties - dead


def wounded_return(
    u: float, *, median: float = best("wounded_return"), sigma: float = best("wounded_return_sigma")
) -> float:
    """Days until a wounded fighter is back in the ranks.

    Args:
        u: a uniform draw, strictly between 0 and 1.
        median: days, above 0.
        sigma: standard deviation of the logarithm, 0 to 10.
    Returns: days, above 0.
    Raises: RuleError naming the parameter out of range.
    Source: ASSUMED (`wounded_return` in the table of defaults).
    Leaves out: those who never return.
    """
    return lognormal_quantile(probability("u", u), positive("median", median), within("sigma", sigma, 0.0, 10.0))


def whole_loss(u: float, expected: float, unit: int, present: float) -> float:
    """A day's loss in whole units: the expected loss rounded up or down by a draw, so that its mean is kept.

    Args:
        u: a uniform draw, strictly between 0 and 1.
        expected: persons, 0 or more.
        unit: persons per unit, 1 or more.
        present: persons there are to lose.
    Returns: persons, a multiple of `unit` or all that are present.
    Raises: RuleError naming the parameter out of range.
    Source: arithmetic.
    Leaves out: nothing; on days when the whole side is fewer than a unit, the side is the unit.
    """
    units = at_least_zero("expected", expected) / unit
    down = math.floor(units)
    return min(present, float((down + (probability("u", u) < units - down)) * unit))
