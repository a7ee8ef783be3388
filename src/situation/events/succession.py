"""What becomes of actors: they break up into others, or several become one."""

from __future__ import annotations

from typing import ClassVar

from attrs import field, frozen

from situation.events.kinds import TOGETHER, ActorId, AreaId, Event, Lane, Root, Values, event, not_empty

__all__ = ["ActorSplit", "ActorsMerged", "HoldingStated"]


@event
@frozen
class ActorSplit(Event):
    """An actor broke up into others. Who of them holds what it held is not stated until a claim states it.

    Where it is among them itself, the others broke off, and it goes on: what it held is still its own.
    """

    lane: ClassVar[Lane] = "statements"
    noun: ClassVar[str] = "Split"
    actor: ActorId
    into: tuple[ActorId, ...] = field(validator=not_empty)

    @property
    def subject(self) -> str:
        return self.actor

    @property
    def broke_off(self) -> tuple[ActorId, ...]:
        """The parts that left an actor which goes on; none where it broke up as a whole."""
        return tuple(part for part in self.into if part != self.actor) if self.actor in self.into else ()

    @property
    def harms(self) -> tuple[ActorId, ...]:
        return (self.actor,)

    @property
    def serves(self) -> tuple[ActorId, ...]:
        return tuple(part for part in self.into if part != self.actor)

    def speaks(self, root: Root) -> Values:
        return {f"{root(self.actor)}.successors": tuple(sorted(self.into))}


@event
@frozen
class ActorsMerged(Event):
    """Several actors became one, or one joined another: what they held is the other's from then on, where it is known whose."""

    lane: ClassVar[Lane] = "statements"
    noun: ClassVar[str] = "Merger"
    by: tuple[ActorId, ...] = field(validator=not_empty)
    into: ActorId | None = None

    @property
    def subject(self) -> str:
        return self.into or TOGETHER.join(sorted(self.by))

    @property
    def serves(self) -> tuple[ActorId, ...]:
        return self.by if self.into is None else (*self.by, self.into)

    def speaks(self, root: Root) -> Values:
        heirs = () if self.into is None else (self.into,)
        return {f"{root(actor)}.successors": heirs for actor in self.by}


@event
@frozen
class HoldingStated(Event):
    """It is stated that a successor of an actor that broke up holds a place or an area: where that was open, it is settled."""

    lane: ClassVar[Lane] = "statements"
    reported: ClassVar[bool] = False
    place: AreaId
    actor: ActorId

    def speaks(self, root: Root) -> Values:
        return {}
