"""What the engine on the fold looks up on a stage: ways, fronts and supply, each kept for the stories that ask again."""

from __future__ import annotations

import heapq
import math
from collections.abc import Mapping
from itertools import product
from typing import Any

from attrs import define, field, fields

from situation.chance.luck import word_of
from situation.dates import DAY, Minute
from situation.events import TOGETHER, PlaceId
from situation.story.stage import Stage
from situation.testimony.ground import Link

__all__ = ["Contact", "FoldStage", "on_the_fold"]

_MOST_KEPT = 16384
"""Answers of one kind that are kept at most, however many stories are simulated."""
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
class FoldStage(Stage):
    """A stage with what the engine on the fold asks of it."""

    kept: _Kept = field(factory=_Kept, kw_only=True, eq=False, repr=False)

    def contacts(self, holders: tuple[str | None, ...]) -> tuple[Contact, ...]:
        """The pairs of armed actors that hold neighbouring places.

        Args:
            holders: who holds each place, in the order of `places`.
        """
        if holders not in self.kept.contacts:
            holder = dict(zip(self.places, holders, strict=True))
            fronts: dict[tuple[str, str], list[tuple[PlaceId, PlaceId]]] = {}
            for link in self.ground.links.values():
                here, there = ((holder[end] or "").split(TOGETHER) for end in link.ends)
                for one, other in product(here, there):
                    if one != other and {one, other} <= self.armed:
                        first, second = link.ends
                        pair, ends = ((one, other), (first, second)) if one < other else ((other, one), (second, first))
                        fronts.setdefault(pair, []).append(ends)
            self.kept.contacts[holders] = tuple((*pair, tuple(ends)) for pair, ends in fronts.items())
        return self.kept.contacts[holders]

    def at_hour(self, day: int, hour: int) -> Minute:
        """An hour of a local day as a minute."""
        return self.ground.clock.instant(day * DAY + hour * 60)

    def beside(self, actor: str, place: str, km: float) -> tuple[str, tuple[tuple[str, str, str], ...]]:
        """The cell that counts an actor's men in hiding at a place; and its garrisons within some km by a link, each
        with the cell that counts its men and the one that says whether the link is sealed against them."""
        key = (actor, place, km)
        if key not in self.kept.beside:
            near = [(f"{actor}@{end}", link) for link, end in self.ways.get(place, ()) if link.km <= km]
            cells = tuple((force, f"{force}.number", f"{actor}|{link.id}.sealed") for force, link in near)
            self.kept.beside[key] = (f"{actor}@{place}.hidden", cells)
        return self.kept.beside[key]

    def around(self, place: str, km: float) -> Mapping[str, float]:
        """The places within some km of a place by the shortest way, itself among them, each with its km."""
        key = (place, km)
        if key not in self.kept.around:
            km_to = {str(end): self.path(place, end, frozenset())[0] for end in self.places}
            self.kept.around[key] = {end: length for end, length in km_to.items() if length <= km}
        return self.kept.around[key]

    def reached(self, actor: str, closed: frozenset[str], shut: frozenset[str], lost: frozenset[str]) -> frozenset[str]:
        """The places that an actor's supply reaches over links that carry it, and those next to them (R7).

        Args:
            closed: places that it may not go through.
            shut: links that are closed to it.
            lost: sources that send nothing, in whoever's hands they are.
        """
        key = (actor, closed, shut, lost)
        if key not in self.kept.supplied:
            fed: set[str] = set()
            for inflow in self.conduct(actor).supply_from:
                for source in inflow.places:
                    if source not in lost:
                        there = self._flows(str(source), inflow.over, closed, shut)
                        fed |= there - {str(source)} if inflow.mutual else there
            self.kept.supplied[key] = frozenset(fed)
        return self.kept.supplied[key]

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
        if key not in self.kept.paths:
            self.kept.paths[key] = self._shortest(start, goal, closed, shut)
        return self.kept.paths[key]

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


_CACHES: dict[int, tuple[Any, _Kept]] = {}
"""By what stages of one scenario and ground share: what has been worked out for them."""


def on_the_fold(stage: Stage) -> FoldStage:
    """A stage as the engine on the fold takes it."""
    if isinstance(stage, FoldStage):
        return stage
    made: FoldStage | None = stage.__dict__.get("_on_the_fold")
    if made is None:
        shared = stage._kept
        if len(_CACHES) > 64:
            _CACHES.clear()
        _, kept = _CACHES.setdefault(id(shared), (shared, _Kept()))
        kept.tidy()
        given = {it.name: getattr(stage, it.name) for it in fields(Stage) if it.init}
        made = stage.__dict__["_on_the_fold"] = FoldStage(**given, kept=kept)
    return made
