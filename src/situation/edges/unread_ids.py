"""Bad rows of a newer export: which rows of the earlier one they may be, so that these are not taken for vanished."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from situation.edges.row_reading import Finding
from situation.edges.tables import Table
from situation.log.value_words import count_in_words

__all__ = ["earlier_rows_in", "why_they_stay"]

_ROWS_TO_TELL = 50
"""Rows by which the column of the ids is told."""


def earlier_rows_in(
    table: Table, findings: Sequence[Finding], standing: Collection[str], claim_id: Callable[[str], str]
) -> tuple[set[str], int]:
    """The rows of earlier exports that torn rows of a file are, and how many of its bad rows leave open which others it has.

    A torn row is the row whose id stands in one of its cells. Where what stands in the place of its id is formed as an id of the
    file is, it is a row that no earlier export has. At the end of the file it may have been cut off: any row may have followed.

    Args:
        table: the file.
        findings: its rows that are not torn.
        standing: the ids of claims of earlier exports.
        claim_id: from the id of a row to that of its claim.
    """
    known = set(standing)
    place = _place_of_ids(table, findings)
    forms = {_form(finding.id) for finding in findings if finding.named}
    last = max([*(row.line for row in table.rows), *(torn.rejected.line for torn in table.torn)], default=0)
    meant: set[str] = set()
    unread = 0
    for torn in table.torn:
        here = {claim_id(cell) for cell in torn.cells} & known
        meant |= here
        other = place is not None and place < len(torn.cells) and _form(torn.cells[place]) in forms
        unread += torn.rejected.line == last or not (here or other)
    return meant, unread + sum(it.row is None and not (it.id and it.named) for it in findings)


def _place_of_ids(table: Table, findings: Sequence[Finding]) -> int | None:
    """Which column holds the ids; None where none does."""
    rows = {row.line: row for row in table.rows}
    named = [it for it in findings if it.named and it.id and it.line in rows][:_ROWS_TO_TELL]
    for place, column in enumerate(table.columns if named else ()):
        if all(rows[it.line][column].removesuffix(".0") == it.id.removesuffix(".0") for it in named):
            return place
    return None


def _form(text: str) -> str:
    """How an id is made up: of letters, digits and signs."""
    return re.sub("[0-9]+", "9", re.sub(r"[^\W\d_]+", "a", text.strip()))


def why_they_stay(file: str, vanished: int, unread: int) -> str:
    """That rows which a newer export lacks stand, because they may be its bad ones."""
    are, stay = ("is", "stays") if vanished == 1 else ("are", "stay")
    rows, bad = count_in_words(vanished, "row"), count_in_words(unread, "bad row")
    return (
        f"{rows} of the earlier export {are} not in {file}, and {stay}: of {bad} of it the id cannot be read, or the file is cut "
        "off there. Correct what is bad, and import it again."
    )
