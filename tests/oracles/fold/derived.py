"""What a story's world has worked out from cells, at hand until one of them changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from attrs import define, field

from situation.events import ActorId
from situation.log.state import CONTROL_ENDINGS

__all__ = ["Derived"]

_OF_BODIES: Final = (".number", ".bodies")
"""The ends of the cells that say which forces have men in their ranks at a place."""


@define
class Derived:
    """Who holds what, who stands where, and who is whose enemy.

    Args:
        holder, holders: who holds each place, by place and in the map's order.
        barred, shut: the places that an actor's men cannot pass, and the links that are closed to it.
        relations: of two actors, whether they are enemies, and whether friends.
        bodies: the forces at a place that have men in their ranks.
        roots: the root actor of each force.
    """

    holder: dict[str, ActorId | None] = field(factory=dict)
    holders: tuple[ActorId | None, ...] = ()
    barred: dict[tuple[str, bool], frozenset[str]] = field(factory=dict)
    shut: dict[str, frozenset[str]] = field(factory=dict)
    relations: dict[tuple[str, str], tuple[bool, bool]] = field(factory=dict)
    bodies: dict[str, tuple[str, ...]] = field(factory=dict)
    roots: dict[str, ActorId] = field(factory=dict)

    def forget(self, cells: Iterable[str]) -> None:
        """Drop what was worked out from cells that have changed."""
        for cell in cells:
            if cell.endswith(_OF_BODIES):
                self.bodies.clear()
            elif cell.endswith(CONTROL_ENDINGS):
                self.holder.clear()
                self.barred.clear()
            elif cell.endswith(".actor"):
                self.roots.clear()
            elif cell.endswith(".sealed"):
                self.shut.clear()
            elif cell.endswith(".stance"):
                self.relations.clear()
                self.barred.clear()
