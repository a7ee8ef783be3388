"""Events that only stories have: their days, forces as counted bodies of men, orders and marches.

Counts are whole persons. A body of men has an id: a field force the one that a scenario gives it, a garrison
`<actor>@<place>`, a column in flight one made from where and when it left.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal, get_args

from attrs import field, frozen

from situation.events.kinds import ActorId, Event, Lane, PlaceId, Root, Values, event

__all__ = [
    "DUE_KINDS",
    "Arrived",
    "DayBegan",
    "Decided",
    "Due",
    "DueKind",
    "FellBack",
    "ForceRaised",
    "GarrisonPosted",
    "MarchBegan",
    "NumbersDrawn",
    "OperationPaused",
    "OrderCarriedOut",
    "OrderGiven",
    "OrderLapsed",
    "Recovery",
    "StoryBegan",
    "StoryEvent",
    "WoundedReturned",
]


DueKind = Literal["day", "return", "council", "order", "arrival", "battle", "search"]
"""What can fall due in a story, in the order of its phases: the order in which it does at one minute."""
DUE_KINDS: tuple[DueKind, ...] = get_args(DueKind)


@frozen(order=True)
class Due:
    """What falls due, in the order of minute, phase of that minute and random rank; `kind` says which step it is."""

    minute: int
    phase: int
    rank: float
    kind: DueKind


class StoryEvent(Event):
    """An event that no source reports. Its effect computes its cells from what they were before."""

    reported: ClassVar[bool] = False

    def speaks(self, root: Root) -> Values:
        return {}


@event
@frozen
class StoryBegan(StoryEvent):
    """The record ends here and the story goes on from its state."""

    lane: ClassVar[Lane] = "statements"
    due: Due

    @property
    def subject(self) -> str:
        return "story"


@event
@frozen
class NumbersDrawn(StoryEvent):
    """The numbers of this story, each drawn from its prior once."""

    lane: ClassVar[Lane] = "statements"
    values: Mapping[str, float] = field(hash=False)

    @property
    def subject(self) -> str:
        return "numbers"


@event
@frozen
class ForceRaised(StoryEvent):
    """A body of men enters the count: there when the story begins, or coming from outside (`arrival`).

    `hidden` of them are in hiding; `number` are in the ranks.
    """

    lane: ClassVar[Lane] = "movement"
    force: str
    actor: ActorId
    place: PlaceId
    number: int
    kind: Literal["field", "garrison"] = "field"
    hidden: int = 0
    arrival: bool = False

    @property
    def subject(self) -> str:
        return self.force


@event
@frozen
class DayBegan(StoryEvent):
    """A day of the story began; the next one falls due, and today's councils."""

    lane: ClassVar[Lane] = "statements"
    day: int
    due: Due
    council: Due

    @property
    def subject(self) -> str:
        return "day"


@event
@frozen
class Decided(StoryEvent):
    """Every actor has looked at the same picture and decided."""

    lane: ClassVar[Lane] = "statements"
    day: int

    @property
    def subject(self) -> str:
        return "council"


@event
@frozen
class OrderGiven(StoryEvent):
    """A force was ordered to do something; the order is carried out when it falls due, if it still can be."""

    lane: ClassVar[Lane] = "movement"
    force: str
    by: tuple[ActorId, ...]
    verb: Literal["march", "withdraw", "hide", "seal", "open", "posture"]
    object: str
    plan: str
    due: Due

    @property
    def subject(self) -> str:
        return self.force


@event
@frozen
class OrderCarriedOut(StoryEvent):
    """An order was carried out; what it brings about follows."""

    lane: ClassVar[Lane] = "movement"
    force: str

    @property
    def subject(self) -> str:
        return self.force


@event
@frozen
class OrderLapsed(StoryEvent):
    """An order was not carried out: the world had moved on."""

    lane: ClassVar[Lane] = "movement"
    force: str
    why: str

    @property
    def subject(self) -> str:
        return self.force


@event
@frozen
class MarchBegan(StoryEvent):
    """A force set out for a neighbouring place, and will be there when it falls due; `afresh`, so that it is news again."""

    lane: ClassVar[Lane] = "movement"
    force: str
    actor: ActorId
    place: PlaceId
    to: PlaceId
    number: int
    due: Due
    km: float = 0.0
    pace: str = ""
    afresh: bool = True

    @property
    def subject(self) -> str:
        return self.force


@event
@frozen
class Arrived(StoryEvent):
    """A force came to where it was bound; a column in flight joins the garrison there, or goes into hiding."""

    lane: ClassVar[Lane] = "movement"
    force: str
    actor: ActorId
    place: PlaceId
    joins: str | None = None
    hides: bool = False

    @property
    def subject(self) -> str:
        return self.force


@event
@frozen
class FellBack(StoryEvent):
    """A force goes back along its road, and rests until a minute; `due`: when it is there; None: it had nowhere to go."""

    lane: ClassVar[Lane] = "movement"
    force: str
    actor: ActorId
    place: PlaceId
    to: PlaceId
    until: int
    due: Due | None = None

    @property
    def subject(self) -> str:
        return self.force


@event
@frozen
class GarrisonPosted(StoryEvent):
    """Part of a force was left behind to hold a place, `searching` of them until it is searched; `due`: the first day of that."""

    lane: ClassVar[Lane] = "movement"
    force: str
    actor: ActorId
    place: PlaceId
    number: int
    searching: int = 0
    due: Due | None = None

    @property
    def subject(self) -> str:
        return self.force


@frozen
class Recovery:
    """Wounded of one force: how many came back to the ranks, and how many left the war."""

    force: str
    back: int
    left: int


@event
@frozen
class WoundedReturned(StoryEvent):
    """Wounded of one battle: some came back to the ranks, the others left the war."""

    lane: ClassVar[Lane] = "movement"
    batch: str
    parts: tuple[Recovery, ...]

    @property
    def subject(self) -> str:
        return self.batch


@event
@frozen
class OperationPaused(StoryEvent):
    """A plan rests until a minute. Its `forces` are counted anew, and its supply runs from `hub` where one is named."""

    lane: ClassVar[Lane] = "movement"
    plan: str
    until: int
    why: Literal["start", "regroup", "supply", "spent", "diverted", "outside"]
    forces: tuple[str, ...] = ()
    hub: PlaceId | None = None

    @property
    def subject(self) -> str:
        return self.plan
