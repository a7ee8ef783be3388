"""What every rule asks of its numbers, and the error that names the one that is wrong.

A rule reckons with numbers of up to 1e30 in size and divides by none below 1e-30, so that nothing in it overflows.
"""

from __future__ import annotations

from numbers import Real
from typing import Final

from situation.errors import SituationError

__all__ = [
    "MOST_PERSONS",
    "RuleError",
    "at_least_zero",
    "finite",
    "positive",
    "probability",
    "share",
    "whole",
    "within",
]

_LARGEST: Final = 1e30
_SMALLEST: Final = 1e-30
_PLAIN: Final = frozenset({float, int})
MOST_PERSONS: Final = 1_000_000_000


class RuleError(SituationError, ValueError):
    """A rule was given a number outside its range.

    `parameter` is the rule's name for it; the text reads `parameter: fact. What to give.`
    """

    def __init__(self, parameter: str, fact: str) -> None:
        super().__init__(parameter, fact)
        self.parameter = parameter
        self.fact = fact

    def __str__(self) -> str:
        return f"{self.parameter}: {self.fact}"


def finite(parameter: str, value: float) -> float:
    """The value, where it is a finite number of at most 1e30 in size; else `RuleError`."""
    if type(value) in _PLAIN and -_LARGEST <= value <= _LARGEST:  # by far the most
        return value
    given: object = value
    if isinstance(given, bool) or not isinstance(given, (float, int, Real)):
        raise RuleError(parameter, f"{value!r} is not a number. Give one.")
    if not -_LARGEST <= value <= _LARGEST:
        raise RuleError(parameter, f"{value!r} is not a finite number of at most {_LARGEST:g} in size. Give one.")
    return value


def within(parameter: str, value: float, least: float, most: float) -> float:
    """The value, where it lies from `least` to `most`; else `RuleError`."""
    if not least <= finite(parameter, value) <= most:
        raise RuleError(parameter, f"{value!r} is out of range. Give a number from {least:g} to {most:g}.")
    return value


def positive(parameter: str, value: float) -> float:
    """The value, where it is finite and above 0, from 1e-30 on; else `RuleError`."""
    if finite(parameter, value) <= 0.0:
        raise RuleError(parameter, f"{value!r} is not above 0. Give a number above 0.")
    if value < _SMALLEST:
        raise RuleError(parameter, f"{value!r} is too near 0 to divide by. Give {_SMALLEST:g} or more.")
    return value


def at_least_zero(parameter: str, value: float) -> float:
    """The value, where it is finite and not negative; else `RuleError`."""
    if finite(parameter, value) < 0.0:
        raise RuleError(parameter, f"{value!r} is below 0. Give 0 or more.")
    return value


def share(parameter: str, value: float) -> float:
    """The value, where it lies between 0 and 1, both included; else `RuleError`."""
    if not 0.0 <= finite(parameter, value) <= 1.0:
        raise RuleError(parameter, f"{value!r} is not a share. Give a number from 0 to 1.")
    return value


def probability(parameter: str, value: float) -> float:
    """The value, where it lies strictly between 0 and 1, as every uniform draw does; else `RuleError`."""
    if not 0.0 < finite(parameter, value) < 1.0:
        raise RuleError(parameter, f"{value!r} is not a uniform draw. Give a number strictly between 0 and 1.")
    return value


def whole(parameter: str, value: int) -> int:
    """The value, where it is a whole number from 0 to a thousand million; else `RuleError`."""
    given: object = value
    if isinstance(given, bool) or not isinstance(given, int) or given < 0:
        raise RuleError(parameter, f"{value!r} is not a count. Give a whole number of 0 or more.")
    if given > MOST_PERSONS:
        raise RuleError(parameter, f"{value!r} is too many. Give at most {MOST_PERSONS:,}.")
    return value
