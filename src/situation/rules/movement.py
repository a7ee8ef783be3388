"""R4: how long a march takes, when a place is taken, how much of it is searched in a day, and when an advance must pause."""

from __future__ import annotations

import math

from situation.kernel import kernel
from situation.rules.bounds import at_least_zero, positive, share
from situation.rules.defaults import best

__all__ = ["advance_time", "cleared", "must_pause", "opposed_time", "passage_time"]


@kernel
def advance_time(km: float, speed: float, *, mobility: float = 1.0) -> float:
    """Days that a leg takes: km / speed / mobility.

    Args:
        km: length of the leg, 0 or more.
        speed: km per day, above 0 (medians: opposed 3, lightly opposed desert 10, unopposed 25).
        mobility: ratio to an ordinary force, above 0.
    Returns: days, 0 or more.
    Raises: RuleError naming the parameter out of range.
    Source: ASSUMED. Speed takes no force ratio, for advances do not grow with the odds.
    Leaves out: traffic, weather, and repair of roads and bridges.
    """
    return at_least_zero("km", km) / positive("speed", speed) / positive("mobility", mobility)


@kernel
def opposed_time(km: float, *, contact: float, approach_speed: float, contact_speed: float) -> float:
    """Days that a leg toward a defended place takes: an approach, and the last km under its defenders' eyes.

    max(0, km - contact) / approach_speed + min(km, contact) / contact_speed.

    Args:
        km: length of the leg, 0 or more.
        contact: km before the place within which the advance is opposed, 0 or more (usual range 5 to 30).
        approach_speed: km per day up to there, above 0 (median of a lightly opposed column 10).
        contact_speed: km per day from there on, above 0 (median 3).
    Returns: days, 0 or more.
    Raises: RuleError naming the parameter out of range.
    Source: ASSUMED. Rates of opposed advance are reported of ground that is defended, not of the empty road before it.
    Leaves out: posts and mines along the approach, but for the slower pace of a column that looks for them.
    """
    opposed = min(at_least_zero("km", km), at_least_zero("contact", contact))
    approach = (km - opposed) / positive("approach_speed", approach_speed)
    return approach + opposed / positive("contact_speed", contact_speed)


@kernel
def passage_time(area_km2: float, speed: float, *, least: float = best("passage_least")) -> float:
    """Days to go through a place that nobody defends any more, before it counts as taken: max(least, sqrt(area) / speed).

    Args:
        area_km2: area of the place, 0 or more.
        speed: km per day of an unopposed column, above 0 (median 25).
        least: days, 0 or more.
    Returns: days, 0 or more.
    Raises: RuleError naming the parameter out of range.
    Source: ASSUMED; reports, and the people in it, call a town taken when its defender is gone and others stand in its
        middle, not when its last house has been searched.
    Leaves out: mines and blown bridges on the way through.
    """
    return max(at_least_zero("least", least), math.sqrt(at_least_zero("area_km2", area_km2)) / positive("speed", speed))


@kernel
def cleared(area_left_km2: float, assault_troops: float, days: float, rate: float) -> float:
    """Km2 of a town won or searched, or of an open sector swept, in some days: rate x assault_troops / 1,000 x days.

    At most what is left. Ground is won slowly while the defender stands; a place that has been taken is searched much faster.

    Args:
        area_left_km2: 0 or more.
        assault_troops: persons, 0 or more.
        days: 0 or more.
        rate: km2 per 1,000 troops and day, 0 or more (contested 0.03, abandoned 1.0, open desert 100).
    Returns: km2.
    Raises: RuleError naming the parameter out of range.
    Source: ASSUMED; that towns held by area and will, not by the odds, is what the sieges of 2015 to 2017 suggest.
    Leaves out: civilians in the town, who slow clearing (the story lowers the rate for them); those who slip behind a sweep.
    """
    done = at_least_zero("rate", rate) * at_least_zero("assault_troops", assault_troops) / 1000.0
    return min(at_least_zero("area_left_km2", area_left_km2), done * at_least_zero("days", days))


@kernel
def must_pause(
    km_from_hub: float,
    strength_share: float,
    *,
    reach: float = best("reach"),
    spent_below: float = best("spent_below"),
) -> bool:
    """Whether an advance must pause: past its reach from the forward hub, or below a share of its starting strength.

    Args:
        km_from_hub: km, 0 or more.
        strength_share: present over starting strength, 0 to 1.
        reach: km, above 0 (usual range 150 to 400).
        spent_below: share, 0 to 1.
    Returns: True where it must.
    Raises: RuleError naming the parameter out of range.
    Source: ASSUMED.
    Leaves out: captured stocks; a hub moves forward when the scenario says so.
    """
    far = at_least_zero("km_from_hub", km_from_hub) > positive("reach", reach)
    return far or share("strength_share", strength_share) < share("spent_below", spent_below)
