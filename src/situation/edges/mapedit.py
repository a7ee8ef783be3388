"""New entries in a `map.yaml` that somebody wrote by hand: lines are added where such lines end, and nothing else changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from attrs import frozen

from situation.errors import InputError, Problem
from situation.testimony.disk.reading import read_file
from situation.testimony.documents import Document, read
from situation.testimony.yamltext import flow

__all__ = ["Additions", "with_additions"]


@frozen
class Additions:
    """What an import adds to a map: places, regions and actors as they are written. Of none is known how it stood."""

    places: tuple[Mapping[str, Any], ...] = ()
    regions: tuple[Mapping[str, Any], ...] = ()
    actors: tuple[Mapping[str, Any], ...] = ()

    @property
    def entries(self) -> tuple[tuple[tuple[str, ...], list[str]], ...]:
        """The lines to add, by the key under which they stand."""
        places = [f"{flow(str(row['id']))}: {flow(UNKNOWN_PLACE)}" for row in self.places]
        actors = [f"{flow(str(row['id']))}: {flow(UNKNOWN_ACTOR)}" for row in self.actors]
        return (
            (("actors",), [f"- {flow(row)}" for row in self.actors]),
            (("places",), [f"- {flow(row)}" for row in self.places]),
            (("regions",), [f"- {flow(row)}" for row in self.regions]),
            (("opening", "places"), places),
            (("opening", "actors"), actors),
        )


UNKNOWN_PLACE = {"status": "unknown", "assumed": "the imported file does not say who held it"}
UNKNOWN_ACTOR = {"posture": "none", "assumed": "the imported file does not say what it meant to do"}


def with_additions(path: Path, shown: str, additions: Additions) -> str:
    """The text of a map with some entries more.

    Args:
        path: the map.
        shown: how to call it in problems.
        additions: what to add.

    Raises:
        InputError: it cannot be read, or its lists do not stand a line an entry.
    """
    document, problems = read(path, shown, path.parent)
    if document is None or problems:
        raise InputError(problems)
    lines = read_file(path, path.parent).decode("utf-8-sig").splitlines()
    inserts: dict[int, list[str]] = {}
    faults: list[Problem] = []
    for key, entries in additions.entries:
        if not entries:
            continue
        if key[0] not in document.value:
            inserts.setdefault(len(lines), []).extend([f"{key[0]}:", *(f"  {entry}" for entry in entries)])
            continue
        place = _end_of(key, document, lines) or _opened(key, document, lines)
        if place is None:
            fact = f"'{'.'.join(key)}' does not stand a line an entry."
            faults.append(
                Problem(document.where(key), fact, "Write its first entry on a line of its own, below the key.")
            )
            continue
        at, indent = place
        inserts.setdefault(at, []).extend(f"{indent}{entry}" for entry in entries)
    if faults:
        raise InputError(faults)
    out: list[str] = []
    for number, line in enumerate([*lines, None]):
        out += inserts.get(number, [])
        out += [line] if line is not None else []
    return "\n".join(out) + "\n"


def _value_of(key: tuple[str, ...], document: Document) -> Any:
    value: Any = document.value
    for part in key:
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _opened(key: tuple[str, ...], document: Document, lines: list[str]) -> tuple[int, str] | None:
    """The same for a key under which nothing stands, such as `places: []`: its line is opened for entries below it."""
    if _value_of(key, document) or key not in document.places:
        return None
    number = document.places[key][0] - 1
    match = re.fullmatch(rf"( *){re.escape(key[-1])}: *(?:\[ *\]|\{{ *\}})? *(#.*)?", lines[number])
    if match is None:
        return None
    lines[number] = f"{match[1]}{key[-1]}:{f'  {match[2]}' if match[2] else ''}"
    return number + 1, f"{match[1]}  "


def _end_of(key: tuple[str, ...], document: Document, lines: list[str]) -> tuple[int, str] | None:
    """Before which line (from 0) entries under a key are added, and their indent; None where they stand on one line."""
    value = _value_of(key, document)
    if not value:
        return None
    children: Iterable[Any] = range(len(value)) if isinstance(value, list) else value
    starts = sorted(document.places[(*key, child)] for child in children)
    first = lines[starts[0][0] - 1]
    indent = first[: len(first) - len(first.lstrip())]
    head = first.lstrip()
    if document.places[key][0] == starts[0][0] and not head.startswith("-"):
        return None
    if isinstance(value, list) and not head.startswith("-"):
        return None
    at = starts[-1][0]
    while at < len(lines) and (lines[at].startswith(f"{indent} ") or not lines[at].strip()):
        at += 1
    while not lines[at - 1].strip():
        at -= 1
    return at, indent
