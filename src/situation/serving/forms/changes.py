"""A scenario with numbers changed by hand: written as a scenario of its own, so that it can be run from its file alone.

A scenario extends one other at most. So a change of one that extends nothing extends it; a change of one that does is
written out in full over the same parent. Every changed number says what it was, and that a hand changed it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from attrs import frozen

from situation.errors import InputError, Problem
from situation.record.record import Record
from situation.scenario import Scenario, load_scenario
from situation.scenario.plugins import outside_doctrines
from situation.serving.forms.numbers import Asked, unit_is_share
from situation.serving.forms.yamltext import yaml_lines
from situation.testimony.documents import read

__all__ = ["Changed", "Typed", "changed_scenario", "checked_change"]

POINTS = ("low", "best", "high")
FIELDS = {"value": "best", **{point: point for point in POINTS}}
"""The form's field of what stands under a number: a value alone is its best."""
TABLES = ("given", "actors", "forces", "totals", "doctrines", "parameters", "questions", "without", "branch", "horizon")
NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]+)?")
"""A number as a scenario's file may hold it."""


@frozen
class Typed:
    """A number as it was typed: the text of its points, empty where nothing was."""

    low: str
    best: str
    high: str


@frozen
class Changed:
    """A changed scenario: its name, its file's text, and which typed point stands on a line of it, by number and point."""

    name: str
    text: str
    fields: Mapping[int, tuple[str, str]]


def changed_scenario(
    file: Path, scenario: Scenario, asked: Mapping[str, Asked], typed: Mapping[str, Typed], title: str, why: str
) -> Changed:
    """Write a scenario with some numbers as they were typed. What was typed is not judged here.

    Args:
        file: the scenario that is changed.
        scenario: the same, as it is read.
        asked: its numbers, by their keys.
        typed: those that were changed, by the same keys.
        title: of the changed scenario; empty: the old one, with a word that it was changed.
        why: the reason of whoever changed it; may be empty.

    Raises:
        InputError: the file cannot be read any more.
    """
    document, problems = read(file)
    if document is None or problems:
        raise InputError(problems)
    old: dict[str, Any] = document.value
    body = _head(old, file.stem, scenario, title, _summary(asked, typed, why))
    for key in sorted(typed):
        number = asked[key]
        entry = {**number.kept, **_entry(number, typed[key], why)}
        body[number.table] = {**(body.get(number.table) or {}), number.name: entry}
    digest = hashlib.sha256("\n".join(line for _, line in yaml_lines(body, 3)).encode()).hexdigest()[:8]
    name = f"{_stem(scenario.id)}-{digest}"
    keys = {(asked[key].table, asked[key].name): key for key in typed}
    lines = list(yaml_lines({"scenario": name, **body}, 3))
    fields: dict[int, tuple[str, str]] = {}
    for place, (path, _) in enumerate(lines, start=1):
        here = keys.get((path[0], path[1])) if len(path) > 1 else None
        if here is not None:
            fields[place] = (here, FIELDS.get(path[2], "") if len(path) > 2 else "")
    return Changed(name, "".join(f"{line}\n" for _, line in lines), fields)


def _head(old: Mapping[str, Any], stem: str, scenario: Scenario, title: str, summary: str) -> dict[str, Any]:
    """What a changed scenario begins with; with all that the old one says itself, where that extends another."""
    parent = old.get("extends")
    body: dict[str, Any] = {
        "title": title.strip() or f"{scenario.title.removesuffix(CHANGED)}{CHANGED}",
        "extends": parent or stem,
        "situation": scenario.situation,
        "about": scenario.about.strip(),
        "assumes": f"{scenario.assumes.strip()} {summary}".strip(),
        "suggested_by": list(scenario.suggested_by),
    }
    return body | ({key: old[key] for key in TABLES if old.get(key) is not None} if parent else {})


CHANGED = " (changed)"


def _summary(asked: Mapping[str, Asked], typed: Mapping[str, Typed], why: str) -> str:
    spans = []
    for key in sorted(typed):
        points = [text for text in (typed[key].low, typed[key].best, typed[key].high) if text]
        spans.append(f"{asked[key].name} {' / '.join(points)} {asked[key].unit}")
    return f"Changed by hand in the form: {', '.join(spans)}." + (f" {why.strip()}" if why.strip() else "")


def _stem(name: str) -> str:
    """A scenario's name without the digest that an earlier change has given it."""
    return re.sub(r"(?<=.)-[0-9a-f]{8}$", "", name)


def _entry(number: Asked, typed: Typed, why: str) -> dict[str, Any]:
    """What is written for a number: its points as they were typed, its unit as it was, and where it comes from."""
    points = {name: _point(number, name, getattr(typed, name)) for name in POINTS}
    told: dict[str, Any]
    if points["low"] is None and points["high"] is None:
        told = {"value": points["best"]}
    else:
        told = {name: point for name, point in points.items() if point is not None}
        if unit_is_share(number) and number.family != "lognormal":
            told["family"] = "beta"
    before = f"{number.low} / {number.best} / {number.high}" if number.ranged else number.best
    reason = f"changed by hand in the form; before: {before} ({number.source})"
    told |= {"unit": number.unit, "source": "ASSUMED"}
    return told | {"reason": f"{reason}; {why.strip()}" if why.strip() else reason}


def _point(number: Asked, name: str, text: str) -> Any:
    """A point: to the last digit as it was where nobody touched it, else as typed; what is no number stays text."""
    if not text:
        return None
    if text == getattr(number, name):
        return getattr(number, f"exact_{name}")
    if NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return text


def checked_change(changed: Changed, record: Record) -> tuple[Scenario | None, tuple[Problem, ...]]:
    """The changed scenario as it is read, or every problem of its file: by the code that reads all scenarios."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"{changed.name}.yaml"
        file.write_text(changed.text, encoding="utf-8")
        try:
            return load_scenario(file, record, outside_doctrines(), name=file.name), ()
        except InputError as error:
            return None, error.problems
