"""The numbers that a story needs beside those of the rules, each with unit and reason; a scenario overrides any."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from situation.log.given_names import name_in_words
from situation.rules import ASSUMED, DEFAULTS, Family, Prior
from situation.rules.number_words import RULE_WORDS
from situation.testimony.ground import Ground
from situation.testimony.kinds import LINK_KINDS, LinkKind

__all__ = [
    "NUMBERS",
    "NUMBER_WORDS",
    "PAIRED",
    "STORY_NUMBERS",
    "VARYING",
    "number_in_words",
    "numbers_of",
    "pair_number",
    "shared_by_all",
    "unit_in_words",
]


def _share(name: str, low: float, middle: float, high: float, reason: str) -> Prior:
    return Prior(
        name=name, family=Family.BETA, low=low, best=middle, high=high, unit="share", source=ASSUMED, reason=reason
    )


def _positive(name: str, low: float, middle: float, high: float, unit: str, reason: str) -> Prior:
    return Prior(
        name=name, family=Family.LOGNORMAL, low=low, best=middle, high=high, unit=unit, source=ASSUMED, reason=reason
    )


def _fixed(name: str, value: float, unit: str, reason: str) -> Prior:
    return Prior(
        name=name, family=Family.FIXED, low=value, best=value, high=value, unit=unit, source=ASSUMED, reason=reason
    )


def _capacity(kind: LinkKind) -> Prior:
    """What links of a kind carry, as a number of stories."""
    name, value = f"capacity.{kind.id}", kind.capacity
    return Prior(
        name=name,
        family=Family.FIXED,
        low=value,
        best=value,
        high=value,
        unit="ratio",
        source=kind.source,
        reason=kind.reason,
    )


def numbers_of(ground: Ground) -> Mapping[str, Prior]:
    """Every number that stories on a map use, by name: those that all have, and what its own kinds of links carry."""
    own = (_capacity(kind) for name, kind in ground.link_kinds.items() if name not in LINK_KINDS)
    return {**NUMBERS, **{prior.name: prior for prior in own}}


STORY_NUMBERS: Final = (
    _fixed("air.battles", 2.0, "battles", "An air force keeps up a full effort over about two battles at once."),
    _fixed("civilians.air", 0.85, "ratio", "Strikes are held back over a town with people in it."),
    _fixed("civilians.clearing", 0.7, "ratio", "People in the houses slow those who search them."),
    _share("wounded_returning", 0.3, 0.6, 0.8, "More than half of the wounded are fit again before a campaign ends."),
    _fixed("contact.full", 10.0, "links", "A front of ten links counts as the whole theatre's contact."),
    _fixed("ceasefire_rate", 0.05, "per day", "Patrons stop fighting between their allies within weeks."),
    _fixed(
        "halt_rate",
        0.0,
        "per day",
        "Nothing outside the theatre stops an operation, unless a scenario says what did.",
    ),
    _fixed("halt_days", 7.0, "days", "A week, where a scenario lets operations halt and does not say for how long."),
    _fixed("confrontation_days", 7.0, "days", "Forces are turned to a confrontation for about a week."),
    _share("raid_share", 0.2, 0.4, 0.7, "A garrison near by sends a part of its men, and keeps the rest at home."),
    _share(
        "melt.insurgency",
        0.15,
        0.4,
        0.7,
        "A force that has gone over to raiding hides more than others, and may still flee.",
    ),
    _positive(
        "hunted",
        0.0002,
        0.001,
        0.004,
        "per day",
        "Hiding works: searches find about a tenth of the hidden in a season.",
    ),
    _positive(
        "raid_rate",
        0.0001,
        0.0004,
        0.0015,
        "casualties per hidden fighter and day",
        "A thousand men in hiding lay a bomb or an ambush every few days, and each of these costs a man or two.",
    ),
    _fixed("garrison_small", 300.0, "persons", "Fewer than this do not stand against an assault once told to hide."),
    _fixed("melt.none", 0.0, "share", "Soldiers of a state flee or surrender; they do not hide among the people."),
    _fixed(
        "enclosed_below", 0.2, "share", "Under a fifth of the ways out is a trickle: the place counts as encircled."
    ),
    *(_capacity(kind) for kind in LINK_KINDS.values()),
)

_STORY_WORDS: Final = {
    "air.battles": "battles that one air force can cover",
    "ceasefire_rate": "chance a day that a confrontation ends in a ceasefire",
    "civilians.air": "how many times people in a town multiply the strikes on it",
    "civilians.clearing": "how many times people in a town multiply the pace of its clearing",
    "confrontation_days": "days for which a confrontation turns forces to it",
    "contact.full": "links of contact that make a whole front",
    "enclosed_below": "share of the ways out below which a place is encircled",
    "garrison_small": "men below whom a garrison told to hide does not stand",
    "halt_days": "days that an operation halts for reasons outside the war",
    "halt_rate": "chance a day that an operation halts for reasons outside the war",
    "hunted": "chance a day that a man in hiding is found",
    "melt.insurgency": "share who go into hiding once it is an insurgency",
    "melt.none": "share of a state's soldiers who go into hiding",
    "raid_rate": "losses a day to bombs and ambushes, by each man in hiding",
    "raid_share": "share of a near garrison sent to counter-attack",
    "wounded_returning": "share of the wounded who come back",
}

NUMBERS: Final[Mapping[str, Prior]] = MappingProxyType({**DEFAULTS, **{prior.name: prior for prior in STORY_NUMBERS}})
"""Every number by name: those of the rules and those of the story."""

_CAPACITY = "how many times a {} counts as a way out"
_QUALITY = "how many times as well {} men fight as others do"

NUMBER_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {**RULE_WORDS, **_STORY_WORDS, **{f"capacity.{kind}": _CAPACITY.format(kind) for kind in LINK_KINDS}}
)
"""Each of them in words that say its unit. A scenario's own numbers go by their names."""

PAIRED: Final = (
    "clash_rate",
    "clash_lapsed",
    "clash_echo",
    "clash_fade",
    "ladder_up",
    "ladder_down",
    "concession",
    "confrontation_days",
    "ceasefire_rate",
)
"""Numbers that two actors may have of their own, under `<number>.<actor>:<actor>`, the actors in alphabetical order."""

VARYING: Final = (
    "speed.opposed",
    "speed.light",
    "speed.unopposed",
    "attacker_pause",
    "operational_pause",
    "regroup",
    "bridgehead",
)
"""Numbers that differ from case to case: these are drawn by chance each time, not once a story."""


def pair_number(name: str, one: str, other: str) -> str:
    """The name of a number that two actors have of their own."""
    return f"{name}.{min(one, other)}:{max(one, other)}"


def shared_by_all(name: str) -> tuple[str, tuple[str, ...]]:
    """The number that a pair's own stands for, and the two; any other number is itself, with nobody named."""
    stem, _, pair = name.partition(".")
    one, between, other = pair.partition(":")
    return (stem, (one, other)) if between and stem in PAIRED else (name, ())


def number_in_words(name: str, forces: Mapping[str, Mapping[str, Any]], ground: Ground, unit: str = "") -> str:
    """A drawn number in words: of the rules, between two actors, the men of a force, or a scenario's own.

    Args:
        name: as the draws have it: `clash_rate`, `clash_rate.north:south`, `quality.north`, `north-guard`, `north-posts at ford`.
        forces: the forces of the scenario, as it was run.
        ground: for the names.
        unit: told of a number that is only named by its scenario, so that one knows what it is.
    """
    force, _, place = name.partition(" at ")
    if force in forces:
        row = forces[force]
        at = row.get("at")
        where = ground.name(place or str(at)) if place or isinstance(at, str) else _several(at, ground)
        kind = {"hidden": "men in hiding", "field": "column", "garrison": "men"}[row.get("kind", "garrison")]
        return f"{_whose(ground.name(str(row['actor'])))} {kind} at {where}"
    if name in NUMBER_WORDS:
        return NUMBER_WORDS[name]
    base, _, own = name.rpartition(".")
    if base == "capacity":
        return _CAPACITY.format(name_in_words(own))
    if base in NUMBER_WORDS and ":" in own:
        one, _, other = own.partition(":")
        return f"{NUMBER_WORDS[base]}, {ground.name(one)} and {ground.name(other)}"
    if base == "quality" and own in ground.actors:
        return _QUALITY.format(_whose(ground.name(own)))
    if base in NUMBER_WORDS:
        return f"{NUMBER_WORDS[base]}: {ground.name(own) if own in ground.actors else name_in_words(own)}"
    return name_in_words(name.replace(".", " ")) + (f" ({unit})" if unit else "")


def _whose(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _several(places: Any, ground: Ground) -> str:
    named = sorted(places or ())
    first = ", ".join(ground.name(place) for place in named[:2])
    return f"{first} and {len(named) - 2} more" if len(named) > 2 else first


def unit_in_words(unit: str) -> str:
    """The unit of a number as a person says it after its figures: a ratio counts times."""
    return "times" if unit == "ratio" else unit
