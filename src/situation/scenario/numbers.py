"""The numbers that a story needs beside those of the rules, each with unit and reason; a scenario overrides any."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from situation.rules import ASSUMED, DEFAULTS, Family, Prior

__all__ = ["NUMBERS", "PAIRED", "STORY_NUMBERS", "VARYING", "pair_number", "shared_by_all"]


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


STORY_NUMBERS: Final = (
    _fixed("air.battles", 2.0, "battles", "An air force keeps up a full effort over about two battles at once."),
    _fixed("civilians.air", 0.85, "ratio", "Strikes are held back over a town with people in it."),
    _fixed("civilians.clearing", 0.7, "ratio", "People in the houses slow those who search them."),
    _share("wounded_returning", 0.3, 0.6, 0.8, "More than half of the wounded are fit again before a campaign ends."),
    _fixed("contact.full", 10.0, "links", "A front of ten links counts as the whole theatre's contact."),
    _fixed("ceasefire_rate", 0.05, "per day", "Patrons stop fighting between their allies within weeks."),
    _fixed("confrontation_days", 7.0, "days", "Forces are turned to a confrontation for about a week."),
    _fixed(
        "struck",
        5.0,
        "persons per attacker",
        "Of a defender many times as strong only those are hit who stand where it falls.",
    ),
    _share("raid_share", 0.2, 0.4, 0.7, "A garrison near by sends a part of its men, and keeps the rest at home."),
    _share("melt.insurgency", 0.3, 0.6, 0.8, "A force that has gone over to raiding hides rather than flees."),
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
    _fixed("capacity.road", 1.0, "ratio", "A road is the measure of the other ways out."),
    _fixed("capacity.desert-track", 0.5, "ratio", "A track carries half of what a road does."),
    _fixed("capacity.bridge", 0.8, "ratio", "A bridge is watched from the air."),
    _fixed("capacity.crossing", 0.8, "ratio", "A crossing narrows the road."),
    _fixed("capacity.ferry", 0.3, "ratio", "Boats carry few at a time."),
    _fixed("capacity.ford", 0.3, "ratio", "A ford is slow."),
)

NUMBERS: Final[Mapping[str, Prior]] = MappingProxyType({**DEFAULTS, **{prior.name: prior for prior in STORY_NUMBERS}})
"""Every number by name: those of the rules and those of the story."""

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
