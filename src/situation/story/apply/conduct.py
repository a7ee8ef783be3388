"""What rows do to postures, air support, links, plans, and what a scenario sets off or lets somebody say."""

from __future__ import annotations

from typing import Any

from situation.kernel import world_kernel
from situation.story.apply.sides import roots_of
from situation.story.apply.writer import put
from situation.story.world.words import Word

__all__ = ["air_support", "doctrine_switched", "posture_changed", "route_opened", "route_sealed", "said", "triggered"]


@world_kernel
def posture_changed(w: Any, row: Any, at: int) -> None:
    """What an actor means to do from now on."""
    put(w.actors[w.actors[row.actor].root], "posture", row.word, at)


@world_kernel
def air_support(w: Any, row: Any, at: int) -> None:
    """How much is flown for an actor (`toward`), and by whom (`actor`); nobody, where none is."""
    supported = w.actors[w.actors[row.toward].root]
    put(supported, "air", row.word, at)
    put(supported, "flyer", w.actors[row.actor].root if row.word != Word.NONE else 0, at)


@world_kernel
def _way(w: Any, row: Any) -> Any:
    """A link as it is for an actor."""
    links = len(w.ways) // len(w.actors)
    return w.ways[w.actors[row.toward].root * links + row.link]


@world_kernel
def route_sealed(w: Any, row: Any, at: int) -> None:
    """A link is closed to an actor, and by whom."""
    way = _way(w, row)
    put(way, "sealed", True, at)
    put(way, "closed_by", roots_of(w, row.units), at)


@world_kernel
def route_opened(w: Any, row: Any, at: int) -> None:
    """A link is open to an actor."""
    way = _way(w, row)
    put(way, "sealed", False, at)
    put(way, "closed_by", 0, at)


@world_kernel
def doctrine_switched(w: Any, row: Any, at: int) -> None:
    """A plan follows another doctrine, to which it has turned once."""
    doctrines = len(w.turns) // len(w.plans)
    put(w.plans[row.plan], "doctrine", row.index, at)
    put(w.turns[row.plan * doctrines + row.index], "turned", True, at)


@world_kernel
def triggered(w: Any, row: Any, at: int) -> None:
    """Whether what was given has happened."""
    put(w.givens[row.index], "fired", row.flag, at)


@world_kernel
def said(w: Any, row: Any, at: int) -> None:
    """What somebody says or proclaims: each part a cell (`one`) and its value (`two`)."""
    for index in range(row.first, row.last):
        put(w.others[w.parts[index].one], "value", w.parts[index].two, at)
