"""Ensembles of the library's scenarios, told once for all tests, and the differences between twins that share luck."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import sqrt
from pathlib import Path
from statistics import mean, stdev

from attrs import evolve, frozen

from situation.events import ActorId
from situation.record.loading import load
from situation.record.record import Record
from situation.rules import Family
from situation.scenario import Scenario, Total, load_scenario
from tests.behaviour.tales import Tale, tales

__all__ = [
    "FOLDER",
    "IS",
    "SURE",
    "WITHIN",
    "Difference",
    "between",
    "fixed",
    "more_of",
    "the_record",
    "the_scenario",
    "told",
    "told_of",
]

FOLDER = Path(__file__).parents[2] / "scenarios" / "al-qaim-2017"
IS = ActorId("islamic-state")
SURE = 2.0
"""Standard errors that a difference must lie beyond where a test claims its direction. Numbers of stories are chosen so that
it lies at 3.3 or more: other luck of the same size would pass nine times in ten."""
WITHIN = 4.0
"""Standard errors that no difference lies beyond where a test claims that there is none, or none in one direction."""


@cache
def the_record() -> Record:
    """The record of the first situation."""
    return load(FOLDER)


@cache
def the_scenario(name: str) -> Scenario:
    """A scenario of the library."""
    return load_scenario(FOLDER / f"{name}.yaml", the_record())


@cache
def told(name: str, runs: int, days: int | None = None) -> tuple[Tale, ...]:
    """The first stories of a scenario of the library, to the horizon or for some days."""
    return tuple(tales(the_scenario(name), the_record(), runs, days))


def told_of(scenario: Scenario, runs: int, days: int | None = None) -> tuple[Tale, ...]:
    """The first stories of a scenario that a test has made."""
    return tuple(tales(scenario, the_record(), runs, days))


def fixed(scenario: Scenario, name: str, value: float) -> Scenario:
    """The scenario with one number fixed in every story."""
    number = evolve(scenario.numbers[name], family=Family.FIXED, low=value, best=value, high=value)
    return evolve(scenario, numbers={**scenario.numbers, name: number})


def more_of(scenario: Scenario, actor: ActorId, times: float) -> Scenario:
    """The scenario with all men of an actor that has a total multiplied."""
    total: Total = scenario.totals[actor]
    grown = evolve(total, low=total.low * times, best=total.best * times, high=total.high * times)  # type: ignore[operator]
    return evolve(scenario, totals={**scenario.totals, actor: grown})


@frozen
class Difference:
    """A measure in two ensembles, twin by twin: the means, the mean difference (second less first) and its error."""

    first: float
    second: float
    mean: float
    error: float
    equal: float

    @property
    def z(self) -> float:
        """The mean difference in standard errors; 0 where all twins are equal."""
        return self.mean / self.error if self.error > 0.0 else 0.0

    @property
    def more(self) -> bool:
        """Whether the second is more, beyond two standard errors."""
        return self.z > SURE

    @property
    def less(self) -> bool:
        """Whether the second is less, beyond two standard errors."""
        return self.z < -SURE


def between(first: tuple[Tale, ...], second: tuple[Tale, ...], measure: Callable[[Tale], float]) -> Difference:
    """The difference between twins; the longer of two ensembles is cut to the shorter."""
    pairs = [(float(measure(one)), float(measure(other))) for one, other in zip(first, second, strict=False)]
    apart = [other - one for one, other in pairs]
    return Difference(
        mean(one for one, _ in pairs),
        mean(other for _, other in pairs),
        mean(apart),
        stdev(apart) / sqrt(len(apart)),
        sum(value == 0.0 for value in apart) / len(apart),
    )
