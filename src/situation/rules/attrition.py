"""R2: what a day of battle costs each side, and what becomes of the casualties."""

from __future__ import annotations

import math
from typing import NamedTuple

from situation.chance.portable import exp, log1p, normal_quantile, power
from situation.chance.quantiles import binomial_quantile, lognormal_quantile
from situation.kernel import kernel
from situation.rules.bounds import at_least_zero, positive, probability, share, whole, within
from situation.rules.defaults import best

__all__ = [
    "DayLosses",
    "attrition",
    "battle_rate",
    "day_residual",
    "day_scatter",
    "fought_over",
    "killed_and_wounded",
    "whole_loss",
    "wounded_return",
]


class DayLosses(NamedTuple):
    """Casualties of one day, in persons: of the attacker, of the defender."""

    attacker: float
    defender: float


@kernel
def attrition(
    attackers_engaged: float,
    defenders: float,
    ratio: float,
    *,
    defenders_at_start: float | None = None,
    rate: float = best("attrition_rate"),
    defender_rate: float | None = None,
    exponent: float = best("attrition_exponent"),
    overwhelming: float = best("overwhelming"),
    aimed: float = 1.0,
) -> DayLosses:
    """A day's casualties under the `general` law.

    The attacker loses rate x engaged x ratio**-exponent; the defender its own rate x defenders x ratio**exponent x
    (aimed + (1 - aimed) x defenders / defenders_at_start). Neither loses more than it has. At ratio 0 nobody attacks,
    and nobody is lost. Past the ratio `overwhelming`, and below its inverse, each further step of the odds counts in
    full (power 1, or `exponent` where that is more): all of the many fire at the few.

    Args:
        attackers_engaged: persons, 0 or more.
        defenders: persons, 0 or more.
        ratio: effective ratio (rule R1), 0 or more.
        defenders_at_start: persons when the battle began, above 0; None means `defenders`.
        rate: share that the attacker loses per day at even odds, 0 to 1 (kappa; usual range 0.018 to 0.035).
        defender_rate: the same of the defender; None means `rate`.
        exponent: how far losses follow the odds, 0 to 10 (p; usual range 0.2 to 0.6).
        overwhelming: the ratio at which one side is overwhelmed, 1 or more (usual range 7 to 15).
        aimed: share of the fire that is aimed, 0 to 1 (mu; 1, or about 0.5 against hidden defenders).
    Returns: casualties (killed and wounded) in persons.
    Raises: RuleError naming the parameter out of range.
    Source: day by day as in Epstein 1985; losses tied to the odds far more loosely than Lanchester's square law of
        1916 has it, which Helmbold 1961 held against battles; aimed and area fire on hidden defenders after Deitchman
        1962, Schaffer 1968 and Kress & MacKay 2014. Rate and exponent are ASSUMED, and so is where one side is
        overwhelmed: the loose tie to the odds is found among battles of some 1:3 to 7:1, and says nothing of 50:1.
    Leaves out: kinds of weapons, exhaustion, and the difference between assault troops and their support.
    """
    at_least_zero("attackers_engaged", attackers_engaged)
    at_least_zero("defenders", defenders)
    at_start = positive("defenders_at_start", defenders_at_start) if defenders_at_start is not None else defenders
    share("rate", rate)
    theirs = rate if defender_rate is None else share("defender_rate", defender_rate)
    share("aimed", aimed)
    within("exponent", exponent, 0.0, 10.0)
    if at_least_zero("ratio", ratio) == 0.0:
        return DayLosses(0.0, 0.0)
    tilt = power(positive("ratio", ratio), exponent)
    steeper = max(0.0, 1.0 - exponent)
    if ratio > within("overwhelming", overwhelming, 1.0, 1e6):
        tilt = tilt * power(ratio / overwhelming, steeper)
    elif ratio * overwhelming < 1.0:
        tilt = tilt * power(ratio * overwhelming, steeper)
    exposed = aimed + (1.0 - aimed) * (defenders / at_start) if at_start > 0.0 else 1.0
    return DayLosses(
        attacker=min(attackers_engaged, rate * attackers_engaged / tilt),
        defender=min(defenders, theirs * defenders * tilt * exposed),
    )


@kernel
def battle_rate(
    u_shared: float,
    u_own: float,
    *,
    median: float = best("attrition_rate"),
    shared_sigma: float = best("attrition_shared_sigma"),
    own_sigma: float = best("attrition_own_sigma"),
) -> float:
    """The share that a side loses per day at even odds in one battle: median x exp(b + a), at most 1.

    b is what both sides share, a fierce or a quiet battle; a is the side's own.

    Args:
        u_shared, u_own: uniform draws, strictly between 0 and 1; the first is the same for both sides.
        median: share lost per day at even odds, above 0 and at most 1 (kappa).
        shared_sigma, own_sigma: standard deviations of the logarithm, 0 to 10 (usual ranges 0.3 to 0.8 and 0.4 to 1.0).
    Returns: a share above 0 and at most 1.
    Raises: RuleError naming the parameter out of range.
    Source: ASSUMED in size; that losses scatter widely from battle to battle, and follow the odds loosely, Helmbold 1961.
    Leaves out: what makes one battle fiercer than another.
    """
    spread = within("shared_sigma", shared_sigma, 0.0, 10.0) * normal_quantile(probability("u_shared", u_shared))
    spread = spread + within("own_sigma", own_sigma, 0.0, 10.0) * normal_quantile(probability("u_own", u_own))
    return min(1.0, positive("median", share("median", median)) * exp(spread))


@kernel
def day_residual(u: float, before: float | None, *, carried: float = best("day_lag")) -> float:
    """How far a day's losses lie from their level, in standard deviations: carried x before + sqrt(1 - carried²) x z.

    Successive days go together; each day by itself is a standard normal.

    Args:
        u: a uniform draw, strictly between 0 and 1.
        before: the residual of the day before, -50 to 50; None on the first day.
        carried: correlation of successive days, 0 to 1.
    Returns: a number of standard deviations.
    Raises: RuleError naming the parameter out of range.
    Source: ASSUMED in size; in the records of campaigns fierce days follow fierce days.
    Leaves out: pauses that both sides agree on.
    """
    z = normal_quantile(probability("u", u))
    share("carried", carried)
    if before is None:
        return z
    kept = carried * within("before", before, -50.0, 50.0)
    return kept + math.sqrt(1.0 - carried * carried) * z


@kernel
def day_scatter(residual: float, *, variation: float = best("day_variation")) -> float:
    """What one day's losses are multiplied by: lognormal with mean 1 over days.

    Args:
        residual: the day's residual in standard deviations, -50 to 50.
        variation: coefficient of variation from day to day, 0 or more.
    Returns: a ratio, above 0.
    Raises: RuleError naming the parameter out of range.
    Source: ASSUMED; daily losses scatter widely in every record of long battles.
    Leaves out: days without any fighting.
    """
    variance = log1p(at_least_zero("variation", variation) * variation)
    return exp(within("residual", residual, -50.0, 50.0) * math.sqrt(variance) - 0.5 * variance)


@kernel
def fought_over(attackers: float, area_left_km2: float, *, per_km2: float = best("assault_per_km2")) -> float:
    """The share of a built-up place, and so of its defenders, that is fought over at once: min(1, attackers / per_km2 / area).

    Args:
        attackers: persons, 0 or more.
        area_left_km2: built-up area that is not won yet, 0 or more.
        per_km2: assault troops that it takes to fight over a km2, above 0 (usual range 500 to 2,000).
    Returns: a share from 0 to 1.
    Raises: RuleError naming the parameter out of range.
    Source: ASSUMED; a few cannot be in every street of a city at once.
    Leaves out: where the defenders stand in it.
    """
    room = at_least_zero("attackers", attackers) / positive("per_km2", per_km2)
    area = at_least_zero("area_left_km2", area_left_km2)
    return 1.0 if room >= area else room / positive("area_left_km2", area)


@kernel
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


@kernel
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


@kernel
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
