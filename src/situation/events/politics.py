"""What actors are to each other, and what they say and proclaim."""

from __future__ import annotations

from typing import ClassVar

from attrs import field, frozen

from situation.events.kinds import (
    TOGETHER,
    ActorId,
    AreaId,
    Event,
    Lane,
    Position,
    Root,
    Stance,
    Values,
    event,
    not_empty,
    roots,
)

__all__ = ["PositionTaken", "Proclaimed", "RelationReported", "VoteHeld"]


@event
@frozen
class RelationReported(Event):
    """How one actor is said to behave to another: directed, and as of a time."""

    lane: ClassVar[Lane] = "statements"
    noun: ClassVar[str] = "Relation"
    indifferent: ClassVar[tuple[str, ...]] = ("actor", "toward")
    lasting: ClassVar[bool] = True
    actor: ActorId
    toward: ActorId
    stance: Stance
    where: AreaId | None = None

    @property
    def subject(self) -> str:
        return f"{self.actor}:{self.toward}"

    def speaks(self, root: Root) -> Values:
        return {f"{root(self.actor)}:{root(self.toward)}.stance": self.stance}


@event
@frozen
class PositionTaken(Event):
    """An actor took a position in words: a threat, an accusation, a welcome, a wish, a condition."""

    lane: ClassVar[Lane] = "statements"
    noun: ClassVar[str] = "Position"
    indifferent: ClassVar[tuple[str, ...]] = ("toward",)
    partial: ClassVar[bool] = True
    actor: ActorId
    position: Position
    about: str
    toward: ActorId | None = None
    where: AreaId | None = None

    @property
    def subject(self) -> str:
        return f"{self.actor}:{self.toward}" if self.toward else self.actor

    def speaks(self, root: Root) -> Values:
        pair = f"{root(self.actor)}:{root(self.toward)}" if self.toward else root(self.actor)
        return {f"{pair}.{self.position}": self.about}


@event
@frozen
class Proclaimed(Event):
    """An actor proclaimed rule over an area, under a name."""

    lane: ClassVar[Lane] = "statements"
    noun: ClassVar[str] = "Proclamation"
    actor: ActorId
    what: str
    over: tuple[AreaId, ...] = ()

    @property
    def subject(self) -> str:
        return self.actor

    def speaks(self, root: Root) -> Values:
        return {f"{root(self.actor)}.proclaimed": self.what}


@event
@frozen
class VoteHeld(Event):
    """A vote was held on a question, by one or by several, each among its own or all together."""

    lane: ClassVar[Lane] = "statements"
    noun: ClassVar[str] = "Vote"
    by: tuple[ActorId, ...] = field(validator=not_empty)
    on: str
    where: AreaId | None = None

    @property
    def subject(self) -> str:
        return TOGETHER.join(sorted(self.by))

    def speaks(self, root: Root) -> Values:
        return {f"{side}.vote": self.on for side in roots(root, self.by)}
