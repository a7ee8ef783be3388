"""One question in two ensembles on the same luck: both answers, and their difference; of shares, or else of medians."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from situation.chance.vectors import Flags, Floats
from situation.ensemble.ensemble import Ensemble
from situation.ensemble.results import finite_answers
from situation.ensemble.sensitivity import round_finite
from situation.ensemble.statistics.medians import median_difference
from situation.ensemble.statistics.shares import paired_difference

__all__ = ["paired_answers", "paired_values"]


def paired_values(first: Ensemble, second: Ensemble, question: str, both: Flags) -> tuple[Floats, Floats]:
    """The answers of both in the runs that came to their end in both; a time that never comes is the horizon.

    Args:
        both: shape (runs,): the runs without failure.
    """
    one, other = (np.full(len(both), np.nan) for _ in range(2))
    one[first.ok], other[second.ok] = finite_answers(first, question), finite_answers(second, question)
    return one[both], other[both]


def paired_answers(first: Ensemble, second: Ensemble, question: str, both: Flags) -> dict[str, Any]:
    """Both answers to a question, the second less the first, its interval (95 %), and in what part it is less, equal, more.

    Of a share `means` is None. Else the answers are medians (None: never), what never comes counts as the horizon in their
    difference, and `means` has both means; None of a time, which may never come.

    Args:
        both: shape (runs,): the runs without failure.
    """
    one, other = paired_values(first, second, question, both)
    shared, form = first.shared_draws(both), first.form(question)
    paired = paired_difference(one, other, shared)
    parts = {name: round(getattr(paired, name), 6) for name in ("less", "equal", "more")}
    if form.unit is None:
        ends = (max(-1.0, paired.low), min(1.0, paired.high)) if math.isfinite(paired.low) else None
        answers = (float(one.mean()), float(other.mean()), paired.mean)
    else:
        raw = [side.answers[question][both] for side in (first, second)]
        medians = median_difference(raw[0], raw[1], shared, first.about.horizon if form.waits else math.inf)
        ends, answers = medians.interval, (medians.first, medians.second, medians.difference)
    counts = form.unit is not None and not form.waits
    return {
        **dict(zip(("first", "second", "difference"), map(round_finite, answers), strict=True)),
        "interval": None if ends is None else [round(end, 6) for end in ends],
        "means": [round(float(values.mean()), 6) for values in (one, other)] if counts else None,
        **parts,
    }
