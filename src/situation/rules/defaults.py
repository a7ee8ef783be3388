"""Every number of the rules in one place, with unit, range and source. A scenario overrides any of them by name.

Ranges are central 90 % intervals. Most are judgements: the rules are simple and the wars they speak of are few.
`ASSUMED` marks them, and the reason says what the judgement rests on. Names carry no actor: which force is dug in,
determined or trusted by its captives is for the scenario to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from situation.errors import near_miss
from situation.rules.bounds import RuleError
from situation.rules.priors import ASSUMED, Family, Prior, spread

__all__ = ["DEFAULTS", "best"]

_DUPUY: Final = "Dupuy 1985, Numbers, Predictions and War"
_CONSTRUCT: Final = "A table of his model, made to fit historical outcomes: a construct, not a measurement."


def _positive(
    name: str, low: float, middle: float, high: float, unit: str, reason: str, source: str = ASSUMED
) -> Prior:
    return Prior(
        name=name, family=Family.LOGNORMAL, low=low, best=middle, high=high, unit=unit, source=source, reason=reason
    )


def _spread(name: str, median: float, sigma: float, unit: str, reason: str) -> Prior:
    low, middle, high = spread(median, sigma)
    return _positive(name, low, middle, high, unit, reason)


def _share(name: str, low: float, middle: float, high: float, reason: str) -> Prior:
    return Prior(
        name=name, family=Family.BETA, low=low, best=middle, high=high, unit="share", source=ASSUMED, reason=reason
    )


def _fixed(name: str, value: float, unit: str, reason: str, source: str = ASSUMED) -> Prior:
    return Prior(
        name=name, family=Family.FIXED, low=value, best=value, high=value, unit=unit, source=source, reason=reason
    )


_TABLE: Final = (
    # R1 effective ratio
    _positive(
        "quality", 0.5, 1.0, 2.0, "ratio", "Training and will differ at most twofold either way before other factors."
    ),
    _fixed("quality_own_sigma", 0.25, "log ratio", "Of one army some brigades are better than others."),
    _fixed("air.none", 1.0, "ratio", "No air support multiplies by one."),
    _fixed("air.some", 1.5, "ratio", "Occasional strikes lie between none and a dedicated effort."),
    _positive("air.dedicated", 1.5, 2.5, 4.0, "ratio", "A steady air effort decided sieges that ground odds did not."),
    _fixed("position.none", 1.0, "ratio", "A defender caught without a position gains nothing."),
    _fixed("position.hasty", 1.3, "ratio", _CONSTRUCT, _DUPUY),
    _fixed("position.prepared", 1.5, "ratio", _CONSTRUCT, _DUPUY),
    _fixed("position.fortified", 1.6, "ratio", _CONSTRUCT, _DUPUY),
    _fixed("terrain.open", 1.0, "ratio", "Open ground is the measure of the others."),
    _fixed("terrain.rolling", 1.3, "ratio", _CONSTRUCT, _DUPUY),
    _fixed("terrain.urban", 1.4, "ratio", _CONSTRUCT, _DUPUY),
    _fixed("terrain.rugged", 1.5, "ratio", _CONSTRUCT, _DUPUY),
    _positive(
        "engaged_per_km", 500.0, 2000.0, 4000.0, "persons per km", "About two battalions abreast find room on a km."
    ),
    _fixed("fortune_sigma", 0.5, "log ratio", "Surprise and leadership move a battle by about half to twice."),
    # R2 attrition
    _positive(
        "attrition_rate",
        0.018,
        0.025,
        0.035,
        "per day",
        "Daily losses of engaged troops in a battle of middling fierceness.",
    ),
    _positive(
        "attrition_exponent", 0.2, 0.35, 0.6, "power", "Losses follow the odds far more weakly than a square law."
    ),
    _positive(
        "overwhelming",
        7.0,
        10.0,
        15.0,
        "ratio",
        "No table of battles reaches so far; past it the few are shot at by all of the many.",
    ),
    _fixed(
        "attrition_shared_sigma",
        0.5,
        "log rate",
        "Some battles are fierce for both sides, and some are quiet for both.",
    ),
    _fixed(
        "attrition_own_sigma",
        0.7,
        "log rate",
        "What a battle costs one side says little about what it costs the other.",
    ),
    _fixed("day_lag", 0.65, "correlation", "Fierce days follow fierce days."),
    _positive(
        "assault_per_km2", 500.0, 1000.0, 2000.0, "persons per km2", "A battalion or two fight over a km² of houses."
    ),
    _fixed(
        "struck",
        5.0,
        "persons per enemy",
        "Of a side many times as strong only those are hit who stand where the few are.",
    ),
    _share("hidden_exposure", 0.2, 0.5, 0.9, "Hidden defenders are found partly by aim, partly by area fire."),
    _fixed("day_variation", 0.35, "coefficient of variation", "Daily losses scatter widely about their level."),
    _share("killed_share", 0.15, 0.25, 0.35, "About three are wounded for one killed; care and heavy weapons move it."),
    _spread("wounded_return", 30.0, 0.5, "days", "Lightly wounded return within weeks, others after months."),
    _fixed("wounded_return_sigma", 0.5, "log days", "Spread from one wounded fighter to the next."),
    # R3 break point
    _fixed(
        "break_median",
        0.14,
        "share of starting strength",
        "Forces break at a small and very variable part of their losses.",
    ),
    _fixed(
        "break_sigma", 0.82, "log share", "Spread from battle to battle: no one share of losses breaks every force."
    ),
    _positive(
        "break_odds",
        0.1,
        0.35,
        0.6,
        "power",
        "Who is winning bears more; no source says how much, so it is tied to the odds as loosely as losses are.",
    ),
    _fixed("break_cap", 0.98, "share", "A last remnant no longer fights as a force."),
    _fixed("last_stand_at", 0.95, "share", "A force that stands to the last is all but destroyed."),
    _fixed("last_stand", 0.07, "share", "Few forces fight to destruction."),
    _share(
        "last_stand.determined",
        0.05,
        0.2,
        0.5,
        "Told to stand where it is, a force does so more often than others, and seldom to the end.",
    ),
    _share("last_stand.yielding", 0.01, 0.04, 0.12, "Told to save itself, a force does so: rarer than in general."),
    _fixed("rest_restores", 0.05, "per day", "A beaten force is itself again after some weeks, not days."),
    _fixed("encircled_factor", 2.0, "ratio", "Without a way out a last stand is about twice as likely."),
    _positive(
        "hopeless_below", 0.2, 1.0 / 3.0, 0.5, "ratio", "One against three is an attack; one against five is none."
    ),
    _fixed(
        "estimate_sigma",
        0.4,
        "log ratio",
        "An actor knows the strength of its enemy to within half to twice, most times.",
    ),
    _fixed("culminates_below", 1.0 / 3.0, "share of starting strength", "With two thirds gone a force defends."),
    _positive("attacker_pause", 2.0, 5.0, 14.0, "days", "A beaten attacker regroups for days, not months."),
    _share(
        "leave_before_contact",
        0.2,
        0.5,
        0.8,
        "At three to one a delaying force with a way out leaves every other time.",
    ),
    _positive(
        "surprise",
        1.2,
        1.7,
        2.5,
        "ratio",
        "Who strikes where and when he is not looked for is worth about half as much again.",
    ),
    _fixed("sighted.unwatched", 25.0, "km", "Over tracks that nobody watches a column is seen a day's march off."),
    _fixed("sighted", 50.0, "km", "Two days' march: word of a column comes that far ahead of it."),
    _fixed("sighting_lapses", 10.0, "days", "A threat that has stood still so long is no longer one."),
    _fixed("day_march", 25.0, "km", "What a column goes in a day on an open road."),
    _fixed("leaving_rate.hold", 0.02, "per day", "A force told to hold rarely slips away."),
    _positive("leaving_rate.delay", 0.1, 0.4, 1.0, "per day", "A delaying force in contact goes within days."),
    # R4 movement and clearing
    _spread("speed.opposed", 3.0, 1.0, "km per day", "Opposed advances scatter by a factor of five either way."),
    _positive("speed.light", 4.0, 10.0, 25.0, "km per day", "Lightly opposed desert columns."),
    _positive("contact", 5.0, 15.0, 30.0, "km", "Outposts, mines and rockets reach about a day's march before a town."),
    _spread("speed.unopposed", 25.0, 0.5, "km per day", "Columns that clear mines and post guards, unopposed."),
    _positive(
        "clear.contested", 0.02, 0.03, 0.05, "km2 per 1,000 troops and day", "House-to-house clearing under fire."
    ),
    _positive(
        "clear.abandoned", 0.5, 1.0, 2.0, "km2 per 1,000 troops and day", "Searching streets that nobody defends."
    ),
    _positive(
        "clear.desert", 20.0, 100.0, 300.0, "km2 per 1,000 troops and day", "Sweeping open sectors from vehicles."
    ),
    _fixed(
        "passage_least", 0.25, "days", "Nobody goes through a defended place that fell today in less than some hours."
    ),
    _positive("reach", 150.0, 250.0, 400.0, "km", "Advances pause when supply columns reach their limit."),
    _fixed(
        "spent_below", 0.6, "share of starting strength", "An assault force so reduced is rested before it goes on."
    ),
    _spread("operational_pause", 10.0, 0.5, "days", "Pauses to bring up supply last one to three weeks."),
    # R5 retreat
    _share("flee", 0.3, 0.6, 0.8, "Most survivors take an open way out."),
    _share("melt", 0.02, 0.15, 0.4, "Of irregulars some hide among civilians; fewer where these side with the captor."),
    _share("surrender.feared", 0.01, 0.05, 0.15, "Few give themselves up to a captor they fear."),
    _share("surrender.trusted", 0.05, 0.2, 0.5, "More surrender where prisoners are known to be kept alive."),
    _share("closed.surrender", 0.08, 0.25, 0.55, "Encircled and beaten, few or most surrender: sieges differ widely."),
    _share("closed.stand", 0.15, 0.45, 0.8, "Encircled and beaten, nearly half fights on; in some sieges nearly all."),
    _share("closed.melt", 0.03, 0.15, 0.4, "Encircled, some still hide among civilians, as many as with a way out."),
    _share("closed.evacuate", 0.03, 0.15, 0.4, "Some leave by agreement; whether anybody offers one differs."),
    _share(
        "taken_alive",
        0.2,
        0.5,
        0.8,
        "Of men overrun or found in hiding about half live to be prisoners; nobody counts them.",
    ),
    _share("taken_alive.feared", 0.05, 0.2, 0.5, "Fewer let themselves be taken by a captor they fear."),
    _share(
        "yields", 0.2, 0.5, 0.8, "Of garrisons that can neither hold nor leave about half give themselves up together."
    ),
    _share("yields.feared", 0.05, 0.2, 0.5, "Fewer give themselves up together to a captor they fear."),
    _fixed(
        "yields_above",
        3.0,
        "ratio",
        "At three to one, shut in and with nobody coming, a garrison knows how it will end.",
    ),
    _share("lost_on_the_way", 0.02, 0.08, 0.2, "Flight under air attack costs some of those who flee."),
    # R6 recapture
    _positive("recapture_rate", 0.02, 0.10, 0.3, "per day", "Handfuls of counter-attacks over all captured places."),
    _positive("recapture_decay", 5.0, 10.0, 30.0, "days", "Counter-attacks come early or not at all."),
    _fixed("recapture_least", 50.0, "persons", "Fewer hidden fighters raid; they do not retake a town."),
    _positive(
        "recapture_most",
        2.0,
        3.0,
        5.0,
        "ratio",
        "Nobody sends more men than a task takes, and for an attack three to one is the staff rule.",
    ),
    _fixed("recapture_near", 25.0, "km", "A night's march."),
    # R7 supply
    _positive("stock", 3.0, 10.0, 30.0, "days of supply", "Field stocks of a mobile army."),
    _positive(
        "stock.dug_in", 10.0, 30.0, 90.0, "days of supply", "Who had time to prepare a place has stores for weeks."
    ),
    _share("supply_floor", 0.2, 0.35, 0.6, "What an army is worth when its supply has run out."),
    _share("supply_floor.light", 0.3, 0.55, 0.8, "Light infantry needs less than who lives on lorries."),
    _positive("supply_decay", 10.0, 20.0, 40.0, "days", "Effect fades over weeks as reserves in hand run down."),
    # R8 clashes
    _positive(
        "clash_rate", 0.005, 0.02, 0.06, "per day", "Incidents along a working line are few, over the whole theatre."
    ),
    _fixed("clash_lapsed", 5.0, "ratio", "Without a line in force incidents are several times as frequent."),
    _fixed("clash_echo", 0.3, "incidents per incident", "Each incident brings about a third of another."),
    _fixed("clash_fade", 0.2, "per day", "The heat of an incident lasts about five days."),
    _fixed("ladder_up", 0.05, "per day", "Most incidents go no further."),
    _fixed("ladder_down", 0.25, "per day", "Commanders calm most exchanges within days."),
    _fixed("fire.reprisals", 0.002, "share", "Shells on both sides of a line hit a few men in a thousand."),
    _fixed("fire.exchange", 0.02, "share", "A day of sustained fire hits up to a man in fifty."),
    _share("concession", 0.2, 0.5, 0.9, "At sustained fire the weaker side often gives way."),
    # R9 posture, R10 tempo, R11 river, R12 garrison, R13 evacuation
    _fixed(
        "insurgency_threshold", 0.6, "share lost", "A force that has lost most of what it held stops holding ground."
    ),
    _positive("second_column", 1.0, 1.5, 3.0, "ratio", "Nobody divides a force that is not the stronger at both ends."),
    _positive("regroup", 2.0, 7.0, 20.0, "days", "Units refit and move before the next objective."),
    _positive("boats", 30.0, 100.0, 300.0, "persons per day", "Small boats by night."),
    _positive("bridgehead", 1.0, 3.0, 7.0, "days", "A bridge is thrown and its far bank made safe in days."),
    _positive("holding_force", 150.0, 300.0, 800.0, "persons per town", "About a battalion keeps a town."),
    _share("holding_post", 0.1, 0.3, 0.6, "About a company keeps a village, a hill, a landing or a crossing."),
    _fixed("holding_most", 0.5, "share of the force", "A force goes on with at least half of its men."),
    _positive("evacuation_rate", 0.0, 0.03, 0.1, "per day", "Agreed departures happened, and rarely."),
)

DEFAULTS: Final[Mapping[str, Prior]] = MappingProxyType({prior.name: prior for prior in _TABLE})
"""The table by name."""


def best(name: str) -> float:
    """The best value of a named number: what a rule uses where it is given no other.

    Args:
        name: as in `DEFAULTS`.
    Returns: the value, in the unit that the table states.
    Raises: RuleError where there is no number of that name.
    Source: the table, which states one for each number.
    Leaves out: the number's range.
    """
    if name not in DEFAULTS:
        raise RuleError("name", f"there is no number {name!r}. {near_miss(str(name), DEFAULTS)} Give one.")
    return DEFAULTS[name].best
