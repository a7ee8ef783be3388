"""Problems: facts about wrong input, each at its place, each with what to do about it.

Readers of input collect all `Problem`s and raise them together as one `InputError`, in the order of the files; nothing
is half read.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from attrs import field, frozen

from situation.harmless import as_one_line

__all__ = ["Fault", "InputError", "Problem", "SituationError", "Where", "near_miss"]


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
        self.fact = as_one_line(fact)
        self.advice = as_one_line(advice)
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
        return ":".join(as_one_line(str(part)) for part in (self.file, self.line, self.col) if part)


@frozen(order=True)
class Problem:
    """One fault of the input: where it is, what is the case, and what to do about it."""

    at: Where
    fact: str = field(converter=as_one_line)
    advice: str = field(converter=as_one_line)

    def __str__(self) -> str:
        return f"{self.at}: {self.fact} {self.advice}".rstrip()


class InputError(SituationError):
    """The input is wrong.

    `problems` holds every fault found, in the order of file, line and column.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def near_miss(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """A question that offers the nearest known word, such as `Did you mean 'ford'?`; empty where none is near.

    Args:
        word: what was written.
        known: what could have been meant.
        cutoff: how alike they must be, 0 to 1; higher for identifiers that differ by a digit.
    """
    choices = sorted(set(known))
    close = difflib.get_close_matches(word, choices, n=1, cutoff=cutoff)
    if not close:
        by_lower = {choice.casefold(): choice for choice in choices}
        close = [by_lower[name] for name in difflib.get_close_matches(word.casefold(), by_lower, n=1, cutoff=cutoff)]
    return f"Did you mean '{close[0]}'?" if close else ""
