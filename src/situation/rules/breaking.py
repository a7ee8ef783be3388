"""R3: when a force breaks, and when it leaves rather than fight on."""

from __future__ import annotations

from situation.chance.portable import log
from situation.chance.quantiles import lognormal_quantile
from situation.rules.bounds import RuleError, at_least_zero, positive, probability, share, within
from situation.rules.defaults import best

__all__ = ["break_point", "has_broken", "last_stand_share", "leaves_before_contact", "leaving_rate"]


def break_point(
    u: float,
    *,
    last_stand: float = best("last_stand"),
    median: float = best("break_median"),
    sigma: float = best("break_sigma"),
    cap: float = best("break_cap"),
    last_stand_at: float = best("last_stand_at"),
) -> float:
    """The share of its starting strength that a side loses before it breaks, drawn once a side and battle.

    With chance `last_stand` (the upper end of u) it stands to `last_stand_at`; otherwise its break point is
    lognormal, capped.

    Args:
        u: a uniform draw, strictly between 0 and 1.
        last_stand: chance of a last stand, 0 to 1 (pi; 0.07, or `last_stand_share` of it where encircled).
        median: share, above 0 and at most 1.
        sigma: standard deviation of the logarithm, 0 to 10.
        cap: largest share, above 0 and at most 1.
        last_stand_at: share, above 0 and at most 1.
    Returns: a share above 0 and at most `cap` or `last_stand_at`.
    Raises: RuleError naming the parameter out of range.
    Source: Helmbold 1971 held the idea of a fixed share of losses against battles and found it wanting; break points
        in a stochastic exchange, Kress & Talmor 1999. Median, spread and mixture are ASSUMED.
    Leaves out: why a force breaks: news from elsewhere, command, a turned flank.
    """
    probability("u", u)
    for name, value in (("median", median), ("cap", cap), ("last_stand_at", last_stand_at)):
        positive(name, share(name, value))
    ordinary = 1.0 - share("last_stand", last_stand)
    if u >= ordinary:
        return last_stand_at
    return min(cap, lognormal_quantile(u / ordinary, median, within("sigma", sigma, 0.0, 10.0)))


def last_stand_share(share_in_general: float, *, encircled: bool, factor: float = best("encircled_factor")) -> float:
    """Chance of a last stand: times `factor` where the force is encircled, at most 1.

    Args:
        share_in_general: chance where a way out is open, 0 to 1.
        encircled: whether no way out is open.
        factor: ratio, 1 or more.
    Returns: a chance from 0 to 1.
    Raises: RuleError naming the parameter out of range.
    Source: ASSUMED; a force with a way out uses it.
    Leaves out: degrees of encirclement.
    """
    share("share_in_general", share_in_general)
    if at_least_zero("factor", factor) < 1.0:
        raise RuleError("factor", f"{factor!r} is below 1: encirclement would shorten the fight. Give 1 or more.")
    return min(1.0, share_in_general * factor) if encircled else share_in_general


def has_broken(lost: float, at_start: float, point: float) -> bool:
    """Whether a side has broken: lost / at_start >= point.

    Args:
        lost: persons, 0 or more, at most `at_start`.
        at_start: persons, above 0.
        point: the side's break point, above 0 and at most 1.
    Returns: True from the break point on.
    Raises: RuleError naming the parameter out of range.
    Source: the usual end of an engagement in stochastic Lanchester models (Kress & Talmor 1999).
    Leaves out: breaking before losses, which `leaves_before_contact` and `leaving_rate` hold.
    """
    at_least_zero("lost", lost)
    if lost > positive("at_start", at_start):
        raise RuleError("lost", f"{lost!r} is more than the {at_start!r} there were. Give at most that.")
    positive("point", share("point", point))
    return lost / at_start >= point


def leaves_before_contact(
    u: float, *, delaying: bool, route_open: bool, chance: float = best("leave_before_contact")
) -> bool:
    """Whether a defender leaves before the assault: only when it delays and a route is open.

    Args:
        u: a uniform draw, strictly between 0 and 1.
        delaying: whether its posture is to delay.
        route_open: whether a way out is open.
        chance: 0 to 1 (usual range 0.2 to 0.8).
    Returns: True where it leaves.
    Raises: RuleError naming the parameter out of range.
    Source: ASSUMED.
    Leaves out: what the defender knows of the coming assault.
    """
    return probability("u", u) < share("chance", chance) and delaying and route_open


def leaving_rate(ratio: float, *, per_log_ratio: float = best("leaving_rate.hold")) -> float:
    """Hazard, per day, that a defender in contact breaks off: per_log_ratio x max(0, ln ratio).

    Args:
        ratio: effective ratio (rule R1), 0 or more.
        per_log_ratio: per day, 0 or more (omega; hold 0.02, delay 0.1 to 1).
    Returns: events per day, 0 or more; 0 at even odds or better for the defender.
    Raises: RuleError naming the parameter out of range.
    Source: ASSUMED.
    Leaves out: pursuit.
    """
    at_least_zero("per_log_ratio", per_log_ratio)
    return per_log_ratio * log(ratio) if at_least_zero("ratio", ratio) > 1.0 else 0.0
