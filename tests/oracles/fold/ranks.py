"""The order in which a story takes what could be taken in any: by ranks drawn once for it, never by text or by file."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from itertools import combinations
from typing import TypeVar

from attrs import define, field

from situation.chance.luck import Luck
from situation.events import ActorId, PlaceId
from situation.scenario.parts import Given, Plan
from situation.story.stage import Stage

__all__ = ["Ranks"]

_Name = TypeVar("_Name", bound=str)


@define(slots=False)
class Ranks:
    """The rank of every name in one story. One more name moves none of the others."""

    _stage: Stage
    _luck: Luck
    _ranks: dict[str, float] = field(factory=dict, init=False)

    def of(self, name: str) -> float:
        """The rank of a name."""
        rank = self._ranks.get(name)
        if rank is None:
            rank = self._ranks[name] = self._luck.uniform("rank", name, 0)
        return rank

    def ordered(self, names: Iterable[_Name]) -> tuple[_Name, ...]:
        """Some names by rank."""
        return tuple(sorted(names, key=self.of))

    @cached_property
    def places(self) -> tuple[PlaceId, ...]:
        """All places."""
        return self.ordered(self._stage.places)

    @cached_property
    def armed(self) -> tuple[ActorId, ...]:
        """The actors that fight."""
        return self.ordered(self._stage.armed)

    @cached_property
    def pairs(self) -> tuple[tuple[ActorId, ActorId], ...]:
        """Each two of them, as the cells of a pair name them."""
        return tuple((one, other) if one < other else (other, one) for one, other in combinations(self.armed, 2))

    @cached_property
    def plans(self) -> tuple[tuple[str, Plan], ...]:
        """The plans by name."""
        plans = self._stage.scenario.doctrines
        return tuple((name, plans[name]) for name in self.ordered(plans))

    @cached_property
    def given(self) -> tuple[tuple[str, Given], ...]:
        """What the scenario gives, by name."""
        given = self._stage.scenario.given
        return tuple((name, given[name]) for name in self.ordered(given))
