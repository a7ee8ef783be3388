"""Plain values as the strict part of YAML that a scenario is read from: a key a line, what is deep on one line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

__all__ = ["decimal", "flow", "yaml_lines"]

SIMPLE = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
# Words that some reader of YAML takes for something else than text.
TAKEN = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


def decimal(number: float) -> str:
    """A number without exponent, in as few digits as tell it from every other."""
    if isinstance(number, int):
        return str(number)
    text = format(Decimal(repr(number)), "f")
    return text.removesuffix(".0")


def _quoted(text: str) -> str:
    kept = []
    for letter in text:
        if letter in '"\\':
            kept.append(f"\\{letter}")
        elif letter == "\n":
            kept.append("\\n")
        elif letter.isprintable():
            kept.append(letter)
        else:
            code = ord(letter)
            kept.append(f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}")
    return f'"{"".join(kept)}"'


def _word(text: str) -> str:
    """Text as a key or a value: bare where nobody can take it for something else."""
    return text if SIMPLE.fullmatch(text) and text.lower() not in TAKEN else _quoted(text)


def flow(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_word(str(key))}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(inner) for inner in value) + "]"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return decimal(value) if isinstance(value, int | float) else _word(str(value))


def yaml_lines(
    value: Mapping[str, Any], deep: int, under: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], str]]:
    """A mapping as lines, each with the path of what stands on it.

    Args:
        value: what is written.
        deep: how many levels of mappings are written out; what lies deeper stands on one line.
        under: the path of the mapping itself.
    """
    for key, inner in value.items():
        path = (*under, key)
        head = f"{'  ' * len(under)}{_word(key)}:"
        if isinstance(inner, Mapping) and inner and len(path) < deep:
            yield path, head
            yield from yaml_lines(inner, deep, path)
        else:
            yield path, f"{head} {flow(inner)}"
