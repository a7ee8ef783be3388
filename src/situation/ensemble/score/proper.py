"""Proper scores of an ensemble: no forecast does better on average by giving other odds than those believed.

The Brier score runs from 0 to 2 and the CRPS is in days or men; less is better. The log score is the logarithm of the
chance given to what came about; more is better. Brier and CRPS are fair: free of the penalty that a finite ensemble pays
for being finite (Ferro 2014).

What came about is often known as an interval. A CRPS is the sum of the Brier scores over all thresholds; where the record
cannot tell on which side of a threshold it fell, that threshold is not scored, so an interval counts as one point, and
what lies beyond it is drawn up to it. Source: threshold-weighted CRPS (Gneiting & Ranjan 2011), by chaining
(Allen, Ginsbourger & Ziegel 2023), with no weight within the interval.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

import numpy as np

from situation.chance.vectors import Floats

__all__ = [
    "brier",
    "brier_between",
    "crps",
    "ignorance",
    "interval_score",
    "log_score",
    "part_below",
]

_HolderShares = Mapping[str | None, float]
_BINS: Final = (0.0, 0.5, 2.5, 5.5, 10.5, 25.5, 50.5, 100.5, 250.5, 500.5, 1000.5)
"""Lower ends of the bins of the dead. Source: VIEWS prediction challenge 2023/24 (Hegre et al. 2025)."""
_OUTSIDE: Final = 0.1
"""The part of a forecast outside its 90 % interval. Source: VIEWS, as above."""


def brier(share: _HolderShares, came: str | None, runs: int | None = None) -> float:
    """The Brier score of the shares of runs in which each holder has a place; fair where the number of runs is given.

    Args:
        share: from holder to share; they add up to 1.
        came: who held it.
        runs: the size of the ensemble; None for a forecast that is no ensemble.
    """
    total = 0.0
    for holder in dict.fromkeys((*share, came)):  # in a fixed order: a sum of floats depends on it
        forecast = share.get(holder, 0.0)
        total += (forecast - float(holder == came)) ** 2
        if runs is not None and runs > 1:
            total -= forecast * (1.0 - forecast) / (runs - 1)
    return total


def brier_between(share: float, came: bool | None, runs: int | None = None) -> tuple[float, float]:
    """The Brier score of a yes or no, as its lowest and highest: the same where it is known what came about.

    Args:
        share: of the runs that have it.
        came: whether it came about; None where the record leaves it open.
        runs: as for `brier`.
    """
    outcomes = (True, False) if came is None else (came,)
    scores = [brier({"yes": share, "no": 1.0 - share}, "yes" if outcome else "no", runs) for outcome in outcomes]
    return min(scores), max(scores)


def log_score(count: float, runs: int) -> float:
    """The logarithm of the chance given to what came about: seen in `count` of `runs`, (count + 0.5) / (runs + 1)."""
    return math.log((count + 0.5) / (runs + 1.0))


def _without_the_unknown(values: Floats, earliest: float, latest: float, end: float) -> Floats:
    """Values with an interval taken out, and cut off at the end of the observation.

    Args:
        values: shape (runs,); what never comes is infinite.
        earliest, latest: the interval in which it came, or infinity for `latest` where only its beginning is known.
        end: up to where it was observed.
    """
    below = np.minimum(values, min(earliest, end))
    return below + np.clip(values, latest, end) - latest if latest < end else below


def crps(
    values: Floats, earliest: float, latest: float | None = None, end: float = math.inf, fair: bool = True
) -> float:
    """The continuous ranked probability score of an ensemble: its mean distance to what came, less its own spread.

    Args:
        values: shape (runs,); what never comes is infinite, and cut off at `end`.
        earliest, latest: the interval in which it came; `latest` left out: at `earliest`. What never came within the
            observation came at `end` or after.
        end: up to where it was observed.
        fair: whether the spread is taken over pairs of different runs.
    Source: Gneiting & Raftery 2007; the fair form, Ferro 2014; of an interval, as above.
    """
    from scoringrules import crps_ensemble

    known = _without_the_unknown(values, earliest, earliest if latest is None else latest, end)
    estimator = "fair" if fair and len(values) > 1 else "nrg"
    return float(crps_ensemble(min(earliest, end), known, estimator=estimator, backend="numpy"))


def interval_score(values: Floats, low: float, high: float) -> float:
    """The interval score of the middle 90 % of an ensemble; the least that bounds of what came about allow.

    Args:
        values: shape (runs,), finite.
        low, high: between which it was; `high` may be infinite.
    Source: Winkler 1972; Gneiting & Raftery 2007.
    """
    from scoringrules import interval_score as winkler

    ends = np.quantile(values, [_OUTSIDE / 2.0, 1.0 - _OUTSIDE / 2.0])
    nearest = min(max(low, float(ends[0])), high)
    return float(winkler(nearest, ends[0], ends[1], _OUTSIDE, backend="numpy"))


def ignorance(values: Floats, low: float, high: float) -> float:
    """The ignorance score in bits, by bins, to each of which one more run is added; of bounds, of all bins that they touch.

    Args:
        values: shape (runs,), 0 or more.
        low, high: between which it was; `high` may be infinite.
    Source: VIEWS prediction challenge 2023/24.
    """
    counts = np.bincount(np.digitize(values, _BINS) - 1, minlength=len(_BINS)) + 1.0
    first, last = (int(np.digitize(bound, _BINS)) - 1 for bound in (low, high))
    return float(-np.log2(counts[first : last + 1].sum() / counts.sum()))


def part_below(values: Floats, earliest: float, latest: float, end: float) -> tuple[float, float]:
    """Where what came about ranks among the runs: the part of them before it, and up to it, from 0 to 1.

    Ties, an interval and what is beyond the observation leave a range, over which a rank histogram spreads it.

    Args:
        values: shape (runs,); what never comes is infinite.
        earliest, latest: the interval in which it came; `latest` is infinite where it is not known.
        end: up to where it was observed.
    """
    upper = math.inf if latest >= end else latest
    return float((values < earliest).mean()), float((values <= upper).mean()) if math.isfinite(upper) else 1.0
