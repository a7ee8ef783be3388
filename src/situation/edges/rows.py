"""A row of an event file, whatever its format: what it says happened, where, when, between whom, and what it counted.

A count is low / best / high; what a file does not say is None, and never 0.
"""

from __future__ import annotations

import itertools
from datetime import date
from typing import Literal

from attrs import field, frozen

from situation.errors import Fault

__all__ = ["Count", "Deed", "Exactness", "Party", "Rejected", "Reporting", "Row", "Spot"]

Deed = Literal["clash", "attack", "civilians killed", "capture", "statement"]
"""What a row is of: a clash whose sides have no direction, an attack with one, civilians killed, a change of control, or
something else that a record can only keep as said."""


Exactness = Literal["place", "around", "area", "nowhere"]
"""How exactly a row says where: at a point, within some km of it, somewhere in an area, or not at all."""


@frozen
class Count:
    """How many, in persons; a bound that the file does not give is None.

    Raises:
        Fault: a number below 0, or out of order.
    """

    low: int | None = None
    best: int | None = None
    high: int | None = None

    def __attrs_post_init__(self) -> None:
        named = [(name, getattr(self, name)) for name in ("low", "best", "high") if getattr(self, name) is not None]
        for name, number in named:
            if number < 0:
                raise Fault(f"The {_NAMES[name]} is {number}.", "Counts start at 0.")
        for (name, number), (after, more) in itertools.pairwise(named):
            if number > more:
                raise Fault(f"The {_NAMES[name]} ({number}) is above the {_NAMES[after]} ({more}).", _ORDER)

    @property
    def given(self) -> bool:
        """Whether it has any number."""
        return (self.low, self.best, self.high) != (None, None, None)

    @property
    def figure(self) -> int:
        """The number that stands for it in a sum: best, else low, else high, else 0."""
        return next((number for number in (self.best, self.low, self.high) if number is not None), 0)


_NAMES = {"low": "low estimate", "best": "best estimate", "high": "high estimate"}
_ORDER = "Find out from its publisher which is right."


@frozen
class Party:
    """A side of a row as the file names it; `kind` is that of an actor of a map."""

    name: str
    kind: Literal["state", "force", "group", "body"] = "group"


@frozen
class Spot:
    """Where a row says it happened.

    Args:
        name: as the file spells it, without a word for its kind; "" where it is not known.
        scope: `place`: at the point; `around`: within `km` of it; `area`: somewhere in the area of that name;
            `nowhere`: not known.
        kind: of a place, its kind on a map.
        km: how exactly the point is known, in km.
        district, province: what it lies in, by which places of one name are told apart.
        country: two letters of ISO 3166; XX where they are not known.
    """

    name: str
    scope: Exactness
    lat: float | None = None
    lon: float | None = None
    km: float = 5.0
    kind: str = "town"
    district: str = ""
    province: str = ""
    country: str = "XX"


@frozen
class Reporting:
    """Who reported it, by the file: the bodies that it names, the day by which all of them had, and when the file's row was
    last changed."""

    origins: tuple[str, ...] = ()
    by: date | None = None
    changed: date | None = None


@frozen
class Row:
    """One row: what happened between two days, and where it stands.

    Args:
        id: in its file.
        deed: what kind of thing it is of.
        first, last: the days between which it happened, both included.
        sides: who took part. Of a deed with a direction the doers first; the last is who suffered it.
        doers: how many of the sides did it.
        killed, wounded: in all.
        killed_by_side: of each side, in the order of `sides`; None where the file does not say.
        civilians, unknown: killed of civilians, and of nobody said whom.
        label: the file's own word for its kind, by which rows are filtered.
        means: how, where the file says it.
        dyad: by what name the file adds its rows up.
        words: what is said, of a statement.
        note: what else is worth keeping.
        article: the reports behind it, as the file has them; only to tell two rows apart.
        outlet: of a report, who published it; empty where the row is the file's own.
    """

    id: str
    file: str
    line: int
    deed: Deed
    first: date
    last: date
    spot: Spot
    sides: tuple[Party, ...] = ()
    doers: int = 0
    killed: Count = field(factory=Count)
    wounded: Count = field(factory=Count)
    killed_by_side: tuple[int | None, ...] = ()
    civilians: int | None = None
    unknown: int | None = None
    label: tuple[str, ...] = ()
    means: str | None = None
    reported: Reporting = field(factory=Reporting)
    dyad: str = ""
    words: str = ""
    note: str = ""
    article: str = ""
    outlet: str = ""


@frozen
class Rejected:
    """A row that is no claim: where it stands, what is wrong with it, and what to do about it.

    `deaths`, `year` and `dyad` are what of its count could be read, for the check that no death is lost; `deaths` is None where
    its number could not be.
    """

    file: str
    line: int
    fact: str
    advice: str
    id: str = ""
    deaths: int | None = None
    year: int | None = None
    dyad: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.fact} {self.advice}"
