"""R9 to R13: posture, tempo, rivers, garrisons and agreed departures: the small rules of a campaign."""

from __future__ import annotations

import math
from enum import StrEnum

from situation.chance.quantiles import lognormal_between
from situation.kernel import kernel
from situation.rules.bounds import RuleError, at_least_zero, positive, probability, refuse, share, whole
from situation.rules.defaults import DEFAULTS, best
from situation.rules.hazards import happens

__all__ = [
    "Posture",
    "evacuation_deal",
    "ferry_time",
    "garrison",
    "men_to_hold",
    "posture_policy",
    "reverts_to_insurgency",
    "river_passage",
    "second_column",
    "tempo",
]


class Posture(StrEnum):
    """What a force means to do with the ground it stands on."""

    HOLD = "hold"
    DELAY = "delay"
    INSURGENCY = "insurgency"


def posture_policy(
    current: Posture | str, share_lost: float, *, threshold: float = best("insurgency_threshold")
) -> Posture:
    """R9. The posture of an actor: insurgency once it has lost the threshold's share, else as before.

    Args:
        current: `hold`, `delay` or `insurgency`, as the scenario set it.
        share_lost: of territory or of strength, whichever is larger, lost since the story began, 0 to 1.
        threshold: share, 0 to 1.
    Returns: the posture; insurgency is never left by this rule.
    Raises: RuleError naming the parameter out of range.
    Source: ASSUMED; a reversion to insurgency as territory was lost is described by Hassan 2017.
    Leaves out: choice by ideology or by order; a scenario may script either.
    """
    reverts = reverts_to_insurgency(share_lost, threshold=threshold)
    if current not in tuple(Posture):
        raise RuleError("current", f"{current!r} is not a posture. Give hold, delay or insurgency.")
    return Posture.INSURGENCY if reverts else Posture(current)


@kernel
def reverts_to_insurgency(share_lost: float, *, threshold: float = best("insurgency_threshold")) -> bool:
    """R9. Whether an actor has lost so much that `posture_policy` makes it an insurgent."""
    return share("share_lost", share_lost) >= share("threshold", threshold)


@kernel
def tempo(
    u: float,
    *,
    low: float = DEFAULTS["regroup"].low,
    middle: float = best("regroup"),
    high: float = DEFAULTS["regroup"].high,
) -> float:
    """R10. Days that a force regroups after its objective is taken, before its next operation.

    Args:
        u: a uniform draw, strictly between 0 and 1.
        low, middle, high: days at u = 0.05, 0.5 and 0.95, rising, `low` 0 or more, the others above 0.
    Returns: days, 0 or more.
    Raises: RuleError naming the parameter out of range.
    Source: ASSUMED.
    Leaves out: politics, which hurries and holds armies.
    """
    probability("u", u)
    if at_least_zero("low", low) > 0.0:
        positive("low", low)
    positive("middle", middle)
    positive("high", high)
    if not low <= middle <= high:
        refuse("middle", middle, "does not lie between low and high. Give low <= middle <= high.")
    return lognormal_between(u, low, middle, high)


@kernel
def second_column(men: int, *, needs: float, second_needs: float, room: float | None = None) -> int:
    """R10. How many of a force go to a second objective at once; the main one comes first.

    What finds no frontage before the main objective goes. Where the force has what both take, it goes in the proportion
    of what they take, and the main objective gets no less than half of what finds room there.

    Args:
        men: persons in the force, a whole number of 0 or more.
        needs: persons that the main objective takes at the odds that are thought enough, 0 or more.
        second_needs: the same of the second objective, above 0.
        room: persons who find room to fight before the main objective, 0 or more; None where the front does not limit.
    Returns: persons, from 0 to `men`.
    Raises: RuleError naming the parameter out of range.
    Source: ASSUMED; fronts are several columns at once, and no commander leaves his main effort too weak.
    Leaves out: reserves, and staff and trains for one column more.
    """
    both = at_least_zero("needs", needs) + positive("second_needs", second_needs)
    surplus = max(0.0, whole("men", men) - (men if room is None else at_least_zero("room", room)))
    shared = 0.0
    if both <= men:
        shared = min(men * (second_needs / both), men - needs, surplus + (men - surplus) / 2.0)
    return math.floor(max(surplus, shared))


@kernel
def ferry_time(persons: int, *, boats: float = best("boats")) -> float:
    """R11. Days until some persons are across a river by boat: persons / boats.

    Args:
        persons: a whole number of 0 or more.
        boats: persons per day, above 0 (usual range 30 to 300).
    Returns: days, 0 or more.
    Raises: RuleError naming the parameter out of range.
    Source: ASSUMED.
    Leaves out: losses on the water, and who keeps watch on it.
    """
    return whole("persons", persons) / positive("boats", boats)


@kernel
def river_passage(*, bridge: bool, bridgehead: float = best("bridgehead")) -> float:
    """R11. Days before an assault can cross: none over a bridge, else the time to win a bridgehead.

    Args:
        bridge: whether a usable bridge is in the attacker's hands.
        bridgehead: days, 0 or more (usual range 1 to 7).
    Returns: days.
    Raises: RuleError naming the parameter out of range.
    Source: ASSUMED.
    Leaves out: bridging trains that are not at hand.
    """
    at_least_zero("bridgehead", bridgehead)
    return 0.0 if bridge else bridgehead


@kernel
def men_to_hold(holding: float, *, town: bool, post: float = best("holding_post")) -> float:
    """R12. How many men it takes to hold a place: those for a town, or fewer for a post.

    Args:
        holding: persons that a town takes, 0 or more (usual range 150 to 800).
        town: whether it is a town, a city or a quarter of one, or a stretch of desert or bank; else a village, a base, a hill, a
            landing, a bridge or a crossing.
        post: what such a post takes, as a share of a town's (usual range 0.1 to 0.6).
    Returns: persons.
    Raises: RuleError naming the parameter out of range.
    Source: ASSUMED.
    Leaves out: how the ground lies, and whether an enemy is near.
    """
    return at_least_zero("holding", holding) * (1.0 if town else share("post", post))


@kernel
def garrison(
    force: int, *, holding: float = best("holding_force"), most: float = best("holding_most")
) -> tuple[int, int]:
    """R12. Splits a force that has taken a place into those who go on and those who stay to hold it.

    As many stay as the place takes, but no more than a share of the force, so that it does not end with its first town.

    Args:
        force: persons, a whole number of 0 or more.
        holding: persons that the place takes, 0 or more (usual range 150 to 800 for a town).
        most: the largest share of the force that stays, 0 to 1; at 1 a force smaller than the need stays whole.
    Returns: (goes on, stays); together exactly the force.
    Raises: RuleError naming the parameter out of range.
    Source: ASSUMED.
    Leaves out: local police and militias who relieve a garrison.
    """
    room = whole("force", force) * share("most", most)
    stays = math.floor(min(room, at_least_zero("holding", holding)))
    return force - stays, stays


@kernel
def evacuation_deal(u: float, *, encircled: bool, days: float = 1.0, rate: float = best("evacuation_rate")) -> bool:
    """R13. Whether an encircled defender and its besieger agree on a departure to a named destination.

    Args:
        u: a uniform draw, strictly between 0 and 1.
        encircled: whether no way out is open; without it there is no deal.
        days: length of time, 0 or more.
        rate: agreements per day, 0 or more (usual range 0 to 0.1).
    Returns: True where they do.
    Raises: RuleError naming the parameter out of range.
    Source: ASSUMED.
    Leaves out: who brokers it, and whether a third party bombs the convoy.
    """
    return happens(u, rate, days) and encircled
