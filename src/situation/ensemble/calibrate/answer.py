"""What a calibration answers: what was compared, what each wave leaves, the posterior, and what the data cannot tell."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations
from typing import Any, Final

import numpy as np

from situation.dates import Minute
from situation.ensemble.calibrate.matching import CUT
from situation.ensemble.calibrate.rejection import interval_of, rank_correlations, widths_against_prior
from situation.ensemble.calibrate.targets import TARGET_KINDS, Target
from situation.ensemble.calibrate.waves import Matched, Setting
from situation.record.record import Record
from situation.scenario import Scenario

__all__ = ["calibration_answer"]

_AS_WIDE: Final = 0.85
"""From this width of its 90 % interval against the prior's on, nothing is said to be learned of a number, and it keeps its
range: a wider one is noise of few stories. ASSUMED: of 40 draws of a prior itself, nine in ten have a wider one."""
_TOGETHER_FROM: Final = 0.5
"""From this rank correlation on, two numbers are said to be told only together, where luck does not make as much. ASSUMED."""


def calibration_answer(
    scenario: Scenario, record: Record, until: Minute, targets: Sequence[Target], matched: Matched, setting: Setting
) -> dict[str, Any]:
    """A calibration as plain values with stable keys.

    Args:
        scenario, record: what was calibrated, to what.
        until: the end of the window.
        targets: what was compared.
        matched: what came of it.
        setting: how it was done.
    """
    text = record.ground.clock.text
    return {
        "scenario": scenario.id,
        "title": scenario.title,
        "from": text(scenario.at),
        "until": text(until),
        "seed": setting.seed,
        "points": setting.points,
        "stories": setting.stories,
        "share": setting.share,
        "left_out": list(setting.leave_out),
        "failed": sum(int(np.isnan(wave.values).any(axis=2).sum()) for wave in matched.waves),
        "targets": [_target(target, place, matched) for place, target in enumerate(targets)],
        "waves": [
            {"points": len(wave.points), "plausible": int(wave.plausible.sum()), "left": round(wave.left, 4)}
            for wave in matched.waves
        ],
        "stories_left": len(matched.distance),
        "accepted": int(matched.accepted.sum()),
        "points_accepted": matched.points_accepted,
        "furthest": _rounded(float(matched.distance[matched.accepted].max())) if matched.accepted.any() else None,
        "found": matched.has_posterior,
        "numbers": _numbers(matched),
        "not_told": [row["number"] for row in _numbers(matched) if row["kept"]],
        "together": _together(matched),
    }


def _target(target: Target, place: int, matched: Matched) -> dict[str, Any]:
    """One thing that is compared, with what the stories of the first wave and those accepted say of it."""
    first = matched.waves[0].values[:, :, place]
    kept = [
        matched.waves[wave].values[point, story, place]
        for wave, point, story in zip(
            matched.wave[matched.accepted].tolist(),
            matched.point[matched.accepted].tolist(),
            matched.story[matched.accepted].tolist(),
            strict=True,
        )
    ]
    nearest = min(float(wave.implausible[:, place].min()) for wave in matched.waves)
    return {
        "kind": target.kind,
        "what": target.what,
        "unit": TARGET_KINDS[target.kind].unit,
        "low": _rounded(target.low),
        "high": _rounded(target.high),
        "discrepancy": target.discrepancy,
        "before": _rounded(float(np.nanmean(first))),
        "after": _rounded(float(np.mean(kept))) if kept else None,
        "nearest": _rounded(nearest),
        "reached": nearest <= CUT,
        "compared": bool(matched.spread[place] > 0.0),
    }


def _numbers(matched: Matched) -> list[dict[str, Any]]:
    """The numbers, each with its prior, its posterior, and how wide this is against the prior's.

    Of which the data say next to nothing is kept as it was: its posterior is its prior.
    """
    known = matched.has_posterior
    quantiles = interval_of(matched.values).T.tolist() if known else []
    widths = widths_against_prior(matched.shares).tolist() if known else []
    rows = []
    for place, (name, prior) in enumerate(matched.priors.items()):
        low, best, high = (_figures(it) for it in quantiles[place]) if known else (None, None, None)
        kept = known and widths[place] >= _AS_WIDE
        if kept:
            low, best, high = prior.low, prior.best, prior.high
        rows.append(
            {
                "number": name,
                "unit": prior.unit,
                "prior_low": prior.low,
                "prior_best": prior.best,
                "prior_high": prior.high,
                "low": low,
                "best": best,
                "high": high,
                "width": _rounded(widths[place]) if known else None,
                "kept": kept,
            }
        )
    return rows


def _together(matched: Matched) -> list[dict[str, Any]]:
    """The pairs of numbers that the data tell together only: one may be more where the other is more, or less."""
    if not matched.has_posterior:
        return []
    correlations = rank_correlations(matched.shares)
    least = max(_TOGETHER_FROM, 2.0 / math.sqrt(matched.points_accepted - 1))
    rows = [
        {"numbers": [one, other], "rank_correlation": _rounded(float(correlations[place, further]))}
        for (place, one), (further, other) in combinations(enumerate(matched.priors), 2)
        if abs(correlations[place, further]) >= least
    ]
    return sorted(rows, key=lambda row: (-abs(row["rank_correlation"]), row["numbers"]))


def _figures(value: float) -> float:
    """A number at six significant digits."""
    return float(f"{value:.6g}")


def _rounded(value: float) -> float | None:
    return round(value, 4) if math.isfinite(value) else None
