"""What moves an answer: Morris' elementary effects, and Sobol' indices, of the mean over stories, with their intervals.

The stories are the same at every point, so an effect is a difference of equal stories. An interval (95 %) is the estimate with
1.96 standard errors on either side; the standard error is that of a bootstrap over stories and over trajectories or rows
together (Efron and Tibshirani 1993, An Introduction to the Bootstrap).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from attrs import frozen

from situation.chance.quantiles import Z_975
from situation.chance.vectors import Floats
from situation.ensemble.mathematics import require_room
from situation.ensemble.sweep.designs import Design, package_missing
from situation.ensemble.sweep.luck_test import LuckVerdict, picks, tell_from_luck

__all__ = ["MorrisEffect", "SobolEffect", "WithInterval", "morris_effects", "sobol_effects"]

_TRIES = 500
"""Tries of a bootstrap."""
_Measure = Callable[[Any], Floats]


@frozen
class WithInterval:
    """A value with the ends of its interval (95 %)."""

    value: float
    low: float
    high: float

    @classmethod
    def of(cls, value: float, tries: Floats, least: float = -np.inf) -> WithInterval:
        """A value, and what a bootstrap made of it; `least`: what it cannot fall below."""
        half = Z_975 * float(tries.std(ddof=1))
        return cls(value, max(least, value - half), value + half)


@frozen
class MorrisEffect:
    """What a number does to an answer on the way from its low to its high end, in the unit of the answer.

    Args:
        mu: the mean of the elementary effects: below 0 where the answer falls as the number rises.
        mu_star: the mean of their sizes (Campolongo, Cariboni and Saltelli 2007, Environmental Modelling & Software 22).
        sigma: their standard deviation over the trajectories: it is large where the effect bends, or hangs on the other numbers.
        verdict: `mu_star` held against luck.
    """

    number: str
    mu: WithInterval
    mu_star: WithInterval
    sigma: WithInterval
    verdict: LuckVerdict


@frozen
class SobolEffect:
    """The share of the variance of an answer over the ranges of all numbers that goes with one of them.

    Args:
        first: with the number alone.
        total: with the number and all that it does together with others.
        verdict: `total` held against luck.
    """

    number: str
    first: WithInterval
    total: WithInterval
    verdict: LuckVerdict


def morris_effects(design: Design, answers: Floats, seed: int) -> list[MorrisEffect]:
    """The elementary effects of every number, the largest first.

    Args:
        design: of Morris.
        answers: shape (points, stories): the same stories at every point, finite.
        seed: of the flips and the bootstrap.
    """
    every = {}
    for name in design.priors:
        moved, others = design.pairs(name)
        every[name] = (answers[moved] - answers[others]) / design.steps(name)[:, None]
    verdicts = tell_from_luck(every, _mean_size, seed)
    weights, rows = _resampled(design.size, answers.shape[1], seed)
    effects = []
    for name, by_story in every.items():
        here = by_story.mean(axis=1)[None, :]
        tries = np.take_along_axis(weights @ by_story.T, rows, axis=1)
        mu, mu_star, sigma = (
            WithInterval.of(float(measure(here)[0]), measure(tries), least)
            for measure, least in ((_mean, -np.inf), (_mean_size, 0.0), (_deviation, 0.0))
        )
        effects.append(MorrisEffect(name, mu, mu_star, sigma, verdicts[name]))
    return sorted(effects, key=lambda effect: (-effect.mu_star.value, effect.number))


def sobol_effects(design: Design, answers: Floats, seed: int) -> list[SobolEffect]:
    """The indices of every number, the largest total first; all are 0 where the answer is the same at every point.

    Args:
        design: of Sobol'.
        answers: shape (points, stories): the same stories at every point, finite.
        seed: of the flips and the bootstrap.

    Raises:
        Fault: SALib is not installed.
    """
    try:
        require_room("SALib")
        from SALib.analyze.sobol import first_order, total_order
    except ModuleNotFoundError:
        raise package_missing() from None
    rows_of = {name: answers[design.pairs(name)[0]] for name in design.priors}
    length = len(design.priors) + 2
    one, two = answers[::length], answers[length - 1 :: length]
    variance = float(np.var(np.concatenate([one, two]).mean(axis=1)))
    if not variance > 0.0:
        nothing = WithInterval(0.0, 0.0, 0.0)
        unmoved = {name: "none" if (rows == one).all() else "unclear" for name, rows in rows_of.items()}
        return [SobolEffect(name, nothing, nothing, LuckVerdict(says, 0.0)) for name, says in sorted(unmoved.items())]  # type: ignore[arg-type]
    middle = float(np.concatenate([one, two]).mean())
    every = {name: rows - one for name, rows in rows_of.items()}
    verdicts = tell_from_luck(every, lambda means: (means**2).mean(axis=1) / (2.0 * variance), seed)
    weights, picked = _resampled(design.size, answers.shape[1], seed)

    def tries(values: Floats) -> Floats:
        return np.take_along_axis(weights @ values.T, picked, axis=1).T - middle

    one_tries, two_tries = tries(one), tries(two)
    one_mean, two_mean = (values.mean(axis=1) - middle for values in (one, two))
    effects = []
    for name, rows in rows_of.items():
        mean, tried = rows.mean(axis=1) - middle, tries(rows)
        first, total = (
            WithInterval.of(float(index(one_mean, mean, two_mean)), index(one_tries, tried, two_tries), least)
            for index, least in ((first_order, -np.inf), (total_order, 0.0))
        )
        effects.append(SobolEffect(name, first, total, verdicts[name]))
    return sorted(effects, key=lambda effect: (-effect.total.value, effect.number))


def _resampled(groups: int, stories: int, seed: int) -> tuple[Floats, Any]:
    """The weight of each story in every try, shape (tries, stories); and the groups that are taken, shape (tries, groups)."""
    chosen = picks(seed, "stories", _TRIES, stories)
    weights = np.stack([np.bincount(row, minlength=stories) / stories for row in chosen])
    return weights, picks(seed, "groups", _TRIES, groups)


def _mean(means: Floats) -> Floats:
    mean: Floats = means.mean(axis=1)
    return mean


def _mean_size(means: Floats) -> Floats:
    size: Floats = np.abs(means).mean(axis=1)
    return size


def _deviation(means: Floats) -> Floats:
    deviation: Floats = means.std(axis=1, ddof=1)
    return deviation
