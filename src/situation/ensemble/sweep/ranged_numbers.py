"""The numbers of a scenario that have a range, and the scenario with some of them set to a value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

import attrs

from situation.errors import Fault, near_miss
from situation.events import ActorId
from situation.rules import Family, Prior
from situation.scenario import Force, Scenario
from situation.scenario.parts import Total

__all__ = ["fixed_numbers", "ranged_numbers", "scenario_at", "swept_numbers"]

_FORCE, _TOTAL = "force ", "total of "
"""What the names of the men of a force, and of all men of an actor, begin with."""
_NAMED = 12
"""How many numbers an error names at most."""
_Men = TypeVar("_Men", Force, Total)


def ranged_numbers(scenario: Scenario) -> dict[str, Prior]:
    """Every number of a scenario that has a range, by name: its parameters, then `force NAME` and `total of ACTOR`."""
    men: dict[str, Prior] = {
        **{f"{_FORCE}{name}": force.prior(f"{_FORCE}{name}") for name, force in sorted(scenario.forces.items())},
        **{f"{_TOTAL}{name}": total.prior(f"{_TOTAL}{name}") for name, total in sorted(scenario.totals.items())},
    }
    every = {**dict(sorted(scenario.numbers.items())), **men}
    return {name: prior for name, prior in every.items() if prior.low < prior.high}


def fixed_numbers(scenario: Scenario) -> dict[str, Prior]:
    """The parameters of a scenario, and of the rules, that have one value each, and could be given a range."""
    return {name: prior for name, prior in sorted(scenario.numbers.items()) if prior.low == prior.high}


def swept_numbers(scenario: Scenario, names: Iterable[str] = ()) -> dict[str, Prior]:
    """The numbers to sweep, by name: those that are named, in their order in the scenario, else all that have a range.

    Args:
        names: as `ranged_numbers` has them; a force may be named without the word before its name.

    Raises:
        Fault: there is no such number, with the near miss; or it has one value and no range; or there is none at all.
    """
    ranged = ranged_numbers(scenario)
    chosen = [_named(scenario, name, ranged) for name in names]
    if not ranged:
        raise Fault("No number of this scenario has a range.", "Give one 'low', 'best' and 'high'.")
    return {name: prior for name, prior in ranged.items() if name in chosen or not chosen}


def _named(scenario: Scenario, name: str, ranged: Mapping[str, Prior]) -> str:
    if name in ranged:
        return name
    if name not in scenario.numbers and f"{_FORCE}{name}" in ranged:
        return f"{_FORCE}{name}"
    fixed = {**scenario.numbers, **{f"{_FORCE}{force}": None for force in scenario.forces}}
    if name in fixed or f"{_FORCE}{name}" in fixed:
        raise Fault(f"'{name}' has one value and no range.", "Give it 'low', 'best' and 'high'.", argument="numbers")
    named = ", ".join([*ranged][:_NAMED]) + (f", and {len(ranged) - _NAMED} more" if len(ranged) > _NAMED else "")
    hint = near_miss(name, ranged) or f"Those with a range are: {named}. The list of numbers has them all."
    raise Fault(f"There is no number '{name}'.", hint, argument="numbers")


def scenario_at(scenario: Scenario, values: Mapping[str, float]) -> Scenario:
    """A scenario in which some of its numbers have one value each: in every story, at every place and in every case.

    Args:
        values: by name as `ranged_numbers` has them, each in the unit of its number.

    Raises:
        Fault: there is no such number, or it cannot have the value.
    """
    numbers: dict[str, Prior] = dict(scenario.numbers)
    forces: dict[str, Force] = dict(scenario.forces)
    totals: dict[ActorId, Total] = dict(scenario.totals)
    for name, value in values.items():
        if name in numbers:
            numbers[name] = attrs.evolve(numbers[name], family=Family.FIXED, low=value, best=value, high=value)
        elif name.startswith(_FORCE) and (force := name.removeprefix(_FORCE)) in forces:
            forces[force] = _fixed(forces[force], value)
        elif name.startswith(_TOTAL) and (actor := ActorId(name.removeprefix(_TOTAL))) in totals:
            totals[actor] = _fixed(totals[actor], value)
        else:
            raise Fault(f"There is no number '{name}'.", near_miss(name, ranged_numbers(scenario)))
    return attrs.evolve(scenario, numbers=numbers, forces=forces, totals=totals)


def _fixed(number: _Men, value: float) -> _Men:
    return attrs.evolve(number, value=value, low=None, best=None, high=None, family=None)
