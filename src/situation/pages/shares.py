"""An ensemble in small, for the page: shares of runs by holder and day, bands of strengths, and when places change hands.

What comes out is as large for ten runs as for ten thousand.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from situation.clock import Minute
from situation.ensemble.columns import Ensemble

__all__ = ["LEVELS", "control_shares", "difference_bands", "expected_changes", "strength_bands"]

LEVELS = {"p05": 0.05, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p95": 0.95}
"""The levels of a band by name: p05 to p95 hold 90 % of the runs, p25 to p75 half of them."""

RARE = 0.02
"""A change of hands in a smaller part of the runs is left out of the list; ASSUMED: the shares by day still show it."""

Counts = npt.NDArray[np.int64]


def control_shares(found: Ensemble) -> dict[str, dict[str, Any]]:
    """From a place to its holders and their shares: rows of day and one share a holder, only where they change.

    Days are counted from the branch; a row holds until the next. Failed runs are left out.
    """
    days = np.asarray(found.about.days)
    ok, count = found.ok, max(1, int(found.ok.sum()))
    steps: dict[str, dict[str | None, Counts]] = {}
    holding: dict[tuple[int, str], str | None] = {}
    for run, place, minute, holder in found.holders:
        if not ok[run]:
            continue
        day = int(np.searchsorted(days, minute))
        rows = steps.setdefault(place, {})
        if (run, place) in holding:
            rows[holding[run, place]][day] -= 1
        rows.setdefault(holder, np.zeros(len(days) + 1, dtype=np.int64))[day] += 1
        holding[run, place] = holder
    told = {}
    for place, rows in steps.items():
        named = sorted(holder for holder in rows if holder is not None) + [None] * (None in rows)
        counts = np.array([np.cumsum(rows[holder])[: len(days)] for holder in named])
        changed = [0, *(day for day in range(1, len(days)) if (counts[:, day] != counts[:, day - 1]).any())]
        told[place] = {
            "holders": named,
            "rows": [[day, *(round(int(part) / count, 3) for part in counts[:, day])] for day in changed],
        }
    return told


def strength_bands(found: Ensemble) -> dict[str, dict[str, list[int]]]:
    """From a root actor to its men by day at each level: those in the ranks, wounded or hidden."""
    return {actor: _bands(men[found.ok]) for actor, men in found.strengths.items() if found.ok.any()}


def difference_bands(scenario: Ensemble, baseline: Ensemble) -> dict[str, dict[str, list[int]]]:
    """The same for scenario less baseline, run by run on the same luck."""
    both = scenario.ok & baseline.ok
    shared = [actor for actor in scenario.strengths if actor in baseline.strengths]
    if not both.any():
        return {}
    return {actor: _bands(scenario.strengths[actor][both] - baseline.strengths[actor][both]) for actor in shared}


def _bands(men: npt.NDArray[np.int32]) -> dict[str, list[int]]:
    points = np.percentile(men, [100.0 * level for level in LEVELS.values()], axis=0, method="nearest")
    return {name: [int(value) for value in row] for name, row in zip(LEVELS, points, strict=True)}


def expected_changes(found: Ensemble) -> list[dict[str, Any]]:
    """Each place and actor that comes to hold it: in which share of the runs, and when, over all runs.

    A level is None where so large a part of the runs does not come to it: never, up to the end.
    """
    ok, count = found.ok, max(1, int(found.ok.sum()))
    first: dict[tuple[str, str], dict[int, Minute]] = {}
    for run, place, minute, holder in found.holders:
        if ok[run] and holder is not None and minute > found.about.at:
            first.setdefault((place, holder), {}).setdefault(run, minute)
    told = []
    for (place, holder), runs in first.items():
        if len(runs) / count >= RARE:
            when = _levels(sorted(runs.values()), count)
            told.append({"place": place, "holder": holder, "share": round(len(runs) / count, 3), **when})
    return sorted(told, key=lambda it: (it["p50"] is None, it["p50"] or 0, -it["share"], it["place"], it["holder"]))


def _levels(minutes: list[Minute], count: int) -> Mapping[str, Minute | None]:
    places = {name: min(count - 1, int(level * count)) for name, level in LEVELS.items()}
    return {name: minutes[place] if place < len(minutes) else None for name, place in places.items()}
