"""Who holds a place, and the fighting over it."""

from __future__ import annotations

from typing import Any, ClassVar

from attrs import field, frozen

from situation.events.agreements import Agreement
from situation.events.attacks import Counts, toll_cells
from situation.events.kinds import (
    ActorId,
    AreaId,
    Event,
    Holder,
    Lane,
    Quantity,
    Root,
    Values,
    event,
    in_hands_of,
    not_empty,
    sides_of,
)

__all__ = [
    "AreaSearched",
    "Besieged",
    "Captured",
    "Entered",
    "HandedOver",
    "OpeningAssumed",
    "OrderUnknown",
    "Repelled",
    "SiegeBroken",
    "VictoryDeclared",
]


@event
@frozen
class OpeningAssumed(Event):
    """What held at the window's start: assumed, or suggested by claims; so that nothing begins as an accident."""

    lane: ClassVar[Lane] = "control"
    reported: ClassVar[bool] = False
    subject_id: str
    values: Values = field(hash=False)

    @property
    def subject(self) -> str:
        return self.subject_id

    @property
    def agreed(self) -> Agreement | None:
        """The agreement that it says was in force; None where it says something else."""
        for value in self.values.values():
            if isinstance(value, Agreement):
                return value
        beside = (value for cell, value in self.values.items() if cell.endswith(".agreements_beside"))
        return next((one.agreed for value in beside for one in value), None)

    def speaks(self, root: Root) -> Values:
        return self.values


@event
@frozen
class OrderUnknown(Event):
    """Of what happened at a place within one time, no claim tells the order, and what held afterwards may hang on it.

    `answers`: what can have held, each as holder, status, besieger and parts; empty where it is known by then what holds.
    `rivals`: not all of it can have been, and the accounts weigh alike.
    """

    lane: ClassVar[Lane] = "control"
    reported: ClassVar[bool] = False
    place: AreaId
    holder: Any = None
    status: str = "unknown"
    besieger: Holder = None
    parts: tuple[Any, ...] = ()
    answers: tuple[tuple[Any, ...], ...] = ()
    rivals: bool = False

    def speaks(self, root: Root) -> Values:
        names = ("holder", "status", "besieger", "parts")
        return {f"{self.place}.{name}": getattr(self, name) for name in names}


@event
@frozen
class Captured(Event):
    """A place changed hands by force or by the loser's leaving it. `wholly`: with every quarter and part of it.

    Takers of several sides hold it together, but for those for whom the map lets another hold. Where no source names the
    takers it is not known who holds it. The dead and wounded in it: as in `Attacked`.
    What it does to the state beyond the cells it speaks to: `log/effects/control.py`.
    """

    lane: ClassVar[Lane] = "control"
    noun: ClassVar[str] = "Capture"
    strikes: ClassVar[bool] = True
    place: AreaId
    by: tuple[ActorId, ...] = ()
    against: ActorId | None = None
    wholly: bool = False
    killed: Quantity | None = None
    wounded: Quantity | None = None
    killed_of: Counts = field(factory=dict, hash=False)
    wounded_of: Counts = field(factory=dict, hash=False)

    @property
    def sides(self) -> tuple[ActorId, ...]:
        """Every unit named on either side."""
        return (*self.by, *(() if self.against is None else (self.against,)))

    def speaks(self, root: Root) -> Values:
        cells: dict[str, Any] = {
            f"{self.place}.holder": in_hands_of(root, self.by),
            f"{self.place}.status": "held" if self.by else "unknown",
            f"{self.place}.taken_by": frozenset(self.by),
        }
        return cells | toll_cells(self.place, self.killed, self.wounded, self.killed_of, self.wounded_of, root)


@event
@frozen
class Entered(Event):
    """Forces came into a place that another still holds in part: it is contested until taken, or until they are thrown out."""

    lane: ClassVar[Lane] = "fighting"
    noun: ClassVar[str] = "Entry"
    strikes: ClassVar[bool] = True
    place: AreaId
    by: tuple[ActorId, ...] = ()
    against: ActorId | None = None

    def speaks(self, root: Root) -> Values:
        return {f"{self.place}.status": "contested", f"{self.place}.entered_by": frozenset(self.by)}


@event
@frozen
class HandedOver(Event):
    """A place was given into the hands of a friend, or of an enemy by treaty, without a fight.

    `against`: who had lost it to those who give it.
    """

    lane: ClassVar[Lane] = "control"
    noun: ClassVar[str] = "Handover"
    place: AreaId
    by: tuple[ActorId, ...] = field(validator=not_empty)
    to: ActorId
    against: ActorId | None = None

    @property
    def serves(self) -> tuple[ActorId, ...]:
        return (*self.by, self.to)

    def speaks(self, root: Root) -> Values:
        return {f"{self.place}.holder": root.keeper(self.to), f"{self.place}.status": "held"}


@event
@frozen
class Besieged(Event):
    """A place, or its holder's part of it, was cut off on all sides."""

    lane: ClassVar[Lane] = "control"
    noun: ClassVar[str] = "Siege"
    strikes: ClassVar[bool] = True
    place: AreaId
    by: tuple[ActorId, ...] = ()
    against: ActorId | None = None

    def speaks(self, root: Root) -> Values:
        return {f"{self.place}.status": "besieged", f"{self.place}.besieger": sides_of(root, self.by)}


@event
@frozen
class SiegeBroken(Event):
    """A ring around a place was opened: its holder has it again, or contests it with a besieger who still holds a part.

    `against`: whose ring it was, where several ring the place.
    """

    lane: ClassVar[Lane] = "control"
    noun: ClassVar[str] = "End of the siege"
    place: AreaId
    by: tuple[ActorId, ...] = ()
    against: ActorId | None = None

    def speaks(self, root: Root) -> Values:
        return {f"{self.place}.status": "held", f"{self.place}.besieger": None}


@event
@frozen
class Repelled(Event):
    """An attack on a place was thrown back: its holder stays. `by` threw it back, where that is said, `against` made it.

    Of several sides that threw it back it is not said which of them holds the place.
    """

    lane: ClassVar[Lane] = "fighting"
    noun: ClassVar[str] = "Repulse of an attack"
    place: AreaId
    by: tuple[ActorId, ...] = ()
    against: ActorId | None = None

    def speaks(self, root: Root) -> Values:
        keepers = {root.keeper(actor) for actor in self.by}
        holder = {f"{self.place}.holder": keepers.pop()} if len(keepers) == 1 else {}
        return {f"{self.place}.status": "held"} | holder


@event
@frozen
class VictoryDeclared(Event):
    """A party announced that a place is freed or taken; the announcement may run ahead of the clearing."""

    lane: ClassVar[Lane] = "statements"
    noun: ClassVar[str] = "Declaration of victory"
    place: AreaId
    by: tuple[ActorId, ...] = ()
    against: ActorId | None = None

    def speaks(self, root: Root) -> Values:
        return {f"{self.place}.declared_by": sides_of(root, self.by)}


@event
@frozen
class AreaSearched(Event):
    """A place that was taken is combed for what the enemy left there. `wholly`: all of it has been searched."""

    lane: ClassVar[Lane] = "fighting"
    noun: ClassVar[str] = "Search"
    place: AreaId
    by: tuple[ActorId, ...] = ()
    looking_for: str | None = None
    wholly: bool = False

    def speaks(self, root: Root) -> Values:
        by = {f"{self.place}.searched_by": frozenset(self.by)}
        return by | {f"{self.place}.searched": 1.0} if self.wholly else by
