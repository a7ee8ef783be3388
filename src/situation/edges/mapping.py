"""The mapping of a CSV file of one's own: which column says what, and what its codes mean. docs/importing.md tells how."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

from attrs import field, fields, frozen

from situation.edges.cells import day, degrees, named_kind, split_list, whole
from situation.edges.countries import NOWHERE, country_of
from situation.edges.reading import Finding, need_point
from situation.edges.rows import Count, Deed, Party, Reported, Row, Spot
from situation.edges.tables import Cells, Table
from situation.errors import Fault, InputError, Problem, near_miss
from situation.testimony.codec import Codec
from situation.testimony.documents import Document, read

__all__ = ["MappingFile", "read_mapped", "read_mapping"]

_Scope = Literal["place", "around", "area", "nowhere"]
_Deeds = Literal["clash", "attack", "civilians killed", "capture", "statement"]


@frozen
class _Headings:
    """Columns, in the order in which they are looked at: the first that is not empty counts."""

    names: tuple[str, ...] = ()


@frozen
class _Columns:
    """Which columns say what."""

    first: _Headings
    id: _Headings = _Headings()
    last: _Headings = _Headings()
    place: _Headings = _Headings()
    district: _Headings = _Headings()
    province: _Headings = _Headings()
    country: _Headings = _Headings()
    latitude: _Headings = _Headings()
    longitude: _Headings = _Headings()
    by: _Headings = _Headings()
    against: _Headings = _Headings()
    between: _Headings = _Headings()
    outlet: _Headings = _Headings()
    origin: _Headings = _Headings()
    reported: _Headings = _Headings()
    killed: _Headings = _Headings()
    killed_low: _Headings = _Headings()
    killed_high: _Headings = _Headings()
    civilians_killed: _Headings = _Headings()
    wounded: _Headings = _Headings()
    wounded_low: _Headings = _Headings()
    wounded_high: _Headings = _Headings()
    note: _Headings = _Headings()


@frozen
class _Scopes:
    """How exactly a row says where, by the codes of a column."""

    column: str
    codes: Mapping[str, _Scope]
    km: float = 25.0


@frozen
class _Spans:
    """How exactly a row says when, by the codes of a column: by how many days it may be off, before and after."""

    column: str
    days: Mapping[str, int]


@frozen
class _Kinds:
    """What a row is of, by the words of a column; `otherwise`: of a word that is not listed."""

    column: str
    codes: Mapping[str, _Deeds]
    otherwise: _Deeds | None = None


@frozen
class _Judged:
    """How far the file is to be trusted."""

    grade: Literal["A", "B", "C", "D", "E", "F"]
    reason: str


@frozen
class _Outlet:
    """The file as a source."""

    outlet: str
    published: str
    title: str = ""
    note: str = ""
    reliability: _Judged = _Judged("F", "an imported file that nobody has judged yet")


@frozen
class MappingFile:
    """A mapping file.

    Args:
        source: the file as a source.
        rows: `events`: each row is one event, and no two rows join; `reports`: rows of one event join, as claims do.
        columns: which columns say what.
        fixed: what holds of every row, by the same keys.
        where, when, kinds: codes of place, time and kind.
        unknown: names that stand for nobody who is known.
        civilians: names that stand for civilians.
        states: names of states; all others are groups.
    """

    source: _Outlet
    rows: Literal["events", "reports"]
    columns: _Columns
    fixed: Mapping[str, str] = field(factory=dict)
    where: _Scopes | None = None
    when: _Spans | None = None
    kinds: _Kinds | None = None
    unknown: tuple[str, ...] = ()
    civilians: tuple[str, ...] = ()
    states: tuple[str, ...] = ()


def read_mapping(path: Path) -> MappingFile:
    """Read a mapping file.

    Raises:
        InputError: every problem of it, with its place.
    """
    document, problems = read(path)
    if document is None:
        raise InputError(problems)
    codec = Codec()
    codec.hook(
        _Headings, lambda value: _Headings(tuple(codec.plainly([value] if isinstance(value, str) else value, _TEXTS)))
    )
    mapping, faults = codec.structure(document, (), document.value, MappingFile)
    if mapping is not None:
        faults += _fixed_faults(mapping, document)
    if mapping is None or problems or faults:
        raise InputError([*problems, *faults])
    return mapping


_TEXTS: Any = tuple[str, ...]


def _fixed_faults(mapping: MappingFile, document: Document) -> list[Problem]:
    keys = [attribute.name for attribute in fields(_Columns)]
    return [
        Problem(document.where(("fixed", key)), f"'{key}' is nothing that a row says.", near_miss(key, keys) or _KEYS)
        for key in mapping.fixed
        if key not in keys
    ]


_KEYS = f"The keys are those of 'columns': {', '.join(attribute.name for attribute in fields(_Columns))}."


def read_mapped(table: Table, mapping: MappingFile) -> Iterator[Finding]:
    """Each row of a file by a mapping, or what is wrong with it, in the order of the file.

    Raises:
        InputError: columns that the mapping names are missing.
    """
    named = [name for attribute in fields(_Columns) for name in getattr(mapping.columns, attribute.name).names]
    named += [codes.column for codes in (mapping.where, mapping.when, mapping.kinds) if codes is not None]
    table.need(tuple(dict.fromkeys(named)), "rows as the mapping describes them")
    for cells in table.rows:
        finding = Finding(table.file, cells.line, "")
        finding.row = _Reader(cells, mapping, finding).row()
        yield finding


@frozen
class _Reader:
    """One row, read by a mapping."""

    cells: Cells
    mapping: MappingFile
    finding: Finding

    def text(self, key: str) -> str:
        """What the first column for a key that is not empty says; else what holds of every row."""
        headings: _Headings = getattr(self.mapping.columns, key)
        return next((self.cells[name] for name in headings.names if self.cells[name]), self.mapping.fixed.get(key, ""))

    def texts(self, key: str) -> list[str]:
        """What all columns for a key say."""
        headings: _Headings = getattr(self.mapping.columns, key)
        return [self.cells[name] for name in headings.names if self.cells[name]] or _split_fixed(self.mapping, key)

    def row(self) -> Row | None:
        finding, keep = self.finding, self.finding.keep
        doers, others, between = (self.parties(key) for key in ("by", "against", "between"))
        if not doers and not others and len(between) == 1:
            doers, between = between, []
        sides = tuple(dict.fromkeys([*doers, *others, *between]))
        finding.dyad = " - ".join(side.name for side in sides)
        killed = keep(lambda: self.count("killed"))
        wounded = keep(lambda: self.count("wounded"))
        finding.deaths = killed.figure if killed is not None else 0
        first = keep(lambda: day(self.column("first"), self.text("first")))
        last = keep(lambda: day(self.column("last"), self.text("last"))) if self.text("last") else first
        if first is not None:
            finding.year = first.year
        if first is not None and last is not None and last < first:
            finding.fault(f"It ends on {last}, before it begins on {first}.", "Swap the dates, or mend them.")
        finding.id = self.text("id") or _content_id(self.cells)
        spot, deed = keep(self.spot), keep(lambda: self.deed(len(between)))
        slack = keep(self.slack)
        reported = keep(lambda: day("reported", self.text("reported"))) if self.text("reported") else None
        civilians = keep(lambda: whole("civilians_killed", self.text("civilians_killed")))
        if reported is not None and first is not None and reported < first:
            finding.fault(f"It was reported on {reported}, before it began on {first}.", "Mend one of the dates.")
        if finding.faults or first is None or last is None or spot is None or deed is None:
            return None
        if deed == "clash" and len(sides) < 2:
            deed = "attack"
        elif deed == "attack" and len(between) > 1:
            deed = "clash"
        assert killed is not None and wounded is not None
        loose = timedelta(days=slack or 0)
        return Row(
            id=finding.id,
            file=finding.file,
            line=finding.line,
            deed=deed,
            first=first - loose,
            last=last + loose,
            spot=spot,
            sides=sides,
            doers=len(doers) if deed != "clash" else 0,
            killed=killed,
            wounded=wounded,
            civilians=civilians or None,
            label=tuple(word for word in (self.cells[self.mapping.kinds.column],) if word)
            if self.mapping.kinds
            else (),
            reported=Reported(split_list(self.text("origin")), reported),
            dyad=finding.dyad,
            words=self.text("note") if deed == "statement" else "",
            note=self.text("note") if deed != "statement" else "",
            outlet=self.text("outlet") if self.mapping.rows == "reports" else "",
        )

    def column(self, key: str) -> str:
        headings: _Headings = getattr(self.mapping.columns, key)
        return headings.names[0] if headings.names else key

    def parties(self, key: str) -> list[Party]:
        mapping = self.mapping
        names = [name for name in self.texts(key) if name not in mapping.unknown]
        return [
            Party("Civilians", "body")
            if name in mapping.civilians
            else Party(name, "state" if name in mapping.states else "group")
            for name in names
        ]

    def count(self, what: str) -> Count:
        low, best, high = (whole(self.column(key), self.text(key)) for key in (f"{what}_low", what, f"{what}_high"))
        return Count(low, best, high)

    def spot(self) -> Spot:
        scopes = self.mapping.where
        scope: _Scope = "place"
        if scopes is not None:
            code = self.cells[scopes.column]
            if code not in scopes.codes:
                fact = f"{scopes.column} is '{code}', which the mapping does not list."
                raise Fault(fact, near_miss(code, scopes.codes) or "Add it to the codes of 'where'.")
            scope = scopes.codes[code]
        name, kind = named_kind(self.text("place")) if scope in ("place", "around") else (self.text("place"), "town")
        lat, lon = degrees("latitude", self.text("latitude"), 90), degrees("longitude", self.text("longitude"), 180)
        country = country_of(self.text("country")) if self.text("country") else NOWHERE
        if not name or scope == "nowhere":
            return Spot("", "nowhere", lat, lon, country=country)
        if scope in ("place", "around"):
            need_point(lat, lon)
        km = scopes.km if scopes is not None and scope == "around" else Spot("", "nowhere").km
        return Spot(name, scope, lat, lon, km, kind, self.text("district"), self.text("province"), country)

    def slack(self) -> int:
        spans = self.mapping.when
        if spans is None:
            return 0
        code = self.cells[spans.column]
        if code not in spans.days:
            fact = f"{spans.column} is '{code}', which the mapping does not list."
            raise Fault(fact, near_miss(code, spans.days) or "Add it to the days of 'when'.")
        return spans.days[code]

    def deed(self, between: int) -> Deed:
        kinds = self.mapping.kinds
        if kinds is None:
            return "clash" if between > 1 else "attack"
        word = self.cells[kinds.column]
        deed = kinds.codes.get(word, kinds.otherwise)
        if deed is None:
            fact = f"{kinds.column} is '{word}', which the mapping does not list."
            raise Fault(fact, near_miss(word, kinds.codes) or "Add it to the codes of 'kinds', or give 'otherwise'.")
        return deed


def _split_fixed(mapping: MappingFile, key: str) -> list[str]:
    """What holds of every row under a key that may have several, between semicolons."""
    return list(split_list(mapping.fixed.get(key, "")))


def _content_id(cells: Cells) -> str:
    """An id for a row that has none: of what it says, so that the order of rows does not matter."""
    return hashlib.sha256(repr(sorted(cells.by_name.items())).encode()).hexdigest()[:12]
