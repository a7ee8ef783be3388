"""Files of rows as text: comma, semicolon or tab between the cells, a header, and perhaps a row of HXL tags below it."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from attrs import frozen

from situation.edges.rows import Rejected
from situation.errors import InputError, Problem, Where, near_miss
from situation.log.value_words import count_in_words
from situation.testimony.documents import read_text

__all__ = ["Table", "TableRow", "read_table"]

_LONGEST_CELL = 10_000_000
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
class Table:
    """A file's columns, as the file names them, its rows, and the lines that are none.

    `before`: how many lines that are not empty stand before each line; `sha256`: of the file.
    """

    file: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    torn: tuple[Rejected, ...]
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
            raise InputError(
                Problem(at, f"There is no column '{name}'.", near_miss(name, self.columns, 0.8) or _whole(what))
                for name in missing
            )


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
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    columns: tuple[str, ...] = ()
    rows: list[TableRow] = []
    torn: list[Rejected] = []
    for line, cells in _numbered(reader, shown):
        if not any(cell.strip() for cell in cells):
            continue
        if not columns:
            columns = tuple(cell.strip().lower() if lower else cell.strip() for cell in cells)
            doubled = sorted({column for column in columns if columns.count(column) > 1})
            if doubled:
                fact = f"The column '{doubled[0]}' stands twice."
                raise InputError([Problem(Where(shown, line), fact, "Give each column a name of its own.")])
        elif len(cells) != len(columns):
            fact = f"The row has {count_in_words(len(cells), 'cell')}, the header {len(columns)}."
            torn.append(Rejected(shown, line, fact, "Mend its quotes and separators."))
        elif not _is_tags(cells):
            rows.append(TableRow(line, dict(zip(columns, (cell.strip() for cell in cells), strict=True))))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Table(shown, columns, tuple(rows), tuple(torn), _before(text), digest)


def _before(text: str) -> tuple[int, ...]:
    """How many lines that are not empty stand before each line, and at last in all."""
    counts = [0]
    for line in io.StringIO(text, newline=""):
        counts.append(counts[-1] + sum(1 for part in line.splitlines() if part.strip()))
    return tuple(counts)


def _numbered(reader: Iterator[list[str]], shown: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line at which it begins."""
    while True:
        line = reader.line_num + 1  # type: ignore[attr-defined]  # what csv.reader returns has it
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise InputError([Problem(Where(shown, line), _TORN, _MEND)]) from None
        yield line, cells


_TORN = "The row cannot be read: a cell is too long, or a line breaks off in it."
_MEND = "Save the file as plain text with commas, each text in quotes."


def _is_tags(cells: list[str]) -> bool:
    """Whether a row holds HXL tags, such as #date+start, and no data."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return bool(filled) and all(cell.startswith("#") for cell in filled)
