"""What open and closed roads do to forces: supply cut and restored, and a march that finds its road free."""

from __future__ import annotations

from typing import ClassVar

from attrs import frozen

from situation.events.kinds import ActorId, Lane, PlaceId, event
from situation.events.story import Due, StoryEvent

__all__ = ["MarchQuickened", "SupplyCut", "SupplyRestored"]


@event
@frozen
class MarchQuickened(StoryEvent):
    """A force under way found the rest of its road free of the enemy, and will be there sooner."""

    lane: ClassVar[Lane] = "movement"
    force: str
    actor: ActorId
    place: PlaceId
    to: PlaceId
    due: Due

    @property
    def subject(self) -> str:
        return self.force


@event
@frozen
class SupplyCut(StoryEvent):
    """No open way joins a force to its supply any more, since a day."""

    lane: ClassVar[Lane] = "movement"
    force: str
    actor: ActorId
    place: PlaceId
    since: int

    @property
    def subject(self) -> str:
        return self.force


@event
@frozen
class SupplyRestored(StoryEvent):
    """Supply reaches a force again."""

    lane: ClassVar[Lane] = "movement"
    force: str
    actor: ActorId
    place: PlaceId

    @property
    def subject(self) -> str:
        return self.force
