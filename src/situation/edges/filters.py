"""Which rows of a file are wanted: by box, days, actors and kinds. What is not wanted is neither a claim nor a fault."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from attrs import frozen

from situation.edges.meridian import side_by_side, usual
from situation.edges.row_reading import Finding
from situation.edges.rows import Row
from situation.errors import Fault, near_miss
from situation.testimony.spelling import spelling_key

__all__ = ["Filter", "box", "nothing_left"]


@frozen
class Filter:
    """What is wanted; what is None or empty leaves nothing out.

    Args:
        box: west, south, east, north in degrees; a box over the date line has its west east of its east.
        first, last: days; a row is wanted that touches them.
        actors: names as the file spells them, in any case and without accents.
        types: the file's words or codes for kinds, likewise.

    Raises:
        Fault: the first day comes after the last.
    """

    box: tuple[float, float, float, float] | None = None
    first: date | None = None
    last: date | None = None
    actors: tuple[str, ...] = ()
    types: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        if self.first is not None and self.last is not None and self.first > self.last:
            fact = f"The rows are to be from {self.first} on, and to {self.last}, which is earlier."
            raise Fault(fact, "Swap the two days, or leave one out.", argument="from")

    def wants_days(self, first: date, last: date) -> bool:
        """Whether rows between two days are wanted, whatever else they say."""
        return (self.first is None or last >= self.first) and (self.last is None or first <= self.last)

    def wants(self, row: Row) -> bool:
        """Whether a row is wanted. One without a point is in no box."""
        return (
            self.wants_days(row.first, row.last)
            and (self.box is None or _inside(row.spot.lat, row.spot.lon, self.box))
            and _meets(self.actors, [side.name for side in row.sides])
            and _meets(self.types, row.label)
        )

    def may_want(self, finding: Finding) -> bool:
        """Whether a row at fault may be wanted, by what of it could be read."""
        return (
            (finding.days is None or self.wants_days(min(finding.days), max(finding.days)))
            and (self.box is None or finding.point is None or _inside(*finding.point, self.box))
            and (not finding.sides or _meets(self.actors, finding.sides))
            and (not finding.label or _meets(self.types, finding.label))
        )

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


def _meets(names: tuple[str, ...], words: Iterable[str]) -> bool:
    return not names or not {spelling_key(it) for it in names}.isdisjoint(spelling_key(it) for it in words)


def _inside(lat: float | None, lon: float | None, frame: tuple[float, float, float, float]) -> bool:
    west, south, east, north = frame
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


def nothing_left(rows: Collection[Row], bad: bool) -> Fault:
    """Why there is nothing to import.

    Args:
        rows: those that can be read, wanted or not.
        bad: whether there are bad ones that are wanted.
    """
    if bad:
        return Fault(_NONE_LEFT, "Those that are wanted are bad: correct them, or widen the filters.")
    if not rows:
        return Fault(_NONE_LEFT, "There is none below the header: look at the file.")
    days = f"{min(row.first for row in rows)} to {max(row.last for row in rows)}"
    points = [(row.spot.lat, row.spot.lon) for row in rows if row.spot.lat is not None and row.spot.lon is not None]
    frame = ""
    if points:
        south, north = (edge(lat for lat, _ in points) for edge in (min, max))
        lons = side_by_side([lon for _, lon in points])
        west, east = usual(min(lons)), usual(max(lons))
        frame = f", in the box {west:g},{south:g},{east:g},{north:g}"
    return Fault(_NONE_LEFT, f"Widen the filters: the rows that can be read are of {days}{frame}.")


_NONE_LEFT = "No row is left to import."
