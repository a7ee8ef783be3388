"""History matching: which points of the numbers' ranges cannot have made what was observed, whatever the luck.

Sources: Craig, Goldstein, Seheult and Smith 1997, Pressure matching for hydrocarbon reservoirs; Vernon, Goldstein and
Bower 2010, Galaxy formation, Bayesian Analysis 5: the implausibility of a point, and the cut at 3 (Pukelsheim 1994, The
three sigma rule: of a distribution with one peak at least 95 % lies within three standard deviations).
"""

from __future__ import annotations

from typing import Final

import numpy as np
from attrs import frozen

from situation.chance.vectors import Floats

__all__ = ["CUT", "Emulator", "coefficients", "emulator_of", "implausibility"]

CUT: Final = 3.0
"""The implausibility beyond which a point is ruled out. Source: Pukelsheim 1994."""


def implausibility(means: Floats, luck: Floats, low: Floats, high: Floats, discrepancy: Floats) -> Floats:
    """How many standard deviations each point is from what was observed.

    Args:
        means: of the stories at a point, shape (points, targets).
        luck: the variance that luck makes of one story, and of the mean; broadcast to that shape.
        low, high: between what it was observed, shape (targets,); an infinite end is open, and nothing beyond it counts.
        discrepancy: of the model, as a standard deviation, above 0, shape (targets,).

    Returns: shape (points, targets). An interval counts as its midpoint with the variance of a uniform draw from it; of one
        that is open, the point nearest to the mean counts.
    """
    closed = np.isfinite(low) & np.isfinite(high)
    middle = np.where(closed, (np.where(closed, low, 0.0) + np.where(closed, high, 0.0)) / 2.0, 0.0)
    width = np.where(closed, np.where(closed, high, 0.0) - np.where(closed, low, 0.0), 0.0)
    observed = np.where(closed, middle, np.clip(means, low, high))
    distances: Floats = np.abs(observed - means) / np.sqrt(luck + width**2 / 12.0 + discrepancy**2)
    return distances


def coefficients(numbers: int) -> int:
    """How many coefficients an emulator of so many numbers has."""
    return 1 + 2 * numbers


@frozen(eq=False)
class Emulator:
    """The means of points at which no story was simulated: a parabola in each number, fitted by least squares.

    Args:
        fitted: shape (coefficients, targets).
        inverse: shape (coefficients, coefficients): of the normal equations.
        residual: shape (targets,): the variance of the points about the parabola.
    """

    fitted: Floats
    inverse: Floats
    residual: Floats

    def means(self, shares: Floats) -> tuple[Floats, Floats]:
        """The means at some points, and the variances of their errors; each of shape (points, targets)."""
        terms = _terms(shares)
        leverage = np.einsum("ij,jk,ik->i", terms, self.inverse, terms)
        return terms @ self.fitted, (1.0 + leverage)[:, None] * self.residual


def _terms(shares: Floats) -> Floats:
    terms: Floats = np.hstack([np.ones((len(shares), 1)), shares - 0.5, (shares - 0.5) ** 2])
    return terms


def emulator_of(shares: Floats, means: Floats) -> Emulator:
    """Fit an emulator.

    Args:
        shares: shape (points, numbers): the share of each number's range at which a point lies; more than `coefficients`.
        means: shape (points, targets).
    """
    terms = _terms(shares)
    inverse: Floats = np.linalg.pinv(terms.T @ terms).astype(np.float64)
    fitted = inverse @ terms.T @ means
    spare = max(1, len(shares) - terms.shape[1])
    return Emulator(fitted, inverse, ((means - terms @ fitted) ** 2).sum(axis=0) / spare)
