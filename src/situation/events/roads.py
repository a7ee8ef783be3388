"""What is met and seen on the road: supply cut and restored, a march that finds its road free, a column seen coming."""

from __future__ import annotations

from typing import ClassVar

from attrs import frozen

from situation.events.kinds import ActorId, Lane, PlaceId, event
from situation.events.story import Due, StoryEvent

__all__ = ["AttackPutOff", "ColumnSighted", "MarchQuickened", "SupplyCut", "SupplyRestored"]


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
class ColumnSighted(StoryEvent):
    """Those who hold a place for an actor see an enemy column coming: so far off, and so strong by their own estimate."""

    lane: ClassVar[Lane] = "movement"
    force: str
    actor: ActorId
    place: PlaceId
    km: float
    ratio: float

    @property
    def subject(self) -> str:
        return self.force


@event
@frozen
class AttackPutOff(StoryEvent):
    """A force does not attack a place for now: by its own estimate, `ratio` to one, it has no hope to take it.

    `due`: when it looks at it again, where it waits before the place for friends on the road; else it goes elsewhere.
    """

    lane: ClassVar[Lane] = "movement"
    force: str
    actor: ActorId
    place: PlaceId
    ratio: float
    due: Due | None = None

    @property
    def subject(self) -> str:
        return self.force


@event
@frozen
class SupplyCut(StoryEvent):
    """No open way joins a force to its supply any more, since a day.

    `link`: the first on the nearest way that carries nothing; None where no way leads to a source. `closed_by`: who
    closed it, or holds its end.
    """

    lane: ClassVar[Lane] = "movement"
    force: str
    actor: ActorId
    place: PlaceId
    since: int
    link: str | None = None
    closed_by: ActorId | None = None

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
