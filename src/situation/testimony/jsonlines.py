"""JSON lines read strictly: one value a line, no doubled keys, no numbers out of reach, nothing nested too deep."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from situation.errors import Problem, Where
from situation.testimony.form_words import json_slip

__all__ = ["read_lines"]

_Places = dict[tuple[str | int, ...], tuple[int, int]]
_LITERALS = ("true", "false", "null")
_FAR = 10**18
_MEND = "Correct or remove the line."


class _NoNumber(ValueError):
    """A number that JSON does not have, or that is out of reach."""


def read_lines(text: str, name: str, deepest: int) -> tuple[list[Any], _Places, list[Problem]]:
    """The values of a file of JSON lines, the line of each, and every problem.

    Blank lines, and lines that begin with #, are passed over.

    Args:
        text: the file's content.
        name: how to call the file in problems.
        deepest: how many lists and mappings may stand within each other.
    """
    values: list[Any] = []
    places: _Places = {(): (1, 1)}
    problems: list[Problem] = []
    doubled: list[str] = []
    decoder = _decoder(doubled)
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        doubled.clear()
        try:
            value = decoder.decode(line)
        except json.JSONDecodeError as error:
            fact = (
                "The line of JSON is cut off."
                if _cut(line, error)
                else f"The line is not JSON: {json_slip(error.msg)}."
            )
            problems.append(Problem(Where(name, number, error.colno), fact, _MEND))
            continue
        except _NoNumber as error:
            problems.append(Problem(Where(name, number, 1), str(error), "Write a plain number."))
            continue
        except RecursionError:
            problems.append(_too_deep(name, number, deepest))
            continue
        if line.count("[") + line.count("{") > deepest and _depth(value) > deepest:
            problems.append(_too_deep(name, number, deepest))
            continue
        if not _is_text(line, value):
            fact = "The line holds half a character, such as \\ud800."
            problems.append(Problem(Where(name, number, 1), fact, "Write whole characters."))
            continue
        for key in doubled:
            problems.append(Problem(Where(name, number, 1), f"The key '{key}' stands twice in this line.", "Keep one."))
        places[(len(values),)] = (number, 1)
        values.append(value)
    if not values and not problems:
        problems.append(Problem(Where(name), "The file holds no value.", "Write its content."))
    return values, places, problems


def _decoder(doubled: list[str]) -> json.JSONDecoder:
    """What reads lines, and notes in a list which keys stand in one of them twice."""

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        whole = dict(items)
        if len(whole) == len(items):
            return whole
        first = dict(reversed(items))
        doubled.extend(sorted(key for key, times in Counter(key for key, _ in items).items() if times > 1))
        return {key: first[key] for key, _ in items}

    return json.JSONDecoder(object_pairs_hook=pairs, parse_int=_whole, parse_float=_decimal, parse_constant=_constant)


def _constant(word: str) -> float:
    raise _NoNumber(f"'{word}' is no number of JSON.")


def _whole(word: str) -> int:
    if len(word.lstrip("-")) > 18:
        raise _NoNumber(f"The number '{word[:12]}...' has more than 18 digits.")
    return int(word)


def _decimal(word: str) -> float:
    number = float(word)
    if not abs(number) < _FAR:
        raise _NoNumber(f"The number '{word[:12]}' is out of reach.")
    return number


def _cut(line: str, error: json.JSONDecodeError) -> bool:
    """Whether a line stops where more had to come, rather than going wrong on the way."""
    rest = line.rstrip()[error.pos :]
    return not rest or error.msg.startswith("Unterminated") or any(word.startswith(rest) for word in _LITERALS)


def _too_deep(name: str, number: int, deepest: int) -> Problem:
    return Problem(Where(name, number, 1), f"The nesting is more than {deepest} deep.", "Flatten the line.")


def _depth(value: Any) -> int:
    """How many lists and mappings stand within each other."""
    deepest, waiting = 0, [(value, 1)]
    while waiting:
        here, depth = waiting.pop()
        if isinstance(here, dict | list):
            deepest = max(deepest, depth)
            waiting.extend((inner, depth + 1) for inner in (here.values() if isinstance(here, dict) else here))
    return deepest


def _is_text(line: str, value: Any) -> bool:
    """Whether all text in a value can be written; only escapes bring in what cannot."""
    if "\\u" not in line:
        return True
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True
