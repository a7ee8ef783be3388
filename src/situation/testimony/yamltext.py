"""The words of YAML files: what each means without quotes, and plain values written so that they are read back equal.

The part of YAML that is read is small and safe, and nothing is written that another reader of YAML would take otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from math import isfinite
from typing import Any

__all__ = ["decimal", "flow", "is_odd", "likely_value", "listed", "plain_value", "yaml_lines"]

_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,17})\.[0-9]+")
_ODD = re.compile(
    r"(?i:yes|no|on|off|y|n|~|true|false|null|[-+]?\.(inf|nan)|\.nan)|"
    r"[-+]?0[0-9_]+|[-+]?0[xob][0-9a-fA-F_]+|[-+]?[0-9][0-9_]*(\.[0-9_]*)?[eE][-+]?[0-9]+|[-+]?[0-9]+(:[0-5]?[0-9])+|"
    r"\+[0-9.]+|[0-9]*_[0-9_]+|-?\.[0-9]+|-?[0-9]+\.|-?[0-9]{19,}(\.[0-9]*)?"
)
_PLAIN = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9 _./()'’+-]*")
"""Text that may stand without quotes wherever a value may, unless its word is odd, or means another value."""


def plain_value(text: str) -> Any:
    """An unquoted word as the value that it plainly is; text where it is nothing else."""
    if text in ("true", "false"):
        return text == "true"
    if text in ("null", ""):
        return None
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text


def is_odd(text: str) -> bool:
    """Whether readers of YAML do not agree on what a word without quotes means."""
    return isinstance(plain_value(text), str) and _ODD.fullmatch(text) is not None


def likely_value(text: str) -> Any:
    """An odd word as the number that it most likely is, so that nothing else is hidden by it; else as text."""
    try:
        number = float(text)
    except ValueError:
        return text
    if not isfinite(number):
        return text
    return int(number) if number.is_integer() and "." not in text else number


def decimal(number: float) -> str:
    """A number without exponent, in the fewest digits that identify it."""
    if isinstance(number, int):
        return str(number)
    text = format(Decimal(repr(float(number))), "f").removesuffix(".0")
    # The fewest digits of a large number are those of another whole one, unless they have a point.
    return f"{text}.0" if _WHOLE.fullmatch(text) and int(text) != number else text


def flow(value: Any) -> str:
    """A value on one line: `{id: ford, name: the Ford}`.

    Raises:
        ValueError: a number is not finite, or has more than 18 digits before the point: it could not be read back.
    """
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_word(str(key))}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(inner) for inner in value) + "]"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, int | float):
        return _word(str(value))
    text = decimal(value)
    if isinstance(plain_value(text), str):
        raise ValueError(f"{value} cannot be written as a plain number")
    return text


def listed(key: str, rows: Iterable[Mapping[str, Any]]) -> str:
    """A list under a key, a line an entry."""
    lines = [f"  - {flow(row)}\n" for row in rows]
    return f"{_word(key)}:\n{''.join(lines)}" if lines else f"{_word(key)}: []\n"


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


def _word(text: str) -> str:
    """Text as a key or a value, in quotes where a reader could take it for something else."""
    plain = _PLAIN.fullmatch(text) and text == text.strip() and not is_odd(text) and plain_value(text) == text
    return text if plain else _quoted(text)


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
