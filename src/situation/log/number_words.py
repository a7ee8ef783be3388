"""The numbers that stories draw, in plain words: `attrition_rate` as `losses a day in battle`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from situation.log.story_words import name_in_words
from situation.testimony.ground import Ground

__all__ = ["LABELS", "number_in_words"]

LABELS: Mapping[str, str] = {
    "air.dedicated": "what a full air effort is worth",
    "air.some": "what occasional strikes are worth",
    "air.battles": "battles that one air force can cover",
    "attacker_pause": "how long a beaten attacker rests",
    "attrition_exponent": "how far the odds decide who loses more",
    "attrition_rate": "losses a day in battle",
    "boats": "how many a day cross the river by boat",
    "bridgehead": "days to bridge the river",
    "ceasefire_rate": "how soon a confrontation ends in a ceasefire",
    "clash_echo": "how far one incident brings the next",
    "clash_fade": "how soon an incident is forgotten",
    "clash_lapsed": "how much more often forces clash without a line between them",
    "clash_rate": "how often forces that are no enemies clash",
    "clear.abandoned": "how fast an empty town is searched",
    "clear.contested": "how fast a town is cleared house by house",
    "clear.desert": "how fast open desert is swept",
    "concession": "how often the weaker side of a clash gives way",
    "contact": "how far before a town resistance begins",
    "engaged_per_km": "how many can fight abreast",
    "evacuation_rate": "how often a surrounded force is let go by agreement",
    "flee": "share of the beaten who take an open way out",
    "hidden_exposure": "how exposed men in hiding are to fire",
    "holding_force": "men left behind to hold a town",
    "holding_most": "largest part of a force left behind to hold a town",
    "hunted": "how soon men in hiding are found",
    "killed_share": "how many of those hit are killed",
    "ladder_down": "how soon a clash is calmed",
    "ladder_up": "how soon a clash climbs",
    "last_stand": "how often a force fights to the last",
    "last_stand.determined": "how often a force set on standing fights to the last",
    "last_stand.yielding": "how often a force ready to yield fights to the last",
    "leave_before_contact": "how often a delaying force leaves before the attack",
    "leaving_rate.delay": "how soon a delaying force leaves once attacked",
    "lost_on_the_way": "share of those in flight who do not get through",
    "melt": "share of the beaten who go into hiding",
    "melt.insurgency": "share who go into hiding once it is an insurgency",
    "operational_pause": "pauses of an operation for supply",
    "quality": "how good the attackers are against the defenders",
    "raid_rate": "losses to bombs and ambushes",
    "raid_share": "share of a near garrison sent to counter-attack",
    "reach": "how far columns go before they must wait for supply",
    "recapture_decay": "how soon counter-attacks die down",
    "recapture_rate": "how often lost towns are counter-attacked",
    "regroup": "days of rest between objectives",
    "speed.light": "km a day against light resistance",
    "speed.opposed": "km a day against resistance",
    "speed.unopposed": "km a day on an open road",
    "stock": "days of supply that an army carries",
    "stock.dug_in": "days of supply that a dug-in force has laid in",
    "supply_decay": "how soon men without supply weaken",
    "supply_floor": "what a force without supply is still worth",
    "supply_floor.light": "what a light force without supply is still worth",
    "surrender": "share of the beaten who surrender",
    "surrender.feared": "share who surrender to a captor they fear",
    "surrender.trusted": "share who surrender to a captor they trust",
    "terrain.urban": "what a town is worth to its defenders",
    "wounded_return": "share of the wounded who come back",
    "wounded_returning": "days until the wounded come back",
}
"""The numbers of the rules by name. One that is not here goes by its name, spelled out."""


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
