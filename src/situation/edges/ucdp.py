"""UCDP's Georeferenced Event Dataset: the layouts of 41, 45 and 49 columns, with and without HXL tags, and candidate files.

Source: Hoegbladh 2023, "UCDP GED Codebook version 23.1", Uppsala University, for columns and codes; the columns of older
layouts from the files themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final

from situation.edges.countries import NOWHERE, country_of
from situation.edges.fields import day, degrees, named_kind, split_list, whole_number, words_of
from situation.edges.row_reading import Finding, keep_point, need_point
from situation.edges.rows import Count, Exactness, Party, Reporting, Row, Spot
from situation.edges.tables import Table, TableRow
from situation.errors import Fault

__all__ = ["read_ucdp"]

_OTHER_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "best": ("best_est",),
    "low": ("low_est",),
    "high": ("high_est",),
    "side_a_new_id": ("side_a_id", "side_a_dset_id"),
    "side_b_new_id": ("side_b_id", "side_b_dset_id"),
    "dyad_new_id": ("dyad_id", "dyad_dset_id"),
    "gwnoa": ("gwno_a",),
    "gwnob": ("gwno_b",),
}
"""From a column to what it is called in other layouts."""
_NEEDED: Final = (
    *("id", "year", "type_of_violence", "side_a", "side_b", "where_prec", "where_coordinates", "latitude", "longitude"),
    *("country", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"),
    *("best", "high", "low"),
)
_DEATHS: Final = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
_NUMBERS: Final = frozenset(
    {"year", "start_year", "date_start", "date_end", "date_prec", "type_of_violence", "where_prec"}
    | {"latitude", "longitude", "best", "low", "high", *_DEATHS}
)
"""The columns of numbers and days, in which a dash is a fault."""
_TYPES: Final = {"1": "state-based", "2": "non-state", "3": "one-sided"}
_AROUND_KM: Final = 25.0
"""`where_prec` 2: within about 25 km of the point, by the codebook."""
_POINT_KM: Final = 5.0
"""`where_prec` 1 names the town, not the spot in it. ASSUMED: a town's point is right within 5 km."""
_A_YEAR_OFF: Final = 300
"""Days by which every source of a row must come before it to be taken for a slip of the year. ASSUMED: well above the
slips of days and months, which leave the row's own date untouched; below a year."""
_NO_DATE: Final = 1900
"""Sources of the years before this one are dated 1753-01-01, which stands for "no date"."""
_CIVILIANS: Final = ("1", "9999")


def read_ucdp(table: Table) -> Iterator[Finding]:
    """Each row of a file, or what is wrong with it, in the order of the file.

    Raises:
        InputError: columns are missing.
    """
    names = table.called(_NEEDED, _OTHER_NAMES, "UCDP's Georeferenced Event Dataset")
    for cells in table.rows:
        finding = Finding(table.file, cells.line, cells[names["id"]].removesuffix(".0"))
        finding.row = _row(cells, names, finding)
        yield finding


def _row(cells: TableRow, names: Mapping[str, str], finding: Finding) -> Row | None:
    def cell(name: str) -> str:
        text = cells[names.get(name, name)]
        return text if name in _NUMBERS else words_of(text)

    keep = finding.keep
    sides = tuple(_party(cell, side) for side in ("a", "b"))
    finding.dyad = cell("dyad_name") or " - ".join(side.name for side in sides)
    deaths = {name: keep(lambda name=name: _needed(name, cell(name))) or 0 for name in _DEATHS}  # type: ignore[misc]
    count = keep(lambda: Count(*(_needed(name, cell(name)) for name in ("low", "best", "high"))))
    finding.deaths = _number(cell("best"))
    first, last = keep(lambda: day("date_start", cell("date_start"))), keep(lambda: day("date_end", cell("date_end")))
    if first is not None:
        finding.year = first.year
    kind = keep(lambda: _code("type_of_violence", cell("type_of_violence"), _TYPES))
    spot = keep(lambda: _spot(cell))
    if not finding.id:
        finding.fault("The row has no id.", "Give each event its number.")
    if first is not None and last is not None:
        finding.days = _days_by_row(cell, first, last)
        keep(lambda: _check_dates(cell, first, last))
    if count is not None and not finding.faults:
        keep(lambda: _check_sums(deaths, count))
    keep(lambda: _check_sides(sides))
    finding.sides = tuple(side.name for side in sides) if all(side.name for side in sides) else ()
    finding.label = (kind, cell("type_of_violence")) if kind is not None else ()
    finding.point = keep_point(cell("latitude"), cell("longitude"))
    reported = _reported(cell, first, last)
    if first is not None and isinstance(reported, Fault):
        finding.fault(reported.fact, reported.advice)
    if finding.faults or first is None or last is None or spot is None or count is None or kind is None:
        return None
    one_sided = kind == "one-sided"
    only_civilians = one_sided and deaths["deaths_civilians"] == count.best
    return Row(
        id=finding.id,
        file=finding.file,
        line=finding.line,
        deed="civilians killed" if only_civilians else "attack" if one_sided else "clash",
        first=first,
        last=last,
        spot=spot,
        sides=sides[:1] if one_sided else sides,
        doers=1 if one_sided else 0,
        killed=count,
        killed_by_side=tuple(deaths[name] or None for name in ("deaths_a", "deaths_b")[: 1 if one_sided else 2]),
        civilians=deaths["deaths_civilians"] or None,
        unknown=deaths["deaths_unknown"] + (deaths["deaths_b"] if one_sided else 0) or None,
        label=(kind, cell("type_of_violence")),
        reported=reported if isinstance(reported, Reporting) else Reporting(),
        dyad=finding.dyad,
        note=_note(cell),
        article=cell("source_article"),
    )


def _needed(name: str, text: str) -> int:
    number = whole_number(name, text)
    if number is None:
        raise Fault(f"{name} is empty.", "Write a whole number, 0 or more.")
    if number < 0:
        raise Fault(f"{name} is {number}.", "Counts start at 0.")
    return number


def _number(text: str) -> int | None:
    return int(text.partition(".")[0]) if re.fullmatch(r"\d{1,12}(\.0+)?", text) else None


def _code(column: str, text: str, known: Mapping[str, str]) -> str:
    if text.removesuffix(".0") not in known:
        raise Fault(f"{column} is '{text}'.", f"UCDP's codes are {', '.join(known)}.")
    return known[text.removesuffix(".0")]


def _party(cell: Callable[[str], str], side: str) -> Party:
    name, number = cell(f"side_{side}"), cell(f"gwno{side}")
    if cell(f"side_{side}_new_id") in _CIVILIANS and name.lower() == "civilians":
        return Party("Civilians", "body")
    return Party(name, "state" if name.startswith("Government of ") or number else "group")


def _check_sides(sides: tuple[Party, ...]) -> None:
    for side, letter in zip(sides, "ab", strict=True):
        if not side.name:
            raise Fault(f"side_{letter} is empty.", "Name who took part, as UCDP does.")
    if sides[0].name == sides[1].name:
        raise Fault(f"Both sides are '{sides[0].name}'.", "Name two sides.")


def _check_sums(deaths: Mapping[str, int], count: Count) -> None:
    total = sum(deaths.values())
    if total != count.best:
        raise Fault(f"The sides' deaths come to {total}, the best estimate is {count.best}.", "Correct one of them.")


def _check_dates(cell: Callable[[str], str], first: date, last: date) -> None:
    if last < first:
        raise Fault(f"It ends on {last}, before it begins on {first}.", "Swap the dates, or correct them.")
    for column in ("year", "start_year"):
        text = cell(column)
        if text and whole_number(column, text) != first.year:
            raise Fault(f"It begins on {first}, and {column} is {text}.", "Correct the date or the year.")
    _code("date_prec", cell("date_prec"), {str(code): "" for code in range(1, 6)})


def _days_by_row(cell: Callable[[str], str], first: date, last: date) -> tuple[date, date]:
    """From when to when a row may be, where its dates and its year disagree."""
    year = cell("year").removesuffix(".0")
    if re.fullmatch("[12][0-9]{3}", year) and int(year) not in (first.year, last.year):
        return min(first, last, date(int(year), 1, 1)), max(first, last, date(int(year), 12, 31))
    return min(first, last), max(first, last)


_SCOPES: Final[Mapping[str, Exactness]] = {
    "1": "place",
    "2": "around",
    "3": "area",
    "4": "area",
    "5": "area",
    "6": "area",
    "7": "area",
}
"""From `where_prec`: the town; within 25 km of it; its district, its province, a line or region without a border, the
country; water or air."""


def _spot(cell: Callable[[str], str]) -> Spot:
    code = cell("where_prec").removesuffix(".0")
    if code not in _SCOPES:
        raise Fault(f"where_prec is '{code}'.", f"UCDP's codes are {', '.join(_SCOPES)}.")
    scope = _SCOPES[code]
    lat, lon = degrees("latitude", cell("latitude"), 90), degrees("longitude", cell("longitude"), 180)
    named = {"3": cell("adm_2"), "4": cell("adm_1"), "6": cell("country")}.get(code) or cell("where_coordinates")
    if scope in ("place", "around"):
        need_point(lat, lon)
    if not named:
        return Spot("", "nowhere", lat, lon)
    name, kind = named_kind(named) if scope in ("place", "around") else (named, "town")
    country = country_of(cell("country"), cell("country_id")) if code != "7" else NOWHERE
    km = _POINT_KM if scope == "place" else _AROUND_KM
    district, province = (cell("adm_2"), cell("adm_1")) if code in "123" else ("", "")
    if code == "3":
        district = ""
    return Spot(name, scope, lat, lon, km, kind, district, province, country)


_FREE_SOURCE = re.compile(r'"*([^",;:=0-9]{2,60}?)[",\s]+(\d{4}-\d{2}-\d{2})')


def _reported(cell: Callable[[str], str], first: date | None, last: date | None) -> Reporting | Fault:
    """The bodies that reported a row, and the day by which all had; or that all of them came a year too soon.

    A source's date before the event, or that stands for none, is passed over.
    """
    origins = split_list(cell("source_office"))
    written = list(split_list(cell("source_date")))
    if not origins:
        named = _FREE_SOURCE.findall(cell("source_article"))
        origins = tuple(dict.fromkeys(name.strip() for name, _ in named))
        written = [day_text for _, day_text in named]
    days: list[date] = []
    for text in written:
        try:
            days.append(day("source_date", text))
        except Fault:
            continue  # a free-text cell: what is no date says nothing of when
    days = [it for it in days if it.year >= _NO_DATE]
    if first is None or last is None or not days:
        return Reporting(origins)
    early = (first - max(days)).days
    if early > _A_YEAR_OFF:
        fact = f"It begins on {first}, {early} days after its last source, of {max(days)}."
        return Fault(fact, "One of the years is wrong: correct it.")
    after = [it for it in days if it >= last]
    return Reporting(origins, max(after) if after else None)


def _note(cell: Callable[[str], str]) -> str:
    original = cell("source_original")
    status = cell("code_status")
    parts = [
        f"By: {original}" if original else "",
        f"UCDP marks it: {status}" if status and status.lower() != "clear" else "",
        "UCDP calls it less clear (event_clarity 2)" if cell("event_clarity") == "2" else "",
        f"exact date not known (date_prec {cell('date_prec')})" if cell("date_prec") not in ("1", "") else "",
    ]
    return ". ".join(part for part in parts if part)
