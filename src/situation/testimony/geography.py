"""The lines of a situation's map and the terms under which they are had: `ground.json` and `NOTICE`, both optional."""

from __future__ import annotations

import hashlib
import json
import math
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NoReturn

from attrs import field, frozen

from situation.errors import Fault, Problem, Where
from situation.testimony.documents import read_text
from situation.testimony.form_words import json_slip

__all__ = ["Geography", "read_geography"]

_GROUND, _NOTICE = "ground.json", "NOTICE"
_NONE: Final[Mapping[str, Any]] = {"borders": [], "rivers": [], "lakes": [], "countries": [], "attribution": ""}


@frozen
class Geography:
    """What a situation's map shows beside its places.

    Args:
        lines: borders, coast, rivers, lakes, the names of countries, and the attribution, as the file has them: points
            are [longitude, latitude] in degrees.
        notice: the NOTICE, a paragraph an entry.
        digest: a hash of both files; empty where neither is there.
    """

    lines: Mapping[str, Any] = field(factory=lambda: dict(_NONE))
    notice: tuple[str, ...] = ()
    digest: str = ""


def read_geography(folder: Path, shown: str) -> tuple[Geography, list[Problem]]:
    """The geography in a situation's folder, and every problem of its files.

    Args:
        folder: the situation's folder.
        shown: how to call it in problems.
    """
    there = {name: folder / name for name in (_GROUND, _NOTICE) if os.path.lexists(folder / name)}
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    for name, path in there.items():
        text, faults = read_text(path, f"{shown}/{name}", folder)
        problems += faults
        if text is not None:
            texts[name] = text
    lines: Any = _NONE
    if _GROUND in texts:
        lines, faults = _lines(texts[_GROUND], f"{shown}/{_GROUND}")
        problems += faults
    notice = [" ".join(paragraph.split()) for paragraph in texts.get(_NOTICE, "").split("\n\n")]
    digest = hashlib.sha256()
    for name, text in texts.items():
        digest.update(f"{name}\0{len(text)}\0{text}".encode())
    return Geography(lines, tuple(filter(None, notice)), digest.hexdigest() if texts else ""), problems


def _lines(text: str, shown: str) -> tuple[Mapping[str, Any], list[Problem]]:
    try:
        value = json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        at = Where(shown, error.lineno, error.colno)
        return _NONE, [Problem(at, f"This is not JSON: {json_slip(error.msg)}.", "Correct the file, or remove it.")]
    except (RecursionError, ValueError) as error:
        fact = str(error) if isinstance(error, Fault) else "The file is no JSON that can be read."
        return _NONE, [Problem(Where(shown), fact, "Correct the file, or remove it.")]
    if not isinstance(value, dict):
        fact = "The file is no mapping of borders, coast, rivers, lakes and countries."
        return _NONE, [Problem(Where(shown), fact, "Correct the file, or remove it.")]
    faults = [fault for key, check in _SHAPES.items() if key in value for fault in check(value[key], f"'{key}'")]
    return value, [Problem(Where(shown), fact, "Correct the entry, or take it out.") for fact in faults]


def _no_number(word: str) -> NoReturn:
    raise Fault(f"{word} is no number of JSON.")


def _text(value: Any, name: str) -> Iterator[str]:
    if not isinstance(value, str):
        yield f"{name} is no text."


def _is_degrees(value: Any, most: float) -> bool:
    return (
        isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and abs(value) <= most
    )


def _paths(value: Any, name: str) -> Iterator[str]:
    """A list of lines, each a list of points."""
    if not isinstance(value, list):
        yield f"{name} is no list of lines."
        return
    for number, line in enumerate(value):
        if not isinstance(line, list):
            yield f"{name}: line {number + 1} is no list of points."
            continue
        for point in line:
            if not (
                isinstance(point, list) and len(point) == 2 and _is_degrees(point[0], 360) and _is_degrees(point[1], 90)
            ):
                yield f"{name}: line {number + 1} has a point that is not [longitude, latitude] in degrees."
                break


def _named(key: str) -> Callable[[Any, str], Iterator[str]]:
    """A list of mappings, each with a name and with lines under a key."""

    def check(value: Any, name: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"{name} is no list."
            return
        for number, row in enumerate(value):
            entry = f"{name}: entry {number + 1}"
            if not isinstance(row, dict):
                yield f"{entry} is no mapping."
                continue
            yield from _text(row.get("name", ""), f"{entry}: 'name'")
            yield from _paths(row.get(key), f"{entry}: '{key}'")

    return check


def _countries(value: Any, name: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{name} is no list."
        return
    for number, row in enumerate(value):
        right = isinstance(row, dict) and isinstance(row.get("name"), str)
        if not right or not _is_degrees(row.get("lat"), 90) or not _is_degrees(row.get("lon"), 360):
            yield f"{name}: entry {number + 1} has not its name, lat and lon in degrees."


_SHAPES: Final[Mapping[str, Callable[[Any, str], Iterator[str]]]] = {
    "attribution": _text,
    "borders": _paths,
    "coast": _paths,
    "countries": _countries,
    "lakes": _named("rings"),
    "rivers": _named("lines"),
}
