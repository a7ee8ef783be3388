"""ACLED's export: today's 31 columns, and older layouts with upper-case names, spelt dates and numbers for kinds of actors.

Source: ACLED 2023, "Codebook", for columns and codes. Nothing of ACLED's data is part of this project.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Final

from situation.edges.countries import country_of
from situation.edges.fields import day, degrees, split_list, whole_number, words_of
from situation.edges.row_reading import Finding, keep_point, need_point
from situation.edges.rows import Count, Deed, Exactness, Party, Reporting, Row, Spot
from situation.edges.tables import Table, TableRow
from situation.errors import Fault, near_miss

__all__ = ["read_acled"]

_OTHER_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "event_id_cnty": ("data_id", "event_id_no_cnty"),
    "time_precision": ("time_prec",),
    "geo_precision": ("geo_prec",),
    "sub_event_type": ("sub_event_typ",),
    "assoc_actor_1": ("ally_actor_1", "assoc_actor1"),
    "assoc_actor_2": ("ally_actor_2", "assoc_actor2"),
}
"""From a column, in lower case, to what it is called in other layouts."""
_NEEDED: Final = (
    *("event_id_cnty", "event_date", "event_type", "actor1", "actor2", "country", "location", "latitude", "longitude"),
    *("geo_precision", "source", "fatalities"),
)
_NUMBERS: Final = frozenset(
    {"event_date", "year", "time_precision", "geo_precision", "latitude", "longitude", "fatalities"}
)
"""The columns of numbers and days, in which a dash is a fault."""
_INTER: Final = {
    "1": "state forces",
    "2": "rebel group",
    "3": "political militia",
    "4": "identity militia",
    "5": "rioters",
    "6": "protesters",
    "7": "civilians",
    "8": "external/other forces",
    "0": "",
}
"""Kinds of actors by the numbers of older exports."""
_VIOLENT: Final = ("battles", "explosions/remote violence", "remote violence", "violence against civilians")
_OTHER_TYPES: Final = (
    *("protests", "riots", "riots/protests", "strategic developments", "strategic development"),
    *("headquarters or base established", "non-violent transfer of territory"),
)
_MEANS: Final = {"air/drone strike": "air", "shelling/artillery/missile attack": "artillery"}
_AROUND_KM: Final = 25.0
"""`geo_precision` 2 names the nearest town to a part of a district. ASSUMED: within 25 km, as UCDP has it."""
_POINT_KM: Final = 5.0
"""`geo_precision` 1 names the town. ASSUMED: a town's point is right within 5 km."""


def read_acled(table: Table) -> Iterator[Finding]:
    """Each row of a file whose columns are in lower case, or what is wrong with it, in the order of the file.

    Raises:
        InputError: columns are missing.
    """
    names = table.called(_NEEDED, _OTHER_NAMES, "ACLED's event data")
    for cells in table.rows:
        finding = Finding(table.file, cells.line, cells[names["event_id_cnty"]])
        finding.row = _row(cells, names, finding)
        yield finding


def _row(cells: TableRow, names: Mapping[str, str], finding: Finding) -> Row | None:
    def cell(name: str) -> str:
        text = cells[names.get(name, name)]
        return text if name in _NUMBERS else words_of(text)

    keep = finding.keep
    sides = tuple(party for party in (_party(cell, "1"), _party(cell, "2")) if party is not None)
    finding.dyad = " - ".join(side.name for side in sides)
    if not finding.id:
        finding.fault("The row has no event_id_cnty.", "Export the file with its ids.")
    if not sides:
        finding.fault("The row names no actor.", "Give actor1.")
    within_one = len(sides) == 2 and sides[0].name == sides[1].name != "Civilians"
    if within_one:
        sides = sides[:1]
    at = keep(lambda: day("event_date", _with_century(cell("event_date"), cell("year"))))
    count = keep(lambda: _count(cell("fatalities")))
    dead = finding.deaths = None if count is None else count.figure
    span = keep(lambda: _span(cell, at)) if at is not None else None
    if at is not None:
        finding.year, finding.days = at.year, span or (at, at)
    kind = keep(lambda: _type(cell("event_type")))
    finding.sides = tuple(side.name for side in sides)
    finding.label = tuple(word for word in (cell("event_type"), cell("sub_event_type"), cell("disorder_type")) if word)
    finding.point = keep_point(cell("latitude"), cell("longitude"))
    spot = keep(lambda: _spot(cell))
    if finding.faults or span is None or spot is None or kind is None:
        return None
    ordered, doers, deed = _deed(cell, kind, sides)
    number = Count(best=dead) if dead else Count()
    if within_one and deed == "attack" and ordered:
        deed, doers = "clash", 0
    return Row(
        id=finding.id,
        file=finding.file,
        line=finding.line,
        deed=deed,
        first=span[0],
        last=span[1],
        spot=spot,
        sides=ordered,
        doers=doers,
        killed=number,
        civilians=dead if deed == "civilians killed" and dead else None,
        label=finding.label,
        means=_MEANS.get(cell("sub_event_type").lower()),
        reported=Reporting(split_list(cell("source")), changed=_changed(cell("timestamp"))),
        dyad=finding.dyad,
        words=_words(cell, sides, spot, dead) if deed == "statement" or kind in _OTHER_TYPES else "",
        note=_note(cell, tuple(side.name for side in sides if side not in ordered)),
        article=cell("notes"),
    )


def _with_century(text: str, year: str) -> str:
    """A date of older exports such as 03-May-16, its year written out where the column `year` is of it."""
    match = re.fullmatch(r"(\d{1,2}[ -][A-Za-z]{3,9}[ -])(\d\d)", text)
    return f"{match[1]}{year}" if match and re.fullmatch(rf"\d\d{match[2]}", year) else text


def _count(text: str) -> Count:
    number = whole_number("fatalities", text)
    if number is not None and number < 0:
        raise Fault(f"fatalities is {number}.", "Counts start at 0.")
    return Count(best=number)


def _party(cell: Callable[[str], str], number: str) -> Party | None:
    name = cell(f"actor{number}")
    if not name:
        return None
    kind = _kind(cell, number)
    if kind == "civilians":
        return Party("Civilians", "body")
    return Party(name, "force" if kind in ("state forces", "external/other forces") else "group")


def _kind(cell: Callable[[str], str], number: str) -> str:
    """The kind of an actor in words, by `inter1` or `inter2`, or by how civilians are called."""
    text = cell(f"inter{number}").lower().removesuffix(".0")
    if not text and cell(f"actor{number}").lower().startswith("civilians ("):
        return "civilians"
    return _INTER.get(text, text)


def _type(text: str) -> str:
    kind = text.lower()
    if kind.startswith("battle"):
        return "battles"
    if kind not in (*_VIOLENT, *_OTHER_TYPES):
        hint = near_miss(kind, (*_VIOLENT, *_OTHER_TYPES)) or "Give ACLED's own word for it."
        raise Fault(f"event_type is '{text}'.", hint)
    return kind


def _span(cell: Callable[[str], str], at: date) -> tuple[date, date]:
    """`time_precision` 1 is the day; 2 the week around it; 3 the month.

    Raises:
        Fault: another code, or a year that is not the date's.
    """
    year = whole_number("year", cell("year"))
    if year is not None and year != at.year:
        raise Fault(f"The date is {at}, and year is {year}.", "Correct the date or the year.")
    code = cell("time_precision").removesuffix(".0") or "1"
    if code == "1":
        return at, at
    if code == "2":
        return at - timedelta(days=3), at + timedelta(days=3)
    if code == "3":
        return at.replace(day=1), at.replace(day=calendar.monthrange(at.year, at.month)[1])
    raise Fault(f"time_precision is '{code}'.", "ACLED's codes are 1, 2 and 3.")


_SCOPES: Final[Mapping[str, Exactness]] = {"1": "place", "2": "around", "3": "area"}


def _spot(cell: Callable[[str], str]) -> Spot:
    code = cell("geo_precision").removesuffix(".0")
    if code not in _SCOPES:
        raise Fault(f"geo_precision is '{code}'.", "ACLED's codes are 1, 2 and 3.")
    scope = _SCOPES[code]
    lat, lon = degrees("latitude", cell("latitude"), 90), degrees("longitude", cell("longitude"), 180)
    if scope != "area":
        need_point(lat, lon)
    name = (cell("admin1") or cell("location")) if scope == "area" else cell("location")
    country = country_of(cell("country") or cell("iso3"), iso_number=cell("iso"))
    if not name:
        return Spot("", "nowhere", lat, lon, country=country)
    km = _POINT_KM if scope == "place" else _AROUND_KM
    district, province = ("", "") if scope == "area" else (cell("admin2"), cell("admin1"))
    return Spot(name, scope, lat, lon, km, "town", district, province, country)


def _deed(cell: Callable[[str], str], kind: str, sides: tuple[Party, ...]) -> tuple[tuple[Party, ...], int, Deed]:
    """The sides in order, how many of them did it, and what it was.

    ACLED's actor 1 and actor 2 carry no direction. It is known where one of them is civilians, who are attacked; where only
    one is named, who did it; and of a change of control, which its sub-event tells of the state or of who is not it. A
    doer whom ACLED calls unidentified is named by nobody.
    """
    civilians = tuple(side for side in sides if side.name == "Civilians")
    others = tuple(side for side in sides if side.name != "Civilians")
    known = tuple(side for side in others if not _unidentified(side))
    dead = cell("fatalities") not in ("", "0", "0.0")
    if civilians and kind in _VIOLENT:
        return (known, len(known), "civilians killed") if dead else ((*known, *civilians), len(known), "attack")
    if kind not in _VIOLENT and not dead:
        return sides, 0, "statement"
    if len(others) < 2:
        doers = known if kind in _VIOLENT else ()
        return doers, len(doers), "attack"
    taker = _taker(cell)
    if kind == "battles" and taker is not None:
        return (others[taker], others[1 - taker]), 1, "capture"
    return others, 0, "clash"


def _unidentified(side: Party) -> bool:
    return side.name.lower().startswith("unidentified")


def _taker(cell: Callable[[str], str]) -> int | None:
    """Which actor took the place, 0 or 1, where the sub-event and the kinds of the actors tell; else None."""
    sub = (cell("sub_event_type") or cell("event_type").partition("-")[2]).strip().lower()
    state = [_kind(cell, number) in ("state forces", "external/other forces") for number in "12"]
    if state[0] == state[1]:
        return None
    if sub == "government regains territory":
        return state.index(True)
    return state.index(False) if sub == "non-state actor overtakes territory" else None


def _words(cell: Callable[[str], str], sides: tuple[Party, ...], spot: Spot, dead: int | None) -> str:
    what = cell("sub_event_type") or cell("event_type")
    where, toll = f" at {spot.name}" if spot.name else "", f"; {dead} killed" if dead else ""
    return f"{what}{where}: {', '.join(side.name for side in sides)}{toll}."


def _note(cell: Callable[[str], str], unplaced: tuple[str, ...]) -> str:
    beside = [cell(column) for column in ("assoc_actor_1", "assoc_actor_2") if cell(column)]
    parts = [
        f"Also named: {', '.join(unplaced)}" if unplaced else "",
        f"Beside them: {'; '.join(beside)}" if beside else "",
        f"Scale of the source: {cell('source_scale')}" if cell("source_scale") else "",
        f"Tags: {cell('tags')}" if cell("tags") else "",
    ]
    return ". ".join(part for part in parts if part)


def _changed(text: str) -> date | None:
    """When ACLED last changed the row, by its `timestamp` in seconds since 1970."""
    return datetime.fromtimestamp(int(text), UTC).date() if re.fullmatch(r"\d{9,10}", text) else None
