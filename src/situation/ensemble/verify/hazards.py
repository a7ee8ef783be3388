"""Clocks that run against each other, recapture, ladders, supply, break points and days that go together."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from situation.chance.luck import Luck
from situation.ensemble.mathematics import require_room
from situation.ensemble.verify.check import ERRORS, Check, mean_of, near
from situation.rules import (
    Rung,
    best,
    break_point,
    chance_over,
    clash_intensity,
    counterattack_chance,
    day_residual,
    day_scatter,
    happens,
    ladder_step,
    supply_effect,
)

__all__ = ["hazards"]

_EXACT: Final = "rounding alone"
_UP, _DOWN = 0.2, 0.25
_FAST, _SLOW = 0.3, 0.1
"""Hazards per day of two that race."""
_SEED: Final = 17
_MANY: Final = 20_000


def hazards(quick: bool) -> list[Check]:
    """Rules with a closed form of their own, each against it."""
    runs = 1_500 if quick else _MANY
    return [*_races(runs), *_recapture(), *_ladders(runs), *_echoes(), *_supply(), *_breaking(), *_days(runs)]


def _races(runs: int) -> Iterator[Check]:
    """Two hazards asked every day: which comes first, and when the first of them comes."""
    fast, slow = chance_over(_FAST), chance_over(_SLOW)
    either = 1.0 - (1.0 - fast) * (1.0 - slow)
    won, days = [], []
    for run in range(runs):
        luck, day = Luck(_SEED, run), 0
        while True:
            day += 1
            u, v, *_ = luck.uniforms("race", "clocks", day)
            first, second = happens(u, _FAST), happens(v, _SLOW)
            if first or second:
                break
        won.append(float(first and not second))
        days.append(float(day))
    alone = fast * (1.0 - slow) / either
    case = f"a race of hazards of {_FAST:g} and {_SLOW:g} a day"
    yield mean_of(f"{case}: the faster alone comes first", alone, alone * (1.0 - alone), won, "races")
    yield mean_of(f"{case}: day of the first", 1.0 / either, (1.0 - either) / either**2, days, "races")
    together = chance_over(_FAST + _SLOW)
    yield near(
        f"{case}: neither in a day, as of both together", 1.0 - together, (1.0 - fast) * (1.0 - slow), 1e-12, _EXACT
    )


def _recapture() -> Iterator[Check]:
    """R6 over 400 days, day by day, against the integral of its hazard."""
    rate, decay, hidden, garrison = 0.1, 10.0, 300.0, 700.0
    never = 1.0
    for day in range(400):
        never *= 1.0 - counterattack_chance(day, day + 1, hidden, garrison, rate=rate, decay=decay)
    ever = 1.0 - math.exp(-rate * decay * hidden / (hidden + garrison))
    yield near("recapture, 300 hidden against 700: chance ever", ever, 1.0 - never, 1e-9, _EXACT)
    half = decay * math.log(2.0)
    soon = counterattack_chance(0.0, half, hidden, garrison, rate=rate, decay=decay)
    by_half = 1.0 - math.exp(-rate * decay * 0.5 * hidden / (hidden + garrison))
    yield near("recapture, 300 hidden against 700: chance until the hazard has halved", by_half, soon, 1e-12, _EXACT)


def _ladders(runs: int) -> Iterator[Check]:
    """R8's ladder from its first rung: the chance of the top, and the days to either end, by the gambler's ruin."""
    ratio = _DOWN / _UP
    top = (1.0 - ratio) / (1.0 - ratio ** int(Rung.CONFRONTATION))
    drift = _UP - _DOWN
    mean = (int(Rung.CONFRONTATION) * top - 1.0) / drift
    reached, days = [], []
    for run in range(runs):
        luck, rung, day = Luck(_SEED, run), Rung.INCIDENT, 0
        while rung not in (Rung.CALM, Rung.CONFRONTATION):
            day += 1
            rung = ladder_step(luck.uniform("ladder", "clash", day), rung, up=_UP, down=_DOWN)
        reached.append(float(rung is Rung.CONFRONTATION))
        days.append(float(day))
    case = f"ladder, up {_UP:g} and down {_DOWN:g} a day"
    yield mean_of(f"{case}: chance of the top", top, top * (1.0 - top), reached, "ladders")
    spread = math.fsum((day - mean) ** 2 for day in days) / len(days)
    yield mean_of(f"{case}: days to either end", mean, spread, days, "ladders")


def _echoes() -> Iterator[Check]:
    """R8's incidents breed incidents: what one adds to the hazard, over all time."""
    require_room("scipy")
    from scipy.integrate import quad

    echo, fade, rate = 0.3, 0.3, 0.02
    added, _ = quad(lambda t: clash_intensity(1.0, (t,), rate=rate, echo=echo, fade=fade) - rate, 0.0, 200.0)
    yield near("clashes: further incidents that one brings", echo, added, 1e-8, "the integral's own error")


def _supply() -> Iterator[Check]:
    """R7: all of the stock, half of the way down, and the bottom."""
    floor, decay = 0.35, 20.0
    for days, expected in ((0.0, 1.0), (decay * math.log(2.0), (1.0 + floor) / 2.0), (1e4, floor)):
        got = supply_effect(days, floor=floor, decay=decay)
        yield near(f"supply after {days:.6g} days without", expected, got, 1e-12, _EXACT)


def _breaking() -> Iterator[Check]:
    """R3's break points, over an even grid of draws: their median, their spread and those who stand to the last."""
    points = [break_point((place + 0.5) / _MANY) for place in range(_MANY)]
    ordinary = sorted(points[: round((1.0 - best("last_stand")) * _MANY)])
    yield near("break points: median", best("break_median"), ordinary[len(ordinary) // 2], 1e-4, "the grid of draws")
    cut = best("break_median") * math.exp(best("break_sigma"))
    below = sum(point <= cut for point in ordinary) / len(ordinary)
    yield near(
        "break points: share within a sigma above",
        0.5 * (1.0 + math.erf(math.sqrt(0.5))),
        below,
        1e-4,
        "the grid of draws",
    )
    stand = sum(point == best("last_stand_at") for point in points) / _MANY
    yield near("break points: stand to the last", best("last_stand"), stand, 1e-4, "the grid of draws")


def _days(runs: int) -> Iterator[Check]:
    """R2's days: their spread, and how far one goes with the next."""
    luck, last, residuals = Luck(_SEED, 0), None, []
    for day in range(10 * runs):
        last = day_residual(luck.uniform("days", "battle", day), last)
        residuals.append(last)
    factors = [day_scatter(one) for one in residuals]
    count, lag = len(residuals), best("day_lag")
    mean = math.fsum(factors) / count
    variation = math.sqrt(math.fsum((one - mean) ** 2 for one in factors) / count) / mean
    effective = count * (1.0 - lag) / (1.0 + lag)
    because = f"{ERRORS} standard errors of {count:,} days that go together"
    known = best("day_variation")
    yield near("days of battle: mean factor of a day", 1.0, mean, ERRORS * known / math.sqrt(effective), because)
    yield near(
        "days of battle: coefficient of variation", known, variation, ERRORS * known / math.sqrt(effective), because
    )
    along = math.fsum(one * other for one, other in pairwise(residuals)) / (count - 1)
    size = math.fsum(one * one for one in residuals) / count
    error = math.sqrt((1.0 - lag * lag) / count)
    yield near("days of battle: correlation of one with the next", lag, along / size, ERRORS * error, because)
