"""An ensemble against what a later record says: control by place and day, dates of capture, and strengths.

Only contestable places count, chosen by what was known at the branch: where nobody could have expected a change, every
forecast is right and says nothing. Observation ends with the stories or with the record's window, whichever is first.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import attrs
import numpy as np

from situation.chance.vectors import Ints
from situation.dates import DAY, Minute
from situation.ensemble.answers import men_in, places_of
from situation.ensemble.design import index_of, sample_evenly
from situation.ensemble.ensemble import Ensemble
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.score.naive import Trend, contestable, trend_of
from situation.ensemble.score.proper import brier, crps, log_score
from situation.errors import Fault
from situation.events import Quantity, StrengthAssessed
from situation.log.entry import Reported
from situation.log.state import holder_word, occupant
from situation.record.record import Record

__all__ = ["FORECASTS", "MOST_RETOLD_FOR_STRENGTHS", "score_ensemble"]

FORECASTS = ("model", "nothing changes", "the trend goes on")
MOST_RETOLD_FOR_STRENGTHS = 100
"""Stories simulated again at most for strengths, which an ensemble does not keep by place; evenly spread."""


def score_ensemble(ensemble: Ensemble, record_draws: RecordDraws, later: Record) -> dict[str, Any]:
    """Score an ensemble.

    Args:
        record_draws: simulates its stories again.
        later: the record that knows what happened; all of its knowledge is used, by the belief `graded`.

    Returns: plain values with stable keys.

    Raises:
        Fault: the later record is of another situation.
    """
    scenario, ground = record_draws.scenario, later.ground
    if ground.situation != record_draws.record.ground.situation:
        raise Fault(
            f"The record is of '{ground.situation}', the stories are of '{record_draws.record.ground.situation}'.",
            "Name a record of the same situation.",
        )
    end = min(ensemble.about.end, ground.window.latest)
    known = record_draws.record.state(scenario.at, scenario.known_at, scenario.branch.belief)
    places = contestable(known, ground)
    trend = trend_of(record_draws.record, scenario.at, scenario.known_at, scenario.branch.belief)
    days = [day for day in ensemble.about.days if scenario.at < day <= end]
    holders: dict[str, str | None] = {place: occupant(known.cells, place) for place in places}
    then = later.state(scenario.at)
    reported = _reported(later, scenario.at, end)
    control = _control(ensemble, later, holders, days, trend)
    captures = _captures(ensemble, later, holders, (end - scenario.at) / DAY, trend)
    chosen = sample_evenly(np.flatnonzero(ensemble.ok), MOST_RETOLD_FOR_STRENGTHS)
    strengths = _strengths(chosen, record_draws, later, end, trend)
    return {
        "scenario": ensemble.about.scenario,
        "from": ground.clock.text(scenario.at),
        "to": ground.clock.text(end),
        "days": len(days),
        "runs": int(ensemble.ok.sum()),
        "contestable": list(places),
        "reported": [place for place in places if place in reported],
        "wrong_at_branch": [place for place in places if occupant(then.cells, place) != holders[place]],
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
        "strengths": {name: {"crps": _mean([row[name] for row in strengths]), "unit": "men"} for name in FORECASTS},
        "strengths_by_report": strengths,
        "retold": len(chosen) if strengths else 0,
    }


def _reported(later: Record, at: Minute, end: Minute) -> frozenset[str]:
    """The places where something happened, by the later record, in the time that is scored."""
    entries = (entry for entry in later.log() if at < entry.time <= end and isinstance(entry.cause, Reported))
    return frozenset(str(getattr(entry.event, "place", "")) for entry in entries)


def _mean(values: Sequence[float]) -> float | None:
    return round(math.fsum(values) / len(values), 6) if values else None


def _by_place(control: list[dict[str, Any]], places: Sequence[str]) -> list[dict[str, Any]]:
    means = []
    for place in places:
        rows = [row for row in control if row["place"] == place]
        if rows:
            means.append({"place": place} | {name: _mean([row[f"{name}.brier"] for row in rows]) for name in FORECASTS})
    return means


def _control(
    ensemble: Ensemble, later: Record, holders: dict[str, str | None], days: Sequence[Minute], trend: Trend
) -> list[dict[str, Any]]:
    """Brier and log score of each forecast, for each contestable place and day."""
    ok = np.flatnonzero(ensemble.ok)
    runs = len(ok)
    rows = []
    truths = {day: later.state(day) for day in days}
    for place, holder in holders.items():
        of_place = attrs.evolve(ensemble, holders=ensemble.holders.only(ensemble.holders.where(place=place)))
        for day in days:
            after = (day - ensemble.about.at) / DAY
            truth = occupant(truths[day].cells, place)
            held = of_place.held(place, day)
            counts: dict[str | None, float] = {}
            for run in ok:
                counts[held[run]] = counts.get(held[run], 0.0) + 1.0
            shares = {
                "model": {who: count / runs for who, count in counts.items()},
                "nothing changes": {holder: 1.0},
                "the trend goes on": trend.share(holder, after),
            }
            row: dict[str, Any] = {"place": place, "day": after}
            for name, share in shares.items():
                row[f"{name}.brier"] = brier(share, truth, runs if name == "model" else None)
                row[f"{name}.log"] = log_score(share.get(truth, 0.0) * runs, runs)
            rows.append(row)
    return rows


def _lost(rows: Sequence[tuple[Minute, str | None]], holder: str | None, at: Minute, end: float) -> float:
    """When a place was first lost by its holder, in days after the branch, cut off at the end of the observation.

    Whoever had lost it by the branch already, by an account that was not known then, lost it on day 0.
    """
    before = [who for minute, who in rows if minute <= at]
    if before and before[-1] != holder:
        return 0.0
    lost = next((minute for minute, who in rows if minute > at and who != holder), None)
    return end if lost is None else min(end, (lost - at) / DAY)


def _captures(
    ensemble: Ensemble, later: Record, holders: dict[str, str | None], end: float, trend: Trend
) -> list[dict[str, Any]]:
    """CRPS of the day on which each contestable place is lost; what never is, is lost at the end."""
    at = ensemble.about.at
    observed: dict[str, list[tuple[Minute, str | None]]] = {}
    for change in later.history():
        place, _, attribute = change.cell.rpartition(".")
        if attribute == "holder":
            observed.setdefault(place, []).append((change.since, holder_word(change.value)))
    rows = []
    for place, holder in holders.items():
        came = _lost(observed.get(place, ()), holder, at, end)
        in_runs: dict[int, list[tuple[Minute, str | None]]] = {}
        for run, _, minute, who in ensemble.holders.only(ensemble.holders.where(place=place)):
            in_runs.setdefault(run, []).append((minute, who))
        times = [_lost(in_runs.get(int(run), ()), holder, at, end) for run in np.flatnonzero(ensemble.ok)]
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
    """The best estimate, or the middle of the range; None where there is neither."""
    if number.best is not None:
        return number.best
    bounds = [bound for bound in (number.low, number.high) if bound is not None]
    return sum(bounds) / 2.0 if len(bounds) == 2 else None


def _strengths(
    chosen: Ints, record_draws: RecordDraws, later: Record, end: Minute, trend: Trend
) -> list[dict[str, Any]]:
    """CRPS of each estimate of strength that the later record has after the branch.

    An estimate with a single bound is left out, and so is one of a place's wider surroundings. Where nothing changes,
    the men are those of the branch; where the trend goes on, they dwindle at the rate at which their side has been
    losing places.
    """
    ground, at = later.ground, record_draws.scenario.at
    estimates = [
        (entry.time, entry.event, value)
        for entry in later.log()
        if isinstance(entry.event, StrengthAssessed) and at < entry.time <= end and entry.event.scope == "place"
        if (value := _middle(entry.event.number)) is not None
    ]
    if not estimates:
        return []
    last = max(time for time, _, _ in estimates)
    men_by_estimate: list[list[tuple[int, int]]] = [[] for _ in estimates]
    for run in chosen:
        story = record_draws.tell(index_of(int(run)), last)
        for row, (time, event, _) in zip(men_by_estimate, estimates, strict=True):
            places, actor = places_of(ground, event.place), ground.root(event.actor)
            men = [men_in(story.state(minute).cells, ground, actor, places) for minute in (at, time)]
            row.append((men[0], men[1]))
    rows = []
    for men_of_runs, (time, event, value) in zip(men_by_estimate, estimates, strict=True):
        before, then = np.array(men_of_runs, dtype=np.float64).T
        fewer = trend.share(ground.root(event.actor), (time - at) / DAY).get(ground.root(event.actor), 1.0)
        rows.append(
            {
                "actor": ground.root(event.actor),
                "place": event.place,
                "at": ground.clock.text(time),
                "came": value,
                "model": round(crps(then, value), 6),
                "nothing changes": round(crps(before, value), 6),
                "the trend goes on": round(crps(before * fewer, value), 6),
            }
        )
    return rows
