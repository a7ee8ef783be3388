"""Clashes between forces that are not enemies: up and down a ladder, and given way to."""

from __future__ import annotations

from typing import Any, ClassVar

from attrs import field, frozen

from situation.errors import Fault
from situation.events.kinds import ActorId, Event, Lane, PlaceId, Root, Values, event

__all__ = ["ClashStepped", "Conceded"]

_HIGHEST_RUNG = 4


def _on_the_ladder(_: Any, attribute: Any, rung: int) -> None:
    if not 0 <= rung <= _HIGHEST_RUNG:
        hint = f"Use a whole number from 0 (calm) to {_HIGHEST_RUNG} (confrontation)."
        raise Fault(f"There is no rung {rung}.", hint, (attribute.name,))


@event
@frozen
class ClashStepped(Event):
    """A clash between two who are not enemies rose or sank by a rung: 0 calm, 1 incident ... 4 confrontation."""

    lane: ClassVar[Lane] = "fighting"
    noun: ClassVar[str] = "Clash"
    indifferent: ClassVar[tuple[str, ...]] = ("actor", "toward")
    actor: ActorId
    toward: ActorId
    place: PlaceId
    rung: int = field(validator=_on_the_ladder)
    incidents: tuple[int, ...] = ()

    @property
    def subject(self) -> str:
        return f"{self.actor}:{self.toward}"

    def speaks(self, root: Root) -> Values:
        pair = f"{root(self.actor)}:{root(self.toward)}"
        return {f"{pair}.rung": self.rung, f"{pair}.incidents": self.incidents}


@event
@frozen
class Conceded(Event):
    """The weaker side of a clash gave way."""

    lane: ClassVar[Lane] = "fighting"
    noun: ClassVar[str] = "Concession"
    actor: ActorId
    toward: ActorId

    @property
    def subject(self) -> str:
        return f"{self.actor}:{self.toward}"

    @property
    def harms(self) -> tuple[ActorId, ...]:
        return (self.actor,)

    @property
    def serves(self) -> tuple[ActorId, ...]:
        return (self.toward,)

    def speaks(self, root: Root) -> Values:
        return {f"{root(self.actor)}:{root(self.toward)}.conceded": True}
