"""What all stories of one scenario share: the branch, the ways between places, and what is known of each place."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import product

from attrs import define, evolve, field

from situation.chance.luck import word_of
from situation.dates import DAY, Minute
from situation.events import TOGETHER, ActorId, PlaceId
from situation.log.entry import Log
from situation.log.fold import fold
from situation.log.state import State, occupant
from situation.record.record import Record
from situation.rules import Prior
from situation.scenario import Scenario
from situation.scenario.branch import branch_log
from situation.scenario.parts import Conduct
from situation.testimony.ground import Ground, Link

__all__ = ["Contact", "Stage", "places_held", "stage_of"]

_UNSAID = Conduct()
_MOST_KEPT = 16384
"""Answers of one kind that stages keep at most, however many stories are simulated on them."""
Contact = tuple[str, str, tuple[tuple[PlaceId, PlaceId], ...]]
"""Two actors that touch, as the cells of a pair name them, and the two ends of each link along which they do, in that order."""


@define
class _Kept:
    """What was found on a stage and holds on every other of the same scenario and ground, whatever its log."""

    paths: dict[tuple[str, str, frozenset[str], frozenset[str]], tuple[float, tuple[PlaceId, ...]]] = field(
        factory=dict
    )
    beside: dict[tuple[str, str, float], tuple[str, tuple[tuple[str, str, str], ...]]] = field(factory=dict)
    around: dict[tuple[str, float], Mapping[str, float]] = field(factory=dict)
    supplied: dict[tuple[str, frozenset[str], frozenset[str], frozenset[str]], frozenset[str]] = field(factory=dict)
    contacts: dict[tuple[str | None, ...], tuple[Contact, ...]] = field(factory=dict)

    def tidy(self) -> None:
        """Forget what has grown beyond its bounds."""
        for some in (self.paths, self.beside, self.around, self.supplied, self.contacts):
            if len(some) > _MOST_KEPT:
                some.clear()


@define(frozen=True, slots=False)
class Stage:
    """A scenario set up on its ground. `ways`: from a place to each way out of it, with the place at its other end."""

    scenario: Scenario
    ground: Ground
    log: Log
    state: State
    ways: Mapping[str, tuple[tuple[Link, PlaceId], ...]]
    places: tuple[PlaceId, ...]
    _kept: _Kept = field(factory=_Kept, init=False, eq=False, repr=False)

    def on(self, log: Log, state: State) -> Stage:
        """The same scenario on another log up to the branch, and its state. What was found about the ground is shared."""
        other = evolve(self, log=log, state=state)
        self._kept.tidy()
        object.__setattr__(other, "_kept", self._kept)
        return other

    def under(self, scenario: Scenario) -> Stage:
        """Another scenario that leaves the same log at the same minute."""
        return evolve(self, scenario=scenario)

    @property
    def numbers(self) -> Mapping[str, Prior]:
        """Every number's prior by name."""
        return self.scenario.numbers

    @cached_property
    def armed(self) -> frozenset[ActorId]:
        """The actors that fight: those with men now or later, and those that the scenario says how to fight."""
        return self.scenario.fighting(self.ground)

    @cached_property
    def garrisoned(self) -> frozenset[tuple[ActorId, PlaceId]]:
        """Who has men in the ranks where when a story begins, by the scenario's forces."""
        forces = self.scenario.forces.values()
        ranks = (force for force in forces if force.kind != "hidden")
        return frozenset((self.ground.root(force.actor), place) for force in ranks for place in force.places)

    @cached_property
    def held(self) -> Mapping[str, int]:
        """How many places each actor held at the branch."""
        return places_held(occupant(self.state.cells, place) for place in self.places)

    def contacts(self, holders: tuple[str | None, ...]) -> tuple[Contact, ...]:
        """The pairs of armed actors that hold neighbouring places.

        Args:
            holders: who holds each place, in the order of `places`.
        """
        if holders not in self._kept.contacts:
            holder = dict(zip(self.places, holders, strict=True))
            fronts: dict[tuple[str, str], list[tuple[PlaceId, PlaceId]]] = {}
            for link in self.ground.links.values():
                here, there = ((holder[end] or "").split(TOGETHER) for end in link.ends)
                for one, other in product(here, there):
                    if one != other and {one, other} <= self.armed:
                        first, second = link.ends
                        pair, ends = ((one, other), (first, second)) if one < other else ((other, one), (second, first))
                        fronts.setdefault(pair, []).append(ends)
            self._kept.contacts[holders] = tuple((*pair, tuple(ends)) for pair, ends in fronts.items())
        return self._kept.contacts[holders]

    def conduct(self, actor: str) -> Conduct:
        """How an actor fights; as any other, where the scenario does not say."""
        return self.scenario.actors.get(ActorId(actor), _UNSAID)

    def day_of(self, minute: Minute) -> int:
        """The local calendar day of a minute, counted from 1970."""
        return self.ground.clock.local(minute) // DAY

    def at_hour(self, day: int, hour: int) -> Minute:
        """An hour of a local day as a minute."""
        return self.ground.clock.instant(day * DAY + hour * 60)

    def area(self, place: str) -> tuple[float, bool]:
        """The area of a place that is to be cleared, in km2; and whether it is an open sector, to be swept."""
        ground = self.ground.places[PlaceId(place)].ground
        if ground is None:
            return 1.0, False
        if ground.built_up_km2 is not None:
            return float(ground.built_up_km2), False
        return (float(ground.sector_km2), True) if ground.sector_km2 is not None else (1.0, False)

    def is_open(self, place: str) -> bool:
        """Open ground: never sealed, never stood in."""
        return self.ground.kind_of(place).open

    def beside(self, actor: str, place: str, km: float) -> tuple[str, tuple[tuple[str, str, str], ...]]:
        """The cell that counts an actor's men in hiding at a place; and its garrisons within some km by a link, each
        with the cell that counts its men and the one that says whether the link is sealed against them."""
        key = (actor, place, km)
        if key not in self._kept.beside:
            near = [(f"{actor}@{end}", link) for link, end in self.ways.get(place, ()) if link.km <= km]
            cells = tuple((force, f"{force}.number", f"{actor}|{link.id}.sealed") for force, link in near)
            self._kept.beside[key] = (f"{actor}@{place}.hidden", cells)
        return self._kept.beside[key]

    def around(self, place: str, km: float) -> Mapping[str, float]:
        """The places within some km of a place by the shortest way, itself among them, each with its km."""
        key = (place, km)
        if key not in self._kept.around:
            km_to = {str(end): self.path(place, end, frozenset())[0] for end in self.places}
            self._kept.around[key] = {end: length for end, length in km_to.items() if length <= km}
        return self._kept.around[key]

    def reached(self, actor: str, closed: frozenset[str], shut: frozenset[str], lost: frozenset[str]) -> frozenset[str]:
        """The places that an actor's supply reaches over links that carry it, and those next to them (R7).

        Args:
            closed: places that it may not go through.
            shut: links that are closed to it.
            lost: sources that send nothing, in whoever's hands they are.
        """
        key = (actor, closed, shut, lost)
        if key not in self._kept.supplied:
            fed: set[str] = set()
            for inflow in self.conduct(actor).supply_from:
                for source in inflow.places:
                    if source not in lost:
                        there = self._flows(str(source), inflow.over, closed, shut)
                        fed |= there - {str(source)} if inflow.mutual else there
            self._kept.supplied[key] = frozenset(fed)
        return self._kept.supplied[key]

    def _flows(self, source: str, over: tuple[str, ...], closed: frozenset[str], shut: frozenset[str]) -> set[str]:
        waiting, through, reached = [source], {source}, {source}
        while waiting:
            for link, end in self.ways.get(waiting.pop(), ()):
                if link.id in shut or (over and link.kind not in over):
                    continue
                reached.add(str(end))
                if end not in closed and end not in through:
                    through.add(str(end))
                    waiting.append(str(end))
        return reached

    def link(self, one: str, other: str, shut: frozenset[str] = frozenset()) -> Link | None:
        """The shortest way between two neighbours, past the links that are shut."""
        links = [link for link, end in self.ways.get(one, ()) if end == other and link.id not in shut]
        return min(links, key=lambda link: (link.km, word_of(link.id)), default=None)

    def path(
        self, start: str, goal: str, closed: frozenset[str], shut: frozenset[str] = frozenset()
    ) -> tuple[float, tuple[PlaceId, ...]]:
        """The shortest way in km over links, and the places on it after the start; infinite and none where there is none.

        Of ways of one length the words of the places decide (`chance.luck.word_of`), so that no text does.

        Args:
            closed: places that the way may not lead through.
            shut: links that it may not take.
        """
        key = (start, goal, closed, shut)
        if key not in self._kept.paths:
            self._kept.paths[key] = self._shortest(start, goal, closed, shut)
        return self._kept.paths[key]

    def _shortest(
        self, start: str, goal: str, closed: frozenset[str], shut: frozenset[str]
    ) -> tuple[float, tuple[PlaceId, ...]]:
        waiting: list[tuple[float, tuple[int, ...], tuple[str, ...]]] = [(0.0, (), (start,))]
        seen: set[str] = set()
        while waiting:
            km, words, way = heapq.heappop(waiting)
            here = way[-1]
            if here == goal:
                return km, tuple(PlaceId(place) for place in way[1:])
            if here in seen:
                continue
            seen.add(here)
            for link, end in self.ways.get(here, ()):
                if end not in seen and (end == goal or end not in closed) and link.id not in shut:
                    heapq.heappush(waiting, (km + link.km, (*words, word_of(end)), (*way, end)))
        return math.inf, ()


def places_held(holders: Iterable[str | None]) -> Mapping[str, int]:
    """How many places each actor holds, alone or with others; `holders` are words as `holder_word` makes them."""
    counts: dict[str, int] = {}
    for word in holders:
        for holder in word.split(TOGETHER) if word is not None else ():
            counts[holder] = counts.get(holder, 0) + 1
    return counts


def _nearest(way: tuple[Link, PlaceId]) -> tuple[float, int]:
    return way[0].km, word_of(way[0].id)


def stage_of(scenario: Scenario, record: Record, log: Log | None = None) -> Stage:
    """Set a scenario up on a record. Names and hierarchies stay as they are at the branch.

    Args:
        log: what has happened up to the branch; None: what the scenario's belief makes of the record.
    """
    ways: dict[str, list[tuple[Link, PlaceId]]] = {}
    for link in record.ground.links.values():
        for here, there in (link.ends, link.ends[::-1]):
            ways.setdefault(here, []).append((link, there))
    before = branch_log(scenario, record) if log is None else log
    return Stage(
        scenario=scenario,
        ground=record.ground.at(scenario.at),
        log=before,
        state=fold(before, record.ground),
        ways={place: tuple(sorted(out, key=_nearest)) for place, out in ways.items()},
        places=tuple(record.ground.places),
    )
