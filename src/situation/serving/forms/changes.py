"""A scenario with numbers changed by hand: written as a scenario of its own, so that it can be run from its file alone.

A scenario extends at most one other. So a change of a scenario without a parent extends it; a change of one with a
parent is written out in full over that parent. Every changed number says what it was, and that it was changed by hand.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import frozen

from situation.errors import InputError, Problem
from situation.record.record import Record
from situation.scenario import Scenario, load_scenario
from situation.scenario.plugins import outside_doctrines
from situation.serving.forms.number_rows import FormNumber, unit_is_share
from situation.testimony.disk.scratch import laid_out
from situation.testimony.documents import read
from situation.testimony.yamltext import yaml_lines

__all__ = ["ChangedScenario", "TypedNumber", "changed_scenario", "checked_change"]

_POINTS = ("low", "best", "high")
_POINT_OF_KEY = {"value": "best", **{point: point for point in _POINTS}}
"""From a key of a number in a scenario's file to the form's field: a single value is the best."""
_OWN_TABLES = (
    "given",
    "actors",
    "forces",
    "totals",
    "doctrines",
    "parameters",
    "questions",
    "without",
    "branch",
    "horizon",
)
_NUMERAL = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]+)?")
"""A number as a scenario's file may hold it."""


@frozen
class TypedNumber:
    """A number as it was typed: the text of its points, empty where nothing was."""

    low: str
    best: str
    high: str


@frozen
class ChangedScenario:
    """A changed scenario: its name, its file's text, and for each line that holds a typed point its number and point."""

    name: str
    text: str
    fields: Mapping[int, tuple[str, str]]


def changed_scenario(
    file: Path,
    scenario: Scenario,
    numbers: Mapping[str, FormNumber],
    typed: Mapping[str, TypedNumber],
    title: str,
    why: str,
) -> ChangedScenario:
    """Write a scenario with some numbers as they were typed. Whether they are valid is not checked here.

    Args:
        file: the scenario that is changed.
        scenario: the same, as it is read.
        numbers: its numbers, by their keys.
        typed: those that were changed, by the same keys.
        title: of the changed scenario; empty: the old one, marked as changed.
        why: the reason for the changes; may be empty.

    Raises:
        InputError: the file cannot be read any more.
    """
    document, problems = read(file, inside=file.parent)
    if document is None or problems:
        raise InputError(problems)
    old: dict[str, Any] = document.value
    body = _head(old, file.stem, scenario, title, _summary(numbers, typed, why))
    for key in sorted(typed):
        number = numbers[key]
        entry = {**number.other_keys, **_entry(number, typed[key], why)}
        body[number.table] = {**(body.get(number.table) or {}), number.name: entry}
    digest = hashlib.sha256("\n".join(line for _, line in yaml_lines(body, 3)).encode()).hexdigest()[:8]
    name = f"{_stem(scenario.id)}-{digest}"
    keys = {(numbers[key].table, numbers[key].name): key for key in typed}
    lines = list(yaml_lines({"scenario": name, **body}, 3))
    fields: dict[int, tuple[str, str]] = {}
    for place, (path, _) in enumerate(lines, start=1):
        here = keys.get((path[0], path[1])) if len(path) > 1 else None
        if here is not None:
            fields[place] = (here, _POINT_OF_KEY.get(path[2], "") if len(path) > 2 else "")
    return ChangedScenario(name, "".join(f"{line}\n" for _, line in lines), fields)


def _head(old: Mapping[str, Any], stem: str, scenario: Scenario, title: str, summary: str) -> dict[str, Any]:
    """The head of a changed scenario; of one whose original extends another, also all that the original says itself."""
    parent = old.get("extends")
    body: dict[str, Any] = {
        "title": title.strip() or f"{scenario.title.removesuffix(_CHANGED_TITLE)}{_CHANGED_TITLE}",
        "extends": parent or stem,
        "situation": scenario.situation,
        "about": scenario.about.strip(),
        "assumes": f"{scenario.assumes.strip()} {summary}".strip(),
        "suggested_by": list(scenario.suggested_by),
    }
    return body | ({key: old[key] for key in _OWN_TABLES if old.get(key) is not None} if parent else {})


_CHANGED_TITLE = " (changed)"


def _summary(numbers: Mapping[str, FormNumber], typed: Mapping[str, TypedNumber], why: str) -> str:
    spans = []
    for key in sorted(typed):
        points = [text for text in (typed[key].low, typed[key].best, typed[key].high) if text]
        spans.append(f"{numbers[key].name} {' / '.join(points)} {numbers[key].unit}")
    return f"Changed by hand in the form: {', '.join(spans)}." + (f" {why.strip()}" if why.strip() else "")


def _stem(name: str) -> str:
    """A scenario's name without the digest that an earlier change has given it."""
    return re.sub(r"(?<=.)-[0-9a-f]{8}$", "", name)


def _entry(number: FormNumber, typed: TypedNumber, why: str) -> dict[str, Any]:
    """A number's entry: its points as they were typed, its unit as it was, and its source and reason."""
    points = {name: _point(number, name, getattr(typed, name)) for name in _POINTS}
    entry: dict[str, Any]
    if points["low"] is None and points["high"] is None:
        entry = {"value": points["best"]}
    else:
        entry = {name: point for name, point in points.items() if point is not None}
        if unit_is_share(number) and number.family != "lognormal":
            entry["family"] = "beta"
    before = f"{number.low} / {number.best} / {number.high}" if number.ranged else number.best
    reason = f"changed by hand in the form; before: {before} ({number.source})"
    entry |= {"unit": number.unit, "source": "ASSUMED"}
    return entry | {"reason": f"{reason}; {why.strip()}" if why.strip() else reason}


def _point(number: FormNumber, name: str, text: str) -> Any:
    """A point: unchanged to the last digit where nobody touched it, else as typed; what is no number stays text."""
    if not text:
        return None
    if text == getattr(number, name):
        return getattr(number, f"exact_{name}")
    if _NUMERAL.fullmatch(text):
        return float(text) if "." in text else int(text)
    return text


def checked_change(changed: ChangedScenario, record: Record) -> tuple[Scenario | None, tuple[Problem, ...]]:
    """The changed scenario as read by the code that reads all scenarios, or every problem of its file.

    Raises:
        SituationError: there is no room for a temporary file.
    """
    name = f"{changed.name}.yaml"
    with laid_out({name: changed.text.encode()}) as folder:
        try:
            return load_scenario(folder / name, record, outside_doctrines(), name=name), ()
        except InputError as error:
            return None, error.problems
