"""The form that starts a scenario: which one, how many stories, and any of its numbers changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from starlette.responses import HTMLResponse

from situation.log.time_words import date_in_words
from situation.serving.forms.number_rows import GROUPS
from situation.serving.forms.requests import DEFAULT_SEED, ScenarioForm, typed_number
from situation.serving.library import ListedScenario
from situation.serving.pages.elements import Child, Html, display, display_with_code, element, fragment
from situation.serving.pages.fields import field_line, group_section, identifier, number_key
from situation.serving.pages.shell import html_page, note
from situation.serving.settings import Limits

__all__ = ["choice_page", "form_page", "numbers_mark"]


def choice_page(name: str, scenarios: Mapping[str, ListedScenario]) -> HTMLResponse:
    """The page on which to choose a scenario to start."""
    kinds: dict[str, list[ListedScenario]] = {"As things were going on": [], "What if": [], "Changed here by hand": []}
    going_on, otherwise, changed = kinds.values()
    for listed in scenarios.values():
        extends = listed.scenario is not None and listed.scenario.extends is not None
        (changed if listed.changed else otherwise if extends else going_on).append(listed)
    return html_page(
        "Start a scenario",
        element("p", "Choose what to start from. On the next page you may change its numbers, or leave them."),
        *(part for words, listed in kinds.items() if listed for part in (element("h2", words), _choices(listed))),
        here="/new",
        name=name,
    )


def _choices(listed: Iterable[ListedScenario]) -> Html:
    return element("ul", *(element("li", *_scenario(listed), class_="card") for listed in listed), class_="choices")


def _scenario(listed: ListedScenario) -> tuple[Child, ...]:
    if listed.scenario is None:
        problem = element("pre", display(listed.problem, 2000))
        return element("h3", display(listed.name)), note("It cannot be read.", "bad"), problem
    scenario = listed.scenario
    facts: list[Child] = [
        element("code", listed.name),
        element("span", f"leaves the record on {date_in_words(scenario.branch.at)}"),
    ]
    facts += [element("span", "extends ", element("code", scenario.extends))] if scenario.extends else []
    return (
        element("h3", element("a", element("bdi", display(listed.title, 160)), href=f"/new/{listed.name}")),
        element("p", element("bdi", display_with_code(_shortened(scenario.about)))),
        element("p", fragment(*facts), class_="facts"),
    )


def _shortened(text: str, most: int = 420) -> str:
    """A text of at most so many letters, cut after a sentence where one ends in its second half, else after a word."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    sentence = max(line[:most].rfind(sign) for sign in (". ", "? "))
    if sentence > most // 2:
        return line[: sentence + 1]
    return f"{line[:most].rsplit(' ', 1)[0].rstrip(',;:')} \u2026"


def form_page(form: ScenarioForm, limits: Limits, name: str) -> HTMLResponse:
    """The form as filled in so far, with every problem beside its field."""
    scenario = form.scenario
    changed = sum(typed_number(form, number) is not None for number in form.numbers.values())
    address = f"/new/{form.listed.name}"
    form_element = element(
        "form",
        element("input", type="hidden", name="as-of", value=numbers_mark(form)),
        _stories_part(form, limits),
        element("p", _NUMBERS_HINT, class_="soft"),
        *(group_section(form, group) for group in GROUPS),
        _names_part(form),
        element(
            "div",
            element("button", "Start", type="submit", class_="strong"),
            element("button", "Get the changed scenario as YAML", type="submit", formaction=f"{address}/yaml"),
            element("span", _count(changed), id="count", role="status"),
            class_="barlike",
        ),
        method="post",
        action=address,
        id="start",
        novalidate=True,
    )
    assumes = element("p", element("bdi", display_with_code(scenario.assumes.strip(), 3000)))
    return html_page(
        form.listed.title,
        _problems(form) if form.problems else None,
        element("p", element("bdi", display_with_code(scenario.about.strip(), 3000))),
        element("details", element("summary", "What it assumes"), assumes) if scenario.assumes else None,
        element(
            "p",
            element("a", "Choose another scenario", href="/new"),
            " \u00b7 ",
            element("a", "This one's file as YAML", href=f"/scenarios/{form.listed.name}.yaml"),
        ),
        form_element,
        here="/new",
        name=name,
        status=422 if form.problems else 200,
    )


_NUMBERS_HINT = (
    "Change any number below, or none. Low and high hold nine draws in ten between them, and best is the middle; a number "
    "that has best alone is the same in every story."
)


def numbers_mark(form: ScenarioForm) -> str:
    """A digest of the numbers that the form was made from."""
    text = "\n".join(f"{number.key} {number.low} {number.best} {number.high}" for number in form.numbers.values())
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _count(changed: int) -> str:
    return "No number is changed." if not changed else f"{changed} number{'s are' if changed > 1 else ' is'} changed."


def _problems(form: ScenarioForm) -> Html:
    """All problems, each with a link to its field."""
    rows = []
    for name, problems in form.problems.items():
        number = form.numbers.get(number_key(name))
        link = element("a", display(number.name if number else name), href=f"#{identifier(name)}") if name else None
        rows += [element("li", link, ": " if link else None, display(words)) for words in problems]
    count = f"{len(rows)} thing{'s are' if len(rows) > 1 else ' is'} wrong, and nothing was started."
    head = element("p", count, class_="lead")
    return element("div", head, element("ul", *rows), class_="note bad", role="alert", tabindex=-1, id="wrong")


def _stories_part(form: ScenarioForm, limits: Limits) -> Html:
    most = f"Up to {limits.stories:,}; more are surer, and take longer."
    same = "The same seed, the same luck: leave it, to compare with others."
    boxes = []
    for part in form.parts:
        name = f"without:{part}"
        box_id = identifier(name)
        ticked = bool(form.value(name))
        box = element("input", type="checkbox", id=box_id, name=name, value="on", checked=ticked)
        boxes.append(element("label", box, f" Leave out the record's {part}", for_=box_id, class_="tick"))
    return element(
        "fieldset",
        element("legend", "How many stories"),
        element(
            "div",
            field_line(form, "stories", "Stories", most, limits.usual, inputmode="numeric"),
            field_line(form, "seed", "Seed", same, DEFAULT_SEED, inputmode="numeric"),
            class_="lines",
        ),
        *boxes,
        class_="card",
    )


def _names_part(form: ScenarioForm) -> Html:
    old = "Left empty, it is the old one with '(changed)' after it."
    stands = "Stands with every changed number, and on the page of the run."
    return element(
        "fieldset",
        element("legend", "If numbers are changed"),
        field_line(form, "title", "Title of the changed scenario", old, ""),
        field_line(form, "why", "Why these changes", stands, ""),
        class_="card",
    )
