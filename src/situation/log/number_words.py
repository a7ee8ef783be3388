"""The numbers that stories draw, in plain words: `attrition_rate` as `losses a day in battle`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from situation.log.story_words import name_in_words
from situation.testimony.ground import Ground

__all__ = ["LABELS", "number_in_words"]

LABELS: Mapping[str, str] = {
    "air.battles": "battles that one air force can cover",
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
    "capacity.bridge": "how many times a bridge counts as a way out",
    "capacity.crossing": "how many times a crossing counts as a way out",
    "capacity.desert-track": "how many times a desert track counts as a way out",
    "capacity.ferry": "how many times a ferry counts as a way out",
    "capacity.ford": "how many times a ford counts as a way out",
    "capacity.road": "how many times a road counts as a way out",
    "ceasefire_rate": "chance a day that a confrontation ends in a ceasefire",
    "civilians.air": "how many times people in a town multiply the strikes on it",
    "civilians.clearing": "how many times people in a town multiply the pace of its clearing",
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
    "confrontation_days": "days for which a confrontation turns forces to it",
    "contact": "km before a town at which resistance begins",
    "contact.full": "links of contact that make a whole front",
    "day_variation": "spread of the losses from day to day",
    "encircled_factor": "how many times encirclement multiplies the chance of a last stand",
    "enclosed_below": "share of the ways out below which a place is encircled",
    "engaged_per_km": "men who can fight abreast on a km",
    "evacuation_rate": "chance a day that a surrounded force is let go by agreement",
    "flee": "share of the beaten who take an open way out",
    "fortune_sigma": "spread of fortune over battles",
    "garrison_small": "men below whom a garrison told to hide does not stand",
    "hidden_exposure": "share of the fire on men in hiding that is aimed",
    "holding_force": "men left behind to hold a town",
    "holding_most": "largest share of a force left behind to hold a town",
    "hunted": "chance a day that a man in hiding is found",
    "insurgency_threshold": "share lost at which a force turns to raiding",
    "killed_share": "share of those hit who are killed",
    "ladder_down": "chance a day that a clash is calmed",
    "ladder_up": "chance a day that a clash climbs",
    "last_stand": "chance that a force fights to the last",
    "last_stand.determined": "chance that a force set on standing fights to the last",
    "last_stand.yielding": "chance that a force ready to yield fights to the last",
    "last_stand_at": "share of losses to which a last stand goes",
    "leave_before_contact": "chance that a delaying force leaves before the attack",
    "leaving_rate.delay": "chance a day that a delaying force leaves once attacked",
    "leaving_rate.hold": "chance a day that a holding force leaves once attacked",
    "lost_on_the_way": "share of those in flight who do not get through",
    "melt": "share of the beaten who go into hiding",
    "melt.insurgency": "share who go into hiding once it is an insurgency",
    "melt.none": "share of a state's soldiers who go into hiding",
    "operational_pause": "days that an operation pauses for supply",
    "posture.fortified": "how many times a fortified position multiplies its defenders",
    "posture.hasty": "how many times a hasty position multiplies its defenders",
    "posture.none": "how many times a defender without a position counts",
    "posture.prepared": "how many times a prepared position multiplies its defenders",
    "quality": "how many times better the attackers are than the defenders",
    "raid_rate": "losses a day to bombs and ambushes, by each man in hiding",
    "raid_share": "share of a near garrison sent to counter-attack",
    "reach": "km that columns go before they must wait for supply",
    "recapture_decay": "days over which counter-attacks die down",
    "recapture_least": "men in hiding needed to counter-attack a town",
    "recapture_near": "km from which men come to counter-attack",
    "recapture_rate": "counter-attacks a day on a town just lost",
    "regroup": "days of rest between objectives",
    "speed.light": "km a day against light resistance",
    "speed.opposed": "km a day against resistance",
    "speed.unopposed": "km a day on an open road",
    "spent_below": "share of its strength below which a force must rest",
    "stock": "days of supply that an army carries",
    "stock.dug_in": "days of supply that a dug-in force has laid in",
    "struck": "men of a larger defender whom each attacker can strike",
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
    "wounded_returning": "share of the wounded who come back",
}
"""The numbers of the rules and of stories, each in words that say its unit. A scenario's own go by their names."""


def number_in_words(name: str, forces: Mapping[str, Mapping[str, Any]], ground: Ground) -> str:
    """A drawn number in words: of the rules, between two actors, or the men of a force.

    Args:
        name: as the draws have it: `clash_rate`, `clash_rate.sdf:syria`, `is-albu-kamal`, `sdf-posts at baghuz`.
        forces: the forces of the scenario, as it was run.
        ground: for the names.
    """
    force, _, place = name.partition(" at ")
    if force in forces:
        row = forces[force]
        at = row.get("at")
        where = ground.name(place or str(at)) if place or isinstance(at, str) else _several(at, ground)
        kind = {"hidden": "men in hiding", "field": "column", "garrison": "men"}[row.get("kind", "garrison")]
        return f"{_whose(ground.name(str(row['actor'])))} {kind} at {where}"
    if name in LABELS:
        return LABELS[name]
    base, _, pair = name.rpartition(".")
    if base in LABELS and ":" in pair:
        one, _, other = pair.partition(":")
        return f"{LABELS[base]}, {ground.name(one)} and {ground.name(other)}"
    return name_in_words(name.replace(".", " "))


def _whose(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _several(places: Any, ground: Ground) -> str:
    named = sorted(places or ())
    first = ", ".join(ground.name(place) for place in named[:2])
    return f"{first} and {len(named) - 2} more" if len(named) > 2 else first
