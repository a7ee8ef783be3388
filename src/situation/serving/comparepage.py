"""The form that sets two scenarios or runs beside each other, on the same luck."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from starlette.responses import HTMLResponse

from situation.serving.elements import Html, element, said
from situation.serving.form import SEED
from situation.serving.library import Found
from situation.serving.setting import Limits
from situation.serving.shelf import Shown
from situation.serving.shell import note, page

__all__ = ["compare_page"]


def compare_page(
    name: str,
    runs: Sequence[Shown],
    scenarios: Mapping[str, Found],
    values: Mapping[str, str],
    limits: Limits,
    problem: str = "",
) -> HTMLResponse:
    """The form, with what was chosen in it and why that could not be done."""
    form = element(
        "form",
        _side("first", "From", "The baseline: what the other is measured against.", runs, scenarios, values),
        _side("second", "To", "What is otherwise.", runs, scenarios, values),
        element(
            "div",
            _whole("stories", "Stories", values.get("stories", limits.usual)),
            _whole("seed", "Seed", values.get("seed", SEED)),
            class_="lines",
        ),
        element(
            "p",
            f"Up to {limits.stories:,} stories. Where one of the two is a run, its stories and its seed are taken.",
            class_="soft",
        ),
        element("div", element("button", "Compare", type="submit", class_="strong"), class_="actions"),
        method="post",
        action="/compare",
        class_="card stack",
    )
    return page(
        "Compare two",
        element(
            "p",
            "Two sets of stories on the same luck: story 17 of one and story 17 of the other share all that both ask of "
            "chance, so what differs between them is the doing of what differs between the scenarios.",
        ),
        note(said(problem, 2000), "bad") if problem else None,
        form,
        here="/compare",
        name=name,
        status=422 if problem else 200,
    )


def _whole(name: str, label: str, value: str) -> Html:
    field = element("input", id=name, name=name, value=value, inputmode="numeric", autocomplete="off")
    return element("div", element("label", label, for_=name), field, class_="line")


def _side(
    name: str, label: str, hint: str, runs: Sequence[Shown], scenarios: Mapping[str, Found], values: Mapping[str, str]
) -> Html:
    chosen = values.get(name, "")
    groups = []
    for words, rows in (
        (
            "Scenarios",
            [(f"scenario:{one.name}", f"{one.name}: {one.title}") for one in scenarios.values() if one.scenario],
        ),
        (
            "Runs",
            [
                (f"run:{run.name}", f"{run.title} ({run.stories:,} stories, seed {run.seed}, {run.name[-12:]})")
                for run in runs
                if run.kind == "ensemble"
            ],
        ),
    ):
        options = [element("option", said(shown, 130), value=value, selected=value == chosen) for value, shown in rows]
        groups.append(element("optgroup", *options, label=words) if options else None)
    return element(
        "div",
        element("label", label, for_=name),
        element("select", *groups, id=name, name=name, aria_describedby=f"{name}-hint"),
        element("p", hint, class_="soft", id=f"{name}-hint"),
        class_="line",
    )
