"""Odds in an ensemble: shares with two intervals, words for them, times that may never come, and differences of twins.

Two intervals stand beside a share. The *counting error* says how far the share of infinitely many runs may lie from the
share of these: Wilson's score interval at the number of independent runs that these are worth, since runs that share a
draw of the numbers or of the record resemble each other (`shared_draws`). The *outer band* says between which values the
share lies as the numbers and the record vary: it does not shrink to nothing with more runs, and it is wider where there
are too few runs to estimate what these do. Words are read off the outer band.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from situation.chance.quantiles import beta_quantile, wilson_at
from situation.chance.vectors import Floats
from situation.ensemble.statistics.shared_draws import SharedDraws

__all__ = [
    "Difference",
    "Mean",
    "Share",
    "clustered_mean",
    "confidence",
    "odds_steps",
    "odds_word",
    "odds_words",
    "outer_band",
    "paired_difference",
    "restricted_times",
    "share_by_day",
    "share_of",
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
_FEW_STORIES, _ENOUGH_STORIES = 100, 400
"""Stories below which confidence is low, and below which it is no more than moderate."""


@frozen
class Share:
    """The share of runs in which something is so, its counting error, and the outer band.

    Args:
        worth: how many independent runs these are worth, as far as they tell: noise may put it above their number.
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


def clustered_mean(values: Floats, shared: SharedDraws) -> Mean:
    """The mean of some runs, with a 95 % interval that allows for the likeness of runs that share draws.

    Args:
        values: shape (runs,), at least one.
    """
    mean, half = float(values.mean()), shared.half_width(values)
    return Mean(mean, mean - half, mean + half)


def share_of(values: Floats, shared: SharedDraws, outer: float) -> Share:
    """A share with both its intervals.

    Where all runs agree, their likeness cannot be estimated, and they count as no more than there are draws. What came
    about in some runs has no lower an upper bound than what came about in none.

    Args:
        values: shape (runs,), 0 or 1.
        shared: which runs share draws.
        outer: the variance of the share over numbers and record.
    """
    share, worth = float(values.mean()), shared.worth(values)
    low, high = wilson_at(share, worth)
    low, high = min(low, wilson_at(1.0, shared.draws)[0]), max(high, wilson_at(0.0, shared.draws)[1])
    edges = outer_band(share, outer)
    return Share(share, len(values), worth, low, high, min(low, edges[0]), max(high, edges[1]))


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


def odds_steps(low: float, high: float) -> list[str]:
    """The words that a band spans, from that of its lower end to that of its upper."""
    words = [name for _, name in _ODDS_WORDS]
    return words[words.index(odds_word(low)) : words.index(odds_word(high)) + 1]


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


def paired_difference(first: Floats, second: Floats, shared: SharedDraws) -> Difference:
    """The difference between twins that share their luck, second less first; exactly zero where nothing differs."""
    change = second - first
    if not change.any():
        return Difference(0.0, 0.0, 0.0, 0.0, 1.0, 0.0, len(change))
    mean = clustered_mean(change, shared)
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
