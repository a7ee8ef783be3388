"""Strengths: estimates of a later record, held against the men of stories that are simulated again for this."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from attrs import frozen

from situation.chance.vectors import Floats, Ints
from situation.dates import DAY, Minute
from situation.ensemble.answers import men_in, places_of
from situation.ensemble.design import index_of
from situation.ensemble.record_draws import RecordDraws
from situation.ensemble.score.courses import Courses
from situation.ensemble.score.items import Item, of_amount
from situation.ensemble.score.naive import NAIVE
from situation.ensemble.score.past import Rates
from situation.events import Quantity, StrengthAssessed
from situation.record.record import Record

__all__ = ["MOST_RETOLD_FOR_STRENGTHS", "StrengthReport", "strength_items", "strength_reports"]

MOST_RETOLD_FOR_STRENGTHS = 100
"""Stories simulated again at most for strengths, which an ensemble does not keep by place; evenly spread."""


@frozen
class StrengthReport:
    """An estimate of a later record: between so many and so many men. `high` is infinite where no source bounds it."""

    actor: str
    place: str
    minute: Minute
    low: float
    high: float
    best: float | None


def _bounds(number: Quantity) -> tuple[float, float]:
    given = [bound for bound in (number.low, number.best, number.high) if bound is not None]
    high = number.high if number.high is not None or number.low is not None else number.best
    return (0.0 if number.low is None and number.best is None else given[0]), math.inf if high is None else high


def strength_reports(later: Record, at: Minute, end: Minute) -> list[StrengthReport]:
    """The estimates after the branch; those of a place's wider surroundings are left out."""
    ground = later.ground
    return [
        StrengthReport(
            str(ground.root(event.actor)), str(event.place), entry.time, *_bounds(event.number), event.number.best
        )
        for entry in later.log()
        if isinstance(event := entry.event, StrengthAssessed) and at < entry.time <= end and event.scope == "place"
    ]


def strength_items(
    estimates: list[StrengthReport], chosen: Ints, record_draws: RecordDraws, later: Record, rates: Mapping[str, Rates]
) -> list[Item]:
    """Each estimate, with the men of the stories and of the forecasts without a model.

    Where nothing changes, the men are those of the branch; at a rate, they dwindle as their side loses places. The past
    again has none.

    Args:
        chosen: the runs that are simulated again.
        rates: by forecast, at what rate places are lost.
    """
    if not estimates or not len(chosen):
        return []
    ground, at = later.ground, record_draws.scenario.at
    last = max(it.minute for it in estimates)
    counts: list[list[tuple[int, int]]] = [[] for _ in estimates]
    for run in chosen:
        story = record_draws.tell(index_of(int(run)), last)
        for row, it in zip(counts, estimates, strict=True):
            places = places_of(ground, it.place)
            men = [men_in(story.state(minute).cells, ground, it.actor, places) for minute in (at, it.minute)]
            row.append((men[0], men[1]))
    items = []
    for row, it in zip(counts, estimates, strict=True):
        before, then = np.array(row, dtype=np.float64).T
        by_forecast: dict[str, Floats] = {"model": then, NAIVE[0]: before}
        for name, rate in rates.items():
            by_forecast[name] = before * math.exp(-rate.rates.get(it.actor, 0.0) * (it.minute - at) / DAY)
        shown = {
            "actor": it.actor,
            "place": it.place,
            "at": ground.clock.text(it.minute),
            "came": it.best,
            "low": it.low,
            "high": None if math.isinf(it.high) else it.high,
        }

        def values(courses: Courses, by_forecast: Mapping[str, Floats] = by_forecast) -> Floats:
            return by_forecast.get(courses.name, np.zeros(0))

        items.append(of_amount("strengths", f"{it.actor} at {it.place}", shown, values, (it.low, it.high), math.inf))
    return items
