"""The form that starts a scenario: which one, how many stories, and any of its numbers changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from starlette.responses import HTMLResponse

from situation.serving.forms.fields import group_of, identifier, key_of, line_of
from situation.serving.forms.form import SEED, Filled, number_typed
from situation.serving.forms.numbers import GROUPS
from situation.serving.library import Found
from situation.serving.pages.elements import Child, Html, coded, element, joined, said
from situation.serving.pages.shell import note, page
from situation.serving.settings import Limits

__all__ = ["as_of", "choice_page", "form_page"]


def choice_page(name: str, scenarios: Mapping[str, Found]) -> HTMLResponse:
    """Which scenario to start from."""
    kinds: dict[str, list[Found]] = {"As things were going on": [], "What if": [], "Changed here by hand": []}
    going_on, otherwise, changed = kinds.values()
    for found in scenarios.values():
        extends = found.scenario is not None and found.scenario.extends is not None
        (changed if found.changed else otherwise if extends else going_on).append(found)
    return page(
        "Start a scenario",
        element("p", "Choose what to start from. On the next page you may change its numbers, or leave them."),
        *(part for words, found in kinds.items() if found for part in (element("h2", words), _choices(found))),
        here="/new",
        name=name,
    )


def _choices(found: Iterable[Found]) -> Html:
    return element("ul", *(element("li", *_scenario(one), class_="card") for one in found), class_="choices")


def _scenario(found: Found) -> tuple[Child, ...]:
    if found.scenario is None:
        told = element("pre", said(found.problem, 2000))
        return element("h3", said(found.name)), note("It cannot be read.", "bad"), told
    scenario = found.scenario
    facts: list[Child] = [element("code", found.name), element("span", f"leaves the record on {scenario.branch.at}")]
    facts += [element("span", "extends ", element("code", scenario.extends))] if scenario.extends else []
    return (
        element("h3", element("a", element("bdi", said(found.title, 160)), href=f"/new/{found.name}")),
        element("p", element("bdi", coded(scenario.about.strip(), 420))),
        element("p", joined(*facts), class_="facts"),
    )


def form_page(filled: Filled, limits: Limits, name: str) -> HTMLResponse:
    """The form, as it has been filled in so far, with every problem beside its field."""
    scenario = filled.scenario
    changed = sum(number_typed(filled, number) is not None for number in filled.asked.values())
    there = f"/new/{filled.found.name}"
    form = element(
        "form",
        element("input", type="hidden", name="as-of", value=as_of(filled)),
        _size(filled, limits),
        element("p", POINTS, class_="soft"),
        *(group_of(filled, group) for group in GROUPS),
        _naming(filled),
        element(
            "div",
            element("button", "Start", type="submit", class_="strong"),
            element("button", "Get the changed scenario as YAML", type="submit", formaction=f"{there}/yaml"),
            element("span", _count(changed), id="count", role="status"),
            class_="barlike",
        ),
        method="post",
        action=there,
        id="start",
        novalidate=True,
    )
    assumes = element("p", element("bdi", coded(scenario.assumes.strip(), 3000)))
    return page(
        filled.found.title,
        _wrong(filled) if filled.problems else None,
        element("p", element("bdi", coded(scenario.about.strip(), 3000))),
        element("details", element("summary", "What it assumes"), assumes) if scenario.assumes else None,
        element(
            "p",
            element("a", "Choose another scenario", href="/new"),
            " \u00b7 ",
            element("a", "This one's file as YAML", href=f"/scenarios/{filled.found.name}.yaml"),
        ),
        form,
        here="/new",
        name=name,
        status=422 if filled.problems else 200,
    )


POINTS = (
    "Change any number below, or none. Low and high hold nine draws in ten between them, and best is the middle; a number "
    "that has best alone is the same in every story."
)


def as_of(filled: Filled) -> str:
    """A mark of the numbers that the form was made of."""
    told = "\n".join(f"{number.key} {number.low} {number.best} {number.high}" for number in filled.asked.values())
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _count(changed: int) -> str:
    return "No number is changed." if not changed else f"{changed} number{'s are' if changed > 1 else ' is'} changed."


def _wrong(filled: Filled) -> Html:
    """All that is wrong, each with a link to its field."""
    rows = []
    for name, problems in filled.problems.items():
        number = filled.asked.get(key_of(name))
        link = element("a", said(number.name if number else name), href=f"#{identifier(name)}") if name else None
        rows += [element("li", link, ": " if link else None, said(words)) for words in problems]
    told = f"{len(rows)} thing{'s are' if len(rows) > 1 else ' is'} wrong, and nothing was started."
    head = element("p", told, class_="lead")
    return element("div", head, element("ul", *rows), class_="note bad", role="alert", tabindex=-1, id="wrong")


def _size(filled: Filled, limits: Limits) -> Html:
    most = f"Up to {limits.stories:,}; more are surer, and take longer."
    same = "The same seed, the same luck: leave it, to compare with others."
    boxes = []
    for part in filled.parts:
        name = f"without:{part}"
        there = identifier(name)
        ticked = bool(filled.value(name))
        box = element("input", type="checkbox", id=there, name=name, value="on", checked=ticked)
        boxes.append(element("label", box, f" Leave out the record's {part}", for_=there, class_="tick"))
    return element(
        "fieldset",
        element("legend", "How many stories"),
        element(
            "div",
            line_of(filled, "stories", "Stories", most, limits.usual, inputmode="numeric"),
            line_of(filled, "seed", "Seed", same, SEED, inputmode="numeric"),
            class_="lines",
        ),
        *boxes,
        class_="card",
    )


def _naming(filled: Filled) -> Html:
    old = "Left empty, it is the old one with '(changed)' after it."
    stands = "Stands with every changed number, and on the page of the run."
    return element(
        "fieldset",
        element("legend", "If numbers are changed"),
        line_of(filled, "title", "Title of the changed scenario", old, ""),
        line_of(filled, "why", "Why these changes", stands, ""),
        class_="card",
    )
