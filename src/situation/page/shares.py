"""An ensemble condensed for the page: shares of runs by holder and day, bands of strength, changes of hands.

The size of the result does not grow with the number of runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import Any

import numpy as np
import numpy.typing as npt

from situation.dates import Minute
from situation.ensemble.by_day import day_parts, days_of
from situation.ensemble.ensemble import Ensemble
from situation.ensemble.run_table import first_takings
from situation.ensemble.statistics.shares import paired_difference, share_of

__all__ = ["control_shares", "difference_bands", "difference_beyond_luck", "expected_changes", "strength_bands"]

_LEVELS = {"p05": 0.05, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p95": 0.95}
"""The levels of a band by name: p05 to p95 hold 90 % of the runs, p25 to p75 half of them."""

_RARE_SHARE = 0.02
"""Share of the runs below which a change of hands is not listed; ASSUMED: the shares by day still show it."""

_BYTES_AT_ONCE = 1 << 25
"""About the most bytes of who holds some places by day, in all runs."""

_Counts = npt.NDArray[np.int64]
_Holders = npt.NDArray[np.int8]
_Held = tuple[list[str | None], _Holders]
"""All holders of a place, and who of them holds it (by index), shape (days, runs)."""


def control_shares(ensemble: Ensemble) -> dict[str, dict[str, Any]]:
    """From a place to its holders and their shares: rows of day and one share a holder, only where they change.

    Days are counted from the branch; a row holds until the next. Beside `rows` stand `errors`: the lower and the upper
    end of each share's counting error (95 %), one pair a holder. Failed runs are left out.
    """
    ok = ensemble.ok
    shared = ensemble.shared_draws(ok)
    by_place = {}
    for place, named, held in _holders_by_day(ensemble):
        mine = held if ok.all() else held[:, ok]
        counts = np.array([[int((day == number).sum()) for day in mine] for number in range(len(named))])
        changed = [0, *(day for day in range(1, len(mine)) if (counts[:, day] != counts[:, day - 1]).any())]
        rows, errors = [], []
        for day in changed:
            shares = [share_of((mine[day] == number).astype(np.float64), shared, 0.0) for number in range(len(named))]
            rows.append([day, *(round(share.share, 3) for share in shares)])
            errors.append([round(edge, 3) for share in shares for edge in (share.low, share.high)])
        by_place[place] = {"holders": named, "rows": rows, "errors": errors}
    return by_place


def difference_beyond_luck(scenario: Ensemble, baseline: Ensemble) -> dict[str, list[list[Any]]]:
    """From a place to rows of day and the holders whose shares differ beyond luck, only where these change.

    A share does where the 95 % interval of its paired difference, as `paired_difference` has it, leaves zero out. Days
    are counted from the branch; a row holds until the next. A place where none ever does is left out.
    """
    both = scenario.ok & baseline.ok
    if not both.any():
        return {}
    shared, by_place = baseline.shared_draws(both), {}
    for place, (named, held), (other_names, others) in _twins_by_day(scenario, baseline):
        pairs = [
            (who, *(names.index(who) if who in names else -2 for names in (other_names, named)))
            for who in dict.fromkeys([*named, *other_names])
        ]
        rows: list[list[Any]] = []
        before = None
        for day, (first, second) in enumerate(zip(others[:, both], held[:, both], strict=True)):
            if before is None or (first != before[0]).any() or (second != before[1]).any():
                beyond = []
                for who, here, there in pairs:
                    ends = paired_difference((first == here).astype(float), (second == there).astype(float), shared)
                    if ends.low > 0.0 or ends.high < 0.0:
                        beyond.append(who)
                if beyond != (rows[-1][1:] if rows else []):
                    rows.append([day, *beyond])
            before = first, second
        if rows:
            by_place[place] = rows
    return by_place


def _twins_by_day(first: Ensemble, second: Ensemble) -> Iterator[tuple[str, _Held, _Held]]:
    """Each place that both have, with who holds it in each run on each day, in the one and in the other."""
    waiting: tuple[dict[str, _Held], dict[str, _Held]] = ({}, {})
    for both in zip_longest(_holders_by_day(first), _holders_by_day(second)):
        for side, one in zip(waiting, both, strict=True):
            if one is not None:
                side[one[0]] = one[1:]
        for place in [place for place in waiting[0] if place in waiting[1]]:
            yield place, waiting[0].pop(place), waiting[1].pop(place)


def _holders_by_day(ensemble: Ensemble) -> Iterator[tuple[str, list[str | None], _Holders]]:
    """Each place in the map's order, all its holders, and who of them holds it (by index), shape (days, runs)."""
    days, runs = np.asarray(ensemble.about.days), ensemble.about.runs
    first = next(ensemble.holders.blocks(), None)
    if first is None:
        return
    places = [
        str(place) for place in dict.fromkeys(first.words("place").texts(slice(0, len(first.words("place").words))))
    ]
    at_once = max(1, _BYTES_AT_ONCE // (runs * len(days)))
    for start in range(0, len(places), at_once):
        some: dict[str, tuple[dict[str | None, int], _Holders]] = {
            place: ({}, np.full((len(days), runs), -1, dtype=np.int8)) for place in places[start : start + at_once]
        }
        _fill_holders(ensemble, days, some)
        for place in list(some):
            known, held = some.pop(place)
            for day in range(1, len(days)):
                np.copyto(held[day], held[day - 1], where=held[day] < 0)
            named = sorted(known, key=lambda who: (who is None, who or ""))
            ranks = np.array([*(named.index(who) for who in known), -1], dtype=np.int8)
            for row in held:
                row[:] = ranks[row]
            yield place, named, held


def _fill_holders(
    ensemble: Ensemble, days: _Counts, places: Mapping[str, tuple[dict[str | None, int], _Holders]]
) -> None:
    """Enter who comes to hold some places in each run on each day: numbers of holders, as they are met."""
    for block in ensemble.holders.blocks():
        for (place,), rows in block.grouped("place"):
            if place not in places:
                continue
            known, held = places[place]
            column, starts = rows.words("holder"), np.searchsorted(days, rows.numbers("minute"))
            numbers = np.zeros(len(column.words), dtype=np.int8)
            for code in np.unique(column.codes).tolist():
                numbers[code] = known.setdefault(column.words[code], len(known))
            within = starts < len(days)
            held[starts[within], rows.numbers("run")[within]] = numbers[
                column.codes[within]
            ]  # of several the last counts


def strength_bands(ensemble: Ensemble) -> dict[str, dict[str, list[int]]]:
    """From a root actor to its men by day at each level: those in the ranks, wounded or hidden."""
    ok = ensemble.ok
    if not ok.any():
        return {}
    return {
        actor: _bands(days_of(men, part)[ok] for part in day_parts(men)) for actor, men in ensemble.strengths.items()
    }


def difference_bands(scenario: Ensemble, baseline: Ensemble) -> dict[str, dict[str, list[int]]]:
    """The same for scenario less baseline, run by run on the same luck."""
    both = scenario.ok & baseline.ok
    if not both.any():
        return {}
    bands = {}
    for actor, mine in scenario.strengths.items():
        if actor in baseline.strengths:
            other = baseline.strengths[actor]
            bands[actor] = _bands(days_of(mine, part)[both] - days_of(other, part)[both] for part in day_parts(mine))
    return bands


def _bands(men: Iterable[npt.NDArray[np.int32]]) -> dict[str, list[int]]:
    """The levels by day of men by run and day; `men`: of some days after another."""
    levels = [100.0 * level for level in _LEVELS.values()]
    points = np.concatenate([np.percentile(some, levels, axis=0, method="nearest") for some in men], axis=1)
    return {name: [int(value) for value in row] for name, row in zip(_LEVELS, points, strict=True)}


def expected_changes(ensemble: Ensemble) -> list[dict[str, Any]]:
    """Each place and actor that comes to hold it: in which share of the runs, and when, over all runs.

    A level is None where that part of the runs never sees it before the end.
    """
    count = max(1, int(ensemble.ok.sum()))
    changes = []
    for (place, holder), minutes in first_takings(ensemble.holders, ensemble.about.at):
        if len(minutes) / count >= _RARE_SHARE:
            when = _levels(np.sort(minutes), count)
            changes.append({"place": place, "holder": holder, "share": round(len(minutes) / count, 3), **when})
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


def _levels(minutes: _Counts, count: int) -> Mapping[str, Minute | None]:
    places = {name: min(count - 1, int(level * count)) for name, level in _LEVELS.items()}
    return {name: Minute(int(minutes[place])) if place < len(minutes) else None for name, place in places.items()}
