"""Where the spread of an answer comes from: the record, the numbers or chance; and which numbers and disputes.

The split compares runs pair by pair. Half the mean squared difference of two runs that share nothing is the whole
variance; of two that share their draw of the record, what is left without it; and so on. From the four kinds of pairs
(`ensemble.design` sees to it that there are enough of each) the parts follow without bias.
Source: the analysis of variance of a crossed design (Searle, Casella & McCulloch 1992), in the form of half squared
differences.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import frozen

from situation.chance.vectors import Flags, Floats, Ints

__all__ = [
    "BEYOND_LUCK",
    "DrawMeans",
    "Influence",
    "Resolution",
    "VarianceSplit",
    "influences",
    "influences_on_each",
    "means_by_draw",
    "resolutions_on_each",
    "split_variance",
]

_LEAST_DRAWS_IN_A_THIRD = 8
"""Draws in a third below which no influence is given; ASSUMED: fewer can hardly be told from luck."""
BEYOND_LUCK = 3.6
"""Standard errors beyond which an influence is not luck: with so many numbers looked at, two would not do."""


@frozen
class VarianceSplit:
    """The variance of an answer by where it comes from.

    Estimates can fall below 0 where a part is small; they are left so.

    Args:
        both: what the record and the numbers do only together.
        chance: what is left between runs that share record and numbers: all that luck does, alone and with the others.
        error: the standard error of all that is not chance, over blocks of runs that share nothing; infinite where
            there is a single block.
    """

    record: float
    parameters: float
    both: float
    chance: float
    total: float
    error: float = 0.0

    @property
    def outer(self) -> float:
        """The variance of the expectation given record and numbers, plus one standard error: from 0 to the total.

        The standard error is added so that a band from few draws does not come out narrow by luck.
        """
        return min(self.total, max(0.0, self.record + self.parameters + self.both + self.error))

    @property
    def shares(self) -> dict[str, float]:
        """Each part of the total, 0 to 1; parts below 0 count as 0. All are 0 where nothing varies."""
        parts = {name: max(0.0, getattr(self, name)) for name in ("record", "parameters", "both", "chance")}
        total = sum(parts.values())
        return {name: part / total if total > 0 else 0.0 for name, part in parts.items()}


@frozen
class Influence:
    """How far one drawn number moves an answer.

    Args:
        low, high: the mean answer in the third of the draws where the number is lowest, and highest.
        explains: the square of the rank correlation: the part of the variance over draws that goes with the number.
        error: the standard error of the swing if the number had no influence.
    """

    name: str
    low: float
    high: float
    explains: float
    error: float

    @property
    def swing(self) -> float:
        """High less low."""
        return self.high - self.low

    @property
    def beyond_luck(self) -> bool:
        """Whether the swing is larger than luck makes it."""
        return abs(self.swing) > BEYOND_LUCK * self.error


@frozen
class Resolution:
    """The mean answer if a dispute were settled each way, and how far settling it moves the answer on average.

    Args:
        answers: each way of settling it: the value, its share of the draws, and the mean of the answer there.
        error: the standard error of `moves` if the dispute had no influence.
    """

    question: str
    answers: tuple[tuple[str, float, float], ...]
    moves: float
    error: float


def split_variance(values: Floats, record: Ints, parameter: Ints, block: Ints) -> VarianceSplit:
    """Split the variance of an answer.

    Args:
        values: shape (runs,), finite.
        record, parameter, block: shape (runs,): which draws each run took, and its block.
    """
    sums = {"cell": [0.0, 0], "record": [0.0, 0], "parameter": [0.0, 0], "nothing": [0.0, 0]}
    within: list[float] = [0.0, 0]
    centred = values - values.mean()
    of_blocks: list[tuple[float, float]] = []
    order = np.argsort(block, kind="stable")
    edges = np.flatnonzero(np.diff(block[order])) + 1
    for group in np.split(order, edges):
        one, other = np.triu_indices(len(group), 1)
        one, other = group[one], group[other]
        squares = (values[one] - values[other]) ** 2
        same_record, same_parameter = record[one] == record[other], parameter[one] == parameter[other]
        kinds = {
            "cell": same_record & same_parameter,
            "record": same_record & ~same_parameter,
            "parameter": ~same_record & same_parameter,
            "nothing": ~same_record & ~same_parameter,
        }
        for name, chosen in kinds.items():
            sums[name][0] += float(squares[chosen].sum())
            sums[name][1] += int(chosen.sum())
        within[0] += float(squares.sum())
        within[1] += len(squares)
        of_blocks.append((float((centred[group] ** 2).sum()), float(squares[kinds["cell"]].sum())))
    runs = len(values)
    every = runs * float((centred**2).sum()) - float(centred.sum()) ** 2
    sums["nothing"][0] += every - within[0]
    sums["nothing"][1] += runs * (runs - 1) // 2 - within[1]
    halves = {name: total / count / 2.0 if count else None for name, (total, count) in sums.items()}
    nothing = halves["nothing"] if halves["nothing"] is not None else 0.0
    cell = halves["cell"] if halves["cell"] is not None else nothing
    of_record = halves["record"] if halves["record"] is not None else nothing
    of_parameter = halves["parameter"] if halves["parameter"] is not None else nothing
    return VarianceSplit(
        record=nothing - of_record,
        parameters=nothing - of_parameter,
        both=of_record + of_parameter - nothing - cell,
        chance=cell,
        total=nothing,
        error=_outer_error(of_blocks, runs, sums["cell"][1]),
    )


def _outer_error(of_blocks: list[tuple[float, float]], runs: int, pairs: float) -> float:
    """The standard error of the variance that is not chance, from what each block adds to it.

    Args:
        of_blocks: of each block, the squares about the mean, and the squared differences within pairs that share draws.
        runs, pairs: how many runs there are, and how many such pairs.
    """
    squares = np.array(of_blocks)
    if len(squares) < 2 or not pairs:
        return math.inf
    adds = squares[:, 0] / runs - squares[:, 1] / (2.0 * pairs)
    return math.sqrt(len(adds) / (len(adds) - 1) * float(((adds - adds.mean()) ** 2).sum()))


@frozen(eq=False)
class DrawMeans:
    """An answer by draw.

    Args:
        draws: the draws that occur, rising.
        means: the mean of the answer over the runs of each.
        sizes: how many runs each has.
        overall: the mean over all runs.
    """

    draws: Ints
    means: Floats
    sizes: Floats
    overall: float


def means_by_draw(values: Floats, draw: Ints) -> DrawMeans:
    """An answer by draw; `values`, `draw`: shape (runs,): of each run, and which draw it took."""
    draws, place = np.unique(draw, return_inverse=True)
    sizes = np.bincount(place)
    means = np.bincount(place, weights=values) / sizes
    return DrawMeans(draws, means, sizes.astype(np.float64), float(values.mean()))


def _ranks(values: Floats) -> Floats:
    """Ranks from 0; equal values share the middle of theirs."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    middle: Floats = (ends - counts + ends - 1) / 2.0
    return middle[place]


def influences(
    values: Floats, draw: Ints, column: Callable[[str, Ints], Floats], names: tuple[str, ...]
) -> list[Influence]:
    """How far each of some drawn numbers moves an answer, the farthest first; a number that did not vary is left out.

    With too few draws the list is empty.

    Args:
        values: shape (runs,), finite.
        draw: shape (runs,): which draw of the numbers each run took.
        column: gives the values of some draws under a name, NaN where there is none.
        names: the names of the numbers.
    """
    return influences_on_each([means_by_draw(values, draw)], column, names)[0]


def influences_on_each(
    many: Sequence[DrawMeans], column: Callable[[str, Ints], Floats], names: tuple[str, ...]
) -> list[list[Influence]]:
    """The same of several answers on the same draws, for each of them; each number is looked up once."""
    draws = many[0].draws if many else np.zeros(0, dtype=np.int64)
    third = len(draws) // 3
    moving: list[list[Influence]] = [[] for _ in many]
    if third < _LEAST_DRAWS_IN_A_THIRD:
        return moving
    ranks = [_ranks(it.means) for it in many]
    for name in names:
        numbers = column(name, draws)
        if np.isnan(numbers).any() or numbers.min() == numbers.max():
            continue
        order = np.argsort(numbers, kind="stable")
        number_ranks = _ranks(numbers)
        for of_answer, it, mine in zip(moving, many, ranks, strict=True):
            of_answer.append(_influence(name, it.means, mine, order, number_ranks, third))
    return [sorted(it, key=lambda influence: (-abs(influence.swing), influence.name)) for it in moving]


def _influence(name: str, means: Floats, ranks: Floats, order: Ints, number_ranks: Floats, third: int) -> Influence:
    """How far a number moves an answer.

    Args:
        means, ranks: of the answer by draw, and their ranks.
        order, number_ranks: the draws in the order of the number, and its ranks.
        third: how many draws a third of them is.
    """
    spread = float(ranks.std() * number_ranks.std())
    covariance = float(((ranks - ranks.mean()) * (number_ranks - number_ranks.mean())).mean())
    explains = (covariance / spread) ** 2 if spread > 0 else 0.0
    low, high = means[order[:third]], means[order[-third:]]
    error = float(means.std()) * math.sqrt(2.0 / third)
    return Influence(name, float(low.mean()), float(high.mean()), explains, error)


def resolutions_on_each(
    many: Sequence[DrawMeans], column: Callable[[str, Ints], npt.NDArray[Any]], names: tuple[str, ...]
) -> list[list[Resolution]]:
    """How far settling each dispute would move each of several answers on the same draws, the farthest first.

    Only those are listed that draws accept differently.

    Args:
        column: gives what some draws accept as the answer to a disputed question; empty where it is not asked.
        names: the disputed questions.
    """
    settled: list[list[Resolution]] = [[] for _ in many]
    for question in sorted(names) if many else ():
        accepted = column(question, many[0].draws)
        ways = [(way, accepted == way) for way in sorted(set(accepted.tolist()))]
        if len(ways) > 1:
            for of_answer, it in zip(settled, many, strict=True):
                of_answer.append(_resolution(question, it, ways))
    return [sorted(it, key=lambda resolution: (-resolution.moves, resolution.question)) for it in settled]


def _resolution(question: str, answer: DrawMeans, ways: Sequence[tuple[str, Flags]]) -> Resolution:
    """How far settling a dispute moves an answer; `ways`: each way of settling it, and which draws accept it."""
    means, sizes = answer.means, answer.sizes
    answers = []
    moves = error = 0.0
    for way, chosen in ways:
        part = float(sizes[chosen].sum() / sizes.sum())
        mean = float((means[chosen] * sizes[chosen]).sum() / sizes[chosen].sum())
        answers.append((way, part, mean))
        moves += part * abs(mean - answer.overall)
        error += part * float(means.std()) * math.sqrt((1.0 - part) / float(chosen.sum()))
    return Resolution(question, tuple(answers), moves, error)
