"""R3: when a force breaks, what rest mends, and when it leaves rather than fight on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from situation.chance.portable import log, power
from situation.chance.quantiles import lognormal_quantile
from situation.kernel import kernel
from situation.rules.bounds import RuleError, at_least_zero, positive, probability, refuse, share, within
from situation.rules.defaults import best

__all__ = [
    "attack_has_hope",
    "break_point",
    "goes_over_to_defence",
    "has_broken",
    "last_stand_share",
    "leaves_before_contact",
    "leaving_rate",
    "loss_after_rest",
    "median_at_odds",
    "other_sides_odds",
    "shared_break_point",
    "weighted_break_point",
]

_MOST_ODDS: Final = 1e6
"""Odds above which, and below whose inverse, the tie of a break point to them goes no further."""


@kernel
def break_point(
    u: float,
    *,
    last_stand: float = best("last_stand"),
    median: float = best("break_median"),
    sigma: float = best("break_sigma"),
    cap: float = best("break_cap"),
    last_stand_at: float = best("last_stand_at"),
) -> float:
    """The share of its starting strength that a force loses before it breaks, drawn once a force and operation.

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
    Leaves out: why a force breaks: news from elsewhere, command, a turned flank. That who is winning bears more is in the
        median, by `median_at_odds`.
    """
    probability("u", u)
    positive("median", share("median", median))
    positive("cap", share("cap", cap))
    positive("last_stand_at", share("last_stand_at", last_stand_at))
    ordinary = 1.0 - share("last_stand", last_stand)
    if u >= ordinary:
        return last_stand_at
    return min(cap, lognormal_quantile(u / ordinary, median, within("sigma", sigma, 0.0, 10.0)))


@kernel
def median_at_odds(
    ratio: float, *, median: float = best("break_median"), per_odds: float = best("break_odds")
) -> float:
    """The median of `break_point` on a day of some odds: median x ratio ** per_odds, at most 1.

    Who is winning bears more before he breaks, and who is losing less. A last stand is not tied to the odds.

    Args:
        ratio: effective ratio (rule R1) in favour of the side that is judged, 0 or more.
        median: share at even odds, above 0 and at most 1.
        per_odds: power, 0 to 2 (usual range 0.1 to 0.6; 0 unties the two).
    Returns: a share above 0 and at most 1.
    Raises: RuleError naming the parameter out of range.
    Source: Helmbold 1971 found that no fixed share of a side's own losses says when it breaks; the power is ASSUMED, and as
        loose as the tie of losses to the odds in `attrition`.
    Leaves out: what a side knows of the odds: it feels them as they are on the day, those who find no room to fight among them.
    """
    positive("median", share("median", median))
    within("per_odds", per_odds, 0.0, 2.0)
    odds = min(_MOST_ODDS, max(1.0 / _MOST_ODDS, at_least_zero("ratio", ratio)))
    return min(1.0, median * power(odds, per_odds))


@kernel
def other_sides_odds(ratio: float) -> float:
    """The same odds in favour of the other side: 1 / ratio, at most a million.

    Args:
        ratio: effective ratio (rule R1), 0 or more.
    Returns: a ratio above 0.
    Raises: RuleError naming the parameter out of range.
    Source: arithmetic.
    Leaves out: nothing.
    """
    return 1.0 / max(1.0 / _MOST_ODDS, at_least_zero("ratio", ratio))


def shared_break_point(points: Sequence[float], at_start: Sequence[float]) -> float:
    """The break point of a side of several forces: theirs, each weighted by the force's starting strength.

    So the side breaks when its losses come to those at which its forces would have broken one by one.

    Args:
        points: break points of the forces, each above 0 and at most 1.
        at_start: persons of each force when its losses began to count, 0 or more, not all 0.
    Returns: a share above 0 and at most 1.
    Raises: RuleError naming the parameter out of range.
    Source: arithmetic; that forces side by side break together is ASSUMED.
    Leaves out: one force that breaks and draws the others with it, or is covered by them.
    """
    weighted = total = 0.0
    for point, men in zip(points, at_start, strict=True):
        weighted = weighted + positive("points", share("points", point)) * at_least_zero("at_start", men)
        total = total + men
    if not total > 0.0:
        raise RuleError("at_start", "is 0 for every force, so nobody can break. Give one above 0.")
    return weighted_break_point(weighted, total)


@kernel
def weighted_break_point(weighted: float, total: float) -> float:
    """`shared_break_point` of sums: of each point times its force's starting strength, and of these strengths."""
    return min(1.0, weighted / positive("total", total))


@kernel
def loss_after_rest(lost: float, days: float, *, restored: float = best("rest_restores")) -> float:
    """What still counts of a force's losses after some days without fighting: lost x (1 - restored) ** days.

    Args:
        lost: persons, 0 or more.
        days: days of rest, 0 or more.
        restored: share of the loss that a day of rest makes good, 0 to 1.
    Returns: persons, 0 or more.
    Raises: RuleError naming the parameter out of range.
    Source: ASSUMED; rest brings back stragglers, order and will, though not the dead.
    Leaves out: replacements, and what a force is told of the war meanwhile.
    """
    kept = 1.0 - share("restored", restored)
    if at_least_zero("days", days) == 0.0:
        return at_least_zero("lost", lost)
    return at_least_zero("lost", lost) * (power(kept, days) if kept > 0.0 else 0.0)


@kernel
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
        refuse("factor", factor, "is below 1: encirclement would shorten the fight. Give 1 or more.")
    return min(1.0, share_in_general * factor) if encircled else share_in_general


@kernel
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
        refuse("lost", lost, "is more than there were at the start. Give at most that.")
    positive("point", share("point", point))
    return lost / at_start >= point


@kernel
def attack_has_hope(ratio: float, *, least: float = best("hopeless_below")) -> bool:
    """Whether an attack that is meant to hold ground is begun at all: ratio >= least.

    Args:
        ratio: effective ratio (rule R1) by the attacker's own estimate, without the battle's luck, 0 or more.
        least: ratio below which it is not begun, 0 or more (usual range 0.2 to 0.5; 0 begins every attack).
    Returns: True where it is.
    Raises: RuleError naming the parameter out of range.
    Source: ASSUMED; nobody sends men to take a town at odds that no commander calls odds.
    Leaves out: orders from above, and attacks that are meant to fail. Raids are not held to this.
    """
    return at_least_zero("ratio", ratio) >= at_least_zero("least", least)


@kernel
def goes_over_to_defence(men: float, at_start: float, *, below: float = best("culminates_below")) -> bool:
    """Whether an attacker has culminated: men / at_start < below. It holds where it stands, and attacks no more.

    Args:
        men: persons in the ranks, 0 or more.
        at_start: persons when its operation began, 0 or more; where 0, it never had any.
        below: share, 0 to 1.
    Returns: True where it has.
    Raises: RuleError naming the parameter out of range.
    Source: ASSUMED; an attack ends where its strength no longer exceeds what it needs to hold what it has won.
    Leaves out: replacements, which would let it go on.
    """
    share("below", below)
    return at_least_zero("men", men) < below * at_least_zero("at_start", at_start)


@kernel
def leaves_before_contact(ratio: float, *, chance: float = best("leave_before_contact")) -> float:
    """Chance that a delaying defender with an open way to a refuge leaves before contact: 1 - (1 - chance)^(ln ratio / ln 3).

    At even odds or better for the defender it is 0; at three to one it is `chance`; at nine to one as if asked twice.

    Args:
        ratio: effective ratio (rule R1) by the defender's own estimate, 0 or more.
        chance: chance at three to one, 0 to 1 (c; usual range 0.2 to 0.8).
    Returns: a probability from 0 to 1.
    Raises: RuleError naming the parameter out of range.
    Source: ASSUMED; that forces with a way out give up ground to a stronger enemy, and not to a weaker one.
    Leaves out: what it is told to hold, and whether those who lead it leave first.
    """
    share("chance", chance)
    if at_least_zero("ratio", ratio) <= 1.0:
        return 0.0
    stays = 1.0 - chance
    return 1.0 - power(stays, log(ratio) / log(3.0)) if stays > 0.0 else 1.0


@kernel
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
