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

__all__ = ["DEFAULTS", "RULE_WORDS", "best"]

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
    _fixed("air.none", 1.0, "ratio", "No air support multiplies by one."),
    _fixed("air.some", 1.5, "ratio", "Occasional strikes lie between none and a dedicated effort."),
    _positive("air.dedicated", 1.5, 2.5, 4.0, "ratio", "A steady air effort decided sieges that ground odds did not."),
    _fixed("posture.none", 1.0, "ratio", "A defender caught without a position gains nothing."),
    _fixed("posture.hasty", 1.3, "ratio", _CONSTRUCT, _DUPUY),
    _fixed("posture.prepared", 1.5, "ratio", _CONSTRUCT, _DUPUY),
    _fixed("posture.fortified", 1.6, "ratio", _CONSTRUCT, _DUPUY),
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
        "attrition_rate", 0.006, 0.025, 0.10, "per day", "Daily losses of engaged troops, from quiet to fierce days."
    ),
    _positive(
        "attrition_exponent", 0.2, 0.35, 0.6, "power", "Losses follow the odds far more weakly than a square law."
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
    _fixed("break_cap", 0.98, "share", "A last remnant no longer fights as a force."),
    _fixed("last_stand_at", 0.95, "share", "A force that stands to the last is all but destroyed."),
    _fixed("last_stand", 0.07, "share", "Few forces fight to destruction."),
    _share("last_stand.determined", 0.3, 0.5, 0.9, "A force with the will to stand and nowhere to go."),
    _share("last_stand.yielding", 0.02, 0.08, 0.2, "The same force once it prefers to save itself."),
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
    _share("melt", 0.05, 0.25, 0.5, "Some hide among civilians; fewer where these side with the captor."),
    _share("surrender.feared", 0.01, 0.05, 0.15, "Few give themselves up to a captor they fear."),
    _share("surrender.trusted", 0.05, 0.2, 0.5, "More surrender where prisoners are known to be kept alive."),
    _fixed("closed.surrender", 0.25, "share", "Encircled and beaten, a quarter surrenders."),
    _fixed("closed.stand", 0.45, "share", "Encircled and beaten, nearly half fights on."),
    _fixed("closed.melt", 0.15, "share", "Encircled, some still hide among civilians."),
    _fixed("closed.evacuate", 0.15, "share", "Some leave by agreement."),
    _share("lost_on_the_way", 0.02, 0.08, 0.2, "Flight under air attack costs some of those who flee."),
    # R6 recapture
    _positive("recapture_rate", 0.02, 0.10, 0.3, "per day", "Handfuls of counter-attacks over all captured places."),
    _positive("recapture_decay", 5.0, 10.0, 30.0, "days", "Counter-attacks come early or not at all."),
    _fixed("recapture_least", 50.0, "persons", "Fewer hidden fighters raid; they do not retake a town."),
    _fixed("recapture_near", 25.0, "km", "A night's march."),
    # R7 supply
    _positive("stock", 3.0, 10.0, 30.0, "days of supply", "Field stocks of a mobile army."),
    _positive("stock.dug_in", 20.0, 60.0, 180.0, "days of supply", "A light force that has laid in caches."),
    _share("supply_floor", 0.2, 0.35, 0.6, "What an army is worth when its supply has run out."),
    _share("supply_floor.light", 0.4, 0.7, 0.9, "Light infantry needs little."),
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
    _share("concession", 0.2, 0.5, 0.9, "At sustained fire the weaker side often gives way."),
    # R9 posture, R10 tempo, R11 river, R12 garrison, R13 evacuation
    _fixed(
        "insurgency_threshold", 0.6, "share lost", "A force that has lost most of what it held stops holding ground."
    ),
    _positive("regroup", 2.0, 7.0, 20.0, "days", "Units refit and move before the next objective."),
    _positive("boats", 30.0, 100.0, 300.0, "persons per day", "Small boats by night."),
    _positive("bridgehead", 1.0, 3.0, 7.0, "days", "A bridge is thrown and its far bank made safe in days."),
    _positive("holding_force", 150.0, 300.0, 800.0, "persons per town", "About a battalion keeps a town."),
    _fixed("holding_most", 0.5, "share of the force", "A force goes on with at least half of its men."),
    _positive("evacuation_rate", 0.0, 0.03, 0.1, "per day", "Agreed departures happened, and rarely."),
)

DEFAULTS: Final[Mapping[str, Prior]] = MappingProxyType({prior.name: prior for prior in _TABLE})
"""The table by name."""

RULE_WORDS: Final[Mapping[str, str]] = {
    "air.dedicated": "how many times a full air effort multiplies an attack",
    "air.none": "how many times no air support multiplies an attack",
    "air.some": "how many times occasional strikes multiply an attack",
    "attacker_pause": "days that a beaten attacker rests",
    "attrition_exponent": "power by which the odds decide who loses more",
    "attrition_rate": "losses a day in battle",
    "boats": "how many a day cross the river by boat",
    "break_cap": "largest share of losses that a force takes before it breaks",
    "break_median": "share of losses at which half of all forces break",
    "break_sigma": "spread of the losses at which forces break",
    "bridgehead": "days to bridge the river",
    "clash_echo": "incidents that one incident brings",
    "clash_fade": "part of an incident's heat that goes in a day",
    "clash_lapsed": "how many times more often forces clash without a line between them",
    "clash_rate": "incidents a day between forces that are no enemies",
    "clear.abandoned": "km² a day in which 1,000 men search an empty town",
    "clear.contested": "km² a day that 1,000 men clear house by house",
    "clear.desert": "km² a day of open desert that 1,000 men sweep",
    "closed.evacuate": "share of the encircled who leave by agreement",
    "closed.melt": "share of the encircled who go into hiding",
    "closed.stand": "share of the encircled who fight on",
    "closed.surrender": "share of the encircled who surrender",
    "concession": "chance that the weaker side of a clash gives way",
    "contact": "km before a town at which resistance begins",
    "culminates_below": "share of its starting strength below which a force attacks no more",
    "day_march": "km within which those in flight shun the enemy",
    "day_variation": "spread of the losses from day to day",
    "encircled_factor": "how many times encirclement multiplies the chance of a last stand",
    "engaged_per_km": "men who can fight abreast on a km",
    "estimate_sigma": "spread of what an actor takes its enemy for",
    "evacuation_rate": "chance a day that a surrounded force is let go by agreement",
    "flee": "share of the beaten who take an open way out",
    "fortune_sigma": "spread of fortune over battles",
    "hidden_exposure": "share of the fire on men in hiding that is aimed",
    "holding_force": "men left behind to hold a town",
    "holding_most": "largest share of a force left behind to hold a town",
    "hopeless_below": "how many times the strength of its enemy an attack takes",
    "insurgency_threshold": "share lost at which a force turns to raiding",
    "killed_share": "share of those hit who are killed",
    "ladder_down": "chance a day that a clash is calmed",
    "ladder_up": "chance a day that a clash climbs",
    "last_stand": "chance that a force fights to the last",
    "last_stand.determined": "chance that a force set on standing fights to the last",
    "last_stand.yielding": "chance that a force ready to yield fights to the last",
    "last_stand_at": "share of losses to which a last stand goes",
    "leave_before_contact": "chance that a delaying force leaves at odds of three to one",
    "leaving_rate.delay": "chance a day that a delaying force leaves once attacked",
    "leaving_rate.hold": "chance a day that a holding force leaves once attacked",
    "lost_on_the_way": "share of those in flight who do not get through",
    "melt": "share of the beaten who go into hiding",
    "operational_pause": "days that an operation pauses for supply",
    "passage_least": "days that going through a place takes at least",
    "posture.fortified": "how many times a fortified position multiplies its defenders",
    "posture.hasty": "how many times a hasty position multiplies its defenders",
    "posture.none": "how many times a defender without a position counts",
    "posture.prepared": "how many times a prepared position multiplies its defenders",
    "quality": "how many times better the attackers are than the defenders",
    "reach": "km that columns go before they must wait for supply",
    "recapture_decay": "days over which counter-attacks die down",
    "recapture_least": "men in hiding needed to counter-attack a town",
    "recapture_near": "km from which men come to counter-attack",
    "recapture_rate": "counter-attacks a day on a town just lost",
    "regroup": "days of rest between objectives",
    "sighted": "km at which a column is seen coming",
    "sighting_lapses": "days of standing still after which a column is news again",
    "speed.light": "km a day against light resistance",
    "speed.opposed": "km a day against resistance",
    "speed.unopposed": "km a day on an open road",
    "rest_restores": "part of the losses that rest restores a day",
    "spent_below": "share of its strength below which a force must rest",
    "stock": "days of supply that an army carries",
    "stock.dug_in": "days of supply that a dug-in force has laid in",
    "supply_decay": "days over which men without supply weaken",
    "supply_floor": "share that a force without supply is still worth",
    "supply_floor.light": "share that a light force without supply is still worth",
    "surrender.feared": "share who surrender to a captor they fear",
    "surrender.trusted": "share who surrender to a captor they trust",
    "terrain.open": "how many times open ground multiplies its defenders",
    "terrain.rolling": "how many times rolling ground multiplies its defenders",
    "terrain.rugged": "how many times rugged ground multiplies its defenders",
    "terrain.urban": "how many times a town multiplies its defenders",
    "wounded_return": "days until the wounded come back",
    "wounded_return_sigma": "spread of the time until the wounded come back",
}
"""The numbers of the table in words that say their unit."""


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
