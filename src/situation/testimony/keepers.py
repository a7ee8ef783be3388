"""Who holds what an ally takes: another actor at the top of its hierarchy, which holds what it takes itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from situation.errors import Fault
from situation.testimony.actors import Actor
from situation.testimony.documents import Path_

__all__ = ["keeper_faults"]


def keeper_faults(actors: Iterable[Actor]) -> Iterator[tuple[Path_, Fault]]:
    """Every fault of `holds_for` in the actors of a map, with its path."""
    known = list(actors)
    tops = {actor.id for actor in known if actor.parent is None and actor.holds_for is None}
    for number, actor in enumerate(known):
        if actor.holds_for is None:
            continue
        path = ("actors", number, "holds_for")
        if actor.parent is not None:
            fact = f"'{actor.id}' stands under '{actor.parent}', whose side holds what it takes."
            yield path, Fault(fact, "Leave 'holds_for' out, or 'parent'.")
        elif actor.holds_for not in tops:
            advice = "Name another actor at the top, one that holds what it takes itself."
            yield path, Fault(f"'{actor.holds_for}' cannot hold for '{actor.id}'.", advice)
