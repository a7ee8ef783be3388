"""Numbers of a scenario that are hardly meant: men whom no army has, speeds and times out of all measure, each at its line.

Bounds are ASSUMED, and wide: what lies beyond them is a slip of the hand far more often than a fact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from situation.dates import DAY
from situation.errors import Problem, Where, near_miss
from situation.events import MEASURES, ForceRaised, measure_of
from situation.record.warnings.implausible import MOST_PEOPLE
from situation.rules import ASSUMED, Family, Prior
from situation.scenario.checks.domains import NUMBER_USES
from situation.scenario.parts import Number, Scenario
from situation.scenario.story_numbers import NUMBERS, shared_by_all
from situation.testimony.documents import Document
from situation.testimony.ground import FARTHEST_KM

__all__ = ["odd_numbers"]

_MOST_OF_A_FORCE: Final = 5_000_000
"""More than ever were one body: the Red Army had some 6 million men on all its fronts together."""
_TIMES_THE_RULES: Final = 10.0
"""How many times the upper end of the rules' own number one may be: more is another unit, or a digit too many."""
_TIMES_IN: Final[Mapping[str, float]] = {"persons": 100.0, "days": 100.0}
"""The same by the first word of the unit: counts and times are as wide as wars are."""
_NAMED_FOR: Final[Mapping[str, str]] = {"surrender_to": "surrender.feared", "holding": "holding_force"}
"""From a key that names a number to the rules' own number of that kind, where it has another name."""


def odd_numbers(document: Document, scenario: Scenario) -> Iterator[Problem]:
    """Every number that a scenario's own file gives and that is hardly meant."""
    for table, numbers, most in (
        ("forces", scenario.forces, _MOST_OF_A_FORCE),
        ("totals", scenario.totals, MOST_PEOPLE),
    ):
        here = document.value.get(table) or {}
        for name, number in numbers.items():
            if name in here:
                for key, fact, advice in _men(name, number, most):
                    yield Problem(document.where((table, name, key)), fact, advice)
    for name in document.value.get("given") or {}:
        event = scenario.given[name].event if name in scenario.given else None
        for key in ("number", "hidden") if isinstance(event, ForceRaised) else ():
            if (men := getattr(event, key)) > _MOST_OF_A_FORCE:
                yield Problem(document.where(("given", name, "event", key)), _too_many(men, "men"), _DIGITS)
    yield from _of_rules(document, scenario)
    yield from _of_plans(document, scenario)
    for name in document.value.get("questions") or {}:
        question = scenario.questions.get(name)
        if question is not None and question.times is not None and question.times > scenario.horizon // DAY + 1:
            fact = f"Nothing changes hands {question.times:,} times in {scenario.horizon // DAY:,} days."
            yield Problem(document.where(("questions", name, "times")), fact, "Ask for fewer.")


_DIGITS: Final = "Count the digits again."


def _too_many(count: float, unit: str) -> str:
    return f"{count:,.0f} {unit} are more than can be meant."


def _points(number: Number) -> list[tuple[str, float]]:
    """The points that a number has, by their keys."""
    points = ((key, getattr(number, key)) for key in ("value", "low", "best", "high"))
    return [(key, point) for key, point in points if point is not None]


def _men(name: str, number: Number, most: float) -> Iterator[tuple[str, str, str]]:
    """What is odd in a count of men: the key, fact and advice."""
    if measure_of(number.unit) is None:
        hint = near_miss(number.unit, MEASURES) or "Name what is counted, such as troops, fighters or persons."
        yield "unit", f"'{number.unit}' is no unit that is known here.", hint
    for key, count in _points(number):
        if count != int(count):
            yield key, f"'{key}' of '{name}' counts persons, and is not whole.", "Write whole numbers."
    key, highest = _points(number)[-1]
    if highest > most:
        yield key, _too_many(highest, number.unit), _DIGITS
    if number.value == 0:
        yield "value", f"'{name}' counts nobody.", "Give its men, or leave it out."


def _of_rules(document: Document, scenario: Scenario) -> Iterator[Problem]:
    """Numbers far above the rules' own of their kind, or longer than any way on the globe.

    What a source gives is not measured by the rules, nor is what they keep fixed: it is one usual value of many.
    """
    kinds = _kinds(scenario)
    for name in document.value.get("parameters") or {}:
        prior = scenario.numbers.get(name)
        if prior is None:
            continue
        usual = kinds.get(name)
        times = _TIMES_IN.get(prior.unit.partition(" ")[0], _TIMES_THE_RULES)
        compared = usual is not None and usual.family is not Family.FIXED and prior.source == ASSUMED
        highest, at = _highest(document, name, prior)
        if usual is not None and compared and highest > times * usual.high:
            fact = f"'{name}' is {highest:,g} {prior.unit}, and the rules' own go up to {usual.high:,g}."
            yield Problem(at, fact, "Check its digits and its unit.")
        elif prior.unit == "km" and highest > FARTHEST_KM:
            yield Problem(at, f"'{name}' is {highest:,g} km, more than half way round the globe.", _DIGITS)


def _kinds(scenario: Scenario) -> Mapping[str, Prior]:
    """From the name of a number to the rules' own number of its kind, as far as there is one."""
    kinds = {name: NUMBERS[stem] for name in scenario.numbers if (stem := shared_by_all(name)[0]) in NUMBERS}
    for part in (*scenario.actors.values(), *scenario.doctrines.values()):
        for key in NUMBER_USES:
            named = getattr(part, key, None)
            usual = NUMBERS.get(_NAMED_FOR.get(key, key))
            for name in named.values() if isinstance(named, dict) else (named,):
                if name is not None and usual is not None:
                    kinds.setdefault(str(name), usual)
    return kinds


def _highest(document: Document, name: str, prior: Prior) -> tuple[float, Where]:
    key = "value" if "value" in (document.value["parameters"][name] or {}) else "high"
    return prior.high, document.where(("parameters", name, key))


def _of_plans(document: Document, scenario: Scenario) -> Iterator[Problem]:
    """Plans that begin after their stories have ended."""
    horizon = scenario.horizon / DAY
    for name in document.value.get("doctrines") or {}:
        plan = scenario.doctrines.get(name)
        start = scenario.numbers.get(plan.start) if plan is not None and plan.start is not None else None
        if start is not None and start.low > horizon:
            fact = f"The plan begins after {start.low:,g} days at the earliest, and its stories end after {horizon:,g}."
            yield Problem(document.where(("doctrines", name, "start")), fact, "Let it begin sooner, or take it out.")
