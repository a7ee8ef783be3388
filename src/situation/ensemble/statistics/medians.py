"""Medians of numbers and of times that may never come: their two intervals, and the differences of twins.

Of a time that may never come a mean would need a date for what never comes, so the median stands for it everywhere. What
never comes is infinite, and so is the median where that is so of half of the runs.

The intervals are those of a share, read off as quantiles: as far as the share of runs up to the median may lie from one half,
so far lies the median along the runs (Woodruff 1952).
"""

from __future__ import annotations

import math

import numpy as np
from attrs import frozen

from situation.chance.quantiles import wilson_at
from situation.chance.vectors import Floats
from situation.ensemble.statistics.shared_draws import SharedDraws
from situation.ensemble.statistics.shares import outer_band

__all__ = ["Median", "MedianDifference", "median", "median_difference", "median_of", "up_to_median"]


@frozen
class Median:
    """A median with its counting error (95 %) and its outer band (90 %); None: too few runs give any.

    An end that is infinite is never.
    """

    median: float
    interval: tuple[float, float] | None
    outer: tuple[float, float] | None


@frozen
class MedianDifference:
    """The medians of twins, the second's less the first's with what never comes cut off, and its 95 % interval."""

    first: float
    second: float
    difference: float
    interval: tuple[float, float] | None


def median(values: Floats) -> float:
    """The median of some values, at least one; infinite where half of them are."""
    return _at(np.sort(values), 0.5)


def _at(ordered: Floats, part: float) -> float:
    return float(ordered[min(len(ordered) - 1, max(0, int(part * len(ordered))))])


def up_to_median(values: Floats) -> Floats:
    """1 for each value below the median, one half for each that equals it, and else 0: shape as the values."""
    middle = median(values)
    up_to: Floats = (values < middle) + 0.5 * (values == middle)
    return up_to


def median_of(values: Floats, shared: SharedDraws, variance: float) -> Median:
    """A median with both its intervals.

    Args:
        values: shape (runs,), infinite where it never comes.
        shared: which runs share draws.
        variance: what numbers and record give to the share of runs up to the median.
    """
    ordered = np.sort(values)
    middle = _at(ordered, 0.5)
    if shared.draws < 2.0:
        return Median(middle, None, None)
    low, high = wilson_at(0.5, shared.worth(up_to_median(values)))
    below, above = outer_band(0.5, variance)
    return Median(
        middle,
        (_at(ordered, low), _at(ordered, high)),
        (_at(ordered, min(low, below)), _at(ordered, max(high, above))),
    )


def median_difference(first: Floats, second: Floats, shared: SharedDraws, horizon: float) -> MedianDifference:
    """The difference between the medians of twins that share their luck; exactly zero where no pair differs.

    Its error is that of the two medians, less what they have in common: the correlation of which runs lie up to each.

    Args:
        first, second: shape (runs,), infinite where it never comes.
        shared: which runs share draws.
        horizon: counts for what never comes; infinite of a number.
    """
    one, other = median(first), median(second)
    difference = min(other, horizon) - min(one, horizon)
    if np.array_equal(first, second):
        return MedianDifference(one, other, 0.0, (0.0, 0.0))
    halves = [_half(values, shared, horizon) for values in (first, second)]
    parts = [up_to_median(values) for values in (first, second)]
    errors = [shared.half_width(part) for part in (*parts, parts[0] - parts[1])]
    if not all(map(math.isfinite, (*halves, *errors))):
        return MedianDifference(one, other, difference, None)
    of_first, of_second, apart = errors
    both = 2.0 * of_first * of_second
    common = 0.0 if both == 0.0 else max(-1.0, min(1.0, (of_first**2 + of_second**2 - apart**2) / both))
    half = math.sqrt(max(0.0, halves[0] ** 2 + halves[1] ** 2 - 2.0 * common * halves[0] * halves[1]))
    return MedianDifference(one, other, difference, (max(-horizon, difference - half), min(horizon, difference + half)))


def _half(values: Floats, shared: SharedDraws, horizon: float) -> float:
    """Half the width of a median's interval, with what never comes cut off; infinite where there is none."""
    ends = median_of(np.minimum(values, horizon), shared, 0.0).interval
    return math.inf if ends is None else (ends[1] - ends[0]) / 2.0
