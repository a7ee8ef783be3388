"""The numbers of a scenario as the form shows them: what each is, its present value, its source and its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from attrs import field, fields, frozen

from situation.log.given_names import name_in_words
from situation.log.story_words import event_in_words
from situation.scenario import Scenario
from situation.scenario.parts import Force, Number
from situation.scenario.story_numbers import number_in_words
from situation.testimony.ground import Ground
from situation.testimony.yamltext import decimal

__all__ = ["GROUPS", "FormNumber", "form_numbers", "unit_is_share"]

GROUPS: Mapping[str, str] = {
    "switches": "What may happen",
    "own": "This scenario's own numbers",
    "totals": "How many there are in all",
    "forces": "Forces",
    "model": "Numbers of the model",
}
"""The parts of the form by their keys, in their order."""
_NUMBER_FIELDS = frozenset(of.name for of in fields(Number))


@frozen(eq=False)
class FormNumber:
    """A number that can be changed. `low`, `best` and `high` are what the form shows, in four digits.

    Args:
        table: the part of a scenario's file that it stands in.
        group: the part of the form.
        exact_low, exact_best, exact_high: its points in full.
        about: what it is a number of, where its name does not say.
        other_keys: the other keys of its entry in the file.
    """

    table: str
    name: str
    group: str
    exact_low: float
    exact_best: float
    exact_high: float
    unit: str
    source: str
    reason: str
    family: str = ""
    about: str = ""
    other_keys: Mapping[str, Any] = field(factory=dict)

    @cached_property
    def key(self) -> str:
        """Its name in the form."""
        return f"{self.table}:{self.name}"

    @cached_property
    def ranged(self) -> bool:
        """Whether it has a range, and is not one value."""
        return not self.exact_low == self.exact_best == self.exact_high

    @cached_property
    def low(self) -> str:
        """The low end as the form shows it; empty for a single value."""
        return _shown(self.exact_low) if self.ranged else ""

    @cached_property
    def best(self) -> str:
        """The best value as the form shows it."""
        return _shown(self.exact_best)

    @cached_property
    def high(self) -> str:
        """The high end as the form shows it; empty for a single value."""
        return _shown(self.exact_high) if self.ranged else ""


def _shown(number: float) -> str:
    """A number in four digits, or all of a whole one."""
    return decimal(number) if float(number).is_integer() else decimal(float(f"{number:.4g}"))


def unit_is_share(number: FormNumber) -> bool:
    """Whether a number's unit bounds it to 0 to 1."""
    return number.unit in ("share", "chance")


def form_numbers(scenario: Scenario, ground: Ground) -> dict[str, FormNumber]:
    """Every number of a scenario that can be changed, by its key, in the order of the form."""
    numbers = [*_totals(scenario, ground), *_forces(scenario, ground), *_parameters(scenario, ground)]
    run_request = list(GROUPS)
    return {number.key: number for number in sorted(numbers, key=lambda number: run_request.index(number.group))}


def _points(number: Any) -> tuple[float, float, float]:
    if number.value is not None:
        return number.value, number.value, number.value
    return number.low, number.best, number.high


def _totals(scenario: Scenario, ground: Ground) -> Iterator[FormNumber]:
    for actor, total in scenario.totals.items():
        about = f"all of {ground.name(actor)}; its forces are scaled to this"
        rest = (total.unit, total.source, total.reason, total.family or "", about)
        yield FormNumber("totals", actor, "totals", *_points(total), *rest)


def _forces(scenario: Scenario, ground: Ground) -> Iterator[FormNumber]:
    for name, force in scenario.forces.items():
        other_keys = {of.name: getattr(force, of.name) for of in fields(Force) if of.name not in _NUMBER_FIELDS}
        rest = (force.unit, force.source, force.reason, force.family or "", _force(force, ground))
        yield FormNumber("forces", name, "forces", *_points(force), *rest, other_keys=other_keys)


def _force(force: Force, ground: Ground) -> str:
    kind = {"field": "a field force", "garrison": "a garrison", "hidden": "in hiding"}[force.kind]
    named = [ground.name(place) for place in force.places[:4]]
    each = " in each of" if isinstance(force.at, list) and len(force.places) > 1 else ""
    more = f" and {len(force.places) - 4} more" if len(force.places) > 4 else ""
    return f"{ground.name(force.actor)}, {kind}{each or ' at'} {', '.join(named)}{more}"


def _about(name: str, ground: Ground) -> str:
    """What a number of the model is, in words; empty where they say no more than its name."""
    words = number_in_words(name, {}, ground)
    return "" if words == name_in_words(name.replace(".", " ")) else words


def _parameters(scenario: Scenario, ground: Ground) -> Iterator[FormNumber]:
    hangs: dict[str, list[str]] = {}
    used: dict[str, list[str]] = {}
    for given in scenario.given.values():
        if given.chance is not None:
            hangs.setdefault(given.chance, []).append(f"of this: {event_in_words(given.event, ground)}")
    for name, plan in scenario.doctrines.items():
        words = f"the plan '{name_in_words(name, ground)}' of {ground.name(plan.actor)}"
        if plan.start is not None:
            used.setdefault(plan.start, []).append(f"days before {words} begins")
        if plan.first_leg is not None:
            used.setdefault(plan.first_leg, []).append(f"km still to go on the first leg of {words}")
        if plan.chance is not None:
            hangs.setdefault(plan.chance, []).append(f"that {words} goes ahead")
    # A scenario's own numbers come first, then the model's in the order of its rules.
    for name in (*scenario.own_numbers, *(name for name in scenario.numbers if name not in scenario.own_numbers)):
        prior = scenario.numbers[name]
        group = "switches" if name in hangs else "own" if name in scenario.own_numbers else "model"
        about = (
            f"the chance {'; '.join(hangs[name])}"
            if name in hangs
            else "; ".join(used.get(name, ())) or _about(name, ground)
        )
        points = (prior.low, prior.best, prior.high)
        rest = (prior.unit, prior.source, prior.reason, prior.family.value, about)
        yield FormNumber("parameters", name, group, *points, *rest)
