"""Stories to show as examples: the one nearest to the middle of all answers, and one that comes out otherwise.

An example is one way it can go. The choice follows from the answers alone, so the same ensemble shows the same stories.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from attrs import frozen

from situation.chance.vectors import Flags, Floats, Ints
from situation.ensemble.ensemble import Ensemble
from situation.ensemble.statistics.shares import restricted_times

__all__ = ["Example", "examples", "twin_examples"]


@frozen
class Example:
    """A run to be shown.

    Args:
        question: the question by which it was chosen, if any.
        answer: its answer to that; of twins, the second's less the first's.
    """

    run: int
    question: str = ""
    answer: float | None = None


def examples(ensemble: Ensemble) -> list[Example]:
    """The most typical story, and the most typical of those that answer the most open question the other way.

    The most open question is the yes-or-no question whose share lies nearest to a half.
    """
    ok = ensemble.ok
    if not ok.any():
        return []
    distance = _distance(ok, (_finite_answers(ensemble, name) for name in ensemble.answers))
    typical = int(np.argmin(distance))
    shares = [name for name in ensemble.answers if ensemble.is_share(name) and np.ptp(ensemble.answers[name][ok]) > 0]
    if not shares:
        return [Example(typical)]
    most_open = min(shares, key=lambda name: (abs(float(ensemble.answers[name][ok].mean()) - 0.5), name))
    values = ensemble.answers[most_open]
    run = _nearest(distance, ok & (values != values[typical]))
    return [Example(typical), Example(run, most_open, float(values[run]))]


def twin_examples(first: Ensemble, second: Ensemble, divergence_days: Ints) -> list[Example]:
    """Twins to show: the most typical that diverge, and the most typical in which the answer that moved most moves so.

    Args:
        divergence_days: shape (runs,): the day on which the twins of each run diverge, -1 where they never do.
    """
    both = first.ok & second.ok & (divergence_days >= 0)
    if not both.any():
        return []
    shared = [name for name in first.answers if name in second.answers]
    distance = _distance(both, (_finite_answers(side, name) for name in shared for side in (first, second)))
    typical = int(np.argmin(distance))
    differences = {name: _finite_answers(second, name) - _finite_answers(first, name) for name in shared}
    shifts = {name: _mean_in_deviations(values[both]) for name, values in differences.items()}
    chosen = [Example(typical)]
    for name in sorted(shifts, key=lambda name: (-abs(shifts[name]), name)):
        others = both & (np.sign(differences[name]) == np.sign(shifts[name])) & (np.arange(len(both)) != typical)
        if shifts[name] and others.any():
            run = _nearest(distance, others)
            chosen.append(Example(run, name, float(differences[name][run])))
            break
    return chosen


def _finite_answers(ensemble: Ensemble, name: str) -> Floats:
    """The answers of all runs, shape (runs,); a time that never comes is the horizon; NaN for a run that failed."""
    values = ensemble.answers[name]
    return restricted_times(values, ensemble.about.horizon) if ensemble.form(name).waits else values


def _distance(chosen: Flags, answers: Iterable[Floats]) -> Floats:
    """The squared distance of each run from the mean of the answers, in standard deviations; infinite if not chosen."""
    total = np.zeros(len(chosen))
    for values in answers:
        deviation = float(values[chosen].std())
        if deviation > 0.0:
            total += ((values - float(values[chosen].mean())) / deviation) ** 2
    total[~chosen] = np.inf
    return total


def _mean_in_deviations(values: Floats) -> float:
    """A mean in standard deviations; infinitely many where all values are the same, and not 0."""
    deviation, mean = float(values.std()), float(values.mean())
    return mean / deviation if deviation > 0.0 else math.copysign(math.inf, mean) if mean else 0.0


def _nearest(distance: Floats, chosen: Flags) -> int:
    return int(np.argmin(np.where(chosen, distance, np.inf)))
