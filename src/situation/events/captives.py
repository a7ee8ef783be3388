"""Men who give themselves up or are taken, and prisoners who go home."""

from __future__ import annotations

from typing import Any, ClassVar

from attrs import field, frozen

from situation.errors import Fault
from situation.events.attacks import Counts, side_cells
from situation.events.control import Captured
from situation.events.kinds import (
    TOGETHER,
    ActorId,
    AreaId,
    Event,
    Lane,
    Quantity,
    Root,
    Values,
    event,
    in_hands_of,
    not_empty,
    roots,
    scene,
)
from situation.events.measures import in_measure

__all__ = ["GarrisonSurrendered", "PrisonersExchanged", "PrisonersTaken", "leaves_taker_out"]


@event
@frozen
class GarrisonSurrendered(Event):
    """Those who held a place laid down their arms: it is in the hands of those to whom they did, who may not be named."""

    lane: ClassVar[Lane] = "control"
    noun: ClassVar[str] = "Surrender"
    details: ClassVar[tuple[str, ...]] = ("prisoners", "prisoners_of")
    place: AreaId
    by: tuple[ActorId, ...] = field(validator=not_empty)
    to: ActorId | None = None
    number: Quantity | None = None

    @property
    def harms(self) -> tuple[ActorId, ...]:
        return self.by

    @property
    def serves(self) -> tuple[ActorId, ...]:
        return () if self.to is None else (self.to,)

    def speaks(self, root: Root) -> Values:
        takers = () if self.to is None else (self.to,)
        cells: dict[str, Any] = {
            f"{self.place}.holder": in_hands_of(root, takers),
            f"{self.place}.status": "held" if takers else "unknown",
            f"{self.place}.taken_by": frozenset(takers),
        }
        if self.number is not None:
            cells |= {in_measure(f"{it}.prisoners", self.number.unit): self.number for it in self.detailed(root)}
            if takers:
                cells |= {f"{it}.prisoners_of": frozenset(takers) for it in self.detailed(root)}
        return cells

    def detailed(self, root: Root) -> tuple[str, ...]:
        return (f"{TOGETHER.join(sorted(roots(root, self.by)))}@{self.place}",)


@event
@frozen
class PrisonersTaken(Event):
    """Men of a side were taken prisoner, apart from the surrender of a whole garrison."""

    lane: ClassVar[Lane] = "fighting"
    noun: ClassVar[str] = "Taking of prisoners"
    details: ClassVar[tuple[str, ...]] = ("prisoners", "prisoners_of")
    together: ClassVar[tuple[str, ...]] = ("by", "against")
    place: AreaId | None = None
    by: tuple[ActorId, ...] = ()
    against: ActorId | None = None
    number: Quantity | None = None

    def speaks(self, root: Root) -> Values:
        losers = () if self.against is None else (root(self.against),)
        where = f"{losers[0]}@{self.place}" if losers and self.place else scene(self.place, losers)
        taken = f"{where}.prisoners"
        cells: dict[str, Any] = {in_measure(taken, self.number.unit) if self.number else taken: self.number}
        if self.by:
            cells[f"{where}.prisoners_of"] = frozenset(self.by)
        return cells


@event
@frozen
class PrisonersExchanged(Event):
    """Two sides gave each other prisoners back. `released`: how many of each side came home, where that is said."""

    lane: ClassVar[Lane] = "statements"
    noun: ClassVar[str] = "Exchange of prisoners"
    details: ClassVar[tuple[str, ...]] = ("released",)
    between: tuple[ActorId, ...] = field(validator=not_empty)
    place: AreaId | None = None
    released: Counts = field(factory=dict, hash=False)

    def __attrs_post_init__(self) -> None:
        if len(set(self.between)) != 2:
            raise Fault("An exchange is between two.", "Name both sides.", ("between",))

    @property
    def subject(self) -> str:
        return ":".join(sorted(self.between))

    @property
    def actors(self) -> tuple[ActorId, ...]:
        return self.between

    def speaks(self, root: Root) -> Values:
        pair = ":".join(sorted(set(roots(root, self.between))))
        return {f"{pair}.exchanged": True, **side_cells(f"{pair}.released", self.released, root)}


def leaves_taker_out(event: Event) -> bool:
    """Whether a place passes to others of whom it is not said who they are."""
    return (isinstance(event, Captured) and not event.by) or (isinstance(event, GarrisonSurrendered) and not event.to)
