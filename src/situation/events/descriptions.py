"""The ground and the actors as sources describe them."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from attrs import frozen

from situation.events.kinds import ActorId, AreaId, Event, Lane, Quantity, Root, Values, event

__all__ = ["ActorDescribed", "PlaceDescribed"]


@event
@frozen
class PlaceDescribed(Event):
    """What a source says of the ground. `of` is the other place or region where the attribute needs one."""

    lane: ClassVar[Lane] = "statements"
    noun: ClassVar[str] = "Description"
    lasting: ClassVar[bool] = True
    place: AreaId
    attribute: Literal["location", "bank", "length", "rank", "role", "route", "claimed by"]
    value: str
    of: AreaId | None = None
    km: Quantity | None = None

    @property
    def subject(self) -> str:
        return f"{self.place}.{self.attribute}"

    def speaks(self, root: Root) -> Values:
        attribute = self.attribute.replace(" ", "_")
        cells: dict[str, Any] = {f"{self.place}.{attribute}": self.value}
        if self.km is not None:
            cells[f"{self.place}.km.{attribute}" + (f".{self.of}" if self.of else "")] = self.km
        return cells


@event
@frozen
class ActorDescribed(Event):
    """What a source says an actor is: its make-up, or a name that it is given."""

    lane: ClassVar[Lane] = "statements"
    noun: ClassVar[str] = "Description"
    indifferent: ClassVar[tuple[str, ...]] = ("actor",)
    lasting: ClassVar[bool] = True
    actor: ActorId
    attribute: Literal["name", "composition", "holdings"]
    value: str

    @property
    def subject(self) -> str:
        return f"{self.actor}.{self.attribute}"

    def speaks(self, root: Root) -> Values:
        return {f"{self.actor}.{self.attribute}": self.value}
