"""What a model must beat: four forecasts that need none.

*Nothing changes*: whoever held a place at the branch still holds it; nobody clashes; as many die as in the time before.
*The trend goes on*: places go on falling at the rate of the month before the branch, to whoever took most; clashes and
deaths likewise. *Base rate*: the same at one rate for all, over all that was known at the branch. *The past again*: each
member is a stretch of the record's own past as long as what is scored, as in the Conflictology benchmark of the VIEWS
prediction challenge (Hegre et al. 2025): a place fares as some place of the same holder fared then.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from situation.chance.luck import Luck
from situation.chance.vectors import Floats
from situation.dates import DAY, Minute
from situation.ensemble.mathematics import require_room
from situation.ensemble.score.courses import Courses, Tenure
from situation.ensemble.score.observed import clashes_in
from situation.ensemble.score.past import Past, Rates
from situation.log.entry import Entry
from situation.log.state import occupant

__all__ = ["NAIVE", "TREND_DAYS", "naive_courses"]

NAIVE = ("nothing changes", "the trend goes on", "base rate", "the past again")
TREND_DAYS = 30
"""Days before the branch from which the trend is read; ASSUMED: long enough to see an advance, short enough to be one."""
_MEMBERS = 200
"""Members of a forecast; ASSUMED: a share to 3 points, little beside what few observations can tell."""


def naive_courses(past: Past, end: Minute) -> list[Courses]:
    """The forecasts without a model, in the order of `NAIVE`; without the last where the past is shorter than the time scored.

    Args:
        end: up to where it is scored.
    """
    start: dict[str, str | None] = {name: occupant(past.known.cells, name) for name in past.record.ground.places}
    length = end - past.at
    last, before = past.killed(past.at - length, past.at), past.killed(past.at - 2 * length, past.at - length)
    trend = {actor: max(0, 2 * count - before.get(actor, 0)) for actor, count in last.items()}
    pairs = clashes_in(past.entries, past.record.ground, past.known)
    recent = {
        pair: sum(it.time > past.at - TREND_DAYS * DAY for it in rows) / TREND_DAYS for pair, rows in pairs.items()
    }
    age = max(1.0, (past.at - past.first) / DAY)
    usual = {pair: len(rows) / age for pair, rows in pairs.items()}
    average = {actor: count * (length / DAY) / age for actor, count in past.killed(past.first - 1, past.at).items()}
    forecasts = [
        Courses(
            NAIVE[0],
            past.at,
            _MEMBERS,
            {},
            start,
            {},
            _steady({actor: np.full(_MEMBERS, men) for actor, men in last.items()}),
            _ends(past.at, end),
        ),
        _at_rates(
            NAIVE[1],
            past,
            end,
            start,
            past.rates(TREND_DAYS),
            recent,
            {a: np.full(_MEMBERS, n) for a, n in trend.items()},
        ),
        _at_rates(
            NAIVE[2], past, end, start, past.rates(None), usual, {a: _poisson(mean) for a, mean in average.items()}
        ),
    ]
    starts = past.starts(length, _MEMBERS)
    return [*forecasts, _again(past, end, start, starts, pairs)] if starts else forecasts


def _ends(at: Minute, end: Minute) -> Floats:
    return np.array([at, end], dtype=np.float64)


def _steady(counts: Mapping[str, Floats]) -> dict[str, Floats]:
    """Deaths spread evenly over the time scored; shape (members, 2)."""
    return {actor: np.stack([np.zeros(len(men)), men.astype(np.float64)], axis=1) for actor, men in counts.items()}


def _poisson(mean: float) -> Floats:
    """A Poisson forecast as evenly spaced quantiles; shape (members,)."""
    require_room("scipy")
    from scipy.stats import poisson

    quantiles: Floats = poisson.ppf((np.arange(_MEMBERS) + 0.5) / _MEMBERS, mean)
    return quantiles


def _at_rates(
    name: str,
    past: Past,
    end: Minute,
    start: Mapping[str, str | None],
    rates: Rates,
    clashes: Mapping[str, float],
    dead: Mapping[str, Floats],
) -> Courses:
    """A forecast at constant rates: the times of the members are evenly spaced quantiles, in an order drawn for each place."""

    def times(subject: str, rate: float) -> Floats:
        if rate <= 0.0:
            return np.full(_MEMBERS, math.inf)
        order = np.argsort([Luck(0, member).uniform(name, subject, 0) for member in range(_MEMBERS)])
        days = -np.log1p(-(order + 0.5) / _MEMBERS) / rate
        return np.where(days * DAY > end - past.at, math.inf, past.at + np.ceil(days * DAY))

    tenures: dict[str, Sequence[Tenure]] = {}
    for place, holder in start.items():
        if holder is not None and rates.rates.get(holder, 0.0) > 0.0:
            taker = rates.takers[holder]
            tenures[place] = [
                ((past.at, holder), (int(minute), taker)) if math.isfinite(minute) else ((past.at, holder),)
                for minute in times(place, rates.rates[holder])
            ]
    met = {pair: times(pair, rate) for pair, rate in clashes.items() if rate > 0.0}
    return Courses(name, past.at, _MEMBERS, tenures, start, met, _steady(dead), _ends(past.at, end))


def _again(
    past: Past,
    end: Minute,
    start: Mapping[str, str | None],
    starts: Sequence[Minute],
    pairs: Mapping[str, Sequence[Entry]],
) -> Courses:
    """The stretches of the past as members."""
    length = end - past.at
    tenures: dict[str, list[Tenure]] = {place: [] for place in start}
    dead: dict[str, list[int]] = {}
    met: dict[str, list[float]] = {pair: [] for pair in pairs}
    counts = [past.killed(first, first + length) for first in starts]
    for number, first in enumerate(starts):
        before = {place: _held_at(tenure, first) for place, tenure in past.tenures.items()}
        for place, holder in start.items():
            alike = [other for other, who in before.items() if who is not None and who == holder]
            own: Tenure = ((past.at, holder),)
            if alike:
                chosen = alike[int(Luck(0, number).uniform(NAIVE[3], place, first) * len(alike))]
                after = [
                    (past.at + since - first, who)
                    for since, who in past.tenures[chosen]
                    if first < since <= first + length
                ]
                own = (*own, *after)
            tenures[place].append(own)
        for pair, rows in pairs.items():
            when = min((entry.time for entry in rows if first < entry.time <= first + length), default=math.inf)
            met[pair].append(past.at + when - first)
    for actor in sorted({actor for row in counts for actor in row}):
        dead[actor] = [row.get(actor, 0) for row in counts]
    return Courses(
        NAIVE[3],
        past.at,
        len(starts),
        tenures,
        start,
        {pair: np.array(minutes) for pair, minutes in met.items()},
        _steady({actor: np.array(men) for actor, men in dead.items()}),
        _ends(past.at, end),
    )


def _held_at(tenure: Tenure, minute: Minute) -> str | None:
    """Who held a place at a minute of the past."""
    return next((who for since, who in reversed(tenure) if since <= minute), None)
