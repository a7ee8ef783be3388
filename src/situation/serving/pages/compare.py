"""The form that compares two scenarios or runs on the same luck."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen
from starlette.responses import HTMLResponse

from situation.log.value_words import count_in_words
from situation.serving.forms.requests import DEFAULT_SEED
from situation.serving.library import Library, ListedScenario
from situation.serving.pages.elements import Html, display, element
from situation.serving.pages.shell import html_page
from situation.serving.settings import Limits
from situation.serving.shelf import ListedRun, Shelf

__all__ = ["comparable_runs", "compare_page"]


@frozen
class _Choice:
    """An option of one side: its value in the form, its scenario, its label, and the scenario that this extends."""

    value: str
    scenario: str
    words: str
    extends: str = ""


def comparable_runs(library: Library, shelf: Shelf, values: Mapping[str, str]) -> list[ListedRun]:
    """The ensembles of this situation that can be chosen: the latest, and those that are chosen already."""
    situation = library.record().ground.situation
    runs = [run for run in shelf.page_of_runs() if run.kind == "ensemble" and run.situation == situation]
    listed = {run.name for run in runs}
    chosen = [values.get(side, "").removeprefix("run:") for side in ("first", "second")]
    older = [shelf.run(name) for name in dict.fromkeys(chosen) if name not in listed]
    return runs + [run for run in older if run is not None and (run.kind, run.situation) == ("ensemble", situation)]


def _choices(runs: Sequence[ListedRun], scenarios: Mapping[str, ListedScenario]) -> dict[str, list[_Choice]]:
    return {
        "Scenarios": [
            _Choice(
                *(f"scenario:{listed.name}", listed.name, f"{listed.title} ({listed.name})"),
                extends=listed.scenario.extends or "",
            )
            for listed in scenarios.values()
            if listed.scenario is not None
        ],
        "Runs": [_Choice(f"run:{run.name}", run.scenario, _run(run)) for run in runs],
    }


def _run(run: ListedRun) -> str:
    return f"{run.title} ({count_in_words(run.stories, 'story')}, seed {run.seed}, {run.digest[:12]})"


def _chosen(choices: Sequence[_Choice], values: Mapping[str, str]) -> dict[str, str]:
    """The option of each side: the chosen one, or else one that extends the opposite side's, or the first of another scenario."""
    of = {choice.value: choice.scenario for choice in choices}
    chosen = {name: values[name] for name in ("first", "second") if values.get(name) in of}
    for name, opposite in (("first", "second"), ("second", "first")):
        if name not in chosen:
            other = of.get(chosen.get(opposite, ""))
            fitting = [choice for choice in choices if choice.scenario != other]
            built = [choice for choice in fitting if name == "second" and choice.extends and choice.extends == other]
            chosen[name] = next((choice.value for choice in [*built, *fitting]), "")
    return chosen


def compare_page(
    name: str,
    runs: Sequence[ListedRun],
    scenarios: Mapping[str, ListedScenario],
    values: Mapping[str, str],
    limits: Limits,
    problem: str = "",
) -> HTMLResponse:
    """The form with the chosen options, and the reason where they could not be compared."""
    choices = _choices(runs, scenarios)
    chosen = _chosen([choice for group in choices.values() for choice in group], values)
    form = element(
        "form",
        _side("first", "From", "The baseline: what the other is measured against.", choices, chosen["first"]),
        _side("second", "To", "The scenario: what you want to know the effect of.", choices, chosen["second"]),
        element(
            "div",
            _whole("stories", "Stories", values.get("stories", limits.usual)),
            _whole("seed", "Seed", values.get("seed", DEFAULT_SEED)),
            class_="lines",
        ),
        element(
            "p",
            f"Up to {limits.stories:,} stories. If one of the two is a run, its number of stories and its seed are taken.",
            class_="soft",
        ),
        element("div", element("button", "Compare", type="submit", class_="strong"), class_="actions"),
        method="post",
        action="/compare",
        class_="card stack",
    )
    return html_page(
        "Compare two",
        element(
            "p",
            "Two sets of stories on the same luck: story 17 of one and story 17 of the other draw the same chances, so whatever "
            "differs between them comes from what differs between the scenarios.",
        ),
        element("p", display(problem, 2000), class_="note bad", role="alert", tabindex=-1, id="wrong")
        if problem
        else None,
        form,
        here="/compare",
        name=name,
        status=422 if problem else 200,
    )


def _whole(name: str, label: str, value: str) -> Html:
    field = element("input", id=name, name=name, value=value, inputmode="numeric", autocomplete="off")
    return element("div", element("label", label, for_=name), field, class_="line")


def _side(name: str, label: str, hint: str, choices: Mapping[str, Sequence[_Choice]], chosen: str) -> Html:
    groups = []
    for words, rows in choices.items():
        options = [
            element("option", display(choice.words, 130), value=choice.value, selected=choice.value == chosen)
            for choice in rows
        ]
        groups.append(element("optgroup", *options, label=words) if options else None)
    return element(
        "div",
        element("label", label, for_=name),
        element("select", *groups, id=name, name=name, aria_describedby=f"{name}-hint"),
        element("p", hint, class_="soft", id=f"{name}-hint"),
        class_="line",
    )
