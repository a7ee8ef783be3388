"""The formats of event files that can be imported, what is asked of an import, and a file as a source."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from attrs import field, frozen

from situation.edges.acled import read_acled
from situation.edges.duplicates import Windows
from situation.edges.filters import Filter
from situation.edges.mapped import read_mapped
from situation.edges.mapping import MappingFile, Outlet
from situation.edges.plugins import EventFormat, outside_formats
from situation.edges.row_reading import Finding
from situation.edges.tables import Table, read_table
from situation.edges.ucdp import read_ucdp
from situation.errors import Fault, SituationError, near_miss

__all__ = ["IMPORT_FORMATS", "ImportOrder", "file_as_source", "read_rows"]


_KNOWN: Final[Mapping[str, EventFormat]] = MappingProxyType(
    {
        "ucdp": EventFormat(
            read_ucdp,
            Outlet(
                "UCDP Georeferenced Event Dataset",
                note="Uppsala Conflict Data Program, CC BY 4.0. A date of a row's sources before the event is left out.",
            ),
        ),
        "acled": EventFormat(
            read_acled,
            Outlet(
                "ACLED",
                note="The user's own export, under ACLED's terms of use: not to be passed on. ACLED writes 0 fatalities both for "
                "none and for none known, so that a row of 0 gives no number.",
            ),
            lower=True,
        ),
    }
)
IMPORT_FORMATS: Final = (*_KNOWN, "csv")
"""The project's own formats. A mapping file says what the columns of `csv` are."""


def _formats() -> Mapping[str, EventFormat]:
    """The formats whose columns are known: the project's own, and those of installed packages."""
    return {**_KNOWN, **outside_formats(IMPORT_FORMATS)}


@frozen
class ImportOrder:
    """What to import, and how.

    Args:
        format: of `IMPORT_FORMATS`, or one of an installed package.
        files: the files.
        mapping: what the columns of a CSV file say; None with the other formats.
        filter: which rows are wanted.
        windows: how near two rows must lie to be possibly one.
        skip_bad: leave bad rows out, rather than refusing the files.
        published: the day on which the files were published; None: the latest day that a row speaks of.

    Raises:
        Fault: there is no such format, a CSV file has no mapping, or another has one.
    """

    format: str
    files: tuple[Path, ...]
    mapping: MappingFile | None = None
    filter: Filter = field(factory=Filter)
    windows: Windows = field(factory=Windows)
    skip_bad: bool = False
    published: date | None = None

    def __attrs_post_init__(self) -> None:
        known = (*_formats(), "csv")
        if self.format not in known:
            hint = near_miss(self.format, known) or f"Use one of: {', '.join(known)}."
            raise Fault(f"There is no format '{self.format}'.", hint)
        if (self.mapping is None) == (self.format == "csv"):
            fact = "A csv file needs a mapping." if self.mapping is None else f"A {self.format} file needs no mapping."
            raise Fault(fact, "Give a mapping file with csv, and with csv alone.", argument="map")

    @property
    def source(self) -> Outlet:
        """Who keeps the files."""
        return self.mapping.source if self.mapping is not None else _formats()[self.format].source


def read_rows(order: ImportOrder, path: Path) -> tuple[Table, list[Finding]]:
    """A file, and each of its rows, read or at fault.

    Raises:
        InputError: it cannot be read, or is of another format.
    """
    if order.mapping is not None:
        table = read_table(path)
        return table, list(read_mapped(table, order.mapping))
    known = _formats()[order.format]
    table = read_table(path, lower=known.lower)
    if order.format in _KNOWN:
        return table, list(known.read(table))
    try:
        given: list[Any] = list(known.read(table))
    except SituationError:
        raise
    except Exception as error:  # noqa: BLE001  # it is somebody else's code
        raise _failing(order.format, path, f"{type(error).__name__}: {error}") from None
    if odd := [type(it).__name__ for it in given if not isinstance(it, Finding)]:
        raise _failing(order.format, path, f"it gives a row as {odd[0]}, and not as a Finding")
    return table, given


def _failing(name: str, path: Path, reason: str) -> Fault:
    """That the code of a format from outside fails with a file."""
    fact = f"{path}: The format '{name}' fails: {reason.strip(': .')}."
    return Fault(fact, "Correct the package that offers it, or import the file with a mapping.")


def file_as_source(order: ImportOrder, path: Path, table: Table, source_id: str, published: date) -> dict[str, Any]:
    """A file as an entry of sources."""
    given = order.source
    note = given.note
    if order.published is None and given.published is None:
        note = f"{note} Published: ASSUMED, the latest day that a row speaks of."
    return {
        "id": source_id,
        "outlet": given.outlet,
        "title": given.title or path.name,
        "rows": order.mapping is None or order.mapping.rows == "events",
        "published": published.isoformat(),
        "file": path.name,
        "sha256": table.sha256,
        "paragraphs": table.paragraphs,
        "reliability": {
            "grade": given.reliability.grade,
            "as_of": published.isoformat(),
            "reason": given.reliability.reason,
        },
        "note": note,
    }
