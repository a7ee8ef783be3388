"""How far runs that share draws resemble each other, and so how many independent runs they are worth.

Runs of a block share draws of the record or of the numbers (`ensemble.design`), so their mean errs by more than that of
independent runs: by the *design effect*, the variance of the mean over that of as many independent runs. It is estimated
from the pairs that share a draw, and from those alone: pairs that share nothing are independent and would only add noise.

With e the deviations from the mean and A the matrix that is 1 for two runs that share a draw, the estimate is
e'Ae / e'e over its value for independent runs. Its moments for independent runs are exact, since a ratio of quadratic
forms in normal variables is independent of its denominator; they give the degrees of freedom, and with these Student's
quantile takes the place of the normal's. The error of an amount hangs on e'Ae alone, with fewer degrees of freedom: the
spread of single runs, which of shares is known from the share, is then estimated, too. No constant is fitted.
Source: Cameron, Gelbach & Miller 2011 (two-way clusters); Pitman 1937 and Durbin & Watson 1950 (the moments);
Satterthwaite 1946 (the degrees of freedom); Korn & Graubard 1998 (the effective sample in a share's interval).
"""

from __future__ import annotations

import math

import numpy as np
from attrs import frozen

from situation.chance.quantiles import Z_975
from situation.chance.vectors import Floats, Ints

__all__ = ["SharedDraws", "student_975"]

_LEAST_FREEDOM = 3.0
"""Degrees of freedom below which the design effect is not estimated but taken at its most; ASSUMED: with fewer than three,
an estimate is within a factor of ten of the truth only by luck."""


def student_975(freedom: float) -> float:
    """Student's 97.5 % quantile, used in place of the normal's where the error is estimated from few clusters.

    Args:
        freedom: degrees of freedom, 1 or more; below 3 a whole number is taken. From 3 on by Fisher & Cornish's
            expansion, within 1 % of the exact value.
    Source: Abramowitz & Stegun 1964, 26.7.5.
    """
    if freedom < 2.0:
        return 12.706204736432095
    if freedom < 3.0:
        return 4.302652729911275
    z = Z_975
    return (
        z
        + (z**3 + z) / (4.0 * freedom)
        + (5.0 * z**5 + 16.0 * z**3 + 3.0 * z) / (96.0 * freedom**2)
        + (3.0 * z**7 + 19.0 * z**5 + 17.0 * z**3 - 15.0 * z) / (384.0 * freedom**3)
    )


@frozen(eq=False)
class SharedDraws:
    """Which of some runs share draws.

    Args:
        record, parameter, both: shape (runs,): the draw of the record, of the numbers, and the pair of them, of each run.
        draws: what the runs are worth where record or numbers alone decide: the least that they can be worth.
        freedom: degrees of freedom with which their design effect is estimated; `freedom_of_form`: with which e'Ae is.
        scale: what e'Ae / e'e is on average for independent runs.
    """

    record: Ints
    parameter: Ints
    both: Ints
    draws: float
    freedom: float
    freedom_of_form: float
    scale: float

    @classmethod
    def of(cls, record: Ints, parameter: Ints) -> SharedDraws:
        """What runs with these draws share.

        Args:
            record, parameter: shape (runs,).
        """
        runs = max(1, len(record))
        _, of_record = np.unique(record, return_inverse=True)
        _, of_parameter = np.unique(parameter, return_inverse=True)
        _, of_both = np.unique(of_record * (of_parameter.max(initial=0) + 1) + of_parameter, return_inverse=True)
        sizes = [np.bincount(draw) for draw in (of_record, of_parameter, of_both)]
        squares = [float((size.astype(np.float64) ** 2).sum()) for size in sizes]
        sharers = sizes[0][of_record] + sizes[1][of_parameter] - sizes[2][of_both]
        ones = float(sharers.sum())  # the sum of A, and of the squares of its entries
        trace = runs - ones / runs
        trace_of_square = ones - 2.0 * float((sharers.astype(np.float64) ** 2).sum()) / runs + (ones / runs) ** 2
        draws = runs**2 / max(1.0, *squares[:2])
        if trace_of_square <= 1e-9:  # all share a draw
            return cls(of_record, of_parameter, of_both, draws, 0.0, 0.0, 0.0)
        size, of_form = runs - 1.0, trace**2 / trace_of_square
        freedom = (size + 2.0) * of_form / (size - of_form) if size - of_form > 1e-9 * size else math.inf
        return cls(of_record, of_parameter, of_both, draws, freedom, of_form, trace / size)

    @property
    def runs(self) -> int:
        """How many runs there are."""
        return len(self.record)

    def design_effect(self, values: Floats) -> float | None:
        """The variance of the mean of some values over that of independent runs; None where it cannot be estimated.

        It is no less than what one ensemble of independent runs in forty comes below (Wilson & Hilferty 1931).

        Args:
            values: shape (runs,).
        """
        apart = values - values.mean()
        total = float(apart @ apart)
        if self.freedom < _LEAST_FREEDOM or total <= 0.0:
            return None
        sums = [np.bincount(draw, weights=apart) for draw in (self.record, self.parameter, self.both)]
        form = float(sums[0] @ sums[0]) + float(sums[1] @ sums[1]) - float(sums[2] @ sums[2])
        part = 2.0 / (9.0 * self.freedom)
        least = (1.0 - part - Z_975 * math.sqrt(part)) ** 3 if math.isfinite(self.freedom) else 1.0
        return min(max(form / total / self.scale, least), self.runs / self.draws)

    def worth(self, values: Floats) -> float:
        """How many independent runs these are worth for the mean of some values, with Student's quantile allowed for.

        At least as many as there are draws. Noise in the estimate may put it above the number of runs.
        """
        effect = self.design_effect(values)
        if effect is None:
            return self.draws
        return max(self.draws, (Z_975 / student_975(self.freedom)) ** 2 * self.runs / effect)

    def half_width(self, values: Floats) -> float:
        """Half the width of the 95 % interval of the mean of some values; infinite where there are too few draws.

        Args:
            values: shape (runs,).
        """
        alone = float(values.var()) / max(1, self.runs - 1)
        if alone == 0.0 and self.draws >= _LEAST_FREEDOM:
            return 0.0
        effect = self.design_effect(values)
        if effect is not None and self.freedom_of_form >= _LEAST_FREEDOM:
            return student_975(self.freedom_of_form) * math.sqrt(alone * effect)
        if self.draws < 2.0:
            return math.inf
        return student_975(self.draws - 1.0) * math.sqrt(float(values.var()) / (self.draws - 1.0))
