"""The scoring code against values worked out by hand, and against what the scores of known distributions are on the mean."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import numpy as np

from situation.chance.luck import Luck
from situation.chance.quantiles import wilson_at
from situation.chance.vectors import Floats
from situation.ensemble.mathematics import require_room
from situation.ensemble.score.proper import brier, crps, ignorance, interval_score, log_score
from situation.ensemble.verify.check import ERRORS, Check, near

__all__ = ["scores"]

_EXACT: Final = "rounding alone"
_GRID: Final = 4_000


def scores(quick: bool) -> list[Check]:
    """Brier, CRPS, interval, ignorance and log score, and the interval of a share."""
    return [*_by_hand(), *_of_the_normal(), *_fair(quick)]


def _by_hand() -> Iterator[Check]:
    yield near("Brier of 0.7 for what came about", 2.0 * 0.3**2, brier({"yes": 0.7, "no": 0.3}, "yes"), 1e-12, _EXACT)
    yield near("Brier of certain and wrong", 2.0, brier({"yes": 1.0}, "no"), 1e-12, _EXACT)
    yield near("log score of 30 in 100", math.log(30.5 / 101.0), log_score(30, 100), 1e-12, _EXACT)
    values = np.array([1.0, 3.0, 6.0])
    yield near("fair CRPS of 1, 3, 6 where 4 came: 2 - 5/3", 1.0 / 3.0, crps(values, 4.0), 1e-12, _EXACT)
    yield near("CRPS of 1, 3, 6 where 4 came: 2 - 10/9", 8.0 / 9.0, crps(values, 4.0, fair=False), 1e-12, _EXACT)
    yield near("CRPS of a single forecast is its distance", 3.0, crps(np.array([4.0]), 7.0), 1e-12, _EXACT)
    hundred = np.arange(101.0)
    yield near(
        "interval score of 0 to 100 where 97 came: 90 + 20 x 2",
        130.0,
        interval_score(hundred, 97.0, 97.0),
        1e-9,
        _EXACT,
    )
    yield near(
        "ignorance, 90 of 100 in the first bin", -math.log2(0.9), ignorance(np.zeros(89), 0.0, 0.0), 1e-12, _EXACT
    )
    low, high = wilson_at(0.5, 100)
    yield near("Wilson's interval of 50 in 100: lower end", 0.403832, low, 5e-7, "the digits that are given")
    yield near("Wilson's interval of 50 in 100: upper end", 0.596168, high, 5e-7, "the digits that are given")


def _normals(count: int) -> Floats:
    """An even grid of the normal distribution's quantiles."""
    require_room("scipy")
    from scipy.stats import norm

    grid: Floats = norm.ppf((np.arange(count) + 0.5) / count)
    return grid


def _of_the_normal() -> Iterator[Check]:
    """Gneiting & Raftery 2007: y (2 Phi(y) - 1) + 2 phi(y) - 1 / sqrt(pi)."""
    grid = _normals(_GRID)
    for came in (0.0, 1.5):
        below = 0.5 * (1.0 + math.erf(came / math.sqrt(2.0)))
        density = math.exp(-0.5 * came * came) / math.sqrt(2.0 * math.pi)
        exact = came * (2.0 * below - 1.0) + 2.0 * density - 1.0 / math.sqrt(math.pi)
        got = crps(grid, came, fair=False)
        yield near(
            f"CRPS of the standard normal where {came:g} came", exact, got, 1e-3, f"a grid of {_GRID:,} in its place"
        )


def _fair(quick: bool) -> Iterator[Check]:
    """The fair scores of small ensembles come on the mean to those of the distribution that they are drawn from."""
    require_room("scipy")
    from scipy.stats import norm

    count = 1_500 if quick else 20_000
    lucks = [Luck(29, run) for run in range(count)]
    draws = np.array(
        [[*luck.uniforms("members", "ensemble", 0), luck.uniform("came", "ensemble", 0)] for luck in lucks]
    )
    normal = norm.ppf(draws)
    ranked = np.array([crps(row[:4], float(row[4])) for row in normal])
    because = f"{ERRORS} standard errors of {count:,} ensembles of four"
    error = float(ERRORS * ranked.std() / math.sqrt(count))
    yield near(
        "fair CRPS of four drawn from the normal: 1 / sqrt(pi)",
        1.0 / math.sqrt(math.pi),
        float(ranked.mean()),
        error,
        because,
    )
    seen = (draws[:, :4] < 0.3).mean(axis=1)
    came = np.where(draws[:, 4] < 0.3, "a", "b")
    scored = np.array(
        [brier({"a": share, "b": 1.0 - share}, str(it), 4) for share, it in zip(seen.tolist(), came, strict=True)]
    )
    error = float(ERRORS * scored.std() / math.sqrt(count))
    yield near("fair Brier of four drawn at 0.3: 2 x 0.3 x 0.7", 0.42, float(scored.mean()), error, because)
