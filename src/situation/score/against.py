"""An ensemble against what a later record says: control by place and day, dates of capture, and strengths.

Only contestable places count, chosen by what was known at the branch: where nobody could have expected a change, every
forecast is right and says nothing. Observation ends with the stories or with the record's window, whichever is first.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from situation.clock import DAY, Minute
from situation.ensemble.asked import men_in, places_of
from situation.ensemble.columns import Ensemble
from situation.ensemble.design import index_of
from situation.ensemble.drawing import Drawings
from situation.events import Quantity, StrengthAssessed
from situation.record import Record
from situation.score.naive import Trend, contestable, trend_of
from situation.score.proper import brier, crps, log_score

__all__ = ["scored"]

Floats = npt.NDArray[np.float64]
FORECASTS = ("model", "nothing changes", "the trend goes on")
RETOLD = 100
"""How many stories are told again for strengths, which an ensemble does not keep by place."""


def scored(found: Ensemble, drawings: Drawings, later: Record) -> dict[str, Any]:
    """Score an ensemble.

    Args:
        found: the ensemble.
        drawings: what can tell its stories again.
        later: the record that knows what came about; its whole knowledge is used, by the belief `graded`.

    Returns: plain values with stable keys.
    """
    scenario, ground = drawings.scenario, later.ground
    end = min(found.about.end, ground.window.latest)
    known = drawings.record.state(scenario.at, scenario.known_at, scenario.branch.belief)
    places = contestable(known, ground)
    trend = trend_of(drawings.record, scenario.at, scenario.known_at, scenario.branch.belief)
    days = [day for day in found.about.days if scenario.at < day <= end]
    holders = {place: known.places[place].holder for place in places}
    then = later.state(scenario.at)
    control = _control(found, later, holders, days, trend)
    captures = _captures(found, later, holders, (end - scenario.at) / DAY, trend)
    strengths = _strengths(found, drawings, later, end)
    return {
        "scenario": found.about.scenario,
        "from": ground.clock.text(scenario.at),
        "to": ground.clock.text(end),
        "days": len(days),
        "runs": int(found.ok.sum()),
        "contestable": list(places),
        "wrong_at_branch": [place for place in places if then.get(place, "holder") != holders[place]],
        "control": {
            name: {
                "brier": _mean([row[f"{name}.brier"] for row in control]),
                "log": _mean([row[f"{name}.log"] for row in control]),
            }
            for name in FORECASTS
        },
        "control_by_place": _by_place(control, places),
        "captures": {name: {"crps": _mean([row[name] for row in captures]), "unit": "days"} for name in FORECASTS},
        "captures_by_place": captures,
        "strengths": {name: {"crps": _mean([row[name] for row in strengths]), "unit": "men"} for name in FORECASTS[:2]},
        "strengths_by_report": strengths,
    }


def _mean(values: Sequence[float]) -> float | None:
    return round(math.fsum(values) / len(values), 6) if values else None


def _by_place(control: list[dict[str, Any]], places: Sequence[str]) -> list[dict[str, Any]]:
    told = []
    for place in places:
        rows = [row for row in control if row["place"] == place]
        if rows:
            told.append({"place": place} | {name: _mean([row[f"{name}.brier"] for row in rows]) for name in FORECASTS})
    return told


def _control(
    found: Ensemble, later: Record, holders: dict[str, str | None], days: Sequence[Minute], trend: Trend
) -> list[dict[str, Any]]:
    """Brier and log score of each forecast, for each contestable place and day."""
    ok = np.flatnonzero(found.ok)
    runs = len(ok)
    rows = []
    for number, day in enumerate(days, start=1):
        came = later.state(day)
        for place, holder in holders.items():
            truth = came.get(place, "holder")
            told = found.held(place, day)
            counts: dict[str | None, float] = {}
            for run in ok:
                counts[told[run]] = counts.get(told[run], 0.0) + 1.0
            shares = {
                "model": {who: count / runs for who, count in counts.items()},
                "nothing changes": {holder: 1.0},
                "the trend goes on": trend.share(holder, float(number)),
            }
            row: dict[str, Any] = {"place": place, "day": number}
            for name, share in shares.items():
                row[f"{name}.brier"] = brier(share, truth, runs if name == "model" else None)
                row[f"{name}.log"] = log_score(share.get(truth, 0.0) * runs, runs)
            rows.append(row)
    return rows


def _lost(rows: Sequence[tuple[Minute, str | None]], holder: str | None, at: Minute, end: float) -> float:
    """When a place was first lost by its holder, in days after the branch, cut off at the end of the observation."""
    for minute, who in rows:
        if minute > at and who != holder:
            return min((minute - at) / DAY, end)
    return end


def _captures(
    found: Ensemble, later: Record, holders: dict[str, str | None], end: float, trend: Trend
) -> list[dict[str, Any]]:
    """CRPS of the day on which each contestable place is lost; what never is, is lost at the end."""
    at = found.about.at
    in_runs: dict[tuple[int, str], list[tuple[Minute, str | None]]] = {}
    for run, place, minute, who in found.holders:
        in_runs.setdefault((run, place), []).append((minute, who))
    observed: dict[str, list[tuple[Minute, str | None]]] = {}
    for change in later.history():
        place, _, attribute = change.cell.rpartition(".")
        if attribute == "holder":
            observed.setdefault(place, []).append((change.since, change.value))
    rows = []
    for place, holder in holders.items():
        came = _lost(observed.get(place, ()), holder, at, end)
        times = [_lost(in_runs.get((int(run), place), ()), holder, at, end) for run in np.flatnonzero(found.ok)]
        rows.append(
            {
                "place": place,
                "came": round(came, 3) if came < end else None,
                "model": round(crps(np.array(times), came), 6),
                "nothing changes": round(end - came, 6),
                "the trend goes on": round(crps(trend.times(holder, end), came, fair=False), 6),
            }
        )
    return rows


def _middle(number: Quantity) -> float | None:
    if number.best is not None:
        return number.best
    given = [bound for bound in (number.low, number.high) if bound is not None]
    return sum(given) / 2.0 if len(given) == 2 else None


def _strengths(found: Ensemble, drawings: Drawings, later: Record, end: Minute) -> list[dict[str, Any]]:
    """CRPS of each estimate of strength that the later record has after the branch; one with a single bound is none."""
    ground, at = later.ground, found.about.at
    asked = [
        (entry.time, entry.event, value)
        for entry in later.log()
        if isinstance(entry.event, StrengthAssessed) and at < entry.time <= end
        if (value := _middle(entry.event.number)) is not None
    ]
    if not asked:
        return []
    last = max(time for time, _, _ in asked)
    stories = [drawings.tell(index_of(int(run)), last) for run in np.flatnonzero(found.ok)[:RETOLD]]
    rows = []
    for time, event, value in asked:
        places = places_of(ground, event.place)
        actor = ground.root(event.actor)
        then, before = (
            np.array([men_in(story.state(minute).cells, ground, actor, places) for story in stories], dtype=np.float64)
            for minute in (time, at)
        )
        rows.append(
            {
                "actor": actor,
                "place": event.place,
                "at": ground.clock.text(time),
                "came": value,
                "model": round(crps(then, value), 6),
                "nothing changes": round(crps(before, value), 6),
            }
        )
    return rows
