"""What every rule asks of its numbers, and the error that names the one that is wrong."""

from __future__ import annotations

from situation.errors import SituationError

__all__ = ["RuleError", "at_least_zero", "finite", "positive", "probability", "share", "whole"]

LARGEST = 1.7976931348623157e308


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
    """The value, where it is a finite number; else `RuleError`."""
    if isinstance(value, bool) or not -LARGEST <= value <= LARGEST:
        raise RuleError(parameter, f"{value!r} is not a finite number. Give one.")
    return value


def positive(parameter: str, value: float) -> float:
    """The value, where it is finite and above 0; else `RuleError`."""
    if finite(parameter, value) <= 0.0:
        raise RuleError(parameter, f"{value!r} is not above 0. Give a number above 0.")
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
    """The value, where it is a whole number of at least 0; else `RuleError`."""
    given: object = value
    if isinstance(given, bool) or not isinstance(given, int) or given < 0:
        raise RuleError(parameter, f"{value!r} is not a count. Give a whole number of 0 or more.")
    return value
