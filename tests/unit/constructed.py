"""Scenarios of the Tarn valley made of a few forces, with numbers fixed, and how near a count must come to its share."""

from __future__ import annotations

import math
from typing import Any

from attrs import evolve

from situation.events import ActorId, PlaceId
from situation.log.entry import Entry
from situation.log.fold import fold
from situation.log.state import State
from situation.record.record import Record
from situation.rules import Family, Prior, spread
from situation.scenario import Force, Plan, Scenario
from situation.story.story import Story

__all__ = ["SEED", "WITHIN", "Valley", "alone", "before", "dell_as", "fixed", "lognormal", "men", "near", "the"]

SEED = 23
WITHIN = 4.0
"""Standard errors that a count or a mean may lie from its closed form: right code misses once in 16,000 tries."""
Valley = tuple[Scenario, Record]


def fixed(scenario: Scenario, **values: float) -> Scenario:
    """The scenario with some numbers fixed; `__` stands for the point in a name."""
    numbers = dict(scenario.numbers)
    for key, value in values.items():
        name = key.replace("__", ".")
        known = numbers[name]
        numbers[name] = evolve(known, family=Family.FIXED, low=value, best=value, high=value)
    return evolve(scenario, numbers=numbers)


def lognormal(scenario: Scenario, name: str, median: float, sigma: float) -> Scenario:
    """The scenario with one number lognormal about a median."""
    low, best, high = spread(median, sigma)
    prior = Prior(name=name, family=Family.LOGNORMAL, low=low, best=best, high=high, unit="km per day", source="a test")
    return evolve(scenario, numbers={**scenario.numbers, name: prior})


def dell_as(kind: str, record: Record) -> Record:
    """The record with Dell as a place of another kind."""
    ground = record.ground
    dell = evolve(ground.places[PlaceId("dell")], kind=kind)
    return evolve(
        record, ground=evolve(ground, places={**ground.places, PlaceId("dell"): dell}), digest=f"Dell as {kind}"
    )


def men(actor: str, at: str, number: float, kind: Any = "garrison") -> Force:
    """So many men of an actor at a place, without a range."""
    return Force(unit="persons", source="a test", value=number, actor=ActorId(actor), at=at, kind=kind)


def alone(scenario: Scenario, forces: dict[str, Force], doctrines: dict[str, Plan] | None = None) -> Scenario:
    """The scenario with these forces and plans and no others, and nothing given."""
    return evolve(scenario, forces=forces, totals={}, doctrines=doctrines or {}, given={})


def near(count: int, total: int, share: float) -> None:
    """A count out of a total lies within so many standard errors of its share."""
    assert abs(count / total - share) <= WITHIN * math.sqrt(share * (1.0 - share) / total), (count / total, share)


def the(story: Story, kind: type, **said: Any) -> list[Entry]:
    """The story's entries of one kind of event, with these values in its fields."""
    return [
        entry
        for entry in story.entries
        if isinstance(entry.event, kind) and all(getattr(entry.event, key) == value for key, value in said.items())
    ]


def before(story: Story, entry: Entry) -> State:
    """The state that an entry found."""
    earlier = story.entries[: story.entries.index(entry)]
    return fold(earlier, story.stage.ground, story.stage.state)
