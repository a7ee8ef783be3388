"""The domain and unit of each number, as the rules demand them, in one table.

A domain follows from a number's family and unit, with the exceptions below. What a plan or an actor names under a key
stands for a number of the rules, and must be as that one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from attrs import frozen

from situation.log.value_words import number_in_figures
from situation.rules import Family, Prior
from situation.scenario.story_numbers import NUMBERS, shared_by_all

__all__ = ["MEN_DOMAIN", "NUMBER_USES", "Domain", "NumberUse", "domain_of", "joint_faults", "outside_domain"]

_TAIL: Final = 1e-4
"""How seldom a number may be drawn outside its domain: one in ten thousand at either end."""


@frozen
class Domain:
    """The values that a number may have: from `low` to `high`; `open_low` and `open_high` leave the ends out."""

    words: str
    low: float = 0.0
    high: float = math.inf
    open_low: bool = False
    open_high: bool = False

    def holds(self, value: float) -> bool:
        """Whether a value lies in it."""
        above = value > self.low if self.open_low else value >= self.low
        return above and (value < self.high if self.open_high else value <= self.high)


_AMOUNT: Final = Domain("0 or more")
_POSITIVE: Final = Domain("above 0", open_low=True)
_FACTOR: Final = Domain("1 or more", low=1.0)
_SHARE: Final = Domain("from 0 to 1", high=1.0)
_PART: Final = Domain("above 0 and at most 1", high=1.0, open_low=True)
_ECHO: Final = Domain("from 0 to below 1", high=1.0, open_high=True)
MEN_DOMAIN: Final = Domain("at most 100,000,000", low=-math.inf, high=1e8)
"""How many one prior or one raised force may come to: what counts of men can hold, with room for many of them."""

_EXCEPTIONS: Final[Mapping[str, Domain]] = {
    "break_median": _PART,
    "break_cap": _PART,
    "break_odds": Domain("from 0 to 2", high=2.0),
    "last_stand_at": _PART,
    "encircled_factor": _FACTOR,  # below 1 a ring would make a last stand rarer
    "clash_lapsed": _FACTOR,  # below 1 a line would bring about incidents
    "clash_echo": _ECHO,  # from 1 on incidents would multiply without end
    "attrition_rate": _SHARE,  # of those engaged, lost on a day
    "ladder_up": _SHARE,
    "ladder_down": _SHARE,  # chances of a day, though told per day
    "wounded_return": _POSITIVE,
    "recapture_decay": _POSITIVE,
    "supply_decay": _POSITIVE,
    "clash_fade": _POSITIVE,
    "reach": _POSITIVE,
    "regroup": _POSITIVE,
    "contact.full": _POSITIVE,
    "air.battles": _POSITIVE,
    "struck": _POSITIVE,
}
"""Numbers whose domain does not follow from family and unit."""
_POSITIVE_UNITS: Final = ("ratio", "km per day", "persons per km", "km2 per 1,000 troops and day")
"""Units of what multiplies or divides: never 0."""


def domain_of(name: str) -> Domain:
    """Where a number of the rules or of the story may lie; a pair's own lies where everyone's does."""
    stem, _ = shared_by_all(name)
    if stem.startswith("capacity."):  # also of a map's own kinds of links
        return _POSITIVE
    prior = NUMBERS[stem]
    if stem in _EXCEPTIONS:
        return _EXCEPTIONS[stem]
    if prior.family is Family.BETA or prior.unit.startswith("share"):
        return _SHARE
    return _POSITIVE if prior.unit in _POSITIVE_UNITS else _AMOUNT


@frozen
class NumberUse:
    """What a key asks of the number that it names. `unit` is None where any word for a share will do."""

    domain: Domain
    unit: str | None


def _as(name: str) -> NumberUse:
    domain = domain_of(name)
    return NumberUse(domain, None if domain is _SHARE else NUMBERS[name].unit)


NUMBER_USES: Final[Mapping[str, NumberUse]] = {
    "start": NumberUse(_AMOUNT, "days"),
    "first_leg": NumberUse(_AMOUNT, "km"),
    "chance": NumberUse(_SHARE, None),
    "regroup": _as("regroup"),
    "quality": _as("quality"),
    "last_stand": _as("last_stand"),
    "stock": _as("stock"),
    "supply_floor": _as("supply_floor"),
    "surrender_to": _as("surrender.feared"),
    "melt": _as("melt"),
    "holding": _as("holding_force"),
}
"""By the key under which a plan, an actor or something given names a number."""


@lru_cache(maxsize=4096)
def outside_domain(prior: Prior, domain: Domain) -> tuple[tuple[str, str, str], ...]:
    """The points at which a number lies outside its domain, or a draw may: each with fact and advice; a draw has no point."""
    return tuple(_outside(prior, domain))


def _outside(prior: Prior, domain: Domain) -> Iterator[tuple[str, str, str]]:
    fixed = prior.family is Family.FIXED
    points = {"value": prior.best} if fixed else {"low": prior.low, "best": prior.best, "high": prior.high}
    open_end = Domain("", domain.low, domain.high)  # the ends of a range are never drawn themselves
    outside = [key for key, point in points.items() if not (domain if fixed else open_end).holds(point)]
    for key in outside:
        yield key, f"'{prior.name}' is {points[key]:,.12g}, and must be {domain.words}.", f"Give {_a(domain)}."
    if outside or fixed:
        return
    for tail in (_TAIL, 1.0 - _TAIL):
        value = prior.draw(tail)
        if not domain.holds(value):
            advice = "Write 'family: beta'." if domain.high == 1.0 else "Narrow its range, or give 'value' alone."
            yield (
                "",
                f"'{prior.name}' may be drawn as {number_in_figures(value, 3)}, and must be {domain.words}.",
                advice,
            )


def _a(domain: Domain) -> str:
    return f"a number {domain.words}" if domain.words[0].isalpha() else f"a number of {domain.words}"


def joint_faults(numbers: Mapping[str, Prior]) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Numbers that are right one by one and wrong together: their names, with fact and advice."""
    stems = ("ladder_up", "ladder_down")
    for pair in sorted({name.partition(".")[2] for name in numbers if shared_by_all(name)[0] in stems}):
        own = [f"{stem}.{pair}" for stem in stems]
        names = tuple(name if name in numbers else stem for name, stem in zip(own, stems, strict=True))
        ends = [numbers[name].high for name in names if name in numbers]
        if sum(ends) > 1.0:
            fact = f"'{names[0]}' and '{names[1]}' come to {sum(ends):g}: a clash cannot go up and down on one day."
            yield names, fact, "Let them come to 1 at most."
    names = ("closed.surrender", "closed.stand")
    if all(name in numbers and not numbers[name].high for name in names):
        fact = "'closed.surrender' and 'closed.stand' are both 0: who has no way out has nowhere to go."
        yield names, fact, "Give one of them more than 0."
