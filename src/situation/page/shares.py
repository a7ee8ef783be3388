"""An ensemble condensed for the page: shares of runs by holder and day, bands of strength, changes of hands.

The size of the result does not grow with the number of runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from situation.dates import Minute
from situation.ensemble.ensemble import Ensemble
from situation.ensemble.statistics.shares import share_of

__all__ = ["control_shares", "difference_bands", "expected_changes", "strength_bands"]

_LEVELS = {"p05": 0.05, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p95": 0.95}
"""The levels of a band by name: p05 to p95 hold 90 % of the runs, p25 to p75 half of them."""

_RARE_SHARE = 0.02
"""Share of the runs below which a change of hands is not listed; ASSUMED: the shares by day still show it."""

_Counts = npt.NDArray[np.int64]
_Holders = npt.NDArray[np.int8]


def control_shares(ensemble: Ensemble) -> dict[str, dict[str, Any]]:
    """From a place to its holders and their shares: rows of day and one share a holder, only where they change.

    Days are counted from the branch; a row holds until the next. Beside `rows` stand `errors`: the lower and the upper
    end of each share's counting error (95 %), one pair a holder. Failed runs are left out.
    """
    days, ok = np.asarray(ensemble.about.days), ensemble.ok
    shared = ensemble.shared_draws(ok)
    by_place = {}
    for place, named, held in _holders_by_day(ensemble, days):
        mine = held[ok]
        counts = np.array([(mine == number).sum(axis=0) for number in range(len(named))])
        changed = [0, *(day for day in range(1, len(days)) if (counts[:, day] != counts[:, day - 1]).any())]
        rows, errors = [], []
        for day in changed:
            shares = [
                share_of((mine[:, day] == number).astype(np.float64), shared, 0.0) for number in range(len(named))
            ]
            rows.append([day, *(round(share.share, 3) for share in shares)])
            errors.append([round(edge, 3) for share in shares for edge in (share.low, share.high)])
        by_place[place] = {"holders": named, "rows": rows, "errors": errors}
    return by_place


def _holders_by_day(ensemble: Ensemble, days: _Counts) -> Iterator[tuple[str, list[str | None], _Holders]]:
    """Each place in the map's order, all its holders, and who of them holds it (by index), shape (runs, days)."""
    rows = ensemble.holders
    for place in dict.fromkeys(rows.words("place").texts(slice(0, len(rows.words("place").words)))):
        mine = rows.only(rows.where(place=place))
        column, starts = mine.words("holder"), np.searchsorted(days, mine.numbers("minute"))
        codes, mine_of = np.unique(column.codes, return_inverse=True)
        held = np.full((ensemble.about.runs, len(days) + 1), -1, dtype=np.int8)
        held[mine.numbers("run"), starts] = mine_of  # of several on one day the last counts
        last = np.where(held >= 0, np.arange(len(days) + 1, dtype=np.int16), 0)
        np.maximum.accumulate(last, axis=1, out=last)
        held = np.take_along_axis(held, last.astype(np.int64), axis=1)[:, : len(days)]
        yield str(place), [column.words[code] for code in codes], held


def strength_bands(ensemble: Ensemble) -> dict[str, dict[str, list[int]]]:
    """From a root actor to its men by day at each level: those in the ranks, wounded or hidden."""
    return {actor: _bands(men[ensemble.ok]) for actor, men in ensemble.strengths.items() if ensemble.ok.any()}


def difference_bands(scenario: Ensemble, baseline: Ensemble) -> dict[str, dict[str, list[int]]]:
    """The same for scenario less baseline, run by run on the same luck."""
    both = scenario.ok & baseline.ok
    shared = [actor for actor in scenario.strengths if actor in baseline.strengths]
    if not both.any():
        return {}
    return {actor: _bands(scenario.strengths[actor][both] - baseline.strengths[actor][both]) for actor in shared}


def _bands(men: npt.NDArray[np.int32]) -> dict[str, list[int]]:
    points = np.percentile(men, [100.0 * level for level in _LEVELS.values()], axis=0, method="nearest")
    return {name: [int(value) for value in row] for name, row in zip(_LEVELS, points, strict=True)}


def expected_changes(ensemble: Ensemble) -> list[dict[str, Any]]:
    """Each place and actor that comes to hold it: in which share of the runs, and when, over all runs.

    A level is None where that part of the runs never sees it before the end.
    """
    count = max(1, int(ensemble.ok.sum()))
    changes = []
    for (place, holder), rows in ensemble.holders.only(ensemble.holders.numbers("minute") > ensemble.about.at).grouped(
        "place", "holder"
    ):
        runs, first = np.unique(rows.numbers("run"), return_index=True)
        if holder is not None and len(runs) / count >= _RARE_SHARE:
            when = _levels(sorted(rows.numbers("minute")[first].tolist()), count)
            changes.append({"place": place, "holder": holder, "share": round(len(runs) / count, 3), **when})
    return sorted(
        changes,
        key=lambda change: (
            change["p50"] is None,
            change["p50"] or 0,
            -change["share"],
            change["place"],
            change["holder"],
        ),
    )


def _levels(minutes: list[Minute], count: int) -> Mapping[str, Minute | None]:
    places = {name: min(count - 1, int(level * count)) for name, level in _LEVELS.items()}
    return {name: minutes[place] if place < len(minutes) else None for name, place in places.items()}
