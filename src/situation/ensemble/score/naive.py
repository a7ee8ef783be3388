"""What a model must beat: two forecasts that need none, and the places on which any forecast can be wrong.

*Nothing changes*: whoever held a place at the branch still holds it. *The trend goes on*: places go on falling at the
rate of the month before the branch, to whoever took most.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from attrs import frozen

from situation.chance.vectors import Floats
from situation.dates import DAY, Minute
from situation.log.state import State, holder_word, occupant, occupants
from situation.record.record import Record
from situation.testimony.ground import Ground

__all__ = ["Trend", "contestable", "trend_of"]

_TREND_DAYS = 30
"""Days before the branch from which the trend is read; ASSUMED: long enough to see an advance, short enough to be one."""


def contestable(state: State, ground: Ground) -> tuple[str, ...]:
    """The places that could have changed hands, by what was known at the branch, in the map's order.

    A place counts where it is contested, besieged or split, or where it is held and a link, or the place around it,
    joins it to one that an enemy of its holder holds.
    """

    def hostile(one: str, other: str) -> bool:
        return "hostile" in (state.get(f"{one}:{other}", "stance"), state.get(f"{other}:{one}", "stance"))

    near: dict[str, set[str]] = {place: set() for place in ground.places}
    for link in ground.links.values():
        one, other = link.ends
        near[one].add(other)
        near[other].add(one)
    for name, place in ground.places.items():
        if place.within is not None:
            near[name].add(place.within)
            near[place.within].add(name)
    places = []
    for name in ground.places:
        control = state.places.get(name)
        if control is None or not control.occupants:
            continue
        beside = {actor for other in near[name] for actor in occupants(state.cells, other)} - set(control.occupants)
        if control.status != "held" or any(hostile(one, other) for one in control.occupants for other in beside):
            places.append(name)
    return tuple(places)


@frozen
class Trend:
    """At what rate an actor has been losing places, and to whom.

    Args:
        rates: from a holder to places lost per place held and day.
        takers: from a holder to who took most from it.
    """

    rates: Mapping[str, float]
    takers: Mapping[str, str]

    def share(self, holder: str | None, days: float) -> dict[str | None, float]:
        """Who holds a place that `holder` held at the branch, some days after it."""
        rate = self.rates.get(str(holder), 0.0)
        if rate == 0.0:
            return {holder: 1.0}
        stays = math.exp(-rate * days)
        return {holder: stays, self.takers[str(holder)]: 1.0 - stays}

    def times(self, holder: str | None, end: float, count: int = 400) -> Floats:
        """When a place falls, as evenly spaced quantiles in days, cut off at the end of the observation."""
        rate = self.rates.get(str(holder), 0.0)
        parts = (np.arange(count) + 0.5) / count
        times = -np.log1p(-parts) / rate if rate > 0.0 else np.full(count, math.inf)
        return np.minimum(times, end)


def trend_of(record: Record, at: Minute, known_at: Minute, belief: str) -> Trend:
    """The trend of the month before the branch, by what was known then."""
    ground = record.ground
    start = max(ground.window.earliest, at - _TREND_DAYS * DAY)
    days = (at - start) / DAY
    lost: dict[str, dict[str, int]] = {}
    before = record.state(start, known_at, belief)
    held: dict[str, str | None] = {name: occupant(before.cells, name) for name in ground.places}
    for change in record.history(known_at, belief):
        place, _, attribute = change.cell.rpartition(".")
        if attribute != "holder" or place not in ground.places or not start < change.since <= at:
            continue
        loser, taker = held.get(place), holder_word(change.value)
        if loser is not None and taker is not None and taker != loser:
            row = lost.setdefault(loser, {})
            row[taker] = row.get(taker, 0) + 1
        held[place] = taker
    owned: dict[str, int] = {}
    for name in ground.places:
        if (holder := occupant(before.cells, name)) is not None:
            owned[holder] = owned.get(holder, 0) + 1
    rates = {
        loser: sum(row.values()) / (days * owned[loser]) for loser, row in lost.items() if owned.get(loser) and days > 0
    }
    takers = {loser: min(row, key=lambda taker: (-row[taker], taker)) for loser, row in lost.items()}
    return Trend(rates, takers)
