"""What a person fills in to start a scenario or to compare two, and the request that it makes.

What was typed is checked by the code that reads scenarios, and none of it is lost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from attrs import define, field, frozen

from situation.ensemble.run import check_seed
from situation.errors import Fault, Problem, SituationError
from situation.record.loading import PARTS
from situation.runs.comparisons import baseline_at_branch, stand_in_note
from situation.scenario import Scenario
from situation.serving.forms.changes import ChangedScenario, TypedNumber, changed_scenario, checked_change
from situation.serving.forms.number_rows import FormNumber
from situation.serving.library import Library, ListedScenario
from situation.serving.settings import Limits
from situation.serving.shelf import ListedRun, Shelf

__all__ = [
    "DEFAULT_SEED",
    "ComparisonRequest",
    "RunRequest",
    "ScenarioForm",
    "comparison_request",
    "open_form",
    "read_form",
    "typed_number",
]

DEFAULT_SEED = "7"
_MOST_LETTERS = 2000
"""Letters of a title or a reason that are read."""


@frozen
class RunRequest:
    """A run that a form asks for: the scenario's file, stories, seed, and the parts of the record to leave out."""

    scenario: Scenario
    file: Path | None
    changed: ChangedScenario | None
    stories: int
    seed: int
    without: tuple[str, ...]


@frozen
class ComparisonRequest:
    """A comparison that a form asks for, of two scenarios or run folders.

    Args:
        names, paths: of their scenarios; of their files or run folders.
        both_runs: whether both are run folders.
        stories, seed: of the runs.
        without: the parts of the record that a run among the two leaves out, so that the other does too.
        stand_in_note: that another scenario stands in for the first, and why; empty where none does.
    """

    names: tuple[str, str]
    paths: tuple[Path, Path]
    both_runs: bool
    stories: int
    seed: int
    without: tuple[str, ...]
    stand_in_note: str


@define
class ScenarioForm:
    """A form that starts a scenario: its fields, the values typed so far, and their problems by the field's name."""

    listed: ListedScenario
    scenario: Scenario
    numbers: Mapping[str, FormNumber]
    parts: tuple[str, ...]
    values: Mapping[str, str]
    problems: dict[str, list[str]] = field(factory=dict)
    """Problems that belong to no field stand under the empty name."""

    def add_problem(self, name: str, words: str) -> None:
        """Note a problem beside a field, once."""
        if words not in self.problems.setdefault(name, []):
            self.problems[name].append(words)

    def value(self, name: str, otherwise: str = "") -> str:
        """The value typed into a field."""
        return self.values.get(name, otherwise)


def open_form(library: Library, name: str, values: Mapping[str, str]) -> ScenarioForm:
    """The form of a scenario.

    Args:
        library: where scenarios are found.
        name: the scenario's.
        values: the values so far, by the names of the fields.

    Raises:
        Fault: there is no such scenario.
        SituationError: it cannot be read.
    """
    listed = library.scenarios().get(name)
    if listed is None:
        raise Fault(f"There is no scenario '{name}' here.", "Choose one of the list.")
    if listed.scenario is None:
        raise SituationError(listed.problem)
    return ScenarioForm(listed, listed.scenario, library.numbers(listed.scenario), library.parts, dict(values))


def read_form(library: Library, form: ScenarioForm) -> RunRequest | None:
    """The run that a form asks for; None where something is wrong, and then the form holds the problems."""
    stories = seed = 0
    try:
        stories = _stories(form.values, library.settings.limits)
    except Fault as fault:
        form.add_problem("stories", str(fault))
    try:
        seed = _seed(form.values)
    except Fault as fault:
        form.add_problem("seed", str(fault))
    for name in ("title", "why"):
        if len(form.value(name)) > _MOST_LETTERS:
            form.add_problem(name, f"This is longer than {_MOST_LETTERS:,} letters. Say it in fewer.")
    without = tuple(part for part in form.parts if form.value(f"without:{part}"))
    typed = {key: one for key, number in form.numbers.items() if (one := typed_number(form, number)) is not None}
    scenario: Scenario | None = form.scenario
    changed: ChangedScenario | None = None
    if typed or form.value("title").strip():
        scenario, changed = _changed(library, form, typed, without)
    if form.problems or scenario is None:
        return None
    file = form.listed.file if changed is None else None
    return RunRequest(scenario, file, changed, stories, seed, without)


def _whole(values: Mapping[str, str], name: str, otherwise: str) -> int:
    """The whole number in a field; `otherwise` stands for a field that was not sent."""
    text = values.get(name, otherwise).strip()
    if not re.fullmatch(r"-?[0-9]{1,25}", text):
        raise Fault(f"'{text}' is no whole number.", f"Write one such as {otherwise}.")
    return int(text)


def _stories(values: Mapping[str, str], limits: Limits) -> int:
    stories = _whole(values, "stories", limits.usual)
    if not 1 <= stories <= limits.stories:
        raise Fault(f"{stories:,} is no number of stories here.", f"Give 1 to {limits.stories:,}.")
    return stories


def _seed(values: Mapping[str, str]) -> int:
    seed = _whole(values, "seed", DEFAULT_SEED)
    check_seed(seed)
    return seed


def typed_number(form: ScenarioForm, number: FormNumber) -> TypedNumber | None:
    """A number as it was typed; None where it was not changed."""
    chosen = form.value(f"{number.key}:set")
    if chosen in ("0", "1"):
        typed = TypedNumber("", chosen, "")
    else:
        low, best, high = (
            form.value(f"{number.key}:{point}", getattr(number, point)).strip() for point in ("low", "best", "high")
        )
        typed = TypedNumber(low, best, high)
    return None if typed == TypedNumber(number.low, number.best, number.high) else typed


def _changed(
    library: Library, form: ScenarioForm, typed: Mapping[str, TypedNumber], without: tuple[str, ...]
) -> tuple[Scenario | None, ChangedScenario | None]:
    """The changed scenario, and its problems beside the fields that they came from."""
    changed = changed_scenario(
        form.listed.file, form.scenario, form.numbers, typed, form.value("title"), form.value("why")
    )
    scenario, problems = checked_change(changed, library.record(without))
    own = [problem for problem in problems if problem.at.file == f"{changed.name}.yaml"]
    for problem in own:
        key, point = changed.fields.get(problem.at.line, ("", ""))
        if key:
            form.add_problem(f"{key}:{point}" if point else key, _problem_words(problem))
    for problem in problems:
        if problem in own and problem.at.line in changed.fields:
            continue
        # A problem elsewhere belongs to the number that it names; where that is wrong already, it follows from it.
        named = [key for key in typed if f"'{form.numbers[key].name}'" in problem.fact]
        for key in [key for key in named if not _is_wrong(form, key)] or ([] if named else [""]):
            form.add_problem(key, _problem_words(problem))
    return scenario, changed


def _is_wrong(form: ScenarioForm, key: str) -> bool:
    return any(name == key or name.startswith(f"{key}:") for name in form.problems)


def _problem_words(problem: Problem) -> str:
    """A problem without its place, since it is shown there, in the words of the form."""
    fact = problem.fact.replace("The number is not whole.", "A field is empty.")
    advice = problem.advice.replace("Write a number, without quotes.", "Write it as 1500 or 0.4.")
    advice = advice.replace(
        "Give 'value' alone, or 'low', 'best' and 'high'.", "Give best alone, or low, best and high."
    )
    return f"{fact} {advice}".strip()


def comparison_request(values: Mapping[str, str], library: Library, shelf: Shelf) -> ComparisonRequest:
    """The comparison that a form asks for.

    Raises:
        Fault: one of the two is not here, both are the same, or the stories or the seed are out of range.
    """
    first, second = (_side(values.get(name, ""), library, shelf) for name in ("first", "second"))
    runs = [run for _, _, run in (first, second) if run is not None]
    given = {"stories": str(runs[0].stories), "seed": str(runs[0].seed or 0)} if runs else values
    both_runs = len(runs) == 2  # which are compared as they are, however many stories they have
    stories = runs[0].stories if both_runs else _stories(given, library.settings.limits)
    seed = _seed(given)
    without = tuple(part for part in PARTS[1:] if runs and part not in runs[0].parts)
    if first[1] == second[1] or (first[0] == second[0] and not both_runs):
        raise Fault(f"{first[0]} is set against itself, so nothing can differ.", "Choose another for one of the two.")
    instead = _instead(first[0], second[0], library) if first[2] is None else ""
    return ComparisonRequest((first[0], second[0]), (first[1], second[1]), both_runs, stories, seed, without, instead)


def _instead(first: str, second: str, library: Library) -> str:
    """That another scenario stands in for the first; empty where none does, or the second's scenario is not here."""
    base, plan = (library.scenarios().get(name) for name in (first, second))
    if base is None or base.scenario is None or plan is None or plan.scenario is None:
        return ""
    return stand_in_note(first, baseline_at_branch(base.scenario, plan.scenario, library.record()).id, second)


def _side(written: str, library: Library, shelf: Shelf) -> tuple[str, Path, ListedRun | None]:
    """A side's name and path; and the run, where it is one."""
    kind, _, name = written.partition(":")
    if kind == "scenario":
        listed = library.scenarios().get(name)
        if listed is None or listed.scenario is None:
            raise Fault(f"There is no scenario '{name}' here.", "Choose one of the list.")
        return listed.name, listed.file, None
    run, path = shelf.run(name), shelf.path(name)
    if kind != "run" or run is None or path is None or run.kind != "ensemble":
        raise Fault(f"There is no run '{name}' of stories here.", "Choose one of the list.")
    here = library.record().ground.situation
    if run.situation != here:
        raise Fault(f"'{name}' is a run of {run.situation}, and {here} is served here.", "Choose one of the list.")
    return run.scenario, path, run
