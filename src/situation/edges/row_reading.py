"""Reading one row: what has been made out of it so far, and every fault of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from attrs import Factory, define

from situation.edges.fields import degrees
from situation.edges.rows import Rejected, Row
from situation.errors import Fault

__all__ = ["Finding", "keep_point", "need_point"]

_T = TypeVar("_T")


@define
class Finding:
    """A row as far as it could be read: the row, or its faults; and what of its count could be read either way.

    `deaths` is None where the number could not be read, `named` is false of a row whose id is made of what it says. By its
    days, its point (latitude and longitude), the names of its sides and its words for its kind a row at fault is held against
    what is wanted; what of these could not be read is None or empty.
    """

    file: str
    line: int
    id: str
    row: Row | None = None
    faults: list[Fault] = Factory(list)
    deaths: int | None = None
    year: int | None = None
    dyad: str = ""
    days: tuple[date, date] | None = None
    point: tuple[float, float] | None = None
    sides: tuple[str, ...] = ()
    label: tuple[str, ...] = ()
    named: bool = True

    def keep(self, read: Callable[[], _T]) -> _T | None:
        """What a function reads; None where it is at fault, and the fault is kept."""
        try:
            return read()
        except Fault as fault:
            self.faults.append(fault)
            return None

    def fault(self, fact: str, advice: str) -> None:
        """Keep a fault."""
        self.faults.append(Fault(fact, advice))

    @property
    def rejected(self) -> Rejected:
        """The row as one that is no claim, with all its faults on one line, without control characters of the file."""
        facts = " ".join(dict.fromkeys(fault.fact for fault in self.faults))
        shown = "".join(sign if sign.isprintable() else " " for sign in facts)
        advice = self.faults[0].advice
        return Rejected(
            self.file, self.line, shown, advice, self.id if self.named else "", self.deaths, self.year, self.dyad
        )


def keep_point(lat: str, lon: str) -> tuple[float, float] | None:
    """A point where both its numbers can be read and stand for one."""
    try:
        north, east = degrees("latitude", lat, 90), degrees("longitude", lon, 180)
    except Fault:
        return None
    return (north, east) if north is not None and east is not None and (north, east) != (0, 0) else None


def need_point(lat: float | None, lon: float | None) -> None:
    """Check that there is a point.

    Raises:
        Fault: there is none, or it is 0, 0, which stands for none.
    """
    if lat is None or lon is None:
        raise Fault("The place has no point.", "Give latitude and longitude, or a code for a wider area.")
    if lat == 0 and lon == 0:
        raise Fault("The point is 0, 0, in the Gulf of Guinea.", "Give the place's latitude and longitude.")
