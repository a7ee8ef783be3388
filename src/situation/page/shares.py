"""An ensemble in small, for the page: shares of runs by holder and day, bands of strengths, and when places change hands.

What comes out is as large for ten runs as for ten thousand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from situation.clock import Minute
from situation.ensemble.ensemble import Ensemble
from situation.ensemble.statistics.shares import share_of

__all__ = ["LEVELS", "control_shares", "difference_bands", "expected_changes", "strength_bands"]

LEVELS = {"p05": 0.05, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p95": 0.95}
"""The levels of a band by name: p05 to p95 hold 90 % of the runs, p25 to p75 half of them."""

RARE = 0.02
"""A change of hands in a smaller part of the runs is left out of the list; ASSUMED: the shares by day still show it."""

Counts = npt.NDArray[np.int64]
Places = npt.NDArray[np.int8]


def control_shares(found: Ensemble) -> dict[str, dict[str, Any]]:
    """From a place to its holders and their shares: rows of day and one share a holder, only where they change.

    Days are counted from the branch; a row holds until the next. Beside `rows` stand `errors`: the lower and the upper
    end of each share's counting error (95 %), one pair a holder. Failed runs are left out.
    """
    days, ok = np.asarray(found.about.days), found.ok
    block, draws = found.block[ok], len(np.unique(found.parameter[ok]))
    told = {}
    for place, named, held in _holding(found, days):
        mine = held[ok]
        counts = np.array([(mine == number).sum(axis=0) for number in range(len(named))])
        changed = [0, *(day for day in range(1, len(days)) if (counts[:, day] != counts[:, day - 1]).any())]
        rows, errors = [], []
        for day in changed:
            shares = [
                share_of((mine[:, day] == number).astype(np.float64), block, draws, 0.0) for number in range(len(named))
            ]
            rows.append([day, *(round(it.share, 3) for it in shares)])
            errors.append([round(edge, 3) for it in shares for edge in (it.low, it.high)])
        told[place] = {"holders": named, "rows": rows, "errors": errors}
    return told


def _holding(found: Ensemble, days: Counts) -> Iterator[tuple[str, list[str | None], Places]]:
    """Each place, in the map's order, with those who ever hold it, and who does, by their number, by run and day's end."""
    rows = found.holders
    for place in dict.fromkeys(rows.words("place").told(slice(0, len(rows.words("place").words)))):
        mine = rows.only(rows.where(place=place))
        column, starts = mine.words("holder"), np.searchsorted(days, mine.numbers("minute"))
        codes, mine_of = np.unique(column.codes, return_inverse=True)
        held = np.full((found.about.runs, len(days) + 1), -1, dtype=np.int8)
        held[mine.numbers("run"), starts] = mine_of  # of several on one day the last counts
        last = np.where(held >= 0, np.arange(len(days) + 1, dtype=np.int16), 0)
        np.maximum.accumulate(last, axis=1, out=last)
        held = np.take_along_axis(held, last.astype(np.int64), axis=1)[:, : len(days)]
        yield str(place), [column.words[code] for code in codes], held


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
    count = max(1, int(found.ok.sum()))
    told = []
    for (place, holder), rows in found.holders.only(found.holders.numbers("minute") > found.about.at).grouped(
        "place", "holder"
    ):
        runs, first = np.unique(rows.numbers("run"), return_index=True)
        if holder is not None and len(runs) / count >= RARE:
            when = _levels(sorted(rows.numbers("minute")[first].tolist()), count)
            told.append({"place": place, "holder": holder, "share": round(len(runs) / count, 3), **when})
    return sorted(told, key=lambda it: (it["p50"] is None, it["p50"] or 0, -it["share"], it["place"], it["holder"]))


def _levels(minutes: list[Minute], count: int) -> Mapping[str, Minute | None]:
    places = {name: min(count - 1, int(level * count)) for name, level in LEVELS.items()}
    return {name: minutes[place] if place < len(minutes) else None for name, place in places.items()}
