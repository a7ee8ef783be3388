"""What a person fills in to start a scenario: read back, judged by the code that reads scenarios, and nothing of it lost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from attrs import define, field, frozen

from situation.ensemble.run import check_seed
from situation.errors import Fault, Problem, SituationError
from situation.scenario import Scenario
from situation.serving.forms.changes import Changed, Typed, changed_scenario, checked_change
from situation.serving.forms.numbers import Asked, asked_numbers
from situation.serving.library import Found, Library

__all__ = ["Filled", "Order", "fill", "form_of", "number_typed"]

SEED = "7"
LONGEST = 2000
"""Letters of a title or a reason that are read."""


@frozen
class Order:
    """What is to be run: a scenario's file, how many stories, with what seed, and what is left out of the record."""

    scenario: Scenario
    file: Path | None
    changed: Changed | None
    stories: int
    seed: int
    without: tuple[str, ...]


@define
class Filled:
    """A form as it stands: what may be filled in, what was, and what is wrong with it by the name of each field."""

    found: Found
    scenario: Scenario
    asked: Mapping[str, Asked]
    parts: tuple[str, ...]
    values: Mapping[str, str]
    problems: dict[str, list[str]] = field(factory=dict)
    """By the field's name; what belongs to no field stands under the empty name."""

    def wrong(self, name: str, words: str) -> None:
        """Note a problem beside a field, once."""
        if words not in self.problems.setdefault(name, []):
            self.problems[name].append(words)

    def value(self, name: str, otherwise: str = "") -> str:
        """What was typed into a field."""
        return self.values.get(name, otherwise)


def form_of(library: Library, name: str, values: Mapping[str, str]) -> Filled:
    """The form of a scenario.

    Args:
        library: where scenarios are found.
        name: the scenario's.
        values: what has been filled in so far, by the names of the fields.

    Raises:
        Fault: there is no such scenario.
        SituationError: it cannot be read.
    """
    found = library.scenarios().get(name)
    if found is None:
        raise Fault(f"There is no scenario '{name}' here.", "Choose one of the list.")
    if found.scenario is None:
        raise SituationError(found.problem)
    asked = asked_numbers(found.scenario, library.record().ground)
    return Filled(found, found.scenario, asked, library.parts, dict(values))


def fill(library: Library, filled: Filled) -> Order | None:
    """What a form asks for; None where something in it is wrong, and then the form says what."""
    limits = library.setting.limits
    stories = _whole(filled, "stories", limits.usual)
    if stories is not None and not 1 <= stories <= limits.stories:
        filled.wrong("stories", f"{stories:,} is no number of stories here. Give 1 to {limits.stories:,}.")
    seed = _whole(filled, "seed", SEED)
    try:
        check_seed(seed or 0)
    except Fault as fault:
        filled.wrong("seed", str(fault))
    for name in ("title", "why"):
        if len(filled.value(name)) > LONGEST:
            filled.wrong(name, f"This is longer than {LONGEST:,} letters. Say it in fewer.")
    without = tuple(part for part in filled.parts if filled.value(f"without:{part}"))
    typed = {key: one for key, number in filled.asked.items() if (one := number_typed(filled, number)) is not None}
    scenario: Scenario | None = filled.scenario
    changed: Changed | None = None
    if typed or filled.value("title").strip():
        scenario, changed = _changed(library, filled, typed, without)
    if filled.problems or stories is None or seed is None or scenario is None:
        return None
    file = filled.found.file if changed is None else None
    return Order(scenario, file, changed, stories, seed, without)


def _whole(filled: Filled, name: str, otherwise: str) -> int | None:
    text = filled.value(name, otherwise).strip()
    if not re.fullmatch(r"-?[0-9]{1,25}", text):
        filled.wrong(name, f"'{text}' is no whole number. Write one such as {otherwise}.")
        return None
    return int(text)


def number_typed(filled: Filled, number: Asked) -> Typed | None:
    """A number as it was typed, where that is another than it was; None where nobody changed it."""
    chosen = filled.value(f"{number.key}:set")
    if chosen in ("0", "1"):
        typed = Typed("", chosen, "")
    else:
        low, best, high = (
            filled.value(f"{number.key}:{point}", getattr(number, point)).strip() for point in ("low", "best", "high")
        )
        typed = Typed(low, best, high)
    return None if typed == Typed(number.low, number.best, number.high) else typed


def _changed(
    library: Library, filled: Filled, typed: Mapping[str, Typed], without: tuple[str, ...]
) -> tuple[Scenario | None, Changed | None]:
    """The changed scenario, and its problems beside the fields that they came from."""
    changed = changed_scenario(
        filled.found.file, filled.scenario, filled.asked, typed, filled.value("title"), filled.value("why")
    )
    scenario, problems = checked_change(changed, library.record(without))
    own = [problem for problem in problems if problem.at.file == f"{changed.name}.yaml"]
    for problem in own:
        key, point = changed.fields.get(problem.at.line, ("", ""))
        if key:
            filled.wrong(f"{key}:{point}" if point else key, _told(problem))
    for problem in problems:
        if problem in own and problem.at.line in changed.fields:
            continue
        # What stands elsewhere belongs to the number that it speaks of; where that is wrong already, it follows from it.
        named = [key for key in typed if f"'{filled.asked[key].name}'" in problem.fact]
        for key in [key for key in named if not _is_wrong(filled, key)] or ([] if named else [""]):
            filled.wrong(key, _told(problem))
    return scenario, changed


def _is_wrong(filled: Filled, key: str) -> bool:
    return any(name == key or name.startswith(f"{key}:") for name in filled.problems)


def _told(problem: Problem) -> str:
    """A problem without its place, for it stands beside it, and in the words of the form."""
    fact = problem.fact.replace("The number is not whole.", "A field is empty.")
    advice = problem.advice.replace("Write a number, without quotes.", "Write it as 1500 or 0.4.")
    advice = advice.replace(
        "Give 'value' alone, or 'low', 'best' and 'high'.", "Give best alone, or low, best and high."
    )
    return f"{fact} {advice}".strip()
