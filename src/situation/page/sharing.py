"""The entries of a page's readings as its file holds them: once for all readings, and of each what is its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import orjson

__all__ = ["own_entries", "shared_entries"]

_OWN: Final = ("disputed", "weighed", "held")
"""The keys of an entry that may differ between readings."""


def shared_entries(payload: Mapping[str, Any]) -> dict[str, Any]:
    """A payload with the key `entries`, and in each reading `[number, own]` for each of its entries."""
    numbers: dict[bytes, int] = {}
    rows: list[dict[str, Any]] = []

    def number(entry: Mapping[str, Any]) -> int:
        row = {key: value for key, value in entry.items() if key not in _OWN}
        text = orjson.dumps(row)
        if text not in numbers:
            numbers[text] = len(rows)
            rows.append(row)
        return numbers[text]

    def own(entry: Mapping[str, Any]) -> dict[str, Any]:
        return {key: entry[key] for key in _OWN if key in entry}

    readings = [
        {**reading, "entries": [[number(entry), own(entry)] for entry in reading["entries"]]}
        if "entries" in reading
        else reading
        for reading in payload["readings"]
    ]
    return {**payload, "entries": rows, "readings": readings}


def own_entries(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Undo `shared_entries`."""
    plain = {key: value for key, value in payload.items() if key != "entries"}
    rows = payload["entries"]
    plain["readings"] = [
        {**reading, "entries": [{**rows[number], **own} for number, own in reading["entries"]]}
        if "entries" in reading
        else reading
        for reading in payload["readings"]
    ]
    return plain
