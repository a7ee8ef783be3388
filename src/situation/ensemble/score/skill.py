"""Whether a model is better than a forecast without one: differences of scores, and how far they may be luck.

Two things are drawn anew: what was observed (places, pairs, sides, questions, each with all that is observed of it), and
the blocks of stories. Both errors are independent, and their half-widths are added up as squares. Where the interval
holds 0, or too little was observed for one, no difference is shown, and none is claimed.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from attrs import frozen

from situation.chance.vectors import Floats, Ints
from situation.ensemble.mathematics import require_room
from situation.ensemble.score.courses import Courses
from situation.ensemble.score.items import KINDS, Item

__all__ = ["means", "rank_histogram", "skill_of"]

_LEAST_UNITS = 5
"""Units observed below which no interval is given; ASSUMED: a bootstrap of fewer has few different samples."""
_RESAMPLES = 999
_BLOCK_RESAMPLES = 100
"""Samples drawn of what was observed, and of blocks; ASSUMED: ends to a tenth and a fifth of their own error."""
_BARS = 10
"""Bars of a rank histogram."""


def means(items: Sequence[Item], scores: Sequence[Mapping[str, float]], score: str) -> float | None:
    """The mean of a score over units, of each of which the mean is taken first: who is spoken of often counts once."""
    by_unit: dict[str, list[float]] = {}
    for item, row in zip(items, scores, strict=True):
        if score in row:
            by_unit.setdefault(item.unit, []).append(row[score])
    return math.fsum(map(_mean, by_unit.values())) / len(by_unit) if by_unit else None


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


def skill_of(
    kind: str, items: Sequence[Item], quiet: Sequence[Item], forecasts: Sequence[Courses], block: Ints
) -> list[dict[str, Any]]:
    """How much better the model is than each forecast without one, on one kind of observation.

    A record tells more readily of what happened than of what did not, and on what happened a forecast of change does well
    whatever it is worth. So the comparison is made twice: on what the record says, and as if its silence were peace. Only
    a difference that both show is claimed. The order of losses is told of what was lost alone: there none is claimed.
    Source: Lerch, Thorarinsdottir, Ravazzolo & Gneiting 2017, on scores of what was chosen by its outcome.

    Args:
        kind: one of `KINDS`.
        items: the observations; quiet: what they would be besides, if silence were peace.
        forecasts: the model's, and then those without one.
        block: shape (members,): the block of each of the model's members.
    """
    model, rows = forecasts[0], []
    spoken = _Sample.of(items, model, block, KINDS[kind].score)
    peaceful = _Sample.of([*items, *quiet], model, block, KINDS[kind].score) if quiet else None
    for other in forecasts[1:]:
        better, ends, units = spoken.against(other)
        row: dict[str, Any] = {"of": kind, "against": other.name, "score": KINDS[kind].score, "units": units}
        row |= {"difference": round(better, 6), "interval": _rounded(ends)}
        sides = [_side(ends)]
        if peaceful is not None:
            better, ends, _ = peaceful.against(other)
            row["if_silence_is_peace"] = {"difference": round(better, 6), "interval": _rounded(ends)}
            sides.append(_side(ends))
        claimed = sides[0] if len(set(sides)) == 1 and kind != "order" else 0
        rows.append({**row, "says": {1: "better", -1: "worse", 0: "no difference shown"}[claimed]})
    return rows


def _rounded(ends: tuple[float, float] | None) -> list[float] | None:
    return None if ends is None else [round(end, 6) for end in ends]


def _side(ends: tuple[float, float] | None) -> int:
    """On which side of 0 an interval lies; 0 where it holds 0, or there is none."""
    return 0 if ends is None else int(ends[0] > 0.0) - int(ends[1] < 0.0)


@frozen(eq=False)
class _Sample:
    """Some observations, the model's score of each, and how far its mean moves as blocks of stories are drawn anew."""

    items: Sequence[Item]
    score: str
    mine: Sequence[float]
    shifts: Floats

    @classmethod
    def of(cls, items: Sequence[Item], model: Courses, block: Ints, score: str) -> _Sample:
        values = [item.values(model) for item in items]
        mine = [item.score(it)[score] for item, it in zip(items, values, strict=True)]
        return cls(items, score, mine, _by_blocks(items, values, block, score))

    def against(self, other: Courses) -> tuple[float, tuple[float, float] | None, int]:
        """How much better the model is than another forecast on average, the interval of that, and of how many units."""
        apart: dict[str, list[float]] = {}
        for item, own in zip(self.items, self.mine, strict=True):
            apart.setdefault(item.unit, []).append(item.score(item.values(other))[self.score] - own)
        units = np.array([_mean(row) for row in apart.values()])
        better = float(units.mean())
        return better, _interval(units, better, self.shifts), len(units)


def _interval(units: Floats, better: float, shifts: Floats) -> tuple[float, float] | None:
    """The 95 % interval of a mean difference, over what was observed and over blocks; None where there is too little."""
    if len(units) < _LEAST_UNITS:
        return None
    require_room("scipy")
    from scipy.stats import bootstrap

    half = np.zeros(2)
    if np.ptp(units) > 0.0:
        resampled = bootstrap((units,), np.mean, n_resamples=_RESAMPLES, method="percentile", rng=0).confidence_interval
        half += np.array([better - resampled.low, resampled.high - better]) ** 2
    if len(shifts):
        low, high = np.quantile(shifts, [0.025, 0.975])
        half += np.array([high, -low]) ** 2  # a lower score of the model makes the difference larger
    below, above = np.sqrt(half)
    return better - float(below), better + float(above)


def _by_blocks(items: Sequence[Item], values: Sequence[Floats], block: Ints, score: str) -> Floats:
    """How far the model's mean score moves when blocks are drawn anew, about its mean; empty for a single block."""
    blocks = [np.flatnonzero(block == number) for number in np.unique(block)]
    if len(blocks) < 2:
        return np.zeros(0)
    require_room("scipy")
    from scipy.stats import bootstrap

    def mean_score(chosen: Ints) -> float:
        members = np.concatenate([blocks[int(number)] for number in chosen])
        return means(items, [item.score(it[members]) for item, it in zip(items, values, strict=True)], score) or 0.0

    resampled = bootstrap(
        (np.arange(len(blocks)),),
        mean_score,
        n_resamples=_BLOCK_RESAMPLES,
        method="percentile",
        vectorized=False,
        rng=0,
    )
    shifts: Floats = resampled.bootstrap_distribution - resampled.bootstrap_distribution.mean()
    return shifts


def rank_histogram(items: Sequence[Item], model: Courses) -> dict[str, Any] | None:
    """In which tenth of the stories what came about falls; an interval or a tie is spread over those that it touches.

    Even where stories are spread as they should be: high ends say that they are too narrow, a high middle too wide.
    """
    bars, count = np.zeros(_BARS), 0
    for item in items:
        if item.ranks is None:
            continue
        low, high = item.ranks(item.values(model))
        count += 1
        if high - low < 1e-9:
            bars[min(_BARS - 1, int(low * _BARS))] += 1.0
            continue
        edges = np.clip(np.linspace(0.0, 1.0, _BARS + 1), low, high)
        bars += np.diff(edges) / (high - low)
    return {"observations": count, "bars": [round(float(bar), 3) for bar in bars]} if count else None
