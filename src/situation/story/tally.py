"""The count of an actor's men at one time, and the law that nobody is created or lost."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import define

from situation.log.state import StateView
from situation.testimony.ground import Ground

__all__ = ["Tally", "tallies"]


@define
class Tally:
    """All men of one root actor. `present` are in the ranks at a place, the wounded not among them."""

    started: int = 0
    arrived: int = 0
    present: int = 0
    wounded: int = 0
    hidden: int = 0
    in_transit: int = 0
    killed: int = 0
    surrendered: int = 0
    left: int = 0

    @property
    def accounted(self) -> int:
        """All whose fate or place is known."""
        here = self.present + self.wounded + self.hidden + self.in_transit
        return here + self.killed + self.surrendered + self.left

    @property
    def conserved(self) -> bool:
        """Whether those who were there or came are exactly those accounted for."""
        return self.started + self.arrived == self.accounted


def tallies(state: StateView, ground: Ground) -> Mapping[str, Tally]:
    """The tally of every root actor that has men in a story's state."""
    by_actor: dict[str, Tally] = {}
    cells = state.cells
    for force in cells.get("story.forces") or ():
        actor = ground.root(cells[f"{force}.actor"])
        tally = by_actor.setdefault(actor, Tally())
        if cells.get(f"{force}.place") is None:
            tally.in_transit += int(cells.get(f"{force}.number") or 0)
        else:
            tally.present += int(cells.get(f"{force}.number") or 0)
        tally.wounded += int(cells.get(f"{force}.wounded") or 0)
        tally.hidden += int(cells.get(f"{force}.hidden") or 0)
    for root, tally in by_actor.items():
        for fate in ("started", "arrived", "killed", "surrendered", "left"):
            setattr(tally, fate, int(cells.get(f"{root}.{fate}") or 0))
    return by_actor
