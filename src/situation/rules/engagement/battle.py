"""`situation battle`: one engagement, fought many times, and how it came out.

>>> answer = battle(20, 15, law="square", attacker_rate=0.1, defender_rate=0.1, runs=2000, seed=1)
>>> low, high = answer["interval"]
>>> low < 0.9281 < high
True
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, TypedDict

from attrs import frozen

from situation.chance.philox import MASK
from situation.chance.quantiles import wilson_at
from situation.errors import SituationError, near_miss
from situation.rules.bounds import MOST_PERSONS, RuleError, at_least_zero, positive, share
from situation.rules.defaults import DEFAULTS, best
from situation.rules.engagement.fight import MOST_LOSSES, fight, fight_without_chance
from situation.rules.engagement.laws import Law, rate_faults
from situation.rules.engagement.terms import Endings, Engagement

__all__ = ["AIR", "POSITIONS", "TERRAINS", "BattleAnswer", "BattleError", "Spread", "battle", "spread_of"]


def _kinds(prefix: str) -> Mapping[str, float]:
    """The named multipliers of one kind, such as position, from the table of defaults."""
    return {name.removeprefix(prefix): best(name) for name in DEFAULTS if name.startswith(prefix)}


AIR: Final = _kinds("air.")
POSITIONS: Final = _kinds("position.")
TERRAINS: Final = _kinds("terrain.")
_MOST_RUNS: Final = 10_000_000


class Spread(TypedDict):
    """Mean and percentiles over the runs; None where the number is infinite (an end that is only approached)."""

    mean: float | None
    p05: float | None
    p25: float | None
    p50: float | None
    p75: float | None
    p95: float | None


class BattleAnswer(TypedDict):
    """What `situation battle --json` prints: strengths in persons, days, losses as shares of starting strength."""

    attacker_wins: float
    interval: list[float]
    days: Spread
    attacker_left: Spread
    defender_left: Spread
    attacker_loss_fraction: Spread
    defender_loss_fraction: Spread
    runs: int
    seed: int


class BattleError(SituationError, ValueError):
    """The question is wrong, and `problems` holds every fault of it.

    `misused` says that arguments are missing, unknown or exclude each other, and not only that a value is out of range.
    """

    def __init__(self, problems: Sequence[RuleError], misused: bool) -> None:
        super().__init__(tuple(problems), misused)
        self.problems = tuple(problems)
        self.misused = misused

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


def spread_of(values: Sequence[float]) -> Spread:
    """Mean and percentiles, these by straight lines between the ordered values; None for what is infinite."""
    ordered = sorted(values)

    def finite(value: float) -> float | None:
        return value if math.isfinite(value) else None

    def at(part: float) -> float | None:
        place = part * (len(ordered) - 1)
        below = math.floor(place)
        low, high = ordered[below], ordered[min(below + 1, len(ordered) - 1)]
        return finite(low if low == high else low + (high - low) * (place - below))

    mean = math.fsum(ordered) / len(ordered)
    return Spread(mean=finite(mean), p05=at(0.05), p25=at(0.25), p50=at(0.5), p75=at(0.75), p95=at(0.95))


@frozen(kw_only=True)
class _Question:
    """The arguments as they were given, not checked yet."""

    attacker: int
    defender: int
    law: str
    rates: Mapping[str, float | None]
    points: Mapping[str, float | None]
    unit: int
    deterministic: bool
    circumstances: Mapping[str, str]
    runs: int
    seed: int

    def misuses(self) -> Iterator[RuleError]:
        """Arguments that are missing, unknown, or exclude each other."""
        known = {"position": POSITIONS, "terrain": TERRAINS, "air": AIR}
        neutral = {"position": "none", "terrain": "open", "air": "none"}
        if self.law not in tuple(Law):
            yield _unknown("law", self.law, tuple(Law))
        for option, name in self.circumstances.items():
            if name not in known[option]:
                yield _unknown(option, name, tuple(known[option]))
            elif self.law in tuple(Law) and self.law != Law.GENERAL and name != neutral[option]:
                yield RuleError(option, f"acts under the law 'general' alone, not under '{self.law}'. Leave it out.")
        for option, rate in self.rates.items():
            if self.law == Law.GENERAL and rate is not None:
                yield RuleError(option, "the law 'general' takes no rates. Leave it out, or name another law.")
            elif self.law in tuple(Law) and self.law != Law.GENERAL and rate is None:
                yield RuleError(
                    option, f"is missing, and the law '{self.law}' needs it. Give losses per day and person."
                )

    def faults(self) -> Iterator[RuleError]:
        """Values out of range."""
        whole = {"attacker": (self.attacker, MOST_PERSONS), "defender": (self.defender, MOST_PERSONS)}
        whole |= {"unit": (self.unit, MOST_PERSONS), "runs": (self.runs, _MOST_RUNS)}
        for option, (count, most) in whole.items():
            if not 1 <= count <= most:
                yield RuleError(option, f"{count!r} is out of range. Give a whole number from 1 to {most:,}.")
        if not 0 <= self.seed <= MASK:
            yield RuleError("seed", f"{self.seed!r} is out of range. Give a whole number from 0 to 2**64 - 1.")
        if 1 <= min(self.attacker, self.defender) < self.unit:
            smaller = min(self.attacker, self.defender)
            yield RuleError("unit", f"{self.unit!r} is more than the smaller side. Give at most {smaller}.")
        elif self.law != Law.GENERAL and not self.deterministic and self.unit >= 1:
            total = self.attacker + self.defender
            if total // self.unit > MOST_LOSSES:
                least = total // MOST_LOSSES + 1
                yield RuleError(
                    "unit", f"{self.unit!r} makes up to {total // self.unit:,} losses a run. Give {least} or more."
                )
        yield from self._wrong_rates()
        for option, point in self.points.items():
            if point is not None:
                yield from _refused(option, lambda name, value: positive(name, share(name, value)), point)

    def _wrong_rates(self) -> Iterator[RuleError]:
        """Rates that no engagement can be fought with, under the names of their arguments."""
        a, b = self.rates.values()
        strengths = max(1, min(self.attacker, MOST_PERSONS)), max(1, min(self.defender, MOST_PERSONS))
        if a is None or b is None or self.law not in tuple(Law) or self.law == Law.GENERAL:
            for option, rate in self.rates.items():
                if rate is not None:
                    yield from _refused(option, at_least_zero, rate)
            return
        options = dict(zip("ab", self.rates, strict=True))
        for wrong in rate_faults(self.law, *strengths, a, b):
            yield RuleError(options[wrong.parameter], wrong.fact)


def _unknown(option: str, name: str, known: Sequence[str]) -> RuleError:
    advice = f"{near_miss(name, known)} Give one of {', '.join(known)}.".lstrip()
    return RuleError(option, f"there is no '{name}'. {advice}")


def _refused(option: str, check: Callable[[str, float], float], value: float) -> Iterator[RuleError]:
    """The fault that a rule's own check finds, under the argument's name."""
    try:
        check(option, value)
    except RuleError as error:
        yield error


def battle(
    attacker: int,
    defender: int,
    *,
    law: str = "general",
    attacker_rate: float | None = None,
    defender_rate: float | None = None,
    attacker_breaks: float | None = None,
    defender_breaks: float | None = None,
    unit: int = 1,
    deterministic: bool = False,
    position: str = "none",
    terrain: str = "open",
    air: str = "none",
    runs: int = 1000,
    seed: int = 0,
    finished: Callable[[int], None] | None = None,
    fought: Callable[[Engagement, int, int], Endings] | None = None,
) -> BattleAnswer:
    """One engagement, fought `runs` times.

    Args:
        attacker, defender: persons at the start, whole numbers of 1 or more.
        law: general, square, linear, mixed (the defender is the hidden side) or logarithmic.
        attacker_rate, defender_rate: losses per day that one attacker, one defender inflicts; needed, except under
            `general`, which takes none. Each is 0, or makes from 1e-12 to 1e12 losses a day at the start.
        attacker_breaks, defender_breaks: loss share at which a side breaks, above 0 and at most 1. Left out, rule R3
            draws it under `general`, and under the others a side fights to the last.
        unit: persons per loss, 1 or more, at most the smaller side.
        deterministic: without chance: the closed form, or `general` at its medians. `runs` is then 1, the interval a
            point.
        position, terrain, air: names of multipliers of rule R1; they act under `general` alone.
        runs: 1 or more.
        seed: 0 to 2**64 - 1.
        finished: called with the number of runs just ended, now and then.
        fought: fights the engagement, from a seed, so many times; None: here, as Python.
    Returns: the share of runs the attacker won, with Wilson's 95 % interval, and how days, strengths and losses
        scatter.
    Raises: BattleError with every fault of the question.
    """
    question = _Question(
        attacker=attacker,
        defender=defender,
        law=law,
        rates={"attacker_rate": attacker_rate, "defender_rate": defender_rate},
        points={"attacker_breaks": attacker_breaks, "defender_breaks": defender_breaks},
        unit=unit,
        deterministic=deterministic,
        circumstances={"position": position, "terrain": terrain, "air": air},
        runs=runs,
        seed=seed,
    )
    misuses, faults = list(question.misuses()), list(question.faults())
    if misuses or faults:
        raise BattleError([*misuses, *faults], misused=bool(misuses))
    engagement = Engagement(
        attackers=attacker,
        defenders=defender,
        law=Law(law),
        a=attacker_rate,
        b=defender_rate,
        attacker_breaks=attacker_breaks,
        defender_breaks=defender_breaks,
        unit=unit,
        air=AIR[air],
        position=POSITIONS[position],
        terrain=TERRAINS[terrain],
    )
    if deterministic:
        endings = Endings.of([fight_without_chance(engagement)])
    elif fought is not None:
        endings = fought(engagement, seed, runs)
    else:
        endings = Endings.of(fight(engagement, seed, runs, finished=finished))
    won, count = sum(endings.won), len(endings.won)
    low, high = (float(won), float(won)) if deterministic else wilson_at(won / count, count)
    return BattleAnswer(
        attacker_wins=won / count,
        interval=[low, high],
        days=spread_of(endings.days),
        attacker_left=spread_of(endings.attackers_left),
        defender_left=spread_of(endings.defenders_left),
        attacker_loss_fraction=spread_of([(attacker - left) / attacker for left in endings.attackers_left]),
        defender_loss_fraction=spread_of([(defender - left) / defender for left in endings.defenders_left]),
        runs=count,
        seed=seed,
    )
