"""Operations, their parts, and numbers put on forces."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from attrs import frozen

from situation.events.kinds import (
    ActorId,
    AreaId,
    Event,
    Lane,
    OperationId,
    PlaceId,
    Quantity,
    Root,
    Values,
    event,
    roots,
    sides_of,
)
from situation.events.measures import in_measure

__all__ = ["OperationLaunched", "OperationReported", "StrengthAssessed", "Support"]


@frozen
class Support:
    """Help given to an operation: by whom, and by what means."""

    by: ActorId
    means: str


@event
@frozen
class OperationLaunched(Event):
    """An operation began. `targets` are the places that it is said to be for."""

    lane: ClassVar[Lane] = "fighting"
    noun: ClassVar[str] = "Launch of the operation"
    strikes: ClassVar[bool] = True
    gathers: ClassVar[tuple[str, ...]] = ("targets",)
    details: ClassVar[tuple[str, ...]] = ("against",)
    operation: OperationId
    by: tuple[ActorId, ...] = ()
    against: ActorId | None = None
    targets: tuple[AreaId, ...] = ()

    @property
    def subject(self) -> str:
        return self.operation

    def detailed(self, root: Root) -> tuple[str, ...]:
        """The operation: against whom it goes is of the launch that is the last."""
        return (self.operation,)

    def speaks(self, root: Root) -> Values:
        cells: dict[str, Any] = {f"{self.operation}.phase": "running", f"{self.operation}.by": sides_of(root, self.by)}
        if self.targets:
            cells[f"{self.operation}.targets"] = self.targets
        if self.against is not None:
            cells[f"{self.operation}.against"] = root(self.against)
            for actor in roots(root, self.by):
                cells[f"{actor}:{root(self.against)}.stance"] = "hostile"
        return cells


@event
@frozen
class OperationReported(Event):
    """What is said of an operation under way; what a report leaves out stays as it was.

    `assault_on` names the place whose capture the participants are credited with.
    """

    lane: ClassVar[Lane] = "fighting"
    noun: ClassVar[str] = "Report on the operation"
    lasting: ClassVar[bool] = True
    gathers: ClassVar[tuple[str, ...]] = ("targets", "aims")
    partial: ClassVar[bool] = True
    operation: OperationId
    by: tuple[ActorId, ...] = ()
    against: ActorId | None = None
    targets: tuple[AreaId, ...] = ()
    participants: tuple[ActorId, ...] = ()
    support: tuple[Support, ...] = ()
    aims: tuple[str, ...] = ()
    phase: Literal["running", "first stage", "last stage", "paused", "ended", "planned"] | None = None
    commander: str = ""
    assault_on: PlaceId | None = None

    @property
    def subject(self) -> str:
        return self.operation

    @property
    def actors(self) -> tuple[ActorId, ...]:
        return self.by or self.participants

    @property
    def serves(self) -> tuple[ActorId, ...]:
        return (*self.actors, *(part.by for part in self.support))

    def speaks(self, root: Root) -> Values:
        cells: dict[str, Any] = {}
        if self.phase:
            cells[f"{self.operation}.phase"] = self.phase
        if self.participants:
            cells[f"{self.operation}.participants"] = frozenset(self.participants)
        if self.assault_on and self.participants:
            cells[f"{self.assault_on}.taken_by"] = frozenset(self.participants)
        for part in self.support:
            cells[f"{self.operation}.support.{part.by}"] = part.means
        if self.aims:
            cells[f"{self.operation}.aims"] = self.aims
        if self.targets:
            cells[f"{self.operation}.targets"] = self.targets
        if self.commander:
            cells[f"{self.operation}.commander"] = self.commander
        if self.by:
            cells[f"{self.operation}.by"] = sides_of(root, self.by)
        if self.against is not None:
            cells[f"{self.operation}.against"] = root(self.against)
            for actor in roots(root, self.by or self.participants):
                cells[f"{actor}:{root(self.against)}.stance"] = "hostile"
        return cells


@event
@frozen
class StrengthAssessed(Event):
    """Someone put a number on a force, be it a part of a side's. An assessment changes what is known, never how many there are.

    `scope`: whether the number is for the place itself, or for its wider surroundings.
    """

    lane: ClassVar[Lane] = "statements"
    noun: ClassVar[str] = "Estimate of strength"
    lasting: ClassVar[bool] = True
    actor: ActorId
    place: AreaId
    number: Quantity
    scope: Literal["place", "vicinity"] = "place"

    @property
    def subject(self) -> str:
        return f"{self.actor}@{self.place}"

    def speaks(self, root: Root) -> Values:
        return {in_measure(f"{self.actor}@{self.place}.strength", self.number.unit): self.number}
