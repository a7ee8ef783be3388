"""What actors decide in a story: postures, stances, air support and routes; and what a scenario sets off."""

from __future__ import annotations

from typing import ClassVar, Literal

from attrs import frozen

from situation.events.kinds import ActorId, Event, Lane, Root, Stance, Values, event, sides_of

__all__ = [
    "AirSupportGiven",
    "AirSupportWithdrawn",
    "DoctrineSwitched",
    "PostureChanged",
    "RouteOpened",
    "RouteSealed",
    "StanceChanged",
    "Triggered",
]


@event
@frozen
class DoctrineSwitched(Event):
    """An actor follows another doctrine in a plan from now on."""

    lane: ClassVar[Lane] = "statements"
    noun: ClassVar[str] = "Change of doctrine"
    plan: str
    doctrine: str

    @property
    def subject(self) -> str:
        return self.plan

    def speaks(self, root: Root) -> Values:
        return {f"{self.plan}.doctrine": self.doctrine, f"{self.plan}.turned.{self.doctrine}": True}


@event
@frozen
class Triggered(Event):
    """An entry of a scenario's `given` was triggered; `happens` says whether its chance let it happen."""

    lane: ClassVar[Lane] = "statements"
    noun: ClassVar[str] = "Trigger"
    given: str
    happens: bool = True

    @property
    def subject(self) -> str:
        return self.given

    def speaks(self, root: Root) -> Values:
        return {f"given:{self.given}.fired": self.happens}


@event
@frozen
class PostureChanged(Event):
    """An actor changed what it intends for the ground it holds."""

    lane: ClassVar[Lane] = "statements"
    noun: ClassVar[str] = "Change of posture"
    indifferent: ClassVar[tuple[str, ...]] = ("actor",)
    actor: ActorId
    posture: Literal["hold", "delay", "insurgency"]

    @property
    def subject(self) -> str:
        return self.actor

    def speaks(self, root: Root) -> Values:
        return {f"{root(self.actor)}.posture": self.posture}


@event
@frozen
class StanceChanged(Event):
    """How two actors stand to each other changed, both ways."""

    lane: ClassVar[Lane] = "statements"
    noun: ClassVar[str] = "Change of stance"
    indifferent: ClassVar[tuple[str, ...]] = ("actor", "toward")
    actor: ActorId
    toward: ActorId
    stance: Stance

    @property
    def subject(self) -> str:
        return f"{self.actor}:{self.toward}"

    def speaks(self, root: Root) -> Values:
        one, other = root(self.actor), root(self.toward)
        return {f"{one}:{other}.stance": self.stance, f"{other}:{one}.stance": self.stance}


@event
@frozen
class AirSupportGiven(Event):
    """An actor flies for another; `level` names how much."""

    lane: ClassVar[Lane] = "fighting"
    noun: ClassVar[str] = "Air support"
    actor: ActorId
    toward: ActorId
    level: Literal["some", "dedicated"]

    @property
    def subject(self) -> str:
        return f"{self.actor}:{self.toward}"

    @property
    def serves(self) -> tuple[ActorId, ...]:
        return (self.actor, self.toward)

    def speaks(self, root: Root) -> Values:
        return {f"{root(self.toward)}.air": self.level, f"{root(self.toward)}.air_by": root(self.actor)}


@event
@frozen
class AirSupportWithdrawn(Event):
    """Nobody flies for an actor any more."""

    lane: ClassVar[Lane] = "fighting"
    noun: ClassVar[str] = "End of air support"
    actor: ActorId

    @property
    def subject(self) -> str:
        return self.actor

    @property
    def harms(self) -> tuple[ActorId, ...]:
        return (self.actor,)

    def speaks(self, root: Root) -> Values:
        return {f"{root(self.actor)}.air": "none", f"{root(self.actor)}.air_by": None}


@event
@frozen
class RouteSealed(Event):
    """A way between two places was closed to an actor's men and goods; by whom, where that is said."""

    lane: ClassVar[Lane] = "movement"
    noun: ClassVar[str] = "Closing of the way"
    link: str
    against: ActorId
    by: tuple[ActorId, ...] = ()

    @property
    def subject(self) -> str:
        return self.link

    def speaks(self, root: Root) -> Values:
        shut = f"{root(self.against)}|{self.link}"
        return {f"{shut}.sealed": True, f"{shut}.closed_by": sides_of(root, self.by)}


@event
@frozen
class RouteOpened(Event):
    """A way between two places was opened to an actor's men and goods."""

    lane: ClassVar[Lane] = "movement"
    noun: ClassVar[str] = "Opening of the way"
    link: str
    against: ActorId

    @property
    def subject(self) -> str:
        return self.link

    @property
    def harms(self) -> tuple[ActorId, ...]:
        return ()

    @property
    def serves(self) -> tuple[ActorId, ...]:
        return (self.against,)

    def speaks(self, root: Root) -> Values:
        shut = f"{root(self.against)}|{self.link}"
        return {f"{shut}.sealed": False, f"{shut}.closed_by": None}
