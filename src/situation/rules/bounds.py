"""What every rule asks of its numbers, and the error that names the one that is wrong.

A rule reckons with numbers of up to 1e30 in size and divides by none below 1e-30, so that nothing in it overflows.
"""

from __future__ import annotations

from collections.abc import Callable
from numbers import Real
from typing import Any, Final, NoReturn

from situation.errors import SituationError
from situation.kernel import kernel, stand_in

__all__ = [
    "MOST_PERSONS",
    "RuleError",
    "at_least_zero",
    "finite",
    "positive",
    "probability",
    "refuse",
    "share",
    "whole",
    "within",
]

_LARGEST: Final = 1e30
_SMALLEST: Final = 1e-30
_PLAIN: Final = frozenset({float, int})
_TOO_SMALL: Final = f"is too near 0 to divide by. Give {_SMALLEST:g} or more."
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


def _refusal_in_short() -> Callable[..., Any]:
    def refuse_in_short(parameter: str, value: float, fact: str) -> None:
        raise RuleError("a number", "is out of its range.")

    return refuse_in_short


@stand_in(_refusal_in_short)
def refuse(parameter: str, value: float, fact: str) -> NoReturn:
    """Raise `RuleError` for a value of a rule's parameter: the value, then the fact. A compiled kernel says only that it does."""
    raise RuleError(parameter, f"{value!r} {fact}")


def _finite_float() -> Callable[..., Any]:
    def finite_float(parameter: str, value: float) -> float:
        if not -_LARGEST <= value <= _LARGEST:
            refuse(parameter, value, "")
        return value

    return finite_float


@stand_in(_finite_float)
def finite(parameter: str, value: float) -> float:
    """The value, where it is a finite number of at most 1e30 in size; else `RuleError`."""
    if type(value) in _PLAIN and -_LARGEST <= value <= _LARGEST:  # by far the most
        return value
    given: object = value
    if isinstance(given, bool) or not isinstance(given, (float, int, Real)):
        refuse(parameter, value, "is not a number. Give one.")
    if not -_LARGEST <= value <= _LARGEST:
        refuse(parameter, value, f"is not a finite number of at most {_LARGEST:g} in size. Give one.")
    return value


def _inside() -> Callable[..., Any]:
    def inside(parameter: str, value: float, least: float, most: float) -> float:
        if not least <= finite(parameter, value) <= most:
            refuse(parameter, value, "")
        return value

    return inside


@stand_in(_inside)
def within(parameter: str, value: float, least: float, most: float) -> float:
    """The value, where it lies from `least` to `most`; else `RuleError`."""
    if not least <= finite(parameter, value) <= most:
        refuse(parameter, value, f"is out of range. Give a number from {least:g} to {most:g}.")
    return value


@kernel
def positive(parameter: str, value: float) -> float:
    """The value, where it is finite and above 0, from 1e-30 on; else `RuleError`."""
    if finite(parameter, value) <= 0.0:
        refuse(parameter, value, "is not above 0. Give a number above 0.")
    if value < _SMALLEST:
        refuse(parameter, value, _TOO_SMALL)
    return value


@kernel
def at_least_zero(parameter: str, value: float) -> float:
    """The value, where it is finite and not negative; else `RuleError`."""
    if finite(parameter, value) < 0.0:
        refuse(parameter, value, "is below 0. Give 0 or more.")
    return value


@kernel
def share(parameter: str, value: float) -> float:
    """The value, where it lies between 0 and 1, both included; else `RuleError`."""
    if not 0.0 <= finite(parameter, value) <= 1.0:
        refuse(parameter, value, "is not a share. Give a number from 0 to 1.")
    return value


@kernel
def probability(parameter: str, value: float) -> float:
    """The value, where it lies strictly between 0 and 1, as every uniform draw does; else `RuleError`."""
    if not 0.0 < finite(parameter, value) < 1.0:
        refuse(parameter, value, "is not a uniform draw. Give a number strictly between 0 and 1.")
    return value


def _whole_number() -> Callable[..., Any]:
    def whole_number(parameter: str, value: int) -> int:
        if not 0 <= value <= MOST_PERSONS:
            refuse(parameter, value, "")
        return value

    return whole_number


@stand_in(_whole_number)
def whole(parameter: str, value: int) -> int:
    """The value, where it is a whole number from 0 to a thousand million; else `RuleError`."""
    given: object = value
    if isinstance(given, bool) or not isinstance(given, int) or given < 0:
        refuse(parameter, value, "is not a count. Give a whole number of 0 or more.")
    if given > MOST_PERSONS:
        refuse(parameter, value, f"is too many. Give at most {MOST_PERSONS:,}.")
    return value
