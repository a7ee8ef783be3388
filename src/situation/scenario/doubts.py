"""What in a scenario is well-formed and yet hardly meant: warnings, each at its line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from situation.dates import DAY
from situation.errors import Problem, near_miss
from situation.events import MEASURES, measure_of
from situation.record.warnings.odd_texts import text_faults
from situation.scenario.parts import Scenario
from situation.testimony.documents import Document, Path_, read

__all__ = ["scenario_doubts"]

_IN_WORDS: Final = frozenset({"scenario", "title", "about", "assumes", "suggested_by", "situation", "extends"})
"""Keys that change nothing of what happens in a story."""
_LONGEST: Final = 10 * 366 * DAY
"""Longer than the model speaks for: it knows no seasons, births or elections. ASSUMED; minutes."""


def scenario_doubts(path: Path, scenario: Scenario) -> list[Problem]:
    """Every warning on a scenario, in the order of its file.

    Args:
        path: its file.
        scenario: what was read from it, without a problem.
    """
    document, _ = read(path, scenario.file)
    return sorted(set(_doubts(document, scenario))) if document is not None else []


def _texts(value: Any, path: Path_) -> Iterator[tuple[Path_, str, str]]:
    """Every text of a file and every name of a table: its path, the key under which it stands, and itself."""
    if isinstance(value, str):
        yield path, next((str(key) for key in reversed(path) if isinstance(key, str)), ""), value
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        if isinstance(key, str):
            yield (*path, key), "id", key
        yield from _texts(inner, (*path, key))


def _doubts(document: Document, scenario: Scenario) -> Iterator[Problem]:
    written = set(document.value)
    if scenario.extends is not None and written <= _IN_WORDS:
        fact = f"It changes nothing of '{scenario.extends}'."
        yield Problem(document.where(("extends",)), fact, "Write what is otherwise in it.")
    if scenario.horizon > _LONGEST and "horizon" in written:
        fact = f"Its stories go on for {scenario.horizon // (365 * DAY)} years."
        yield Problem(document.where(("horizon",)), fact, "Give the days that its questions need.")
    if scenario.horizon < DAY and "horizon" in written:
        fact = f"Its stories end within {scenario.horizon} minutes, before their first day does."
        yield Problem(document.where(("horizon",)), fact, "Give the days that its questions need.")
    for path, key, text in _texts(document.value, ()):
        for fact, advice in text_faults(text, key):
            yield Problem(document.where(path), fact, advice)
    for table, numbers in (("forces", scenario.forces), ("totals", scenario.totals)):
        here = document.value.get(table) or {}
        for name, number in numbers.items():
            if name not in here:
                continue
            if measure_of(number.unit) is None:
                hint = near_miss(number.unit, MEASURES) or "Name what is counted, such as troops, fighters or persons."
                yield Problem(
                    document.where((table, name, "unit")), f"'{number.unit}' is no unit that is known here.", hint
                )
            for key in ("value", "low", "best", "high"):
                count = getattr(number, key)
                if count is not None and count != int(count):
                    fact = f"A part of a person stands under '{key}' of '{name}'."
                    yield Problem(document.where((table, name, key)), fact, "Write whole numbers.")
            if number.value == 0:
                fact = f"'{name}' counts nobody."
                yield Problem(document.where((table, name, "value")), fact, "Give its men, or leave it out.")
