"""The posterior as a scenario's file: the scenario that was calibrated, whole, with the numbers that came of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from situation.ensemble.sweep.ranged_numbers import ranged_numbers
from situation.log.value_words import number_in_figures
from situation.record.record import Record
from situation.rules import Prior
from situation.scenario import Scenario
from situation.scenario.story_numbers import numbers_of
from situation.testimony.documents import read

__all__ = ["posterior_text"]

_TABLES = ("given", "actors", "forces", "totals", "doctrines", "parameters", "questions")
_HOMES = {"force ": "forces", "total of ": "totals"}


def posterior_text(scenario: Scenario, record: Record, rows: Iterable[Mapping[str, Any]], window: str) -> str:
    """A scenario's file with the numbers of a posterior, so that another can extend it: it extends none itself.

    Args:
        scenario: that which was calibrated.
        record: of its situation, in whose folder what it extends may lie.
        rows: its numbers, each with `number`, `low`, `best`, `high`, `width` and `kept`.
        window: to what it was calibrated, in words.
    """
    rows = list(rows)
    whole = _whole(Path(scenario.file), record)
    priors = ranged_numbers(scenario)
    for row in rows:
        name = str(row["number"])
        table, key = _place(name)
        entry = (whole.setdefault(table, {}) or {}).get(key) or {}
        whole[table] = {**(whole[table] or {}), key: {**_kept(entry), **_number(priors[name], row, window)}}
    whole["scenario"] = f"{scenario.id}-calibrated"
    whole["title"] = f"{scenario.title}, calibrated"
    lines = [
        f"# {scenario.id}, {window}.",
        "# Each range is a number's own. Which numbers go together is seen in accepted.csv, the draws of all of them at once.",
    ]
    kept = ", ".join(str(row["number"]) for row in rows if row["kept"])
    lines += [f"# Kept as they were, since the data say next to nothing of them: {kept}."] if kept else []
    for key, value in whole.items():
        if isinstance(value, dict) and value:
            lines += [f"{key}:", *(f"  {_text(name)}: {_text(entry)}" for name, entry in value.items())]
        else:
            lines.append(f"{key}: {_text(value)}")
    return "\n".join(lines) + "\n"


def _whole(file: Path, record: Record) -> dict[str, Any]:
    """A scenario's file laid over the one that it extends, name by name, as one."""
    document, _ = read(file)
    own: dict[str, Any] = dict(document.value) if document is not None else {}
    parent = own.pop("extends", None)
    if parent is None:
        return own
    beside = file.parent / f"{parent}.yaml"
    under, _ = read(beside if beside.exists() else record.folder / f"{parent}.yaml")
    whole: dict[str, Any] = dict(under.value) if under is not None else {}
    for key, value in own.items():
        if key in _TABLES:
            laid = {**(whole.get(key) or {}), **(value or {})}
            whole[key] = {name: entry for name, entry in laid.items() if entry is not None}
        elif value is not None:
            whole[key] = value
    lost = _without_use(whole, set(own.get("parameters") or {}), record)
    whole["parameters"] = {name: it for name, it in (whole.get("parameters") or {}).items() if name not in lost}
    return whole


def _without_use(whole: Mapping[str, Any], own: set[str], record: Record) -> set[str]:
    """The numbers of what it extends that have lost their use in it, as where it takes out the plan that named them."""
    named = set(_strings([table for key, table in whole.items() if key != "parameters"]))
    inherited = {name for name in whole.get("parameters") or {} if name not in own and ":" not in name}
    return inherited - named - set(numbers_of(record.ground))


def _strings(value: Any) -> Iterator[str]:
    """Every string within plain values."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


def _place(name: str) -> tuple[str, str]:
    """The table in which a number stands, and its name there."""
    for start, table in _HOMES.items():
        if name.startswith(start):
            return table, name.removeprefix(start)
    return "parameters", name


def _kept(entry: Mapping[str, Any]) -> dict[str, Any]:
    """What stays of an entry: all but the number."""
    numbers = ("value", "low", "best", "high", "family", "unit", "source", "reason")
    return {key: value for key, value in entry.items() if key not in numbers}


def _number(prior: Prior, row: Mapping[str, Any], window: str) -> dict[str, Any]:
    """A number with its new range, or with that which it had where it is kept; either says what the data say of it."""
    wide = f"its interval is {100.0 * row['width']:.0f} % as wide as the prior's"
    if row["kept"]:
        source = prior.source
        finding = f"{window}: kept as it was, since the data say next to nothing of it ({wide})"
        reason = f"{prior.reason.rstrip('.')}; {finding}" if prior.reason else finding
    else:
        before = ", ".join(number_in_figures(end, 6) for end in (prior.low, prior.best, prior.high))
        source, reason = window, f"its range was {before} ({prior.source}); {wide}"
    return {
        "low": row["low"],
        "best": row["best"],
        "high": row["high"],
        "family": str(prior.family),
        "unit": prior.unit,
        "source": source,
        "reason": reason,
    }


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
