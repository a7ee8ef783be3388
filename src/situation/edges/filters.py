"""Which rows of a file are wanted: by box, days, actors and kinds. What is not wanted is neither a claim nor a fault."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import frozen

from situation.edges.rows import Row
from situation.errors import Fault, near_miss
from situation.testimony.spelling import spelling_key

__all__ = ["Filter", "box"]


@frozen
class Filter:
    """What is wanted; what is None or empty leaves nothing out.

    Args:
        box: west, south, east, north in degrees; a box over the date line has its west east of its east.
        first, last: days; a row is wanted that touches them.
        actors: names as the file spells them, in any case and without accents.
        types: the file's words or codes for kinds, likewise.
    """

    box: tuple[float, float, float, float] | None = None
    first: date | None = None
    last: date | None = None
    actors: tuple[str, ...] = ()
    types: tuple[str, ...] = ()

    def wants_days(self, first: date, last: date) -> bool:
        """Whether rows between two days are wanted, whatever else they say."""
        return (self.first is None or last >= self.first) and (self.last is None or first <= self.last)

    def wants(self, row: Row) -> bool:
        """Whether a row is wanted. One without a point is in no box."""
        if not self.wants_days(row.first, row.last):
            return False
        if self.box is not None and not _inside(row, self.box):
            return False
        if self.actors and not {spelling_key(name) for name in self.actors} & {
            spelling_key(it.name) for it in row.sides
        }:
            return False
        return not self.types or bool({it.casefold() for it in self.types} & {it.casefold() for it in row.label})

    def check(self, rows: Iterable[Row]) -> None:
        """Check that each actor and kind that is asked for is in some row.

        Raises:
            Fault: one is not; with the near miss.
        """
        listed = list(rows)
        for name, argument in [*((name, "actor") for name in self.actors), *((name, "type") for name in self.types)]:
            words = {side.name for row in listed for side in row.sides} if argument == "actor" else None
            known = words if words is not None else {word for row in listed for word in row.label}
            if spelling_key(name) not in {spelling_key(word) for word in known}:
                hint = near_miss(name, known) or f"There are: {', '.join(sorted(known)[:20])}."
                raise Fault(f"No row has the {argument} '{name}'.", hint, argument=argument)


def _inside(row: Row, frame: tuple[float, float, float, float]) -> bool:
    west, south, east, north = frame
    lat, lon = row.spot.lat, row.spot.lon
    if lat is None or lon is None:
        return False
    across = west <= lon <= east if west <= east else lon >= west or lon <= east
    return south <= lat <= north and across


def box(text: str) -> tuple[float, float, float, float]:
    """A box written as west,south,east,north.

    Raises:
        Fault: it is none.
    """
    advice = "Write west,south,east,north in degrees, such as 38.5,32.9,43.6,36.4."
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        raise Fault(f"'{text}' is no box.", advice, argument="box") from None
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south < north <= 90):
        raise Fault(f"The box '{text}' lies off the globe, or its south is north of its north.", advice, argument="box")
    return west, south, east, north
