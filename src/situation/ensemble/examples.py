"""Stories to show as examples: the one nearest to the middle of all answers, and ones that come out otherwise.

An example is one way it can go. Which are shown follows from the answers alone, so the same ensemble shows the same.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from attrs import frozen

from situation.chance.vectors import Flags, Floats, Ints
from situation.ensemble.ensemble import Ensemble
from situation.ensemble.statistics.shares import restricted_times

__all__ = ["Example", "examples", "twin_examples"]


@frozen
class Example:
    """A run to be shown. `question`: the question that it was picked by, if any; `answer`: what it answers.

    Of twins the answer is the second's less the first's.
    """

    run: int
    question: str = ""
    answer: float | None = None


def examples(found: Ensemble) -> list[Example]:
    """The most usual story, and the most usual of those that answer the most open question the other way.

    The most open question is the one of yes or no whose share lies nearest to a half.
    """
    ok = found.ok
    if not ok.any():
        return []
    distance = _distance(ok, (_answer(found, name) for name in found.answers))
    usual = int(np.argmin(distance))
    shares = [name for name in found.answers if found.is_share(name) and np.ptp(found.answers[name][ok]) > 0]
    if not shares:
        return [Example(usual)]
    asked = min(shares, key=lambda name: (abs(float(found.answers[name][ok].mean()) - 0.5), name))
    values = found.answers[asked]
    run = _nearest(distance, ok & (values != values[usual]))
    return [Example(usual), Example(run, asked, float(values[run]))]


def twin_examples(first: Ensemble, second: Ensemble, parted: Ints) -> list[Example]:
    """Twins to be shown: the most usual that part, and the most usual in which the most moved answer moves its way.

    Args:
        parted: shape (runs,): the day on which the twins of each run part, -1 where they never do.
    """
    both = first.ok & second.ok & (parted >= 0)
    if not both.any():
        return []
    shared = [name for name in first.answers if name in second.answers]
    distance = _distance(both, (_answer(found, name) for name in shared for found in (first, second)))
    usual = int(np.argmin(distance))
    apart = {name: _answer(second, name) - _answer(first, name) for name in shared}
    moved = {name: _in_spreads(values[both]) for name, values in apart.items()}
    told = [Example(usual)]
    for asked in sorted(moved, key=lambda name: (-abs(moved[name]), name)):
        run = _nearest(distance, both & (np.sign(apart[asked]) == np.sign(moved[asked]))) if moved[asked] else usual
        if run != usual:
            told.append(Example(run, asked, float(apart[asked][run])))
            break
    return told


def _answer(found: Ensemble, name: str) -> Floats:
    """The answers of all runs, what never comes cut off at the horizon; NaN of one that failed."""
    values = found.answers[name]
    return restricted_times(values, found.about.horizon) if found.form(name).waits else values


def _distance(chosen: Flags, answers: Iterable[Floats]) -> Floats:
    """How far each run lies from the middle of some answers, each in units of its spread; infinite for the others."""
    total = np.zeros(len(chosen))
    for values in answers:
        spread = float(values[chosen].std())
        if spread > 0.0:
            total += ((values - float(values[chosen].mean())) / spread) ** 2
    total[~chosen] = np.inf
    return total


def _in_spreads(values: Floats) -> float:
    spread = float(values.std())
    return float(values.mean()) / spread if spread > 0.0 else float(np.sign(values.mean()))


def _nearest(distance: Floats, chosen: Flags) -> int:
    return int(np.argmin(np.where(chosen, distance, np.inf)))
