"""Parts of a town that a side keeps though all its quarters there have gone to others, and nobody says more.

Of a desert or a province the places that lie within are not the whole, and what a side has of it does not end with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve, frozen

from situation.dates import Minute
from situation.events import ActorId, AreaId, OrderUnknown
from situation.log.entry import Entry
from situation.log.fold import Change, in_force
from situation.log.state import holders_in
from situation.testimony.ground import Ground

__all__ = ["PartKept", "parts_kept"]


@frozen
class PartKept:
    """A part that a side keeps with nothing left within: of which town, which part, by what it lost the last, and how long.

    `until`: when it has something there again, or loses its part; None: to the end.
    """

    place: AreaId
    actor: ActorId
    part: str
    entry: Entry
    since: Minute
    until: Minute | None


def parts_kept(place: AreaId, changes: Mapping[str, Sequence[Change]], ground: Ground) -> Iterator[PartKept]:
    """Every part of a town that a side keeps when all that it held within it has gone to others; of any other area none.

    A side of which the map has no quarter there when it had its part has that part elsewhere in the town.

    Args:
        place: a place or a region.
        changes: from a cell to every value that it had, in order of time.
        ground: the map, for what lies within what.
    """
    parts = changes.get(f"{place}.parts", ())
    if not parts or not ground.is_place(place) or not ground.is_town(place):
        return
    within = [course for inner in ground.inside(place) if (course := changes.get(f"{inner}.holder"))]
    minutes = sorted({change.since for course in (parts, *within) for change in course})
    at_first: set[ActorId] = set()
    open_since: dict[ActorId, PartKept] = {}
    for minute in minutes:
        last = in_force(parts, minute)
        now = [change for course in within if (change := in_force(course, minute))]
        there = {side for change in now for side in holders_in(change.value)}
        if last is not None and last.since == minute:
            at_first = there
        unclear = any(isinstance(change.entry.event, OrderUnknown) for change in now)
        kept = {part.actor: part.part for part in (last.value or () if last else ())}
        for actor in [actor for actor in open_since if unclear or actor in there or actor not in kept]:
            yield evolve(open_since.pop(actor), until=minute)
        for actor in kept if not unclear else ():
            if actor in at_first and actor not in there and actor not in open_since:
                entry = max(now, key=lambda change: change.since).entry
                open_since[actor] = PartKept(place, actor, kept[actor], entry, minute, None)
    yield from open_since.values()
