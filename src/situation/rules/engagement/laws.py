"""The laws of attrition that can be chosen in place of `general`, and what each of them conserves.

With A attackers, D defenders, `a` the losses per day that one attacker inflicts and `b` one defender:

- square: dA = -b D, dD = -a A. Aimed fire on both sides. a A^2 - b D^2 stays as it is.
- linear: dA = -b A D, dD = -a A D. Area fire on both sides (or duels). a A - b D stays as it is.
- mixed: dA = -b D, dD = -a A D. The defender is hidden: it aims, the attacker searches. a A^2 / 2 - b D stays as it is.
- logarithmic: dA = -b A, dD = -a D. Losses follow a side's own numbers. a ln A - b ln D stays as it is.

Source: Lanchester 1916 and Osipov 1915 (square and linear); Deitchman 1962, Schaffer 1968 and Kress & MacKay 2014
(mixed); Taylor 1983 (the family).
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeVar

from situation.chance.portable import log
from situation.rules.bounds import RuleError, at_least_zero, positive

__all__ = ["Law", "conserved", "law_with_rates", "loss_rates", "rate_faults", "rates_at"]

if TYPE_CHECKING:
    from situation.chance.vectors import Floats

_Amount = TypeVar("_Amount", float, "Floats")
_SLOWEST: Final = 1e-12
_FASTEST: Final = 1e12
"""Losses per day at the start of an engagement that it can be followed with: slower and faster ones are refused."""


class Law(StrEnum):
    """How two sides wear each other down; `general` is rules R1 to R3 and takes no rates."""

    GENERAL = "general"
    SQUARE = "square"
    LINEAR = "linear"
    MIXED = "mixed"
    LOGARITHMIC = "logarithmic"


def law_with_rates(law: Law | str) -> Law:
    """The law, where it is one with rates; else `RuleError`."""
    if law not in tuple(Law):
        raise RuleError("law", f"{law!r} is no law. Give one of {', '.join(Law)}.")
    if law == Law.GENERAL:
        raise RuleError("law", "'general' has no rates a and b. Give square, linear, mixed or logarithmic.")
    return Law(law)


def rates_at(law: Law, attackers: _Amount, defenders: _Amount, a: float, b: float) -> tuple[_Amount, _Amount]:
    """Losses per day (attacker's, defender's), unchecked; for one engagement, or for arrays of shape (runs,)."""
    if law is Law.SQUARE:
        return b * defenders, a * attackers
    if law is Law.LINEAR:
        both = attackers * defenders
        return b * both, a * both
    if law is Law.MIXED:
        return b * defenders, a * attackers * defenders
    if law is Law.LOGARITHMIC:
        return b * attackers, a * defenders
    raise RuleError("law", "'general' has no rates a and b. Give square, linear, mixed or logarithmic.")


def loss_rates(law: Law | str, attackers: float, defenders: float, a: float, b: float) -> tuple[float, float]:
    """Losses per day of the attacker and of the defender, in persons.

    Args:
        law: square, linear, mixed or logarithmic.
        attackers, defenders: persons, 0 or more.
        a: losses per day that one attacker inflicts, 0 or more (for linear, and for mixed on the hidden defender: per
            person that can be hit as well; for logarithmic: share of the defender lost per day).
        b: losses per day that one defender inflicts, likewise.
    Returns: (attacker's, defender's), each 0 or more.
    Raises: RuleError naming the parameter out of range.
    Source: as the module.
    Leaves out: everything but numbers.
    """
    known = law_with_rates(law)
    for name, value in (("attackers", attackers), ("defenders", defenders), ("a", a), ("b", b)):
        at_least_zero(name, value)
    return rates_at(known, attackers, defenders, a, b)


def rate_faults(law: Law | str, attackers: float, defenders: float, a: float, b: float) -> Iterator[RuleError]:
    """What is wrong with the rates of an engagement that begins with these strengths, which are above 0.

    A rate is 0 or more, not both are 0, and one above 0 makes from 1e-12 to 1e12 losses a day at the start: beyond
    that, floats no longer tell the sides or the days apart.
    """
    faulty = False
    for name, rate in (("a", a), ("b", b)):
        try:
            at_least_zero(name, rate)
        except RuleError as error:
            faulty = True
            yield error
    if faulty:
        return
    if a == 0.0 == b:
        yield RuleError("a", "is 0, and so is the other side's rate: nobody is ever hit. Give at least one above 0.")
    attacker, defender = loss_rates(law, attackers, defenders, a, b)
    for name, rate, pace in (("a", a, defender), ("b", b, attacker)):
        if rate > 0.0 and not _SLOWEST <= pace <= _FASTEST:
            fact = f"{rate!r} makes {pace:.3g} losses a day at the start."
            yield RuleError(name, f"{fact} Give a rate that makes from {_SLOWEST:g} to {_FASTEST:g}.")


def conserved(law: Law | str, attackers: float, defenders: float, a: float, b: float) -> float:
    """What the law leaves unchanged while both sides fight; where it is above 0, the attacker outlasts the defender
    (for logarithmic: is the later one to come down to a single person).

    Args:
        law, a, b: as in `loss_rates`.
        attackers, defenders: persons, 0 or more; for logarithmic above 0.
    Returns: a number whose sign tells who prevails when both fight to the last.
    Raises: RuleError naming the parameter out of range.
    Source: from dA/dD = (rate of A) / (rate of D), integrated.
    Leaves out: break points.
    """
    known = law_with_rates(law)
    for name, value in (("attackers", attackers), ("defenders", defenders), ("a", a), ("b", b)):
        at_least_zero(name, value)
    if known is Law.SQUARE:
        return a * attackers * attackers - b * defenders * defenders
    if known is Law.LINEAR:
        return a * attackers - b * defenders
    if known is Law.MIXED:
        return a * attackers * attackers / 2.0 - b * defenders
    return a * log(positive("attackers", attackers)) - b * log(positive("defenders", defenders))
