"""The mapping of a CSV file of one's own: which column says what, and what its codes mean. docs/importing.md tells how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Literal

from attrs import field, fields, frozen

from situation.edges.fields import day, degrees, whole_number
from situation.edges.rows import Exactness
from situation.errors import Fault, InputError, Problem, Where, near_miss
from situation.testimony.codec import Codec
from situation.testimony.documents import Document, read
from situation.testimony.forms import Forms
from situation.testimony.ground import FARTHEST_KM

__all__ = ["Columns", "Headings", "MappingFile", "Outlet", "read_mapping"]

_Deeds = Literal["clash", "attack", "civilians killed", "capture", "statement"]


@frozen
class Headings:
    """Columns, in the order in which they are looked at: the first that is not empty counts."""

    names: tuple[str, ...] = ()


@frozen
class Columns:
    """Which columns say what."""

    first: Headings
    id: Headings = Headings()
    last: Headings = Headings()
    place: Headings = Headings()
    district: Headings = Headings()
    province: Headings = Headings()
    country: Headings = Headings()
    latitude: Headings = Headings()
    longitude: Headings = Headings()
    by: Headings = Headings()
    against: Headings = Headings()
    between: Headings = Headings()
    outlet: Headings = Headings()
    origin: Headings = Headings()
    reported: Headings = Headings()
    killed: Headings = Headings()
    killed_low: Headings = Headings()
    killed_high: Headings = Headings()
    civilians_killed: Headings = Headings()
    wounded: Headings = Headings()
    wounded_low: Headings = Headings()
    wounded_high: Headings = Headings()
    note: Headings = Headings()


@frozen
class _Scopes:
    """How exactly a row says where, by the codes of a column."""

    column: str
    codes: Mapping[str, Exactness]
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
class Outlet:
    """Who keeps a file, and when it was published, as a date; None: the latest day that a row speaks of."""

    outlet: str
    published: str | None = None
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

    source: Outlet
    rows: Literal["events", "reports"]
    columns: Columns
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
    codec = Codec(forms=_FORMS)
    codec.own = {
        Headings: lambda value: Headings(tuple(codec.plainly([value] if isinstance(value, str) else value, _TEXTS)))
    }
    mapping, faults = codec.structure(document, (), document.value, MappingFile)
    if mapping is not None:
        faults += [*_fixed_faults(mapping, document), *_faults(mapping, document)]
    if mapping is None or problems or faults:
        raise InputError([*problems, *faults])
    return mapping


_TEXTS: Any = tuple[str, ...]
_FORMS = Forms(own=(Headings,))


def _fixed_faults(mapping: MappingFile, document: Document) -> list[Problem]:
    keys = [attribute.name for attribute in fields(Columns)]
    return [
        Problem(document.where(("fixed", key)), f"'{key}' is no field of a row.", near_miss(key, keys) or _KEYS)
        for key in mapping.fixed
        if key not in keys
    ]


def _faults(mapping: MappingFile, document: Document) -> Iterator[Problem]:
    """What no mapping can mean: empty names or names in two lists, dates and numbers that are none, spans out of bounds."""
    where = document.where
    if mapping.source.published is not None:
        yield from _of_value("published", mapping.source.published, where(("source", "published")))
    for attribute in fields(Columns):
        names = getattr(mapping.columns, attribute.name).names
        written = attribute.name in document.value.get("columns", {})
        if written and (not names or not all(name.strip() for name in names)):
            yield Problem(where(("columns", attribute.name)), "It names no column.", "Write the heading of one.")
    for key, text in mapping.fixed.items():
        yield from _of_value(key, text, where(("fixed", key)))
    for table, codes in (("where", mapping.where), ("when", mapping.when), ("kinds", mapping.kinds)):
        if codes is not None and not codes.column.strip():
            yield Problem(where((table, "column")), "It names no column.", "Write the heading of one.")
    if mapping.where is not None and not 0 < mapping.where.km <= FARTHEST_KM:
        fact = f"{mapping.where.km:g} km around a place."
        yield Problem(where(("where", "km")), fact, f"Give more than 0, and at most {FARTHEST_KM:,.0f}.")
    for code, days in (mapping.when.days if mapping.when is not None else {}).items():
        if not 0 <= days <= _MOST_DAYS:
            fact = f"It may be off by {days:,} days."
            yield Problem(where(("when", "days", code)), fact, f"Give 0 to {_MOST_DAYS:,}.")
    known: dict[str, str] = {}
    for table in ("unknown", "civilians", "states"):
        for place, name in enumerate(getattr(mapping, table)):
            if not name.strip():
                yield Problem(where((table, place)), "The name is empty.", "Write it, or leave it out.")
            elif name in known:
                fact = f"'{name}' stands under '{known[name]}', too."
                yield Problem(where((table, place)), fact, "Keep it under one of the two.")
            known.setdefault(name, table)


def _of_value(key: str, text: str, at: Where) -> Iterator[Problem]:
    """What is wrong with a value that holds of every row."""
    try:
        if not text.strip():
            raise Fault("The text is empty.", "Write it; a key that is not needed may be left out.")
        if key in ("first", "last", "reported", "published"):
            day(key, text)
        elif key in ("latitude", "longitude"):
            degrees(key, text, 90 if key == "latitude" else 180)
        elif key.partition("_")[0] in ("killed", "wounded") or key == "civilians_killed":
            number = whole_number(key, text)
            if number is not None and number < 0:
                raise Fault(f"{key} is {number}.", "Counts start at 0.")
    except Fault as fault:
        yield Problem(at, fault.fact, fault.advice)


_MOST_DAYS: Final = 36_525
"""By how many days a date may be off, a century. ASSUMED: of what is known no better, not even the century is known."""
_KEYS = f"The keys are those of 'columns': {', '.join(attribute.name for attribute in fields(Columns))}."
