"""Proper scores of an ensemble: no forecast does better on average by giving other odds than those believed.

The Brier score runs from 0 to 2 and the CRPS is in days or men; less is better. The log score is the logarithm of the
chance given to what came about; more is better. Brier and CRPS are fair: free of the penalty that a finite ensemble pays
for being finite (Ferro 2014).
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from situation.chance.vectors import Floats

__all__ = ["brier", "crps", "log_score"]

_HolderShares = Mapping[str | None, float]


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


def log_score(count: float, runs: int) -> float:
    """The logarithm of the chance given to what came about: seen in `count` of `runs`, (count + 0.5) / (runs + 1)."""
    return math.log((count + 0.5) / (runs + 1.0))


def crps(values: Floats, came: float, fair: bool = True) -> float:
    """The continuous ranked probability score of an ensemble: its mean distance to what came, less its own spread.

    Args:
        values: shape (runs,), finite: what never comes is cut off at the end of the observation, as `came` is.
        came: what came about.
        fair: whether the spread is taken over pairs of different runs.
    Source: Gneiting & Raftery 2007; the fair form, Ferro 2014.
    """
    runs = len(values)
    ordered = np.sort(values)
    pairs = float(((2.0 * np.arange(runs) - runs + 1.0) * ordered).sum())
    distance = float(np.abs(ordered - came).mean())
    if runs < 2:
        return distance
    return distance - pairs / (runs * (runs - 1) if fair else runs * runs)
