"""Rejection ABC: of stories at points drawn from the prior, those nearest to what was observed are draws of the posterior.

Each story is a draw of its own, with its luck: the mean of a point's stories would have less luck than what was observed
had, and so rule out too much. Stories at different points share no luck, else a few kinds of luck would stand for all.
Source: Tavare et al. 1997, Genetics 145; Beaumont, Zhang and Balding 2002, Genetics 162.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from situation.chance.vectors import Flags, Floats, Ints

__all__ = ["distances", "interval_of", "nearest", "rank_correlations", "spreads", "widths_against_prior"]

_INTERVAL: Final = (0.05, 0.5, 0.95)
"""The quantiles that are told of a posterior: the ends of its 90 % interval, and its median."""


def spreads(values: Floats) -> Floats:
    """The standard deviation of each target over all stories, shape (targets,): of values of shape (stories, targets)."""
    spread: Floats = values.std(axis=0)
    return spread


def distances(values: Floats, low: Floats, high: Floats, spread: Floats) -> Floats:
    """How far each story is from what was observed, over all targets together.

    Args:
        values: shape (stories, targets).
        low, high: between what each was observed, shape (targets,).
        spread: the unit of each; a target in which all stories are alike tells none from another, and is left out.

    Returns: shape (stories,): the root of the mean of the squared gaps, each in units of its spread.
    """
    varying = spread > 0.0
    if not varying.any():
        return np.zeros(len(values))
    some = values[:, varying]
    gaps = np.maximum(0.0, np.maximum(low[varying] - some, some - high[varying])) / spread[varying]
    far: Floats = np.sqrt((gaps**2).mean(axis=1))
    return far


def nearest(distance: Floats, share: float, least: int, point: Ints) -> Flags:
    """Which stories are accepted: the nearest share of them, and all that are as near as the last of these.

    Args:
        distance: shape (stories,), one story or more.
        share: of all stories.
        least: at how many points the accepted lie at least, where there are so many: stories at one point are one draw of
            the prior.
        point: shape (stories,): the point of each.
    """
    order = np.argsort(distance, kind="stable")
    _, first = np.unique(point[order], return_index=True)
    needed = np.sort(first)[min(least, len(first)) - 1] + 1
    accepted: Flags = distance <= distance[order][max(needed, math.ceil(share * len(distance))) - 1]
    return accepted


def interval_of(values: Floats) -> Floats:
    """The ends of the 90 % interval and the median of some draws, shape (3, numbers): of values of shape (draws, numbers).

    The k-th of n draws counts as the quantile k / (n + 1), so that another draw of the same lies within in 90 cases of 100
    also where they are few. Source: Weibull 1939; of exchangeable draws it is exact.
    """
    quantiles: Floats = np.quantile(values, _INTERVAL, axis=0, method="weibull")
    return quantiles


def widths_against_prior(shares: Floats) -> Floats:
    """How wide the 90 % interval of each number is against its prior's: 1 as wide, 0 a point; shape (numbers,).

    Args:
        shares: of each accepted story, the shares of the numbers' ranges, which the prior draws evenly from 0 to 1.
    """
    low, _, high = interval_of(shares)
    widths: Floats = (high - low) / (_INTERVAL[2] - _INTERVAL[0])
    return widths


def rank_correlations(shares: Floats) -> Floats:
    """Spearman's rank correlation of each two numbers, shape (numbers, numbers); 0 where one of them has one value."""
    ranks = np.array([_ranks(column) for column in shares.T])
    ranks = ranks - ranks.mean(axis=1, keepdims=True)
    size = np.sqrt((ranks**2).sum(axis=1))
    size = np.where(size > 0.0, size, np.inf)
    correlations: Floats = ranks @ ranks.T / np.outer(size, size)
    return correlations


def _ranks(column: Floats) -> Floats:
    """Ranks from 0 on; equal values share the mean of theirs."""
    _, which, counts = np.unique(column, return_inverse=True, return_counts=True)
    ends: Ints = np.cumsum(counts)
    ranks: Floats = (ends - (counts + 1) / 2.0)[which]
    return ranks
