"""Files of rows as text: comma, semicolon, tab or upright between the cells, a header, and perhaps a row of HXL tags below it."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from attrs import frozen

from situation.edges.rows import Rejected
from situation.errors import Fault, InputError, Problem, Where, near_miss
from situation.log.value_words import count_in_words
from situation.testimony.documents import read_text

__all__ = ["Table", "TableRow", "TornRow", "read_table"]

_LONGEST_CELL = 10_000_000
_LONGEST_SHOWN = 300
_DELIMITERS = ",;\t|"
_STATED = re.compile(r'"?sep=([,;|\t]?)"?[,;|\t]*')
"""The first line by which Excel says what stands between the cells; stripped of blanks, a tab among them."""
_OTHERS = "Of any other file of rows, a mapping says what the columns are: situation import csv FILE --map MAPPING."


def _whole(what: str) -> str:
    return f"Give a file of {what}, with its header as its first line."


@frozen
class TableRow:
    """The cells of a row by the names of their columns, and the line at which the row begins, counted from 1."""

    line: int
    by_name: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.by_name.get(name, "")


@frozen
class TornRow:
    """A row that cannot be taken apart: what is wrong with it, and what would be its cells, among which its id may be."""

    rejected: Rejected
    cells: tuple[str, ...]


@frozen
class Table:
    """A file's columns, as the file names them, its rows, and the lines that are none.

    `before`: how many lines that are not empty stand before each line; `sha256`: of the file.
    """

    file: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    torn: tuple[TornRow, ...]
    before: tuple[int, ...]
    sha256: str

    @property
    def paragraphs(self) -> int:
        """How many of its lines are not empty."""
        return self.before[-1]

    def paragraph(self, line: int) -> int:
        """The place of a line among those that are not empty, from 1."""
        return self.before[line - 1] + 1

    def called(
        self, needed: tuple[str, ...], other_names: Mapping[str, tuple[str, ...]], what: str
    ) -> Mapping[str, str]:
        """What the columns are called here, by the name that today's layout has for each.

        Args:
            needed: columns without which nothing can be read.
            other_names: what other layouts call a column.
            what: the kind of file, for the advice.

        Raises:
            InputError: needed columns are missing; with the near miss of each.
        """
        names = {
            name: next((it for it in (name, *other_names.get(name, ())) if it in self.columns), name)
            for name in (*needed, *other_names)
        }
        there = sum(names[name] in self.columns for name in needed)
        if 2 * there < len(needed):
            has = f"of the {len(needed)} columns that it needs, {there or 'none'} {'is' if there < 2 else 'are'} here"
            fact = f"This is not a file of {what}: {has}."
            raise InputError([Problem(Where(self.file, 1), fact, f"{_whole(what)} {_OTHERS}")])
        self.need(tuple(names[name] for name in needed), what)
        return names

    def need(self, names: Iterator[str] | tuple[str, ...], what: str) -> None:
        """Check that the columns are there.

        Raises:
            InputError: some are not; with the near miss of each.
        """
        missing = [name for name in names if name not in self.columns]
        if missing:
            at = Where(self.file, 1)
            if len(self.columns) == 1:
                fact = f"The header is one cell, '{_cut(self.columns[0])}', and of {what} there are several."
                raise InputError(
                    [Problem(at, fact, "Separate its cells with commas, semicolons, tabs or vertical bars.")]
                )
            hint = f"The header has: {_cut(', '.join(self.columns))}."
            if len(missing) > 1 and missing == list(names):
                fact = f"The header has none of the columns that are needed: {_cut(', '.join(missing))}."
                raise InputError([Problem(at, fact, f"{hint} {_whole(what)}")])
            raise InputError(
                Problem(at, f"There is no column '{name}'.", near_miss(name, self.columns, 0.8) or hint)
                for name in missing
            )


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 3]}..."


def read_table(path: Path, name: str = "", lower: bool = False) -> Table:
    """Read a file of rows.

    Args:
        path: the file.
        name: how to call it; its path where left out.
        lower: whether the names of columns are read in lower case.

    Raises:
        InputError: it cannot be read, or has no header.
    """
    shown = name or str(path)
    text, problems = read_text(path, shown)
    if text is None:
        raise InputError(problems)
    lines = list(io.StringIO(text, newline=""))
    delimiter, start = _delimiter(lines)
    csv.field_size_limit(_LONGEST_CELL)
    columns: tuple[str, ...] = ()
    rows: list[TableRow] = []
    torn: list[TornRow] = []
    for line, cells, fault in _numbered(lines, start, delimiter, shown):
        if not any(cell.strip() for cell in cells):
            continue
        if not columns:
            if fault is not None:
                raise InputError([Problem(Where(shown, line), fault.fact, fault.advice)])
            columns = _named_columns(cells, lower, Where(shown, line))
            continue
        kept = _without_empty_end(cells, len(columns))
        uneven = Fault(f"The row has {count_in_words(len(cells), 'cell')}, the header {len(columns)}.", _MEND_CELLS)
        wrong = fault or (uneven if len(kept) != len(columns) else None)
        if wrong is not None:
            torn.append(TornRow(Rejected(shown, line, wrong.fact, wrong.advice), tuple(it.strip() for it in cells)))
        elif not _is_tags(cells):
            rows.append(TableRow(line, dict(zip(columns, (cell.strip() for cell in kept), strict=True))))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Table(shown, columns, tuple(rows), tuple(torn), _before(text), digest)


def _delimiter(lines: list[str]) -> tuple[str, int]:
    """What stands between the cells, by the header or by Excel's line `sep=;` above it, and how many lines the header follows."""
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if stated := _STATED.fullmatch(lines[start].strip()):
        return stated[1] or "\t", start + 1
    bare = re.sub('"[^"]*"', "", lines[start])
    return max(_DELIMITERS, key=bare.count), start


def _named_columns(cells: list[str], lower: bool, at: Where) -> tuple[str, ...]:
    """The header's columns: empty ones at its end are none, and any other has its number for a name.

    Raises:
        InputError: two have one name.
    """
    names = [cell.strip().lower() if lower else cell.strip() for cell in _without_empty_end(cells, 0)]
    columns = tuple(name or f"column {number}" for number, name in enumerate(names, 1))
    doubled = sorted(column for column, count in Counter(columns).items() if count > 1)
    if doubled:
        raise InputError(
            [Problem(at, f"The column '{doubled[0]}' stands twice.", "Give each column a name of its own.")]
        )
    return columns


def _without_empty_end(cells: list[str], least: int) -> list[str]:
    """The cells of a row without the empty ones at its end, as far as they are more than the header has."""
    end = len(cells)
    while end > least and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _before(text: str) -> tuple[int, ...]:
    """How many lines that are not empty stand before each line, and at last in all."""
    counts = [0]
    for line in io.StringIO(text, newline=""):
        counts.append(counts[-1] + sum(1 for part in line.splitlines() if part.strip()))
    return tuple(counts)


def _numbered(
    lines: list[str], start: int, delimiter: str, shown: str
) -> Iterator[tuple[int, list[str], Fault | None]]:
    """Each row: the line at which it begins, its cells, and what is wrong with its quotes.

    A quote that is not closed spoils the row in which it opens and no other: the next row begins on the next line.

    Raises:
        InputError: a row cannot be read at all.
    """
    width = 0
    while start < len(lines):
        begun = start
        reader = csv.reader((lines[at] for at in range(start, len(lines))), delimiter=delimiter, strict=True)
        while True:
            cells: list[str] = []
            torn = False
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                torn = True
            stop = start + reader.line_num
            if torn and stop == begun + 1 and not _is_open(lines[begun], delimiter, begun, shown):
                cells = _loosely(lines[begun], delimiter, begun, shown)
            elif torn or _swallows(lines, begun, stop, cells, width, delimiter):
                first = lines[begun].rstrip("\r\n")
                yield begun + 1, first.replace('"', "").split(delimiter), _UNCLOSED
                start = begun + 1
                break
            width = width or len(_without_empty_end(cells, 0))
            yield begun + 1, cells, None
            begun = stop


def _swallows(lines: list[str], begun: int, stop: int, cells: list[str], width: int, delimiter: str) -> bool:
    """Whether a row of several lines holds whole rows: it has not the header's number of cells, and its second line has."""
    if stop == begun + 1 or not width or len(_without_empty_end(cells, width)) == width:
        return False
    return lines[begun + 1].count(delimiter) >= width - 1


def _is_open(line: str, delimiter: str, number: int, shown: str) -> bool:
    """Whether a quote that opens in a line is not closed in it."""
    return _loosely(f"{line.rstrip()}\n", delimiter, number, shown, f"{_END}\n")[-1].endswith(f"\n{_END}\n")


def _loosely(line: str, delimiter: str, number: int, shown: str, *more: str) -> list[str]:
    """The cells of a line in which text goes on after a closing quote: it is of the cell.

    Raises:
        InputError: a cell is too long.
    """
    try:
        return next(csv.reader([line, *more], delimiter=delimiter, strict=False))
    except csv.Error:
        raise InputError([Problem(Where(shown, number + 1), _TORN, _MEND)]) from None


_END = "end"
_TORN = "The row cannot be read: a cell is too long, or a line breaks off in it."
_MEND = "Save the file as plain text with commas, each text in quotes."
_MEND_CELLS = "Correct its quotes and separators."
_UNCLOSED = Fault("A quote that opens in this row is not closed.", "Close it; a quote within a text is written twice.")


def _is_tags(cells: list[str]) -> bool:
    """Whether a row holds HXL tags, such as #date+start, and no data."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return bool(filled) and all(cell.startswith("#") for cell in filled)
