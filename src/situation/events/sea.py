"""Ships sunk, damaged and captured, and blockades. A ship is an actor of kind `ship` under the side that it sails for."""

from __future__ import annotations

from typing import Any, ClassVar

from attrs import frozen

from situation.errors import Fault
from situation.events.attacks import Means
from situation.events.kinds import SOMEWHERE, ActorId, AreaId, Event, Lane, Quantity, Root, Values, event, scene

__all__ = ["BlockadeLifted", "Blockaded", "ShipCaptured", "ShipDamaged", "ShipSunk"]


@frozen
class _ShipStruck(Event):
    """A ship, by name or as one of the side that it sails for, and what struck it as far as that is said."""

    together: ClassVar[tuple[str, ...]] = ("ship", "by", "against")
    details: ClassVar[tuple[str, ...]] = ("struck_by", "crew_killed", "crew_taken")
    condition: ClassVar[str]
    ship: ActorId | None = None
    by: tuple[ActorId, ...] = ()
    against: ActorId | None = None
    place: AreaId | None = None
    means: Means | None = None
    killed: Quantity | None = None

    def __attrs_post_init__(self) -> None:
        if self.ship is None and self.against is None:
            raise Fault("It is not said which ship, or whose.", "Name it under ship, or its side under against.")

    @property
    def subject(self) -> str:
        return str(self.ship or self.place or SOMEWHERE)

    @property
    def harms(self) -> tuple[ActorId, ...]:
        return tuple(actor for actor in (self.ship, self.against) if actor is not None)[:1]

    def named(self, root: Root) -> str:
        """The ship, or where one of that side was struck."""
        return self.ship or scene(self.place, () if self.against is None else (root(self.against),))

    def struck(self, root: Root) -> Values:
        """The cells of the ship, or of where one of that side was struck."""
        which = self.named(root)
        cells: dict[str, Any] = {f"{which}.condition": self.condition}
        if self.by:
            cells[f"{which}.struck_by"] = frozenset(self.by)
        if self.killed is not None:
            cells[f"{which}.crew_killed"] = self.killed
        return cells


@event
@frozen
class ShipSunk(_ShipStruck):
    """A ship went down, or was lost for good: by an attack, where one is named, else by an accident or by its own crew.

    One that goes down later of a hit, in tow say, was struck by those who hit it.
    """

    lane: ClassVar[Lane] = "fighting"
    details: ClassVar[tuple[str, ...]] = ()
    noun: ClassVar[str] = "Sinking"
    condition: ClassVar[str] = "sunk"
    strikes: ClassVar[bool] = True

    def speaks(self, root: Root) -> Values:
        return self.struck(root)


@event
@frozen
class ShipDamaged(_ShipStruck):
    """A ship was hit and stayed afloat."""

    lane: ClassVar[Lane] = "fighting"
    noun: ClassVar[str] = "Damage to the ship"
    condition: ClassVar[str] = "damaged"
    strikes: ClassVar[bool] = True

    def speaks(self, root: Root) -> Values:
        return self.struck(root)


@event
@frozen
class ShipCaptured(_ShipStruck):
    """A ship fell into the hands of an enemy, afloat. `crew`: how many of its people were taken prisoner with it.

    For whom it sails from then on is the map's to say (`parents`).
    """

    lane: ClassVar[Lane] = "fighting"
    noun: ClassVar[str] = "Capture of the ship"
    condition: ClassVar[str] = "captured"
    strikes: ClassVar[bool] = True
    crew: Quantity | None = None

    def speaks(self, root: Root) -> Values:
        cells = dict(self.struck(root))
        if self.crew is not None:
            cells[f"{self.named(root)}.crew_taken"] = self.crew
        return cells


@event
@frozen
class Blockaded(Event):
    """A port, an island or a stretch of sea was closed to an enemy's ships, or an air or a land route to all its traffic."""

    lane: ClassVar[Lane] = "control"
    noun: ClassVar[str] = "Blockade"
    strikes: ClassVar[bool] = True
    place: AreaId
    by: tuple[ActorId, ...] = ()
    against: ActorId | None = None

    def speaks(self, root: Root) -> Values:
        return {f"{self.place}.blockaded": True, f"{self.place}.blockaded_by": frozenset(self.by)}


@event
@frozen
class BlockadeLifted(Event):
    """A blockade ended, whoever ended it."""

    lane: ClassVar[Lane] = "control"
    noun: ClassVar[str] = "End of the blockade"
    place: AreaId
    by: tuple[ActorId, ...] = ()

    def speaks(self, root: Root) -> Values:
        return {f"{self.place}.blockaded": False}
