"""The terms of one engagement: who fights whom, under which law, and how such a fight can end."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import Final

from attrs import field, frozen

from situation.rules.bounds import RuleError, positive, share
from situation.rules.defaults import best
from situation.rules.engagement.closed_forms import Broke, Settled
from situation.rules.engagement.laws import Law, rate_faults

__all__ = ["SUBJECT", "Ending", "Endings", "Engagement"]

SUBJECT: Final = "engagement"
"""What every draw of an engagement is about: the subject in its address."""


@frozen(kw_only=True)
class Engagement:
    """Who fights whom, under which law.

    attackers, defenders: persons, whole numbers of 1 or more.
    a, b: losses per day that one attacker, one defender inflicts; None under `general`, needed under the others: each 0,
        or such that it makes from 1e-12 to 1e12 losses a day at the start, and not both 0.
    attacker_breaks, defender_breaks: loss shares above 0, at most 1; None: drawn by R3 under `general`, else to the
        last.
    unit: persons per loss, 1 or more.
    air, position, terrain: multipliers of rule R1; they act under `general` alone.

    Raises: RuleError naming the parameter out of range.
    """

    attackers: int
    defenders: int
    law: Law = field(converter=Law, default=Law.GENERAL)
    a: float | None = None
    b: float | None = None
    attacker_breaks: float | None = None
    defender_breaks: float | None = None
    unit: int = 1
    air: float = best("air.none")
    position: float = best("position.none")
    terrain: float = best("terrain.open")

    def __attrs_post_init__(self) -> None:
        for name, count in (("attackers", self.attackers), ("defenders", self.defenders), ("unit", self.unit)):
            if positive(name, count) != int(count):
                raise RuleError(name, f"{count!r} is not a whole number. Give one of 1 or more.")
        for name, point in (("attacker_breaks", self.attacker_breaks), ("defender_breaks", self.defender_breaks)):
            if point is not None:
                positive(name, share(name, point))
        for name, multiplier in (("air", self.air), ("position", self.position), ("terrain", self.terrain)):
            positive(name, multiplier)
        for name, rate in (("a", self.a), ("b", self.b)):
            if self.law is Law.GENERAL and rate is not None:
                raise RuleError(name, "is a rate, and the law 'general' takes none. Leave it out or name another law.")
            if self.law is not Law.GENERAL and rate is None:
                raise RuleError(name, f"is missing: the law '{self.law}' needs it. Give losses per day.")
        if self.a is not None and self.b is not None:
            for wrong in rate_faults(self.law, self.attackers, self.defenders, self.a, self.b):
                raise wrong

    @property
    def rates(self) -> tuple[float, float]:
        """The rates a and b; RuleError under `general`, which has none."""
        if self.a is None or self.b is None:
            raise RuleError("law", "'general' has no rates a and b. Name another law.")
        return self.a, self.b

    @property
    def break_points(self) -> tuple[float, float]:
        """The attacker's and the defender's break point under a law with rates: 1, to the last, where none is given."""
        attacker = 1.0 if self.attacker_breaks is None else self.attacker_breaks
        return attacker, 1.0 if self.defender_breaks is None else self.defender_breaks


@frozen
class Ending:
    """How one run ended: strengths left in persons, days, whether the attacker won."""

    attackers_left: float
    defenders_left: float
    days: float
    attacker_won: bool

    @classmethod
    def of(cls, settled: Settled) -> Ending:
        """The attacker has won where the defender alone has broken."""
        won = settled.broke is Broke.DEFENDER
        return cls(settled.attackers_left, settled.defenders_left, settled.days, won)


@frozen
class Endings:
    """How many runs ended, in their order, as columns: strengths left in persons, days, and whether the attacker won (1 or 0)."""

    attackers_left: array[float] = field(factory=lambda: array("d"))
    defenders_left: array[float] = field(factory=lambda: array("d"))
    days: array[float] = field(factory=lambda: array("d"))
    won: array[int] = field(factory=lambda: array("b"))

    @classmethod
    def of(cls, endings: Iterable[Ending]) -> Endings:
        """Those of some runs."""
        columns = cls()
        for ending in endings:
            columns.attackers_left.append(ending.attackers_left)
            columns.defenders_left.append(ending.defenders_left)
            columns.days.append(ending.days)
            columns.won.append(ending.attacker_won)
        return columns

    def extend(self, others: Endings) -> None:
        """Append those of further runs."""
        self.attackers_left.extend(others.attackers_left)
        self.defenders_left.extend(others.defenders_left)
        self.days.extend(others.days)
        self.won.extend(others.won)
