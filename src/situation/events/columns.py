"""Columns: a force divides for two objectives at once, and its parts join again."""

from __future__ import annotations

from typing import ClassVar

from attrs import frozen

from situation.events.kinds import ActorId, Lane, PlaceId, event
from situation.events.story import StoryEvent

__all__ = ["ColumnDetached", "ColumnRejoined"]


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
