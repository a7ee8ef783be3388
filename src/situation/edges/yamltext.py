"""YAML written by hand's rules: a line an entry, words without quotes where every reader takes them as text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

__all__ = ["listed", "one_line"]

_PLAIN = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9 _./()'’+-]*")
_WORDS = frozenset({"yes", "no", "on", "off", "y", "n", "true", "false", "null"})


def one_line(value: Any) -> str:
    """A value on one line: `{id: ford, name: the Ford}`."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{one_line(str(key))}: {one_line(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(one_line(inner) for inner in value) + "]"
    if isinstance(value, str):
        plain = _PLAIN.fullmatch(value) and value.casefold() not in _WORDS and value == value.strip()
        return value if plain else json.dumps(value, ensure_ascii=False)
    return json.dumps(value)


def listed(key: str, rows: Iterable[Mapping[str, Any]]) -> str:
    """A list under a key, a line an entry."""
    lines = [f"  - {one_line(row)}\n" for row in rows]
    return f"{key}:\n{''.join(lines)}" if lines else f"{key}: []\n"
