"""Plain values as the strict YAML that scenarios are read from: a key a line, deep values on one line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

__all__ = ["decimal", "flow", "yaml_lines"]

_PLAIN_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
# Words that some YAML readers do not take for text.
_RESERVED_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


def decimal(number: float) -> str:
    """A number without exponent, in the fewest digits that identify it."""
    if isinstance(number, int):
        return str(number)
    text = format(Decimal(repr(number)), "f")
    return text.removesuffix(".0")


def _quoted(text: str) -> str:
    escaped = []
    for letter in text:
        if letter in '"\\':
            escaped.append(f"\\{letter}")
        elif letter == "\n":
            escaped.append("\\n")
        elif letter.isprintable():
            escaped.append(letter)
        else:
            code = ord(letter)
            escaped.append(f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}")
    return f'"{"".join(escaped)}"'


def _word(text: str) -> str:
    """Text as a key or a value, in quotes where a reader could take it for something else."""
    return text if _PLAIN_WORD.fullmatch(text) and text.lower() not in _RESERVED_WORDS else _quoted(text)


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
        deep: levels of mappings that are written out; deeper values stand on one line.
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
