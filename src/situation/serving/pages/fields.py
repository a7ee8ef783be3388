"""The fields of the form that starts a scenario: each with its label, its previous value and its problem."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from situation.serving.forms.number_rows import GROUPS, FormNumber
from situation.serving.forms.requests import ScenarioForm, typed_number
from situation.serving.pages.elements import Html, display, display_with_code, element

__all__ = ["field_line", "group_section", "identifier", "number_key"]

_GROUP_HINTS = {
    "switches": "Chances of what this scenario supposes. Each may be for certain, never, or by chance.",
    "own": "What this scenario says itself, or takes from the one that it extends.",
    "totals": "An actor's forces are drawn one by one, and then scaled to this.",
    "forces": "Men in each force at the branch. Several places: a draw for each. Shares: one draw, divided.",
    "model": "What holds in every scenario that does not say otherwise.",
}
_CHANCES = (("", "as the numbers say"), ("1", "for certain (1)"), ("0", "never (0)"))
_FINDER_NUMBERS = 12
"""A group of more numbers than this has a search field."""


def identifier(name: str) -> str:
    """The HTML id of a field: letters, digits and hyphens, which need no escape in an address."""
    return "f-" + "".join(letter if letter.isascii() and letter.isalnum() else f"-{ord(letter):x}-" for letter in name)


def number_key(name: str) -> str:
    """The key of the number that a field belongs to; the field's own name where it belongs to none."""
    head, _, last = name.rpartition(":")
    return head if last in ("low", "best", "high", "set") and ":" in head else name


def _is_wrong(form: ScenarioForm, key: str) -> bool:
    """Whether anything is wrong with a number."""
    return any(number_key(name) == key for name in form.problems)


def _problems(form: ScenarioForm, name: str) -> tuple[Html | None, str | None]:
    """The problems of a field, and the id by which the field refers to them."""
    problems = form.problems.get(name)
    if not problems:
        return None, None
    problem_id = f"{identifier(name)}-wrong"
    return element("p", display(" ".join(problems)), class_="problem", id=problem_id), problem_id


def field_line(form: ScenarioForm, name: str, label: str, hint: str, value: str, **attributes: str) -> Html:
    """A field on its own line: label, field, hint, problem."""
    wrong, problem_id = _problems(form, name)
    hint_id = f"{identifier(name)}-hint"
    field = element(
        "input",
        id=identifier(name),
        name=name,
        value=form.value(name, value),
        aria_describedby=" ".join(filter(None, (hint_id, problem_id))),
        aria_invalid="true" if wrong else None,
        autocomplete="off",
        **attributes,
    )
    return element(
        "div",
        element("label", label, for_=identifier(name)),
        field,
        element("p", hint, class_="soft", id=hint_id),
        wrong,
        class_="line",
    )


def group_section(form: ScenarioForm, group: str) -> Html | None:
    """A part of the form with its numbers, closed unless one of them is changed or wrong, or the part is a short one."""
    numbers = [number for number in form.numbers.values() if number.group == group]
    if not numbers:
        return None
    touched = any(typed_number(form, number) is not None or _is_wrong(form, number.key) for number in numbers)
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
        element("p", _GROUP_HINTS[group], class_="soft"),
        finder if len(numbers) > _FINDER_NUMBERS else None,
        element("ul", *(_number(form, number) for number in numbers), class_="numbers"),
        class_="card group",
        open=touched or group in ("switches", "own"),
    )


def _number(form: ScenarioForm, number: FormNumber) -> Html:
    """A number as it was typed; the row of one that nobody has changed is made once."""
    shown = (("low", number.low), ("best", number.best), ("high", number.high), ("set", ""))
    if any(form.value(f"{number.key}:{point}", was) != was for point, was in shown) or _is_wrong(form, number.key):
        return _row(form, number)
    row = _ROWS.get(number)
    if row is None:
        row = _ROWS[number] = _row(form, number)
    return row


_ROWS: WeakKeyDictionary[FormNumber, Html] = WeakKeyDictionary()
"""The rows of numbers that are as they are in their scenario; each goes with its number."""


def _row(form: ScenarioForm, number: FormNumber) -> Html:
    """A number: its description, and fields for its points."""
    row_id = identifier(number.key)
    wrong, problem_id = _problems(form, number.key)
    points, faults = [], [wrong]
    if number.group == "switches":
        points.append(_choice(form, number))
    for point in ("low", "best", "high"):
        fault, point_problem = _problems(form, f"{number.key}:{point}")
        faults.append(fault)
        described = " ".join(filter(None, (f"{row_id}-about", problem_id, point_problem)))
        points.append(_point(form, number, point, described, wrong=bool(fault or wrong)))
    name = element(
        "p",
        element("strong", element("bdi", _sentence(number.about))) if number.about else None,
        " " if number.about else None,
        element("code", display(number.name, 90)),
        " ",
        element("span", display(number.unit, 90), class_="soft"),
        id=f"{row_id}-name",
    )
    source = "assumed" if number.source == "ASSUMED" else f"from {number.source}"
    about = element(
        "div",
        element(
            "p", element("bdi", _sentence(number.reason)), " ", element("span", display(source, 200), class_="chip")
        ),
        class_="soft",
        id=f"{row_id}-about",
    )
    return element(
        "li",
        element("div", name, about, class_="grow"),
        element("div", *points, role="group", aria_labelledby=f"{row_id}-name", class_="points"),
        *faults,
        class_="numberrow changed" if typed_number(form, number) is not None else "numberrow",
        id=row_id,
    )


def _sentence(text: str) -> Html:
    sentence = display(text.strip(), 500)
    return display_with_code(
        f"{sentence[:1].upper()}{sentence[1:]}" + ("" if sentence.endswith((".", "\u2026")) or not sentence else ".")
    )


def _point(form: ScenarioForm, number: FormNumber, point: str, described: str, wrong: bool) -> Html:
    name, was = f"{number.key}:{point}", getattr(number, point)
    typed = element(
        "input",
        id=identifier(name),
        name=name,
        value=form.value(name, was),
        data_was=was,
        inputmode="decimal",
        autocomplete="off",
        maxlength=40,
        aria_describedby=described,
        aria_invalid="true" if wrong else None,
    )
    return element("label", element("span", point), typed)


def _choice(form: ScenarioForm, number: FormNumber) -> Html:
    name = f"{number.key}:set"
    chosen = form.value(name)
    options = [element("option", words, value=value, selected=value == chosen) for value, words in _CHANCES]
    select = element("select", *options, name=name, id=identifier(name))
    return element("label", element("span", "it happens"), select, class_="choice")
