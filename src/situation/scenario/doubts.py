"""What in a scenario is well-formed and yet hardly meant: warnings, each at its line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from situation.dates import DAY, Minute
from situation.errors import Problem
from situation.record.record import Record
from situation.record.warnings.odd_texts import text_faults
from situation.scenario.odd_numbers import odd_numbers
from situation.scenario.parts import Scenario
from situation.scenario.truce_doubts import truce_doubts
from situation.scenario.ways_doubts import ways_doubts
from situation.testimony.documents import Document, Path_, read

__all__ = ["scenario_doubts"]

_IN_WORDS: Final = frozenset({"scenario", "title", "about", "assumes", "suggested_by", "situation", "extends"})
"""Keys that change nothing of what happens in a story."""
_LONGEST: Final = 10 * 366 * DAY
"""Longer than the model speaks for: it knows no seasons, births or elections. ASSUMED; minutes."""


def scenario_doubts(
    path: Path, scenario: Scenario, today: Minute | None = None, record: Record | None = None
) -> list[Problem]:
    """Every warning on a scenario, in the order of its file.

    Args:
        path: its file.
        scenario: what was read from it, without a problem.
        today: now, so that what is known only later is told; None: nothing is asked of it.
        record: what it branches from; None: nothing is asked of the state at the branch.
    """
    document, _ = read(path, scenario.file)
    if document is None:
        return []
    return sorted(
        {
            *_doubts(document, scenario),
            *_of_times(document, scenario, path.stem, today),
            *odd_numbers(document, scenario),
            *(ways_doubts(document, scenario, record) if record is not None else ()),
            *(truce_doubts(document, scenario, record) if record is not None else ()),
        }
    )


def _of_times(document: Document, scenario: Scenario, stem: str, today: Minute | None) -> Iterator[Problem]:
    """What its file is called, and times that are hardly meant."""
    written = document.value
    if scenario.id != stem:
        fact = f"The scenario is '{scenario.id}', and its file '{stem}.yaml', by which commands know it."
        yield Problem(document.where(("scenario",)), fact, "Give both one name.")
    branch = written.get("branch")
    if today is not None and isinstance(branch, dict) and "known_at" in branch and scenario.known_at > today + DAY:
        fact = f"It branches by what is known on {scenario.branch.known_at}, which is still to come."
        yield Problem(document.where(("branch", "known_at")), fact, "Correct the date.")


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
