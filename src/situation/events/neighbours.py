"""Several who are no friends, and no enemies, in one place."""

from __future__ import annotations

from typing import ClassVar

from attrs import field, frozen

from situation.events.kinds import ActorId, Lane, PlaceId, event, not_empty
from situation.events.story import StoryEvent

__all__ = ["GroundShared"]


@event
@frozen
class GroundShared(StoryEvent):
    """Men of several actors who are neither friends nor enemies stand in a place, which is mixed from now on.

    `by`: the root actors; one alone: the others have left or are friends now, and it is that one's.
    """

    lane: ClassVar[Lane] = "control"
    place: PlaceId
    by: tuple[ActorId, ...] = field(validator=not_empty)
