"""The fields of the form that starts a scenario: each with its label, what it was, and what is wrong with it."""

from __future__ import annotations

from situation.serving.forms.form import Filled, number_typed
from situation.serving.forms.numbers import GROUPS, Asked
from situation.serving.pages.elements import Html, coded, element, said

__all__ = ["group_of", "identifier", "is_wrong", "key_of", "line_of"]

HINTS = {
    "switches": "Chances of what this scenario supposes. Each may be for certain, never, or by chance.",
    "own": "What this scenario says itself, or takes from the one that it extends.",
    "totals": "An actor's forces are drawn one by one, and then scaled to this.",
    "forces": "Men in each force at the branch. Several places: a draw for each. Shares: one draw, divided.",
    "model": "What holds in every scenario that does not say otherwise.",
}
CHOICES = (("", "as the numbers say"), ("1", "for certain (1)"), ("0", "never (0)"))
MANY = 12
"""Numbers in a group from which on one can be looked for."""


def identifier(name: str) -> str:
    """An identifier of the page for a field's name: letters, digits and marks that need no escape in an address."""
    return "f-" + "".join(letter if letter.isascii() and letter.isalnum() else f"-{ord(letter):x}-" for letter in name)


def key_of(name: str) -> str:
    """The key of the number that a field belongs to; the field's own name where it belongs to none."""
    head, _, last = name.rpartition(":")
    return head if last in ("low", "best", "high", "set") and ":" in head else name


def is_wrong(filled: Filled, key: str) -> bool:
    """Whether anything is wrong with a number."""
    return any(key_of(name) == key for name in filled.problems)


def _problems(filled: Filled, name: str) -> tuple[Html | None, str | None]:
    """What is wrong with a field, and the identifier by which the field refers to it."""
    told = filled.problems.get(name)
    if not told:
        return None, None
    there = f"{identifier(name)}-wrong"
    return element("p", said(" ".join(told)), class_="problem", id=there), there


def line_of(filled: Filled, name: str, label: str, hint: str, value: str, **attributes: str) -> Html:
    """A field on a line of its own: label, field, hint, problem."""
    wrong, there = _problems(filled, name)
    hinted = f"{identifier(name)}-hint"
    typed = element(
        "input",
        id=identifier(name),
        name=name,
        value=filled.value(name, value),
        aria_describedby=" ".join(filter(None, (hinted, there))),
        aria_invalid="true" if wrong else None,
        autocomplete="off",
        **attributes,
    )
    return element(
        "div",
        element("label", label, for_=identifier(name)),
        typed,
        element("p", hint, class_="soft", id=hinted),
        wrong,
        class_="line",
    )


def group_of(filled: Filled, group: str) -> Html | None:
    """A part of the form: its numbers, folded away where they are many and none of them is changed."""
    numbers = [number for number in filled.asked.values() if number.group == group]
    if not numbers:
        return None
    touched = any(number_typed(filled, number) is not None or is_wrong(filled, number.key) for number in numbers)
    finder = element(
        "p",
        element("label", "Find a number", for_=f"find-{group}"),
        element("input", type="search", id=f"find-{group}", class_="finder", autocomplete="off"),
        class_="find",
        hidden=True,
    )
    counted = element("span", f"{len(numbers)} number{'s' if len(numbers) > 1 else ''}", class_="soft")
    return element(
        "details",
        element("summary", element("h2", GROUPS[group]), counted),
        element("p", HINTS[group], class_="soft"),
        finder if len(numbers) > MANY else None,
        element("ul", *(_number(filled, number) for number in numbers), class_="numbers"),
        class_="card group",
        open=touched or group in ("switches", "own"),
    )


def _number(filled: Filled, number: Asked) -> Html:
    """A number: what it is, and fields for its points."""
    there = identifier(number.key)
    wrong, told = _problems(filled, number.key)
    points, faults = [], [wrong]
    if number.group == "switches":
        points.append(_choice(filled, number))
    for point in ("low", "best", "high"):
        fault, said_of = _problems(filled, f"{number.key}:{point}")
        faults.append(fault)
        described = " ".join(filter(None, (f"{there}-about", told, said_of)))
        points.append(_point(filled, number, point, described, wrong=bool(fault or wrong)))
    name = element(
        "p", element("code", said(number.name, 90)), " ", element("span", said(number.unit, 90)), id=f"{there}-name"
    )
    source = "assumed" if number.source == "ASSUMED" else f"from {number.source}"
    about = element(
        "div",
        element("p", element("bdi", _sentence(number.about))) if number.about else None,
        element("p", element("bdi", _sentence(number.reason)), " ", element("span", said(source, 200), class_="chip")),
        class_="soft",
        id=f"{there}-about",
    )
    return element(
        "li",
        element("div", name, about, class_="grow"),
        element("div", *points, role="group", aria_labelledby=f"{there}-name", class_="points"),
        *faults,
        class_="numberrow changed" if number_typed(filled, number) is not None else "numberrow",
        id=there,
    )


def _sentence(text: str) -> Html:
    told = said(text.strip(), 500)
    return coded(f"{told[:1].upper()}{told[1:]}" + ("" if told.endswith((".", "\u2026")) or not told else "."))


def _point(filled: Filled, number: Asked, point: str, described: str, wrong: bool) -> Html:
    name, was = f"{number.key}:{point}", getattr(number, point)
    typed = element(
        "input",
        id=identifier(name),
        name=name,
        value=filled.value(name, was),
        data_was=was,
        inputmode="decimal",
        autocomplete="off",
        maxlength=40,
        aria_describedby=described,
        aria_invalid="true" if wrong else None,
    )
    return element("label", element("span", point), typed)


def _choice(filled: Filled, number: Asked) -> Html:
    name = f"{number.key}:set"
    chosen = filled.value(name)
    options = [element("option", words, value=value, selected=value == chosen) for value, words in CHOICES]
    select = element("select", *options, name=name, id=identifier(name))
    return element("label", element("span", "it happens"), select, class_="choice")
