"""Problems as they are told: each on a line, and of very many of one kind the first some, and how many more there are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from typing import Final, NamedTuple

from situation.errors import Problem

__all__ = ["problem_lines"]

_SAID_AT = 4
"""Places at which one and the same problem is told, one by one."""
_SAID_OF_KIND = 20
"""Problems of one kind that are told of a file, one by one; more than one are told in a line."""
_SAID_OF_FILE = 200
"""And problems of all kinds."""
_VARYING: Final = re.compile(r"'[^']*'|[0-9][0-9.,]*")
"""In what the facts of problems of one kind differ: what they quote, and numbers."""


def problem_lines(problems: Collection[Problem], advice: str = "Correct those that are told first.") -> Iterator[str]:
    """Problems as they are told, each on a line.

    Of many that say the same, the first few are told with their places, of many of one kind in a file the first some, and so of
    many in one file; and how many more there are.

    Args:
        problems: in the order of files and lines.
        advice: what to do about those that are not told.
    """
    lines = list(_with_places(problems))
    lines = _first_some(lines, lambda line: (line.file, line.kind), _SAID_OF_KIND, f"are of this last kind. {advice}")
    for line in _first_some(lines, lambda line: line.file, _SAID_OF_FILE, f"are in this file. {advice}"):
        yield line.text


class _Line(NamedTuple):
    """A line that tells of one problem of a file, or how many more there are of a kind."""

    file: str
    kind: str
    text: str
    problems: int = 1


def _first_some(lines: list[_Line], alike: Callable[[_Line], object], most: int, what: str) -> list[_Line]:
    """Of lines that are alike the first `most`, and one that says of how many problems the others tell, and what they are."""
    counts = Counter(alike(line) for line in lines)
    problems: Counter[object] = Counter()
    for line in lines:
        problems[alike(line)] += line.problems
    so_far: Counter[object] = Counter()
    before: Counter[object] = Counter()
    kept: list[_Line] = []
    for line in lines:
        group = alike(line)
        so_far[group] += 1
        before[group] += line.problems
        if counts[group] <= most + 1 or so_far[group] <= most:
            kept.append(line)
        if counts[group] > most + 1 and so_far[group] == most:
            left = problems[group] - before[group]
            kept.append(_Line(line.file, line.kind, f"{line.file}: {left:,} more problems {what}", left))
    return kept


def _with_places(problems: Collection[Problem]) -> Iterator[_Line]:
    """Problems each on a line; of many that say the same the first few, of which the last says how many more there are."""
    places = Counter((one.fact, one.advice) for one in problems)
    so_far: Counter[tuple[str, str]] = Counter()
    for one in problems:
        same = one.fact, one.advice
        so_far[same] += 1
        left = places[same] - _SAID_AT
        kind = _VARYING.sub("", one.fact)
        if so_far[same] < _SAID_AT or left <= 0:
            yield _Line(one.at.file, kind, str(one))
        elif so_far[same] == _SAID_AT:
            text = f"{one} This stands at {left} more place{'s' if left > 1 else ''}."
            yield _Line(one.at.file, kind, text, 1 + left)
