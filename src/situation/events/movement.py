"""Forces and goods that go from one place to another."""

from __future__ import annotations

from typing import Any, ClassVar

from attrs import field, frozen

from situation.events.kinds import (
    TOGETHER,
    ActorId,
    AreaId,
    Event,
    Lane,
    PlaceId,
    Quantity,
    Root,
    Values,
    event,
    not_empty,
    roots,
)
from situation.events.measures import in_measure

__all__ = ["Fled", "RouteUsed", "Withdrew"]


@event
@frozen
class Fled(Event):
    """Part of a force left a place for elsewhere under pressure. `amount` keeps words such as "large numbers"."""

    lane: ClassVar[Lane] = "movement"
    noun: ClassVar[str] = "Flight"
    details: ClassVar[tuple[str, ...]] = ("fled",)
    place: PlaceId
    actor: ActorId
    toward: tuple[AreaId, ...] = ()
    number: Quantity | None = None
    amount: str = ""

    @property
    def subject(self) -> str:
        return f"{self.actor}@{self.place}"

    @property
    def harms(self) -> tuple[ActorId, ...]:
        return (self.actor,)

    def speaks(self, root: Root) -> Values:
        cells: dict[str, Any] = {f"{root(self.actor)}@{self.place}.fled_toward": frozenset(self.toward)}
        if self.number is not None:
            cells[in_measure(f"{root(self.actor)}@{self.place}.fled", self.number.unit)] = self.number
        return cells


@event
@frozen
class RouteUsed(Event):
    """An actor moved men or goods along a corridor."""

    lane: ClassVar[Lane] = "movement"
    noun: ClassVar[str] = "Use of the route"
    lasting: ClassVar[bool] = True
    place: AreaId
    actor: ActorId
    carries: str

    @property
    def subject(self) -> str:
        return f"{self.actor}@{self.place}"

    def speaks(self, root: Root) -> Values:
        return {f"{root(self.actor)}@{self.place}.route": self.carries}


@event
@frozen
class Withdrew(Event):
    """A force left a place of its own accord, `toward` another where that is said."""

    lane: ClassVar[Lane] = "movement"
    noun: ClassVar[str] = "Withdrawal"
    place: PlaceId
    by: tuple[ActorId, ...] = field(validator=not_empty)
    toward: tuple[AreaId, ...] = ()

    @property
    def subject(self) -> str:
        return f"{TOGETHER.join(sorted(self.by))}@{self.place}"

    @property
    def harms(self) -> tuple[ActorId, ...]:
        return self.by

    def speaks(self, root: Root) -> Values:
        return {f"{actor}@{self.place}.strength": None for actor in (*self.by, *roots(root, self.by))}
