"""What is told of wrong input, and text made harmless where it leaves the program.

Problems are facts about wrong input, each at its place, each with what to do about it. Readers of input collect all
`Problem`s and raise them together as one `InputError`, in the order of the files; nothing is half read.

A record's text may hold anything: escape sequences that paint a terminal, marks that turn the direction of what follows,
cells that a spreadsheet would run as formulas. It is made harmless in errors, on terminals and pages, in JSON, tables and
file names.
"""

from __future__ import annotations

import difflib
import operator
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from attrs import field, frozen

__all__ = [
    "Fault",
    "InputError",
    "Problem",
    "SituationError",
    "Where",
    "harmless",
    "harmless_json",
    "harmless_name",
    "how_to_install",
    "inert_cell",
    "most_alike",
    "near_miss",
    "of_kind",
    "path_given",
    "whole_given",
]

_TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_UNSEEN = "\u2028\u2029\ufeff\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff"
_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_HARMFUL: Final = re.compile(f"[{_CONTROL}{_TURNING}{_UNSEEN}]")
"""Control characters but for the tab and the end of a line; marks that turn the direction of text; line ends, tags and
joiners that nobody sees; halves of characters."""
_IN_JSON: Final = re.compile(f"[\x7f-\x9f{_TURNING}{_UNSEEN}]")
_FORMULA: Final = re.compile("[\\s\u200b\ufeff]*[=+\\-@\uff1d\uff0b\uff0d\uff20\u2212]|[\t\r\n]")
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_SIGN = "\ufffd"
_OVERLONG: Final = re.compile(r"(?<=')[^']{200,}(?=')|\S{200,}")
"""What is quoted, or a word, and longer than anybody reads."""
_SHOWN = 60
_LONGEST = 900
"""Characters of a fact, and of an advice, at most: what quotes a whole file is cut short."""


def harmless(text: str) -> str:
    """A text in which each harmful character is a visible sign, `�`."""
    return _HARMFUL.sub(_SIGN, text)


def _as_one_line(text: str) -> str:
    """A text as one harmless line, as an error tells it: line ends and tabs as spaces, and what is overlong cut short."""
    line = harmless(" ".join(text.splitlines()).replace("\t", " "))
    line = _OVERLONG.sub(lambda match: f"{match[0][:_SHOWN]}...", line)
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}..."


def harmless_json(text: str) -> str:
    """JSON with each harmful character written as its escape: the same value, and nothing raw."""
    return _IN_JSON.sub(lambda match: _escaped(match[0]), text)


def _escaped(character: str) -> str:
    code = ord(character)
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"


def harmless_name(text: str) -> str:
    """A text as part of a file's name: letters, digits, points, hyphens and underscores; a hyphen for all else."""
    return re.sub(r"[^\w.-]+", "-", text).strip(".-") or "-"


def inert_cell(cell: object) -> object:
    """A cell of CSV that no spreadsheet runs: before what begins like a formula stands an apostrophe.

    Numbers stay as they are, also those below 0.
    """
    if not isinstance(cell, str):
        return cell
    text = harmless(cell)
    return f"'{text}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else text


class SituationError(Exception):
    """Root of every error that `situation` raises on purpose.

    SituationError
    ├── InputError        the input is wrong: carries all problems at once
    └── Fault             one value is wrong: what is the case, and what to do; its place is not known yet

    `argument` names the argument of the call that is to blame, where there is one; the command line makes an option of it.
    """

    def __init__(self, *arguments: object, argument: str = "") -> None:
        super().__init__(*arguments)
        self.argument = argument


class Fault(SituationError, ValueError):
    """One value is wrong. Code that knows its place in a file makes a `Problem` of it.

    Args:
        fact: what is the case, a sentence.
        advice: what to do about it, a sentence.
        under: the path from the value to the part of it that is wrong, where it is known.
        argument: the name of the argument that is wrong, where the value is one.
    """

    def __init__(self, fact: str, advice: str = "", under: tuple[str | int, ...] = (), argument: str = "") -> None:
        super().__init__(fact, advice, under, argument=argument)
        self.fact = _as_one_line(fact)
        self.advice = _as_one_line(advice)
        self.under = under

    def __str__(self) -> str:
        return f"{self.fact} {self.advice}".rstrip()


@frozen(order=True)
class Where:
    """Where something stands: `file:line:col`, lines and columns counted from 1; line 0 means the file as a whole, and column 0
    the line as a whole."""

    file: str
    line: int = 0
    col: int = 0

    def __str__(self) -> str:
        return ":".join(_as_one_line(str(part)) for part in (self.file, self.line, self.col) if part)


@frozen(order=True)
class Problem:
    """One fault of the input: where it is, what is the case, and what to do about it."""

    at: Where
    fact: str = field(converter=_as_one_line)
    advice: str = field(converter=_as_one_line)

    def __str__(self) -> str:
        return f"{self.at}: {self.fact} {self.advice}".rstrip()


class InputError(SituationError):
    """The input is wrong.

    `problems` holds every fault found, in the order of file, line and column.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def of_kind(value: object, kind: Any, argument: str, advice: str) -> Any:
    """An argument of a call, once it is of a kind.

    Raises:
        Fault: it is of another, which `advice` says what to give for.
    """
    if isinstance(value, kind):
        return value
    raise Fault(f"'{argument}' is of type {type(value).__name__}.", advice, argument=argument)


def path_given(value: object, argument: str) -> Path:
    """An argument that is a path.

    Raises:
        Fault: it is none.
    """
    if isinstance(value, (str, os.PathLike)) and isinstance(os.fspath(value), str):
        return Path(value)
    raise Fault(f"'{argument}' is of type {type(value).__name__}.", "Give a path: a str or a Path.", argument=argument)


def whole_given(value: object, argument: str) -> int:
    """An argument that is a whole number, also one of numpy.

    Raises:
        Fault: it is none.
    """
    if hasattr(value, "__index__") and not isinstance(value, bool):
        return operator.index(value)
    raise Fault(f"'{argument}' is of type {type(value).__name__}.", "Give a whole number.", argument=argument)


def how_to_install(extra: str) -> str:
    """What to do where the packages of an extra are not installed."""
    return f"In the project's folder: .venv/bin/pip install -c constraints.txt -e '.[{extra}]'"


def near_miss(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """A question that offers the nearest known word, such as `Did you mean 'ford'?`; empty where none is near.

    Args:
        word: what was written.
        known: what could have been meant.
        cutoff: how alike they must be, 0 to 1; higher for identifiers that differ by a digit.
    """
    choices = sorted(set(known))
    close = most_alike(word, choices, cutoff)
    if not close:
        by_lower = {choice.casefold(): choice for choice in choices}
        close = [by_lower[name] for name in most_alike(word.casefold(), by_lower, cutoff)]
    return f"Did you mean '{close[0]}'?" if close else ""


def most_alike(word: str, choices: Iterable[str], cutoff: float) -> list[str]:
    """The choice that is most like a word, as `difflib.get_close_matches` has it; none that cannot be is compared in full."""
    matcher = difflib.SequenceMatcher()
    matcher.set_seq2(word)
    hopeful: list[tuple[float, str]] = []
    for one in choices:
        if 2.0 * min(len(one), len(word)) >= cutoff * (len(one) + len(word)):
            matcher.set_seq1(one)
            at_most = matcher.quick_ratio()
            if at_most >= cutoff:
                hopeful.append((at_most, one))
    best = (cutoff, "")
    for at_most, one in sorted(hopeful, reverse=True):
        if at_most < best[0]:
            break
        matcher.set_seq1(one)
        best = max(best, (matcher.ratio(), one))
    return [best[1]] if best[1] else []
