"""Odds in an ensemble: shares with two intervals, words for them, times that may never come, and differences of twins.

Two intervals stand beside a share. The *counting error* says how far the share of infinitely many runs may lie from the
share of these: Wilson's score interval at the number of independent runs that these are worth, since runs that share a
draw of the numbers or of the record resemble each other. The *outer band* says between which values the share lies as
the numbers and the record vary: it does not shrink to nothing with more runs, and it is wider where there are too few
runs to estimate what these do. Words are read off the outer band.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from attrs import frozen

from situation.chance.quantiles import Z_975, beta_quantile, wilson_at
from situation.chance.vectors import Floats, Ints

__all__ = [
    "Difference",
    "Mean",
    "Share",
    "clustered_mean",
    "confidence",
    "odds_word",
    "odds_words",
    "outer_band",
    "paired_difference",
    "restricted_times",
    "share_by_day",
    "share_of",
    "student_975",
]


_ODDS_WORDS: tuple[tuple[float, str], ...] = (
    (0.05, "almost no chance"),
    (0.20, "very unlikely"),
    (0.45, "unlikely"),
    (0.55, "roughly even chance"),
    (0.80, "likely"),
    (0.95, "very likely"),
    (1.00, "almost certain"),
)
"""Upper ends of the words. Source: Intelligence Community Directive 203 (2015), D.6.e.2.a."""
_PRIOR_RUNS = 4.0
"""Weight, in runs, of the prior that runs of one draw are all alike. ASSUMED: so that an upper bound does not fall when
something that had never happened happens once."""
_FEW_STORIES, _ENOUGH_STORIES = 100, 400
"""Stories below which confidence is low, and below which it is no more than moderate."""


@frozen
class Share:
    """The share of runs in which something is so, its counting error, and the outer band.

    Args:
        worth: how many independent runs these are worth.
    """

    share: float
    runs: int
    worth: float
    low: float
    high: float
    outer_low: float
    outer_high: float


@frozen
class Mean:
    """A mean with its 95 % interval over clusters."""

    mean: float
    low: float
    high: float


@frozen
class Difference:
    """What changes between twins: the mean of the second less the first, and how often it is less, equal or more."""

    mean: float
    low: float
    high: float
    less: float
    equal: float
    more: float
    pairs: int


def _variance_of_mean(values: Floats, cluster: Ints) -> tuple[float, int]:
    """The variance of a mean over clusters, and how many clusters there are. Source: Liang & Zeger 1986."""
    _, place = np.unique(cluster, return_inverse=True)
    sums = np.bincount(place, weights=values - values.mean())
    count = len(sums)
    if count < 2:
        return math.nan, count
    return float((sums**2).sum()) / len(values) ** 2 * count / (count - 1), count


def student_975(freedom: int) -> float:
    """Student's 97.5 % quantile, used in place of the normal's where the error is estimated from few clusters.

    Args:
        freedom: degrees of freedom, 1 or more. From 3 on by Fisher & Cornish's expansion, within 1 % of the exact value.
    Source: Abramowitz & Stegun 1964, 26.7.5.
    """
    if freedom == 1:
        return 12.706204736432095
    if freedom == 2:
        return 4.302652729911275
    z = Z_975
    return (
        z
        + (z**3 + z) / (4.0 * freedom)
        + (5.0 * z**5 + 16.0 * z**3 + 3.0 * z) / (96.0 * freedom**2)
        + (3.0 * z**7 + 19.0 * z**5 + 17.0 * z**3 - 15.0 * z) / (384.0 * freedom**3)
    )


def clustered_mean(values: Floats, cluster: Ints) -> Mean:
    """The mean of some runs, with a 95 % interval that allows for the likeness of runs within a cluster.

    It is never narrower than that of independent runs: the sums of few clusters may lie close by chance alone.

    Args:
        values: shape (runs,), at least one.
        cluster: shape (runs,): the group of each run.
    """
    mean = float(values.mean())
    variance, clusters = _variance_of_mean(values, cluster)
    alone = float(values.var()) / max(1, len(values) - 1)
    half = student_975(clusters - 1) * math.sqrt(max(variance, alone)) if math.isfinite(variance) else math.inf
    return Mean(mean, mean - half, mean + half)


def share_of(values: Floats, cluster: Ints, draws: int, outer: float) -> Share:
    """A share with both its intervals.

    Args:
        values: shape (runs,), 0 or 1.
        cluster: shape (runs,): the group of runs that share draws.
        draws: how many draws of the numbers there were. Where all runs agree, the likeness of runs of one draw cannot
            be estimated, and the runs count as no more than this many. Where few differ, the estimate is poor, and is
            averaged with `_PRIOR_RUNS` runs that are as alike as can be.
        outer: the variance of the share over numbers and record.
    """
    runs = len(values)
    share = float(values.mean())
    plain = share * (1.0 - share) / runs
    variance, clusters = _variance_of_mean(values, cluster)
    if plain == 0.0:
        worth = float(min(draws, runs))
    elif not math.isfinite(variance):
        worth = float(clusters)
    else:
        rarer = runs * min(share, 1.0 - share)
        alike = (rarer * max(1.0, variance / plain) + _PRIOR_RUNS * max(1.0, runs / draws)) / (rarer + _PRIOR_RUNS)
        worth = (Z_975 / student_975(clusters - 1)) ** 2 * runs / alike
    low, high = wilson_at(share, max(1.0, worth))
    edges = outer_band(share, outer)
    return Share(share, runs, worth, low, high, min(low, edges[0]), max(high, edges[1]))


def outer_band(share: float, variance: float) -> tuple[float, float]:
    """The middle 90 % of a beta with the mean of the share and the variance that numbers and record give it.

    A variance as large as the share allows means that numbers and record alone decide: then the band is everything.
    """
    room = share * (1.0 - share)
    if variance <= 1e-9 or room <= 0.0:
        return share, share
    if variance >= room * 0.98:
        return 0.0, 1.0
    total = room / variance - 1.0
    a, b = share * total, (1.0 - share) * total
    return beta_quantile(0.05, a, b), beta_quantile(0.95, a, b)


def odds_word(chance: float) -> str:
    """The word for a chance. On the line between two words, the one nearer to an even chance.

    Below 1 % it is still "almost no chance" and above 99 % "almost certain": a model proves nothing impossible.
    """
    for upper, name in _ODDS_WORDS[:3]:
        if chance < upper:
            return name
    for upper, name in _ODDS_WORDS[3:]:
        if chance <= upper:
            return name
    return _ODDS_WORDS[-1][1]


def odds_words(low: float, high: float) -> str:
    """The words for a band: one where both its ends share it, else from the one to the other."""
    first, last = odds_word(low), odds_word(high)
    return first if first == last else f"{first} to {last}"


def confidence(low: float, high: float, runs: int) -> tuple[str, str]:
    """How sure the model is of a share, and why: by the width of the outer band and the number of stories.

    Up to a width of 0.15 it is high, up to 0.4 moderate. What numbers and record do to a share cannot be estimated from
    few stories, so fewer than 400 never give high confidence, and fewer than 100 never moderate.

    ASSUMED limits: 0.15 is the narrowest word's neighbourhood, 0.4 spans more than two words; 385 stories tell a share
    to 5 points, and 400 are some fifty blocks of draws.
    """
    width = high - low
    if width > 0.4:
        return "low", "the outer band is wide"
    if runs < _FEW_STORIES:
        return "low", f"{runs} stories are too few to tell what the assumed numbers do to it"
    if width > 0.15:
        return "moderate", "the outer band is neither narrow nor wide"
    if runs < _ENOUGH_STORIES:
        return "moderate", f"the outer band is narrow, but drawn from {runs} stories"
    return "high", "the outer band is narrow"


def paired_difference(first: Floats, second: Floats, cluster: Ints) -> Difference:
    """The difference between twins that share their luck, second less first; exactly zero where nothing differs."""
    change = second - first
    if not change.any():
        return Difference(0.0, 0.0, 0.0, 0.0, 1.0, 0.0, len(change))
    mean = clustered_mean(change, cluster)
    return Difference(
        mean.mean,
        mean.low,
        mean.high,
        float((change < 0).mean()),
        float((change == 0).mean()),
        float((change > 0).mean()),
        len(change),
    )


def restricted_times(times: Floats, horizon: float) -> Floats:
    """Times cut off at the horizon; what never comes (infinite) counts as the horizon.

    Their mean is the restricted mean time: unlike the mean of those that came, it does not fall when fewer come.
    Source: Royston & Parmar 2013.
    """
    return np.minimum(times, horizon)


def share_by_day(times: Floats, days: Sequence[float]) -> tuple[float, ...]:
    """The share of runs in which it has come by each day."""
    ordered = np.sort(times)
    return tuple(float(place) / len(times) for place in np.searchsorted(ordered, np.asarray(days), side="right"))
