"""The rows of a CSV file of one's own, read by its mapping."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from attrs import fields, frozen

from situation.edges.countries import NOWHERE, country_of
from situation.edges.fields import day, degrees, named_kind, split_list, whole_number, words_of
from situation.edges.mapping import Columns, Headings, MappingFile
from situation.edges.row_reading import Finding, keep_point, need_point
from situation.edges.rows import Count, Deed, Exactness, Party, Reporting, Row, Spot
from situation.edges.tables import Table, TableRow
from situation.errors import Fault, near_miss
from situation.testimony.spelling import spelling_key

__all__ = ["read_mapped"]


def read_mapped(table: Table, mapping: MappingFile) -> Iterator[Finding]:
    """Each row of a file by a mapping, or what is wrong with it, in the order of the file.

    Raises:
        InputError: columns that the mapping names are missing.
    """
    named = [name for attribute in fields(Columns) for name in getattr(mapping.columns, attribute.name).names]
    named += [codes.column for codes in (mapping.where, mapping.when, mapping.kinds) if codes is not None]
    table.need(tuple(dict.fromkeys(named)), "rows as the mapping describes them")
    for cells in table.rows:
        finding = Finding(table.file, cells.line, "")
        finding.row = _Reader(cells, mapping, finding).row()
        yield finding


_WORDS = frozenset({"by", "against", "between", "place", "district", "province", "country", "origin", "outlet", "note"})
"""The keys whose cells hold words, not numbers."""


@frozen
class _Reader:
    """One row, read by a mapping."""

    cells: TableRow
    mapping: MappingFile
    finding: Finding

    def text(self, key: str) -> str:
        """What the first column for a key that is not empty says; else what holds of every row."""
        return next(iter(self._cells(key)), self.mapping.fixed.get(key, ""))

    def texts(self, key: str) -> list[str]:
        """What all columns for a key say."""
        return self._cells(key) or _split_fixed(self.mapping, key)

    def _cells(self, key: str) -> list[str]:
        """What the columns for a key say, but for those that say nothing."""
        headings: Headings = getattr(self.mapping.columns, key)
        cells = (self.cells[name] for name in headings.names)
        return [text for text in (words_of(cell) if key in _WORDS else cell for cell in cells) if text]

    def row(self) -> Row | None:
        finding, keep = self.finding, self.finding.keep
        doers, others, between = (self.parties(key) for key in ("by", "against", "between"))
        if not doers and not others and len(between) == 1:
            doers, between = between, []
        sides = tuple(dict.fromkeys([*doers, *others, *between]))
        finding.dyad = " - ".join(side.name for side in sides)
        named = Counter(spelling_key(side.name) for group in (doers, others, between) for side in group)
        twice = next((side for side in sides if named[spelling_key(side.name)] > 1), None)
        if twice is not None:
            finding.fault(f"Both sides are '{twice.name}'.", "Name two sides, or leave one out.")
        killed = keep(lambda: self.count("killed"))
        wounded = keep(lambda: self.count("wounded"))
        finding.deaths = killed.figure if killed is not None else None
        first = keep(lambda: day(self.column("first"), self.text("first")))
        last = keep(lambda: day(self.column("last"), self.text("last"))) if self.text("last") else first
        if first is not None:
            finding.year = first.year
        if first is not None and last is not None:
            finding.days = (min(first, last), max(first, last))
        finding.sides = tuple(side.name for side in sides)
        finding.point = keep_point(self.text("latitude"), self.text("longitude"))
        finding.label = self.label()
        if first is not None and last is not None and last < first:
            finding.fault(f"It ends on {last}, before it begins on {first}.", "Swap the dates, or correct them.")
        finding.named = bool(self.text("id"))
        finding.id = self.text("id") or _content_id(self.cells)
        spot, deed = keep(self.spot), keep(lambda: self.deed(len(between)))
        slack = keep(self.slack)
        reported = keep(lambda: day("reported", self.text("reported"))) if self.text("reported") else None
        civilians = keep(lambda: self.civilians(killed))
        if reported is not None and first is not None and reported < first:
            finding.fault(f"It was reported on {reported}, before it began on {first}.", "Correct one of the dates.")
        loose = timedelta(days=slack or 0)
        if first is not None and last is not None and (first - date.min < loose or date.max - last < loose):
            finding.fault(f"{first} may be off by {loose.days} days, and no calendar here reaches so far.", "Check it.")
        if deed == "capture" and spot is not None and spot.scope == "nowhere":
            finding.fault("It is a capture, and of no place.", "Name the place, or give the row another kind.")
        if deed == "statement" and any(count and count.figure for count in (killed, wounded, Count(best=civilians))):
            fact = "It is a statement, and counts dead or wounded."
            finding.fault(fact, "Give the row a kind that does, such as 'attack', or leave the number out.")
        if finding.faults or first is None or last is None or spot is None or deed is None:
            return None
        if deed == "clash" and len(sides) < 2:
            deed = "attack"
        elif deed == "attack" and len(between) > 1:
            deed = "clash"
        assert killed is not None and wounded is not None
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
            label=finding.label,
            reported=Reporting(split_list(self.text("origin")), reported),
            dyad=finding.dyad,
            words=self.text("note") if deed == "statement" else "",
            note=self.note(deed, wounded, others),
            outlet=self.text("outlet") if self.mapping.rows == "reports" else "",
        )

    def note(self, deed: Deed, wounded: Count, others: list[Party]) -> str:
        """What else the row says: its note, and what a killing of civilians has no key for."""
        parts = [self.text("note")] if deed != "statement" and self.text("note") else []
        if deed == "civilians killed":
            parts += [f"Wounded: {wounded.figure}"] if wounded.given else []
            parts += [f"Also named: {', '.join(names)}"] if (names := [it.name for it in others]) else []
        return ". ".join(parts)

    def label(self) -> tuple[str, ...]:
        kinds = self.mapping.kinds
        return tuple(word for word in (self.cells[kinds.column],) if word) if kinds is not None else ()

    def column(self, key: str) -> str:
        headings: Headings = getattr(self.mapping.columns, key)
        return headings.names[0] if headings.names else key

    def parties(self, key: str) -> list[Party]:
        mapping = self.mapping
        unknown, civilians, states = (
            {spelling_key(name) for name in names} for names in (mapping.unknown, mapping.civilians, mapping.states)
        )
        keys = {name: spelling_key(name) for name in self.texts(key)}
        return [
            Party("Civilians", "body") if key in civilians else Party(name, "state" if key in states else "group")
            for name, key in keys.items()
            if key not in unknown
        ]

    def count(self, what: str) -> Count:
        return Count(*(self.number(key) for key in (f"{what}_low", what, f"{what}_high")))

    def number(self, key: str) -> int | None:
        number = whole_number(self.column(key), self.text(key))
        if number is not None and number < 0:
            raise Fault(f"{self.column(key)} is {number}.", "Counts start at 0.")
        return number

    def civilians(self, killed: Count | None) -> int | None:
        """The civilians among the dead.

        Raises:
            Fault: below 0, or more than the dead.
        """
        column, number = self.column("civilians_killed"), self.number("civilians_killed")
        most = next((it for it in (killed.high, killed.best) if it is not None), None) if killed is not None else None
        if number is not None and most is not None and number > most:
            raise Fault(f"{column} is {number}, and of all killed there are {most}.", "Correct one of them.")
        return number

    def spot(self) -> Spot:
        scopes = self.mapping.where
        scope: Exactness = "place"
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


def _content_id(cells: TableRow) -> str:
    """An id for a row that has none: of what it says, so that the order of rows does not matter."""
    return hashlib.sha256(repr(sorted(cells.by_name.items())).encode()).hexdigest()[:12]
