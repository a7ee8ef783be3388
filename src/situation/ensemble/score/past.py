"""What was known at a branch of the time before it: where a war could come to, how fast places fell, who met, who died."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import pairwise

import numpy as np
from attrs import define, frozen

from situation.dates import DAY, Minute
from situation.log.entry import Entry, Reported
from situation.log.state import State, holder_word, occupant, occupants
from situation.record.record import Record
from situation.record.tolls.totals import totals
from situation.record.tolls.within import Within, tolls_within
from situation.testimony.ground import Ground

__all__ = ["Past", "Rates", "reachable"]


def reachable(state: State, ground: Ground) -> tuple[str, ...]:
    """The places that a war could come to, by what was known at the branch, in the map's order.

    A place counts where somebody stands in it and ways, over any number of places, lead from it to a place of an enemy of
    its holder; or where it is contested, besieged or split.
    """

    def hostile(one: str, other: str) -> bool:
        return "hostile" in (state.get(f"{one}:{other}", "stance"), state.get(f"{other}:{one}", "stance"))

    near: dict[str, set[str]] = {str(place): set() for place in ground.places}
    ways = [(str(one), str(other)) for one, other in (link.ends for link in ground.links.values())]
    ways += [(str(name), str(place.within)) for name, place in ground.places.items() if place.within is not None]
    for one, other in ways:
        near[one].add(other)
        near[other].add(one)
    parts: dict[str, set[str]] = {}
    for name in ground.places:
        if name not in parts:
            part, edge = {str(name)}, [str(name)]
            while edge:
                fresh = near[edge.pop()] - part
                part |= fresh
                edge += sorted(fresh)
            parts.update(dict.fromkeys(part, part))
    standing = {str(name): occupants(state.cells, name) for name in ground.places}
    places = []
    for name in ground.places:
        control = state.places.get(name)
        if control is None or not standing[name]:
            continue
        others = {actor for other in parts[name] for actor in standing[other]} - set(standing[name])
        if control.status != "held" or any(hostile(one, other) for one in standing[name] for other in others):
            places.append(name)
    return tuple(places)


@frozen
class Rates:
    """At what rate actors lose places, and to whom.

    Args:
        rates: from a holder to places lost per place held and day.
        takers: from a holder to who took most from it.
    """

    rates: Mapping[str, float]
    takers: Mapping[str, str]


@define(slots=False)
class Past:
    """What was known at the branch of the time before it.

    Args:
        record: the record.
        at, known_at, belief: the branch.
    """

    record: Record
    at: Minute
    known_at: Minute
    belief: str

    @cached_property
    def first(self) -> Minute:
        """The start of the record's window."""
        return min(self.at, self.record.ground.window.earliest)

    @cached_property
    def known(self) -> State:
        """The state at the branch."""
        return self.record.state(self.at, self.known_at, self.belief)

    @cached_property
    def entries(self) -> list[Entry]:
        """What was reported of the time before."""
        log = self.record.log(self.known_at, self.belief)
        return [entry for entry in log if entry.time <= self.at and isinstance(entry.cause, Reported)]

    @cached_property
    def _within(self) -> tuple[Within, ...]:
        """Which events lie within others: the dead of a quarter are not added to those of its city."""
        return tolls_within(self.record.reading(self.known_at, self.belief), self.record.ground)

    @cached_property
    def tenures(self) -> dict[str, list[tuple[Minute, str | None]]]:
        """By place, who held it from when on."""
        by_place: dict[str, list[tuple[Minute, str | None]]] = {name: [] for name in self.record.ground.places}
        for change in self.record.history(self.known_at, self.belief):
            place, _, attribute = change.cell.rpartition(".")
            if attribute == "holder" and place in by_place and change.since <= self.at:
                by_place[place].append((change.since, holder_word(change.value)))
        return by_place

    def losses(self, since: Minute) -> Iterator[tuple[str, Minute, str, str]]:
        """Each change of hands after a minute: place, when, who lost it, who took it."""
        for place, tenure in self.tenures.items():
            held = [(minute, str(who)) for minute, who in tenure if who is not None]
            for (_, loser), (minute, taker) in pairwise(held):
                if minute > since and loser != taker:
                    yield place, minute, loser, taker

    def rates(self, days: float | None) -> Rates:
        """The rates of the last days before the branch; None: of all the past, one for all holders."""
        since = self.first if days is None else max(self.first, self.at - int(days * DAY))
        length = (self.at - since) / DAY
        lost: dict[str, dict[str, int]] = {}
        for _, _, loser, taker in self.losses(since):
            row = lost.setdefault(loser, {})
            row[taker] = row.get(taker, 0) + 1
        before = self.record.state(since, self.known_at, self.belief)
        owned: dict[str, int] = {}
        for name in self.record.ground.places:
            if (owner := occupant(before.cells, name)) is not None:
                owned[owner] = owned.get(owner, 0) + 1
        takers = {loser: min(row, key=lambda taker: (-row[taker], taker)) for loser, row in lost.items()}
        if length <= 0.0:
            return Rates({}, takers)
        if days is not None:
            kept = {loser: row for loser, row in lost.items() if owned.get(loser)}
            return Rates({loser: sum(row.values()) / (length * owned[loser]) for loser, row in kept.items()}, takers)
        taken: dict[str, int] = {}
        for row in lost.values():
            for taker, count in row.items():
                taken[taker] = taken.get(taker, 0) + count
        rate = sum(taken.values()) / (length * max(1, sum(owned.values())))
        for holder in sorted(owned):
            others = [taker for taker in sorted(taken) if taker != holder]
            if holder not in takers and others:
                takers[holder] = max(others, key=lambda taker: taken[taker])
        return Rates(dict.fromkeys(takers, rate), takers)

    def starts(self, length: int, most: int) -> list[Minute]:
        """The first minutes of at most so many stretches of the past of a length, evenly spread."""
        room = range(self.first, self.at - length + 1, DAY)
        if len(room) <= most:
            return list(room)
        return [room[int(number)] for number in np.linspace(0, len(room) - 1, most)]

    def killed(self, since: Minute, until: Minute) -> dict[str, int]:
        """The best figure of each side's dead in a stretch of the past."""
        inside = [entry for entry in self.entries if since < entry.time <= until]
        sums = totals(inside, self.record.ground, "killed", ("actor",), within=self._within)
        counted = [it for it in sums if it.actor is not None and it.events > it.others_alone]
        return {toll.actor: toll.low if toll.best is None else toll.best for toll in counted if toll.actor is not None}
