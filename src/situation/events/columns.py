"""Columns: a force divides for two objectives at once, its parts join again, and several who are not at war share a place."""

from __future__ import annotations

from typing import ClassVar

from attrs import field, frozen

from situation.events.kinds import ActorId, Lane, PlaceId, event, not_empty
from situation.events.story import StoryEvent

__all__ = ["ColumnDetached", "ColumnRejoined", "GroundShared"]


@event
@frozen
class ColumnDetached(StoryEvent):
    """Part of a force becomes a column of its own, for a second objective of its plan.

    `force`: the force that it was part of; `column`: its own name; `goal`: its objective.
    """

    lane: ClassVar[Lane] = "movement"
    force: str
    actor: ActorId
    place: PlaceId
    column: str
    goal: PlaceId
    plan: str
    number: int

    @property
    def subject(self) -> str:
        return self.force


@event
@frozen
class ColumnRejoined(StoryEvent):
    """A column is part of the force again that it was taken from."""

    lane: ClassVar[Lane] = "movement"
    force: str
    actor: ActorId
    place: PlaceId
    column: str
    number: int

    @property
    def subject(self) -> str:
        return self.force


@event
@frozen
class GroundShared(StoryEvent):
    """Men of several actors who are neither friends nor enemies stand in a place, which is mixed from now on.

    `by`: the root actors; one alone: the others have left or are friends now, and it is that one's.
    """

    lane: ClassVar[Lane] = "control"
    place: PlaceId
    by: tuple[ActorId, ...] = field(validator=not_empty)
